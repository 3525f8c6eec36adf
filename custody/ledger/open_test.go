package ledger_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/ledger"
)

func TestOpenRefusals(t *testing.T) {
	good := files(t, "testdata/ledger")
	const first, fifth, last = "entries/000000/000000000000.txt", "entries/000000/000000000005.txt", "entries/000000/000000000010.txt"
	for name, c := range map[string]struct {
		damage func(dir string) error
		want   error
	}{
		"an entry missing":         {func(d string) error { return os.Remove(filepath.Join(d, fifth)) }, ledger.ErrGap},
		"the first entry missing":  {func(d string) error { return os.Remove(filepath.Join(d, first)) }, ledger.ErrGap},
		"all entries missing":      {func(d string) error { return os.RemoveAll(filepath.Join(d, "entries/000000")) }, ledger.ErrUnexpected},
		"cosigned entries missing": {cutAfter(3), ledger.ErrStale},
		"a folder of entries gone": {func(d string) error { return os.RemoveAll(filepath.Join(d, "entries")) }, ledger.ErrFolder},
		"no checkpoints folder":    {func(d string) error { return os.RemoveAll(filepath.Join(d, "checkpoints")) }, ledger.ErrFolder},
		"a stray file":             {put("notes.txt", "x"), ledger.ErrUnexpected},
		"a stray entry name":       {put("entries/000000/0000000011.txt", "x"), ledger.ErrUnexpected},
		"an upper-case name":       {put("entries/000000/000000000011.TXT", "x"), ledger.ErrUnexpected},
		"a file among folders":     {put("entries/000001", "x"), ledger.ErrUnexpected},
		"a folder of a later 1000": {put("entries/000001/000000001000.txt", good[last]), ledger.ErrGap},
		"an entry in another's":    {put("entries/000001/000000000011.txt", good[last]), ledger.ErrUnexpected},
		"an empty folder later":    {func(d string) error { return os.Mkdir(filepath.Join(d, "entries/000001"), 0o755) }, ledger.ErrGap},
		"an entry under two names": {put("entries/000000/000000000011.txt", good[last]), ledger.ErrNumber},
		"an older entry":           {put(last, strings.Replace(good[last], "21:34:55", "21:33:54", 1)), ledger.ErrTime},
		"another vault's entry":    {put(last, strings.Replace(good[last], vault, other, 1)), ledger.ErrVault},
		"an unknown kind":          {put(last, strings.Replace(good[last], "delivered", "cancelled", 1)), ledger.ErrKind},
		"another cosigned entry":   {put("entries/000000/000000000003.txt", strings.Replace(good["entries/000000/000000000003.txt"], "1234566", "1234565", 1)), ledger.ErrFork},
		"no first policy":          {put(first, strings.Replace(good[first], "policy-number: 0", "policy-number: 1", 1)), ledger.ErrFirst},
		"a huge entry":             {put(last, strings.Repeat("x", 1<<20)), durable.ErrTooLarge},
		"an altered personal part": {put("personal/000000/000000000008.txt", good["personal/000000/000000000000.txt"]), ledger.ErrPersonal},
		"a part nobody named":      {put("personal/000000/000000000009.txt", "x"), ledger.ErrUnexpected},
		"a part of the future":     {put("personal/000000/000000000013.txt", "x"), ledger.ErrUnexpected},
		"a part in another folder": {put("personal/000001/000000000012.txt", "x"), ledger.ErrUnexpected},
		"a checkpoint misnamed":    {put("checkpoints/000000000006.txt", good["checkpoints/000000000005.txt"]), ledger.ErrNumber},
		"a checkpoint of no form":  {put("checkpoints/000000000006.txt", "x"), ledger.ErrCheckpoint},
		"a folder of checkpoints":  {put("checkpoints/000000/000000000001.txt", "x"), ledger.ErrUnexpected},
		"a symlink":                {link(last, good[last]), ledger.ErrUnexpected},
		"a symlink to a folder":    {linkFolder, ledger.ErrUnexpected},
	} {
		dir := copyTo(t, good)
		if err := c.damage(dir); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if l, err := ledger.Open(&durable.Disk{}, dir, vault); !errors.Is(err, c.want) || l != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := ledger.Open(&durable.Disk{}, copyTo(t, good), other); !errors.Is(err, ledger.ErrVault) {
		t.Errorf("opened as another vault's: %v", err)
	}
	if _, err := ledger.Open(&durable.Disk{}, t.TempDir(), vault); !errors.Is(err, ledger.ErrFolder) {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := ledger.Open(&durable.Disk{}, filepath.Join(t.TempDir(), "none"), vault); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func put(name, content string) func(string) error {
	return func(dir string) error {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, []byte(content), 0o644)
	}
}

// cutAfter removes the entries from the n-th on, with their personal parts.
func cutAfter(n int) func(string) error {
	return func(dir string) error {
		for _, folder := range []string{"entries", "personal"} {
			names, err := filepath.Glob(filepath.Join(dir, folder, "000000", "*.txt"))
			if err != nil {
				return err
			}
			for _, name := range names {
				if filepath.Base(name) >= "00000000000"+string(rune('0'+n))+".txt" {
					if err := os.Remove(name); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
}

// link puts a symlink to a good file in a file's place.
func link(name, content string) func(string) error {
	return func(dir string) error {
		if err := os.WriteFile(dir+".elsewhere", []byte(content), 0o644); err != nil {
			return err
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
		return os.Symlink(dir+".elsewhere", filepath.Join(dir, name))
	}
}

func linkFolder(dir string) error {
	if err := os.Rename(filepath.Join(dir, "entries"), dir+".moved"); err != nil {
		return err
	}
	return os.Symlink(dir+".moved", filepath.Join(dir, "entries"))
}

// TestAlteredFileIsNoticed alters every byte of every file of a ledger whose entries are all
// cosigned, and cuts every file.
func TestAlteredFileIsNoticed(t *testing.T) {
	l, source := sample(t)
	addCheckpoint(t, l, l.Size(), "c01", "c02")
	good := files(t, source)
	for name, content := range good {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			dir := copyTo(t, good)
			damages(content, []byte{0x01}, 16, func(what, damaged string) {
				write(t, dir, name, damaged)
				l, err := ledger.Open(&durable.Disk{}, dir, vault)
				if err == nil {
					err = l.VerifyCheckpoints(inForce)
				}
				// A checkpoint may lose whole signatures at its end and still have enough.
				fewer := strings.HasPrefix(name, "checkpoints/") && strings.HasPrefix(content, damaged)
				if err == nil && !fewer {
					t.Errorf("%s: not noticed", what)
				}
			})
		})
	}
}

// TestOpenEmptyFolders: memory is taken for the entries that are there, not for folders.
func TestOpenEmptyFolders(t *testing.T) {
	dir := copyTo(t, files(t, "testdata/ledger"))
	const folders = 200
	for i := range folders {
		if err := os.Mkdir(filepath.Join(dir, fmt.Sprintf("entries/%06d", i+1)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := ledger.Open(&durable.Disk{}, dir, vault); !errors.Is(err, ledger.ErrGap) {
		t.Errorf("error %v, want %v", err, ledger.ErrGap)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 8<<20 {
		t.Errorf("took %d bytes for %d empty folders", took, folders)
	}
}
