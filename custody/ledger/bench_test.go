package ledger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/ledger"
)

// large writes a ledger of n entries without waiting for the disk.
func large(t testing.TB, n int) string {
	t.Helper()
	dir := copyTo(t, nil)
	first, others := acts()[0], acts()[8]
	var wg sync.WaitGroup
	blocks := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for b := range blocks {
				if err := fill(dir, b, n, first, others); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for b := 0; b*1000 < n; b++ {
		blocks <- b
	}
	close(blocks)
	wg.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return dir
}

// fill writes the block of that number of a ledger of n entries.
func fill(dir string, b, n int, first, others act) error {
	if err := os.Mkdir(filepath.Join(dir, fmt.Sprintf("entries/%06d", b)), 0o755); err != nil {
		return err
	}
	for i := b * 1000; i < min(n, (b+1)*1000); i++ {
		a := others
		if i == 0 {
			a = first
		}
		e := &ledger.Entry{Vault: vault, Number: int64(i), Time: start, Act: a.Act}
		data, err := e.Format()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("entries/%06d/%012d.txt", b, i)), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// TestManyFolders: a ledger goes on over the thousands.
func TestManyFolders(t *testing.T) {
	t.Parallel()
	dir := large(t, 1999)
	for i := range 3 {
		l := open(t, dir)
		if l.Size() != int64(1999+i) || len(l.Leftovers()) != 0 {
			t.Fatalf("opened %d entries, leftovers %q", l.Size(), l.Leftovers())
		}
		part := act{personal: fields("about", "x")}.part(t, i)
		if _, err := l.Append(opened(), start, part); err != nil {
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
	for _, name := range []string{"entries/000001", "personal/000001"} {
		write(t, dir, name+"/000000001000.txt.part", "x")
	}
	l := open(t, dir)
	if len(l.Leftovers()) != 4 {
		t.Errorf("leftovers %q", l.Leftovers())
	}
	if _, err := l.Append(opened(), start, nil); err != nil {
		t.Fatal(err)
	}
	if l := open(t, dir); l.Size() != 1001 || len(l.Leftovers()) != 0 {
		t.Errorf("%d entries, leftovers %q", l.Size(), l.Leftovers())
	}
}

// TestFaultsOfTheSecondThousand: the error names the file at fault, in whichever folder it is.
func TestFaultsOfTheSecondThousand(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(dir string) error
		want  string
	}{
		"its first entry is missing": {
			func(dir string) error { return os.Remove(filepath.Join(dir, "entries/000001/000000001000.txt")) },
			"entries/000001/000000001001.txt",
		},
		"the thousand before is missing": {
			func(dir string) error { return os.RemoveAll(filepath.Join(dir, "entries/000000")) },
			"entries/000001/000000001000.txt",
		},
		"personal parts of the thousand after the next": {
			func(dir string) error { return os.MkdirAll(filepath.Join(dir, "personal/000003"), 0o755) },
			"personal/000003",
		},
	} {
		dir := large(t, 1002)
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.Open(&durable.Disk{}, dir, vault); err == nil || !strings.HasPrefix(err.Error(), c.want+":") {
			t.Errorf("%s: %v, want %s named", name, err, c.want)
		}
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
