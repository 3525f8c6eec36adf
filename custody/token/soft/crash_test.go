package soft

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/secret"
	"bailiff/custody/token"
)

var errPower = errors.New("the power went")

// failing is a disk on which the n-th operation and all after it fail; a write that fails does
// half of its work. ops is what was asked of it.
func failing(n int) (d *durable.Disk, ops *[]durable.Op) {
	ops = new([]durable.Op)
	return &durable.Disk{Hook: func(op durable.Op, _ string) error {
		*ops = append(*ops, op)
		if len(*ops) <= n {
			return nil
		}
		if op == durable.OpWrite {
			return durable.ShortWrite{N: 20}
		}
		return errPower
	}}, ops
}

// everywhere calls try with a disk that fails at its first operation, at its second and so on,
// until try reports that none failed.
func everywhere(t *testing.T, try func(t *testing.T, d *durable.Disk) (err error)) {
	t.Helper()
	for n := 0; ; n++ {
		d, ops := failing(n)
		err := try(t, d)
		if err == nil && len(*ops) > n {
			t.Errorf("failure %d (%s) went unnoticed", n, (*ops)[n])
		}
		if len(*ops) <= n {
			if err != nil || n < 8 {
				t.Errorf("after %d operations: %v", n, err)
			}
			return
		}
	}
}

// Wherever a Create is broken off: either the token is there, whole, or Create can be called again.
func TestCreateBrokenOffAnywhere(t *testing.T) {
	c, err := parseContents(golden(t, "c01.token"))
	if err != nil {
		t.Fatal(err)
	}
	everywhere(t, func(t *testing.T, d *durable.Disk) error {
		path := filepath.Join(t.TempDir(), "c01.token")
		first, second := *c, *c
		first.serial, second.serial = "11111111", "22222222"
		broken := deposit(d, path, func() (*contents, error) { return &first, nil })

		want := "22222222"
		err := deposit(&durable.Disk{}, path, func() (*contents, error) { return &second, nil })
		if errors.Is(err, durable.ErrExists) {
			want = "11111111"
		} else if err != nil {
			t.Errorf("after %v, again: %v", broken, err)
		}
		f, err := Open(&durable.Disk{}, path)
		if err != nil {
			t.Errorf("after %v, opening: %v", broken, err)
		} else if f.serial != want {
			t.Errorf("after %v the token is %s, want %s", broken, f.serial, want)
		}
		return broken
	})
}

// Wherever an Unlock is broken off: the PIN was not tried, or the try is off on disk.
func TestUnlockBrokenOffAnywhere(t *testing.T) {
	for _, right := range []bool{true, false} {
		everywhere(t, func(t *testing.T, d *durable.Disk) error {
			path, _ := place(t)
			f, err := Open(&durable.Disk{}, path)
			if err != nil {
				t.Fatal(err)
			}
			f.disk = d
			tried := false
			tok, broken := f.unlock(func(*contents) (*keys, error) {
				tried = true
				if got := triesOnDisk(t, path); got != 2 {
					t.Errorf("%d tries on disk while the PIN is tried", got)
				}
				if !right {
					return nil, token.ErrPIN
				}
				return &keys{secret.New(32), secret.New(32)}, nil
			})
			if (tok == nil) != (broken != nil) {
				t.Errorf("token %v beside %v", tok, broken)
			}
			if got := triesOnDisk(t, path); got < 2 || tried && !right && got != 2 {
				t.Errorf("after %v: %d tries on disk", broken, got)
			}
			if errors.Is(broken, token.ErrPIN) {
				return nil
			}
			return broken
		})
	}
}

func triesOnDisk(t *testing.T, path string) int {
	t.Helper()
	f, err := Open(&durable.Disk{}, path)
	if err != nil {
		t.Fatal(err)
	}
	n, err := f.Tries()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Wherever a KeepHead is broken off: the old head is there or the new one, and it can be kept again.
func TestKeepHeadBrokenOffAnywhere(t *testing.T) {
	head := token.Head{Size: 9, Root: [32]byte{9}}
	everywhere(t, func(t *testing.T, d *durable.Disk) error {
		path, _ := place(t)
		f, err := Open(&durable.Disk{}, path)
		if err != nil {
			t.Fatal(err)
		}
		tok := &Token{file: f, keys: &keys{secret.New(32), secret.New(32)}}
		f.disk = d
		broken := tok.KeepHead(vaultA, head)
		f.disk = &durable.Disk{}
		if got, err := tok.Head(vaultA); err != nil || got != head && got.Size != 0 {
			t.Errorf("after %v the head is %+v, %v", broken, got, err)
		}
		if err := tok.KeepHead(vaultA, head); err != nil {
			t.Errorf("after %v, again: %v", broken, err)
		}
		return broken
	})
}

// A head that is kept a second time is made durable a second time: the first time may have failed
// between renaming and syncing.
func TestKeepingAHeadAgainSyncs(t *testing.T) {
	path, _ := place(t)
	f, err := Open(&durable.Disk{}, path)
	if err != nil {
		t.Fatal(err)
	}
	tok := &Token{file: f, keys: &keys{secret.New(32), secret.New(32)}}
	for range 2 {
		d, ops := failing(1000)
		f.disk = d
		if err := tok.KeepHead(vaultA, token.Head{Size: 9, Root: [32]byte{9}}); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(*ops, durable.OpSyncDir) {
			t.Errorf("operations %q sync no directory", *ops)
		}
	}
}
