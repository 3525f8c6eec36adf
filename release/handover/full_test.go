package handover_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/release/handover"
)

// TestFullStick: a kit that a full stick does not hold leaves nothing there, neither the kit nor its unfinished folder.
func TestFullStick(t *testing.T) {
	t.Parallel()
	k := build(t, newPair(t), nil)
	for _, file := range []string{handover.PrivateKeyFile, handover.LetterFile, handover.LabelFile, handover.WordsFile} {
		dir := filepath.Join(t.TempDir(), "kit")
		full := &durable.Disk{Hook: func(op durable.Op, path string) error {
			if op == durable.OpWrite && filepath.Base(path) == file+".part" {
				return durable.ShortWrite{N: 1}
			}
			return nil
		}}
		if err := k.Write(full, dir, true); err == nil {
			t.Errorf("%s: written all the same", file)
		}
		for _, left := range []string{dir, dir + ".part"} {
			if _, err := os.Lstat(left); !errors.Is(err, unix.ENOENT) {
				t.Errorf("%s: left %s", file, filepath.Base(left))
			}
		}
	}
}
