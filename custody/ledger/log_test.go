package ledger_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/ledger"
)

func TestHistoryReadsBack(t *testing.T) {
	written, dir := history(t)
	l := open(t, dir)
	if l.Vault() != vault || l.Size() != int64(len(acts())) || l.Root() != written.Root() {
		t.Fatalf("opened %d entries, root %v", l.Size(), l.Root())
	}
	if len(l.Leftovers()) != 0 || len(l.Erased()) != 0 {
		t.Errorf("leftovers %q, erased %v", l.Leftovers(), l.Erased())
	}
	n := 0
	for e, err := range l.Entries() {
		if err != nil {
			t.Fatal(err)
		}
		a := acts()[n]
		if e.Number != int64(n) || !reflect.DeepEqual(e.Act, a.Act) || !e.Time.Equal(at(n)) {
			t.Errorf("entry %d is %+v", n, e)
		}
		part, err := l.Personal(int64(n))
		if want := a.part(t, n); want == nil && !errors.Is(err, ledger.ErrNone) || want != nil && string(part) != string(want) {
			t.Errorf("entry %d: personal part %q, %v", n, part, err)
		}
		n++
	}
	if n != len(acts()) {
		t.Errorf("read %d entries", n)
	}
	if err := l.VerifyCheckpoints(inForce); err != nil {
		t.Error(err)
	}
}

func TestTreeIsThatOfTlog(t *testing.T) {
	l, _ := sample(t)
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, err error) {
		for _, i := range at {
			out = append(out, stored[i])
		}
		return out, nil
	})
	for n := range l.Size() {
		_, data, err := l.Entry(n)
		if err != nil {
			t.Fatal(err)
		}
		hashes, err := tlog.StoredHashes(n, data, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		want, err := tlog.TreeHash(n+1, reader)
		if got, err2 := l.RootAt(n + 1); err != nil || err2 != nil || got != want {
			t.Errorf("root at %d: %v, %v", n+1, err, err2)
		}
	}
	for small := int64(1); small <= l.Size(); small++ {
		was, err := l.RootAt(small)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := tlog.ProveTree(l.Size(), small, reader)
		if err != nil || tlog.CheckTree(proof, l.Size(), l.Root(), small, was) != nil {
			t.Errorf("the log of %d is no prefix: %v", small, err)
		}
	}
	if empty, err := l.RootAt(0); err != nil || empty != tlog.Hash(sha256.Sum256(nil)) {
		t.Errorf("empty root %v, %v", empty, err)
	}
	for _, size := range []int64{-1, l.Size() + 1} {
		if _, err := l.RootAt(size); !errors.Is(err, ledger.ErrNone) {
			t.Errorf("root at %d: %v", size, err)
		}
	}
}

func TestAppendRefusalsWriteNothing(t *testing.T) {
	l, dir := sample(t)
	before := files(t, dir)
	for name, c := range map[string]struct {
		act  ledger.Act
		at   time.Time
		part []byte
		want error
	}{
		"a clock before the last entry": {opened(), at(11).Add(-time.Second), nil, ledger.ErrClock},
		"a clock at 1970":               {opened(), time.Unix(0, 0), nil, ledger.ErrClock},
		"another first policy":          {acts()[0].Act, at(20), nil, ledger.ErrFirst},
		"the personal part of another":  {acts()[8].Act, at(20), acts()[0].part(t, 0), nil},
		"an empty personal part":        {opened(), at(20), []byte{}, nil},
		"a field missing":               {&ledger.ReleaseOpened{Order: "2026-000123"}, at(20), nil, nil},
	} {
		e, err := l.Append(c.act, c.at, c.part)
		if err == nil || e != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := files(t, dir); len(after) != len(before) {
		t.Errorf("files were written: %d, then %d", len(before), len(after))
	}
	e, err := l.Append(opened(), at(11).In(time.FixedZone("", 3600)).Add(900*time.Millisecond), nil)
	if err != nil || !e.Time.Equal(at(11)) || e.Number != 12 {
		t.Errorf("an entry in the same second: %+v, %v", e, err)
	}
	if got, _, err := open(t, dir).Entry(12); err != nil || got.Time != e.Time {
		t.Errorf("the entry reads %+v, %v", got, err)
	}
}

func TestFirstEntryIsThePolicy(t *testing.T) {
	l, err := ledger.Create(&durable.Disk{}, filepath.Join(t.TempDir(), "ledger"), vault)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(acts()[1].Act, start, nil); !errors.Is(err, ledger.ErrFirst) {
		t.Errorf("a ceremony came first: %v", err)
	}
	if _, err := l.PolicyFor(1); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("an empty ledger has a policy: %v", err)
	}
}

func TestTwoWriters(t *testing.T) {
	a, dir := sample(t)
	b := open(t, dir)
	lock, err := (&durable.Disk{}).Lock(filepath.Join(dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Append(opened(), at(20), nil); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("appended beside a lock: %v", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Append(opened(), at(20), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Append(opened(), at(20), nil); !errors.Is(err, ledger.ErrMoved) {
		t.Errorf("appended over another's entry: %v", err)
	}
	if open(t, dir).Size() != a.Size() {
		t.Error("the second writer changed the ledger")
	}
}

func TestCreateRefusesAnExistingFolder(t *testing.T) {
	_, dir := sample(t)
	if _, err := ledger.Create(&durable.Disk{}, dir, vault); !errors.Is(err, durable.ErrExists) {
		t.Errorf("error %v", err)
	}
	open(t, dir)
	if _, err := ledger.Create(&durable.Disk{}, filepath.Join(t.TempDir(), "l"), "vault"); err == nil {
		t.Error("a vault id of another form was taken")
	}
}

func TestErasedPersonalPart(t *testing.T) {
	_, dir := sample(t)
	if err := os.Remove(filepath.Join(dir, "personal/000000/000000000002.txt")); err != nil {
		t.Fatal(err)
	}
	l := open(t, dir)
	if !slices.Equal(l.Erased(), []int64{2}) {
		t.Errorf("erased %v", l.Erased())
	}
	if _, err := l.Personal(2); !errors.Is(err, ledger.ErrErased) {
		t.Errorf("the erased part: %v", err)
	}
	write(t, dir, "personal/000000/000000000008.txt", "x")
	if _, err := l.Personal(8); !errors.Is(err, ledger.ErrPersonal) {
		t.Errorf("an altered part: %v", err)
	}
}
