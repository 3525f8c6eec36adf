package batch_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/testkit/ziptest"
)

// TestForgedContents replaces contents by others in a volume of the strict form.
func TestForgedContents(t *testing.T) {
	dir, _ := deposit(t, 5, 3, 0)
	path := filepath.Join(dir, "sealed-0001.zip")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := open(t, dir).Select(2, 5, 2)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(p []string) []string
		want   error
	}{
		"another key's share": {func(p []string) []string { p[2*5+5], p[4*5*2+5] = p[4*5*2+5], p[2*5+5]; return p }, batch.ErrDigest},
		"shares exchanged":    {func(p []string) []string { p[10+5], p[10+7] = p[10+7], p[10+5]; return p }, batch.ErrDigest},
		"another fingerprint": {func(p []string) []string {
			for i := 10; i < 20; i += 2 {
				p[i] = "000002-" + fp + p[i][strings.Index(p[i], "/"):]
			}
			return p
		}, batch.ErrMissing},
	} {
		pairs, err := ziptest.Unpack(data)
		if err != nil {
			t.Fatal(err)
		}
		rewrite(t, path, ziptest.Pack(t, c.change(pairs)...))
		b := open(t, dir)
		if _, err := b.Verify(nil); !errors.Is(err, c.want) || len(fault.Objects(err)) != 2 {
			t.Errorf("%s: verify: %v, want %v", name, err, c.want)
		}
		if _, err := b.Share(records[0], "c01"); !errors.Is(err, c.want) {
			t.Errorf("%s: share: %v, want %v", name, err, c.want)
		}
	}
	pairs, err := ziptest.Unpack(data)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, path, ziptest.Pack(t, pairs[:len(pairs)-2]...))
	if _, err := open(t, dir).Share(records[1], "c01"); !errors.Is(err, batch.ErrSize) {
		t.Errorf("an entry left out: %v", err)
	}
}

// TestManifestOfAnotherBatch gives a batch a manifest that is well formed and says otherwise.
func TestManifestOfAnotherBatch(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*batch.Manifest)
		want   error
	}{
		"root":       {func(m *batch.Manifest) { m.Root[0] ^= 1 }, batch.ErrRoot},
		"records":    {func(m *batch.Manifest) { m.Records[0] ^= 1 }, batch.ErrDigest},
		"tree":       {func(m *batch.Manifest) { m.Tree[0] ^= 1 }, batch.ErrDigest},
		"volume":     {func(m *batch.Manifest) { m.Volumes[0].Sum[0] ^= 1 }, batch.ErrDigest},
		"size":       {func(m *batch.Manifest) { m.Volumes[0].Size++ }, batch.ErrSize},
		"fewer keys": {func(m *batch.Manifest) { m.Keys-- }, batch.ErrSize},
		"more keys":  {func(m *batch.Manifest) { m.Keys++ }, batch.ErrSize},
		"custodians": {func(m *batch.Manifest) { m.Custodians = 2 }, batch.ErrRecord},
		"profile":    {func(m *batch.Manifest) { m.Profile = "v6-curve25519" }, batch.ErrRecord},
	} {
		dir, m := deposit(t, 20, 3, 20_000)
		c.change(m)
		data, err := m.Format()
		if err != nil {
			t.Fatal(err)
		}
		rewrite(t, filepath.Join(dir, "manifest.txt"), data)
		if err := verify(dir); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestOnlyAuthenticRecords changes one commitment in records.txt.
func TestOnlyAuthenticRecords(t *testing.T) {
	dir, _ := deposit(t, 30, 3, 0)
	path := filepath.Join(dir, "records.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("\nkey: 000018 ")) - 2 // last digit of key 17's last commitment
	data[at] = "0123456789abcdef"[(bytes.IndexByte([]byte("0123456789abcdef"), data[at])+1)%16]
	rewrite(t, path, data)
	b := open(t, dir)
	if r, err := b.Record(17); !errors.Is(err, batch.ErrDigest) || r != nil || strings.Join(fault.Objects(err), " ") != "records.txt 000017" {
		t.Errorf("record 17: %v", err)
	}
	for _, n := range []int{1, 16, 18, 30} {
		if r, err := b.Record(n); err != nil || r.Number != n {
			t.Errorf("record %d, which is whole: %v", n, err)
		}
	}
	if _, err := b.Select(1); !errors.Is(err, batch.ErrDigest) {
		t.Errorf("all of the records: %v", err)
	}
	var last error
	seen := 0
	for r, err := range b.Records() {
		if last = err; r != nil {
			seen++
		}
	}
	if !errors.Is(last, batch.ErrDigest) || seen != 30 {
		t.Errorf("records: %d, then %v", seen, last)
	}
	for _, n := range []int{0, -1, 31, 1_000_000} {
		if _, err := b.Record(n); !errors.Is(err, batch.ErrKeys) {
			t.Errorf("key %d: %v", n, err)
		}
	}
}
