//go:build long

package powercut

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// judge holds one state of the disks against what was promised.
type judge struct {
	hello
	question
	disk     durable.Disk
	vault    *custody.Vault
	has      map[string]bool // what of the acts is there
	found    string
	broken   []string
	detected []string
}

func (j *judge) breaks(format string, args ...any) {
	j.broken = append(j.broken, fmt.Sprintf(format, args...))
}

// names notes damage that the program itself names. On ext4 there must be none; on exFAT it is what a
// user can rely on.
func (j *judge) names(format string, args ...any) {
	if j.Scene.System == ExFAT {
		j.detected = append(j.detected, fmt.Sprintf(format, args...))
		return
	}
	j.breaks(format, args...)
}

// steps are what can be found, in the order of the acts.
var steps = []string{
	"nothing", "token c01", "token c02", "token c03", "vault", "opened", "sealed", "sampled", "proved", "exported", "cosigned", "received", "intended", "key opened", "kit", "delivered",
}

func (j *judge) judge() {
	j.has = map[string]bool{"nothing": true}
	if j.Files != nil {
		j.compare()
	}
	j.lookAtTokens()
	j.lookAtVault()
	j.lookAtHandedOver()
	for _, step := range steps {
		if j.has[step] {
			j.found = step
		}
	}
	for _, done := range j.Done {
		if !j.has[done] {
			j.breaks("%q was said to be done, and is not", done)
		}
	}
	if j.Again && len(j.broken)+len(j.detected) == 0 {
		j.again()
	}
	if j.vault != nil {
		_ = j.vault.Close()
	}
	if len(j.detected) > 0 { // what is missing beside named damage is no silent loss
		j.detected, j.broken = append(j.detected, j.broken...), nil
	}
}

func (j *judge) lookAtTokens() {
	for i := range 3 {
		id := fmt.Sprintf("c%02d", i+1)
		f, err := soft.Open(&j.disk, j.Scene.desk(id+".token"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			_, err = f.Tries()
		}
		if err != nil {
			j.names("token %s: %v", id, err)
			continue
		}
		data, err := os.ReadFile(j.Scene.desk(id + ".enrolment"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			_, err = token.ParseEnrolment(data)
		}
		if err != nil {
			j.names("enrolment %s: %v", id, err)
			continue
		}
		j.has["token "+id] = true
	}
}

// lookAtVault verifies the vault, if there is one.
func (j *judge) lookAtVault() {
	path := j.Scene.hall("vault")
	if custody.Absent(path) == nil {
		return
	}
	v, err := custody.Open(custody.Host{Disk: &j.disk, Now: time.Now}, path, false)
	var r *custody.Report
	if err == nil {
		j.vault = v
		r, err = v.Verify(func(int, int) {})
	}
	if err != nil {
		j.names("the vault does not verify: %v", err)
		return
	}
	j.has["vault"] = true
	j.lookAtBatch(r)
	j.lookAtOrder(r)
	for i := range 3 {
		j.checkHead(fmt.Sprintf("c%02d", i+1))
	}
}

// checkHead makes sure that a token knows no ledger that the vault does not hold.
func (j *judge) checkHead(id string) {
	data, err := os.ReadFile(j.Scene.desk(id + ".state"))
	if err != nil {
		j.names("state of %s: %v", id, err)
		return
	}
	for line := range strings.Lines(string(data)) {
		w := strings.Fields(line)
		if w[0] != "head:" || w[1] != j.vault.Policy.Vault {
			continue
		}
		size, _ := strconv.ParseInt(w[2], 10, 64)
		root, _ := hex.DecodeString(w[3])
		if err := j.vault.Log.CheckHead(token.Head{Size: size, Root: [32]byte(root)}); err != nil {
			j.names("token %s knows another ledger: %v", id, err)
		}
	}
}

// cosigned tells whether a checkpoint covers the entry of an act; of none it is false.
func cosigned[A any](j *judge, act *ledger.EntryOf[A]) bool {
	return act != nil && j.covers(act.Number)
}

func (j *judge) covers(entry int64) bool {
	_, _, err := j.vault.Covered(entry)
	return err == nil
}

// lookAtBatch tells how far the ceremony came, and that the report names what is unfinished.
func (j *judge) lookAtBatch(r *custody.Report) {
	if len(j.vault.State.Batches) != 1 {
		if len(j.vault.State.Batches) > 1 {
			j.breaks("%d batches", len(j.vault.State.Batches))
		}
		return
	}
	b := j.vault.State.Batches[0]
	j.has["opened"] = true
	j.has["sealed"] = cosigned(j, b.Sealed)
	j.has["sampled"] = cosigned(j, b.Sampled)
	j.has["proved"] = cosigned(j, b.Proved)
	if j.has["proved"] == (r.UnfinishedBatch == b.ID) {
		j.breaks("verify names %q as unfinished", r.UnfinishedBatch)
	}
	if data, err := os.ReadFile(j.Scene.hall("batch.zip")); err == nil {
		if !j.has["proved"] || !slices.Contains(b.Exports, sha256.Sum256(data)) {
			j.breaks("batch.zip is there, and the ledger does not have it")
		}
		j.has["exported"] = true
	}
	for e, err := range j.vault.Log.Entries() {
		if err == nil && e.Act.Kind() == "batch-exported" && j.covers(e.Number) {
			j.has["cosigned"] = true
		}
	}
}

// lookAtOrder tells how far the release came, and that the report names what is pending.
func (j *judge) lookAtOrder(r *custody.Report) {
	o := j.vault.State.Orders[orderNumber]
	if o == nil {
		return
	}
	j.has["received"] = true
	j.has["intended"] = cosigned(j, o.Intent)
	j.has["key opened"] = o.Opened != nil
	j.has["delivered"] = cosigned(j, o.Delivered)
	if (o.Intent != nil && o.Delivered == nil) != slices.Contains(r.PendingOrders, orderNumber) {
		j.breaks("verify names %q as pending", r.PendingOrders)
	}
	if o.Opened != nil && !j.has["intended"] {
		j.breaks("the key was opened before its intent was cosigned")
	}
}
