package journal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/keyceremony/registry/journal"
)

const (
	id    = "5f0c4a1b2c3d4e5f60718293a4b5c6d7"
	batch = "b20261121-7f3a9c"
)

func at() time.Time { return time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) }

func print(n byte) string { return strings.Repeat(hex.EncodeToString([]byte{n}), 20) }

func fresh(t *testing.T) *journal.File {
	t.Helper()
	f := &journal.File{Disk: new(durable.Disk), Path: filepath.Join(t.TempDir(), "j")}
	if err := f.Create(id); err != nil {
		t.Fatal(err)
	}
	return f
}

func open(t *testing.T, f *journal.File) *journal.Journal {
	t.Helper()
	j, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

// written is a journal of three entries, of which the first two were kept, and the places in it.
func written(t *testing.T) (f *journal.File, heads []journal.Head, text string) {
	t.Helper()
	f = fresh(t)
	j := open(t, f)
	heads = []journal.Head{j.Start()}
	for n := byte(1); n <= 3; n++ {
		sealed, err := journal.Seal([32]byte{9}, id, print(n), "member")
		if err != nil {
			t.Fatal(err)
		}
		h, err := j.Append(heads[n-1], journal.Given(batch, print(n), sealed, at()))
		if err == nil && n < 3 {
			err = j.Keep(h)
		}
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, h)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Path)
	if err != nil {
		t.Fatal(err)
	}
	return f, heads, string(data)
}

func write(t *testing.T, f *journal.File, text string) {
	t.Helper()
	if err := os.WriteFile(f.Path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSince(t *testing.T) {
	f, heads, _ := written(t)
	j := open(t, f)
	for n, h := range heads {
		later, kept, err := j.Since(h)
		if err != nil || len(later) != 3-n || n < 2 && kept != 2 {
			t.Fatalf("since %d: %d entries, %d kept, %v", n, len(later), kept, err)
		}
		for i, e := range later {
			if e.Number != int64(n+i+1) || e.Fingerprint != print(byte(n+i+1)) || e.Batch != batch || !e.Time.Equal(at()) || e.Behind != heads[n+i+1] {
				t.Errorf("%+v", e)
			}
			if m, err := journal.Member([32]byte{9}, id, e.Fingerprint, e.Member); m != "member" || err != nil {
				t.Errorf("%q, %v", m, err)
			}
		}
	}
	entries, head, whole, err := j.All()
	if err != nil || !whole || len(entries) != 3 || head != heads[3] {
		t.Errorf("%d entries, %+v, %v, %v", len(entries), head, whole, err)
	}
	for _, bad := range []func(h *journal.Head){
		func(h *journal.Head) { h.Entries++ }, func(h *journal.Head) { h.Entries = 0 }, func(h *journal.Head) { h.Hash[0]++ },
		func(h *journal.Head) { h.Size++ }, func(h *journal.Head) { h.Size -= 2 }, func(h *journal.Head) { h.Size = 1 << 40 }, func(h *journal.Head) { h.Size = 0 },
	} {
		for _, h := range heads {
			before := h
			if bad(&h); h == before {
				continue
			}
			if later, _, err := j.Since(h); later != nil || !errors.Is(err, journal.ErrDiffers) {
				t.Errorf("since %+v: %d entries, %v", h, len(later), err)
			}
		}
	}
}

// TestCut: wherever a journal was cut short, what was kept is missed; what was not is passed over, and writing goes on behind it.
func TestCut(t *testing.T) {
	f, heads, text := written(t)
	for size := range len(text) {
		write(t, f, text[:size])
		j, err := f.Open()
		if size < int(heads[0].Size) {
			if !errors.Is(err, journal.ErrNotJournal) {
				t.Errorf("cut at %d: %v", size, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		last := 0 // entry that is whole, if not ended
		for last < 3 && int(heads[last+1].Size)-1 <= size {
			last++
		}
		for n, h := range heads {
			later, kept, err := j.Since(h)
			if n > last || n == last && int(h.Size) > size {
				if !errors.Is(err, journal.ErrDiffers) {
					t.Fatalf("cut at %d, since %d: %d entries, %v", size, n, len(later), err)
				}
				continue
			}
			if err != nil || len(later) != last-n || kept > int64(last) {
				t.Fatalf("cut at %d, since %d: %d entries, %d kept, %v", size, n, len(later), kept, err)
			}
			if n == last { // the database is at the last entry, and goes on
				after, err := j.Append(h, journal.Given(batch, print(8), journal.None, at()))
				if err != nil {
					t.Fatal(err)
				}
				if err := j.Keep(after); err != nil {
					t.Fatal(err)
				}
				if later, kept, err := j.Since(h); err != nil || len(later) != 1 || later[0].Behind != after || kept != after.Entries {
					t.Fatalf("cut at %d: %d entries, %d, %v", size, len(later), kept, err)
				}
				if entries, _, whole, err := j.All(); err != nil || !whole || len(entries) != last+1 {
					t.Fatalf("cut at %d: %d entries, %v, %v", size, len(entries), whole, err)
				}
				break
			}
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryByte: no altered byte of an entry is read as another, and one in what was kept is missed from before it.
func TestEveryByte(t *testing.T) {
	f, heads, text := written(t)
	for i := range len(text) {
		altered := []byte(text)
		altered[i] ^= 1
		write(t, f, string(altered))
		j, err := f.Open()
		if i < int(heads[0].Size) {
			if err == nil { // another id: the database compares it
				if j.ID == id {
					t.Errorf("byte %d", i)
				}
				_ = j.Close()
			} else if !errors.Is(err, journal.ErrNotJournal) {
				t.Errorf("byte %d: %v", i, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		later, _, err := j.Since(heads[0])
		if err == nil && (len(later) < 2 || later[0].Fingerprint != print(1) || later[1].Fingerprint != print(2)) {
			t.Errorf("byte %d (%q): %d entries", i, text[i], len(later))
		}
		_ = j.Close()
	}
}

// TestKeptAndMissing: an entry that a database had is missed, even when it is the last.
func TestKeptAndMissing(t *testing.T) {
	f, heads, text := written(t)
	write(t, f, strings.Replace(text, "given 3 b", "given 3 c", 1)+"kept 3\n")
	j := open(t, f)
	if later, _, err := j.Since(heads[2]); later != nil || !errors.Is(err, journal.ErrDiffers) {
		t.Errorf("%d entries, %v", len(later), err)
	}
	if entries, _, whole, err := j.All(); len(entries) != 2 || whole || err != nil {
		t.Errorf("%d entries, %v, %v", len(entries), whole, err)
	}
}

// TestFile: the form in docs/formats.md, by its own words.
func TestFile(t *testing.T) {
	f, _, text := written(t)
	lines := strings.Split(text, "\n")
	if lines[0] != "bailiff-assignments/1 "+id || lines[2] != "kept 1" || len(lines) != 7 {
		t.Fatalf("%s", text)
	}
	before := sha256.Sum256([]byte(lines[0]))
	for _, n := range []int{1, 3, 5} {
		body := lines[n][:strings.LastIndexByte(lines[n], ' ')]
		before = sha256.Sum256([]byte(hex.EncodeToString(before[:]) + " " + body))
		if !strings.HasSuffix(lines[n], " "+hex.EncodeToString(before[:])) {
			t.Errorf("%s", lines[n])
		}
	}
	if info, err := os.Stat(f.Path); err != nil || info.Mode() != 0o600 {
		t.Error(info, err)
	}
	if err := f.Create(id); !errors.Is(err, durable.ErrExists) {
		t.Errorf("made again: %v", err)
	}
	j := open(t, f)
	if _, err := f.Open(); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("opened twice: %v", err)
	}
	_ = j.Close()
	absent := &journal.File{Disk: f.Disk, Path: f.Path + "x"}
	if _, err := absent.Open(); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	link := f.Path + "link"
	if err := os.Symlink(f.Path, link); err != nil {
		t.Fatal(err)
	}
	if _, err := (&journal.File{Disk: f.Disk, Path: link}).Open(); !errors.Is(err, durable.ErrNotRegular) {
		t.Error(err)
	}
}

// TestRenew: a new journal has the old name, and what was there another.
func TestRenew(t *testing.T) {
	f, _, text := written(t)
	for n, old := range []string{".old-1", ".old-2"} {
		h, err := f.Renew(strings.Repeat("0", 32), []*journal.Entry{journal.Given(batch, print(1), journal.None, at()), journal.Given(batch, print(2), journal.None, at())})
		if err != nil {
			t.Fatal(err)
		}
		j := open(t, f)
		if later, _, err := j.Since(h); err != nil || len(later) != 0 {
			t.Errorf("%d, %v", len(later), err)
		}
		if later, _, err := j.Since(j.Start()); err != nil || len(later) != 2 || h.Entries != 2 {
			t.Errorf("%d, %v", len(later), err)
		}
		_ = j.Close()
		if kept, err := os.ReadFile(f.Path + old); err != nil || n == 0 && string(kept) != text {
			t.Errorf("%s: %q, %v", old, kept, err)
		}
	}
}

// TestSealed: the member is read with the right key, for the right journal and key, and is not seen.
func TestSealed(t *testing.T) {
	key := [32]byte{1}
	sealed, err := journal.Seal(key, id, print(1), "Zoé")
	if err != nil {
		t.Fatal(err)
	}
	again, err := journal.Seal(key, id, print(1), "Zoé")
	if err != nil || again == sealed {
		t.Errorf("the same member is sealed to the same text, %v", err)
	}
	if m, err := journal.Member(key, id, print(1), sealed); m != "Zoé" || err != nil {
		t.Errorf("%q, %v", m, err)
	}
	for _, bad := range []func() (string, error){
		func() (string, error) { return journal.Member([32]byte{2}, id, print(1), sealed) },
		func() (string, error) { return journal.Member(key, strings.Repeat("0", 32), print(1), sealed) },
		func() (string, error) { return journal.Member(key, id, print(2), sealed) },
		func() (string, error) { return journal.Member(key, id, print(1), sealed[1:]) },
		func() (string, error) { return journal.Member(key, id, print(1), journal.None) },
		func() (string, error) { return journal.Member(key, id, print(1), "") },
	} {
		if m, err := bad(); m != "" || err == nil {
			t.Errorf("%q, %v", m, err)
		}
	}
}

// TestParseEntryRefuses: lines that nobody wrote.
func TestParseEntryRefuses(t *testing.T) {
	good := "given 1 " + batch + " " + print(1) + " 2026-12-01T08:00:00Z - " + strings.Repeat("0", 64) + "\n"
	if _, err := journal.ParseEntry([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"\n", ""}, {"\n", "\n\n"}, {"given", "taken"}, {" 1 ", " 01 "}, {" 1 ", " 0 "}, {" 1 ", " -1 "}, {batch, "b1"}, {print(1), print(1)[1:]},
		{print(1), strings.ToUpper(print(0xaa))}, {"2026-12-01", "2026-13-01"}, {"Z - ", "Z  - "}, {"Z - ", "Z = "}, {"Z - ", "Z AB "}, {"Z - ", "Z A\n "},
		{"Z - ", "Z " + strings.Repeat("A", 516) + " "}, {"0000000\n", "000000\n"}, {"0000000\n", "0000000 x\n"},
	} {
		line := strings.Replace(good, change[0], change[1], 1)
		if e, err := journal.ParseEntry([]byte(line)); e != nil || err == nil {
			t.Errorf("%q is read", line)
		}
	}
}

func FuzzParseEntry(f *testing.F) {
	f.Add([]byte("given 1 " + batch + " " + print(1) + " 2026-12-01T08:00:00Z - " + strings.Repeat("0", 64) + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, journal.ParseEntry)
	})
}

// FuzzJournal reads any bytes behind the first line: nothing is read but entries, and memory is bounded by the input.
func FuzzJournal(f *testing.F) {
	f.Add([]byte("given 1 " + batch + " " + print(1) + " 2026-12-01T08:00:00Z - " + strings.Repeat("0", 64) + "\nkept 1\n"))
	for _, crumb := range []string{"\n", "a\n", " \n", " ", "kept \n", "given \n"} { // what costs most to pass over
		f.Add([]byte(strings.Repeat(crumb, 1<<13)))
	}
	start := (&journal.Journal{ID: id}).Start()
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		entries, whole, err := journal.ReadLines(start, data, false)
		if err != nil {
			t.Fatal(err)
		}
		later, _, err := journal.ReadLines(start, data, true)
		if (err == nil) != whole || err == nil && len(later) != len(entries) {
			t.Errorf("%d entries, whole %v; %d later, %v", len(entries), whole, len(later), err)
		}
		closed := append(bytes.Clone(data), '\n')
		for _, e := range entries {
			if line, err := e.Format(); err != nil || !bytes.Contains(closed, line) {
				t.Errorf("%q was not there, %v", line, err)
			}
		}
	})
}
