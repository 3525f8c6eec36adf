//go:build long

package powercut

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"bailiff/custody"
	"bailiff/keyceremony/keybatch"
	"bailiff/release/handover"
)

// files hashes all that bears its final name, but for what is replaced or means nothing: states and
// locks. Folders in the making count as what they become.
func (j *judge) files() map[string]string {
	out := map[string]string{}
	for n := range j.Scene.Disks {
		root := j.Scene.disk(n)
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			name := filepath.Join(strconv.Itoa(n), strings.TrimPrefix(path, root))
			if err != nil {
				j.detected = append(j.detected, err.Error())
				return nil
			}
			if !d.Type().IsRegular() || slices.Contains([]string{".part", ".state", ".lock"}, filepath.Ext(path)) {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				j.detected = append(j.detected, err.Error())
				return nil
			}
			sum := sha256.Sum256(data)
			out[strings.ReplaceAll(name, ".part/", "/")] = hex.EncodeToString(sum[:])
			return nil
		})
		if err != nil {
			j.detected = append(j.detected, err.Error())
		}
	}
	return out
}

// compare holds every file against the finished run: a file is whole or not there.
func (j *judge) compare() {
	for name, sum := range j.files() {
		if want, known := j.Files[name]; !known {
			j.breaks("%s is no file of the acts", name)
		} else if sum != want {
			j.breaks("%s is not whole", name)
		}
	}
}

// lookAtHandedOver checks what is to leave the table: a public batch and a kit.
func (j *judge) lookAtHandedOver() {
	kit := j.Scene.desk("kit")
	if custody.Absent(kit) != nil {
		if _, err := handover.Check(&j.disk, kit); err != nil {
			j.names("the kit: %v", err)
		} else if !j.has["key opened"] {
			j.breaks("there is a kit, and the ledger does not know that its key was opened")
		} else {
			j.has["kit"] = true
		}
	}
	if j.has["delivered"] && !j.has["kit"] {
		j.breaks("the ledger has a delivery, and there is no kit")
	}
	if j.has["exported"] {
		if err := j.checkBatch(); err != nil {
			j.names("batch.zip: %v", err)
		}
	}
}

func (j *judge) checkBatch() error {
	f, err := os.Open(j.Scene.hall("batch.zip"))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		return err
	}
	anchor, err := j.vault.Anchor()
	if err != nil {
		return err
	}
	_, err = file.Verify(anchor, nil, 1, func(int, int) {})
	return err
}
