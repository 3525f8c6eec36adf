package ledger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/ledger"
)

// large writes a ledger of n entries without waiting for the disk.
func large(t testing.TB, n int) string {
	t.Helper()
	dir := copyTo(t, nil)
	first, others := acts()[0], acts()[8]
	for i := range n {
		a := others
		if i == 0 {
			a = first
		}
		e := &ledger.Entry{Vault: vault, Number: int64(i), Time: start, Kind: a.kind, Fields: a.fields}
		data, err := e.Format()
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("entries/%06d/%012d.txt", i/1000, i)
		if i%1000 == 0 {
			write(t, dir, name, "")
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestManyFolders: a ledger goes on over the thousands.
func TestManyFolders(t *testing.T) {
	t.Parallel()
	dir := large(t, 1999)
	opened := acts()[9]
	for i := range 3 {
		l := open(t, dir)
		if l.Size() != int64(1999+i) || len(l.Leftovers()) != 0 {
			t.Fatalf("opened %d entries, leftovers %q", l.Size(), l.Leftovers())
		}
		part := act{personal: fields("about", "x")}.part(t, i)
		if _, err := l.Append(opened.kind, start, opened.fields, part); err != nil {
			t.Fatal(err)
		}
		if again := open(t, dir); again.Root() != l.Root() {
			t.Errorf("the root after %d entries is another when they are read", l.Size())
		}
	}
}

// TestFolderMadeForNothing: the power was cut after the folder of the next thousand was made.
func TestFolderMadeForNothing(t *testing.T) {
	dir := large(t, 1000)
	opened := acts()[9]
	for _, name := range []string{"entries/000001", "personal/000001"} {
		write(t, dir, name+"/000000001000.txt.part", "x")
	}
	l := open(t, dir)
	if len(l.Leftovers()) != 4 {
		t.Errorf("leftovers %q", l.Leftovers())
	}
	if _, err := l.Append(opened.kind, start, opened.fields, nil); err != nil {
		t.Fatal(err)
	}
	if l := open(t, dir); l.Size() != 1001 || len(l.Leftovers()) != 0 {
		t.Errorf("%d entries, leftovers %q", l.Size(), l.Leftovers())
	}
}

func BenchmarkOpen(b *testing.B) {
	const entries = 20_000
	dir := large(b, entries)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ledger.Open(&durable.Disk{}, dir, vault); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

func BenchmarkParseEntry(b *testing.B) {
	data, err := entry(b, 8).Format()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ledger.ParseEntry(data); err != nil {
			b.Fatal(err)
		}
	}
}
