package powercut

import (
	"bytes"
	"testing"
)

// fill returns n bytes of one value.
func fill(value byte, n int) []byte { return bytes.Repeat([]byte{value}, n) }

// sample is a log of two disks: 1 and 2 were flushed, 3 and 4 not.
func sample(t *testing.T) (*Log, [][]byte) {
	t.Helper()
	contents := [][]byte{make([]byte, 4*page), make([]byte, 4*page)}
	var l Log
	first, second := l.Disk(0, bytes.Clone(contents[0])), l.Disk(1, bytes.Clone(contents[1]))
	put := func(disk Image, value byte, off int64, n int) {
		if got, err := disk.WriteAt(fill(value, n), off); err != nil || got != n {
			t.Fatal(got, err)
		}
	}
	put(first, 1, 0, 2*page)
	if err := first.Flush(); err != nil {
		t.Fatal(err)
	}
	put(second, 2, 0, page)
	if err := second.Flush(); err != nil {
		t.Fatal(err)
	}
	put(first, 3, Sector, 2*page)
	put(first, 4, 3*page, page)
	return &l, contents
}

func read(t *testing.T, a *After) []byte {
	t.Helper()
	out := make([]byte, a.Size())
	if n, err := a.ReadAt(out, 0); err != nil || n != len(out) {
		t.Fatal(n, err)
	}
	return out
}

func TestPrefix(t *testing.T) {
	l, contents := sample(t)
	for at, want := range [][]byte{
		0: fill(0, 4*page),
		2: append(fill(1, 2*page), fill(0, 2*page)...),
		5: append(append(fill(1, Sector), fill(3, 2*page)...), fill(0, 2*page-Sector)...),
		6: append(append(append(fill(1, Sector), fill(3, 2*page)...), fill(0, page-Sector)...), fill(4, page)...),
	} {
		if want == nil {
			continue
		}
		disks := NewReplay(l.Requests(), contents).Build(State{At: at, Kind: Prefix})
		if !bytes.Equal(read(t, disks[0]), want) {
			t.Errorf("after %d requests the first disk is not what was written", at)
		}
	}
}

// TestLoss makes sure that what was flushed is there in every state, that what was not is lost in
// every combination, whole in one kind and by sectors in the other, and that nothing else appears.
func TestLoss(t *testing.T) {
	l, contents := sample(t)
	replay := NewReplay(l.Requests(), contents)
	for _, kind := range []Kind{Subset, Torn} {
		seen := map[[2]string]bool{}
		for seed := range uint64(400) {
			disks := replay.Build(State{At: 6, Kind: kind, Seed: seed})
			if !bytes.Equal(read(t, disks[1]), append(fill(2, page), fill(0, 3*page)...)) {
				t.Fatal("a flushed write is not there")
			}
			content := read(t, disks[0])
			seen[[2]string{
				amount(t, content[Sector:Sector+2*page], append(fill(1, 2*page-Sector), fill(0, Sector)...), 3),
				amount(t, content[3*page:], fill(0, page), 4),
			}] = true
		}
		if want := map[Kind]int{Subset: 4, Torn: 9}[kind]; len(seen) != want {
			t.Errorf("%s: %d combinations, not %d: %v", kind, len(seen), want, seen)
		}
	}
}

// amount tells how much of a write of one value is there: all of it, nothing or a part; sectors are
// whole.
func amount(t *testing.T, have, before []byte, value byte) string {
	t.Helper()
	there := 0
	for i := 0; i < len(have); i += Sector {
		switch sector := have[i : i+Sector]; {
		case bytes.Equal(sector, fill(value, Sector)):
			there++
		case !bytes.Equal(sector, before[i:i+Sector]):
			t.Fatalf("sector %d holds what nobody wrote", i/Sector)
		}
	}
	switch there {
	case 0:
		return "nothing"
	case len(have) / Sector:
		return "all"
	}
	return "part"
}

// TestStatesAreApart writes to one state and finds nothing of it in the next.
func TestStatesAreApart(t *testing.T) {
	l, contents := sample(t)
	replay := NewReplay(l.Requests(), contents)
	before := replay.Build(State{At: 6, Kind: Prefix})[0]
	want := read(t, before)
	if _, err := before.WriteAt(fill(9, page), 100); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(read(t, before), want) {
		t.Error("a state cannot be written to")
	}
	before.Close()
	if _, err := before.ReadAt(make([]byte, 1), 0); err == nil {
		t.Error("a state can be read when it is over")
	}
	if _, err := before.WriteAt(make([]byte, 1), 4*page); err == nil {
		t.Error("a disk can be written to beyond its end")
	}
	if !bytes.Equal(read(t, replay.Build(State{At: 6, Kind: Prefix})[0]), want) {
		t.Error("what was written to one state is in the next")
	}
}

func TestLastFlush(t *testing.T) {
	l, _ := sample(t)
	for _, c := range [][3]int{{0, 1, 0}, {0, 2, 1}, {0, 6, 1}, {1, 3, 0}, {1, 6, 3}} {
		if got := LastFlush(l.Requests(), c[0], c[1]); got != c[2] {
			t.Errorf("disk %d, instant %d: %d, not %d", c[0], c[1], got, c[2])
		}
	}
}
