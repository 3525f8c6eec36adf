package custody_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

// TestAbsent: only where nothing is may a vault be made: not over a link that leads nowhere, not where nobody can look.
func TestAbsent(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	must(t, os.WriteFile(file, nil, 0o600), os.Symlink("nowhere", link), custody.Absent(filepath.Join(dir, "vault")))
	wantError(t, "a file", custody.Absent(file), durable.ErrExists)
	wantError(t, "a link", custody.Absent(link), durable.ErrExists)
	below := filepath.Join(file, "vault")
	if err := custody.Absent(below); err == nil || errors.Is(err, durable.ErrExists) || !slices.Contains(fault.Objects(err), below) {
		t.Errorf("below a file: %v", err)
	}
}

// TestInterrupted: a founding was cut short when there is something that it was building and no vault.
func TestInterrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vault")
	if custody.Interrupted(path) {
		t.Error("interrupted, and nothing is there")
	}
	must(t, os.Mkdir(path+".part", 0o700))
	if !custody.Interrupted(path) {
		t.Error("not interrupted")
	}
	must(t, os.Mkdir(path, 0o700))
	if custody.Interrupted(path) {
		t.Error("interrupted, and the vault is there")
	}
}

// TestInitLeavesWhatIsNotItsOwn: nothing is made beside a vault that is there, nor in a folder of the name under which a
// vault is built that somebody else keeps.
func TestInitLeavesWhatIsNotItsOwn(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2}
	b := custodytest.Prepare(t, &s)
	part := b.Path + ".part"
	must(t, os.Mkdir(b.Path, 0o700))
	_, err := custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "a folder of that name", err, durable.ErrExists)
	if _, err := os.Lstat(part); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("beside it: %v", err)
	}
	must(t, os.Remove(b.Path), os.Mkdir(part, 0o700), os.WriteFile(filepath.Join(part, "diary.txt"), nil, 0o600))
	_, err = custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "somebody's folder", err, custody.ErrUnknownFile)
	if left, err := os.ReadDir(part); err != nil || len(left) != 1 {
		t.Errorf("in it: %v, %v", left, err)
	}
}

// TestInitBesideLeftOvers: nothing is built where something of an earlier run stays, or where somebody puts a file meanwhile.
func TestInitBesideLeftOvers(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)}
	b := custodytest.Prepare(t, &s)
	part := b.Path + ".part"
	must(t, os.MkdirAll(filepath.Join(part, "policies"), 0o700))
	signed := 0
	b.Host.Notice = func(custody.Event) { signed++ }
	s.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRemove && path == filepath.Join(part, "policies") {
			return errDisk
		}
		return nil
	}
	_, err := custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "what cannot be removed", err, errDisk)
	diary := filepath.Join(part, "diary.txt")
	s.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpLock {
			return os.WriteFile(diary, nil, 0o600)
		}
		return nil
	}
	_, err = custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "what is put there", err, custody.ErrUnknownFile)
	if _, err := os.Lstat(diary); err != nil || signed > 0 {
		t.Errorf("%d signatures, %v", signed, err)
	}
}

// TestInitWantsAnEnrolmentOfEachToken: no more and no fewer than the policy names.
func TestInitWantsAnEnrolmentOfEachToken(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2}
	b := custodytest.Prepare(t, &s)
	for what, edit := range map[string]func(all []*token.Enrolment) []*token.Enrolment{
		"none": func([]*token.Enrolment) []*token.Enrolment { return nil },
		"two":  func(all []*token.Enrolment) []*token.Enrolment { return append(all, all[0]) },
	} {
		f := b.Founding(t, s)
		f.Enrolments[1] = edit(f.Enrolments[1])
		_, err := custody.Init(b.Host, b.Path, f)
		if wantError(t, what, err, custody.ErrDamaged); !slices.Contains(fault.Objects(err), "c02") {
			t.Errorf("%s: named is %q", what, fault.Objects(err))
		}
	}
}

// TestInitChecksItsAnchor: an anchor that another program exchanged while the vault is read again is not put in place.
func TestInitChecksItsAnchor(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)}
	b := custodytest.Prepare(t, &s)
	anchor := filepath.Join(b.Path+".part", "trust.anchor")
	s.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRead && path == anchor {
			return errors.Join(os.Remove(path), os.WriteFile(path, []byte("another"), 0o600))
		}
		return nil
	}
	_, err := custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "another anchor", err, custody.ErrDamaged)
	must(t, custody.Absent(b.Path))
}
