package custody_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/custodytest"
)

// TestInitIsExclusive begins a second vault at the same place at every step of a first one: it is
// locked out, or finds the name taken, touches nothing of the first, and the first is whole.
func TestInitIsExclusive(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2}
	b := custodytest.Prepare(t, &s)
	first, second := b.Founding(t, s), b.Founding(t, s)
	host, locked, taken, begun := b.Host, 0, 0, false
	host.Disk = &durable.Disk{Hook: func(op durable.Op, path string) error {
		if !begun || !strings.HasPrefix(path, b.Path) {
			begun = begun || op == durable.OpLock
			return nil
		}
		switch _, err := custody.Init(b.Host, b.Path, second); {
		case errors.Is(err, durable.ErrLocked):
			locked++
		case errors.Is(err, durable.ErrExists):
			taken++
		default:
			t.Errorf("%s %s: the second run says %v", op, path, err)
		}
		return nil
	}}
	if _, err := custody.Init(host, b.Path, first); err != nil {
		t.Fatal(err)
	}
	if locked < 20 {
		t.Errorf("locked out %d times, name taken %d times", locked, taken)
	}
	wholeVault(t, b, first)
}

// TestInitWantsDoubtsConfirmed: what is seldom meant makes no vault until somebody confirmed exactly that.
func TestInitWantsDoubtsConfirmed(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2}
	b := custodytest.Prepare(t, &s)
	f := b.Founding(t, s)
	f.Names.Custodians[1] = f.Names.Custodians[0]
	doubts := f.Policy.Doubts(f.Names)
	if len(doubts) != 1 {
		t.Fatalf("%+v", doubts)
	}
	other := doubts[0]
	other.Kind = policy.OneOffice
	for _, confirmed := range [][]policy.Doubt{nil, {other}} {
		f.Confirmed = confirmed
		if _, err := custody.Init(b.Host, b.Path, f); !errors.Is(err, policy.ErrUnconfirmed) {
			t.Errorf("%+v confirmed: %v", confirmed, err)
		}
		if _, err := os.Lstat(b.Path + ".part"); !errors.Is(err, fs.ErrNotExist) {
			t.Error("something was written")
		}
	}
	f.Confirmed = doubts
	if _, err := custody.Init(b.Host, b.Path, f); err != nil {
		t.Fatal(err)
	}
	wholeVault(t, b, f)
}

// TestInitThatComesLate: when another run made its vault between the first look at the name and the
// lock, what it made stays.
func TestInitThatComesLate(t *testing.T) {
	for _, at := range []durable.Op{durable.OpMkdir, durable.OpLock} {
		s := custodytest.Setup{Threshold: 2, Custodians: 2}
		b := custodytest.Prepare(t, &s)
		late, early := b.Founding(t, s), b.Founding(t, s)
		host, done := b.Host, false
		host.Disk = &durable.Disk{Hook: func(op durable.Op, path string) error {
			if op != at || done {
				return nil
			}
			done = true
			_, err := custody.Init(b.Host, b.Path, early)
			return err
		}}
		if _, err := custody.Init(host, b.Path, late); !errors.Is(err, durable.ErrExists) && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", at, err)
		}
		wholeVault(t, b, early)
	}
}

// wholeVault: the vault is that of the founding, and verifies.
func wholeVault(t *testing.T, b *custodytest.Bench, f custody.Founding) {
	t.Helper()
	v := b.Open(t, true)
	if v.Policy.Vault != f.Policy.Vault {
		t.Error("the vault of the other run")
	}
	report, err := v.Verify(func(int, int) {})
	if err != nil || len(report.Leftovers) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if left, err := os.ReadDir(b.Path + ".part"); err == nil && len(left) > 1 {
		t.Errorf("beside the vault: %v", left)
	}
}
