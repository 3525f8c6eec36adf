package batch_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/stocktest"
	"bailiff/custody/testkit/ziptest"
)

func TestBatchRoundTrip(t *testing.T) {
	const keys = 57
	for _, maxVolume := range []int64{0, 12_000} {
		dir, m := deposit(t, keys, 3, maxVolume)
		if several := len(m.Volumes) > 1; several != (maxVolume > 0) {
			t.Fatalf("%d volumes of at most %d bytes", len(m.Volumes), maxVolume)
		}
		b := open(t, dir)
		last := 0
		root, err := b.Verify(func(done, total int) {
			if done != last+1 || total != keys {
				t.Errorf("progress %d of %d after %d", done, total, last)
			}
			last = done
		})
		if err != nil || root != m.Root || last != keys {
			t.Fatalf("verified %d keys: %v", last, err)
		}
		again := newSource(3)
		number := 0
		for r, err := range b.Records() {
			if err != nil {
				t.Fatal(err)
			}
			number++
			checkKey(t, b, r, again.key(number))
		}
		if number != keys {
			t.Errorf("%d records", number)
		}
	}
}

// checkKey compares what the batch gives for a record with what was deposited.
func checkKey(t *testing.T, b *batch.Batch, r *batch.Record, want batch.SealedKey) {
	t.Helper()
	public, err1 := b.Public(r)
	sealed, err2 := b.Sealed(r)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if r.Number != want.Number || r.Fingerprint != want.Fingerprint || !bytes.Equal(public, want.Public) || !bytes.Equal(sealed, want.Sealed) {
		t.Errorf("key %d came back otherwise", want.Number)
	}
	for i, s := range want.Shares {
		share, err := b.Share(r, s.Custodian)
		got := r.Shares[i]
		if err != nil || !bytes.Equal(share, s.File) || got.X != s.X || got.Commitment != s.Commitment || got.Custodian != s.Custodian {
			t.Errorf("key %d, %s: came back otherwise, %v", want.Number, s.Custodian, err)
		}
	}
	if _, err := b.Share(r, "c16"); !errors.Is(err, batch.ErrMissing) {
		t.Errorf("a share of nobody: %v", err)
	}
	found, err := b.Record(want.Number)
	if err != nil || found.Leaf() != r.Leaf() || found.Fingerprint != r.Fingerprint {
		t.Errorf("Record(%d): %v", want.Number, err)
	}
}

func TestVersion6Fingerprints(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "b")
	h, s := header(2), newSource(2)
	h.Profile = "v6-curve25519"
	w, err := batch.NewWriter(&durable.Disk{}, dir, h, 0)
	if err != nil {
		t.Fatal(err)
	}
	k := s.key(1)
	k.Fingerprint = hexA
	if err := w.Add(k); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t, dir)
	if _, err := b.Verify(nil); err != nil {
		t.Error(err)
	}
	r, err := b.Record(1)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Share(r, "c02"); err != nil || !bytes.Equal(got, k.Shares[1].File) {
		t.Error(err)
	}
}

// TestStockToolsReadABatch follows docs/formats.md: sha256sum gives what the manifest says, and
// unzip fetches exactly one share.
func TestStockToolsReadABatch(t *testing.T) {
	dir, m := deposit(t, 50, 3, 60_000)
	b := open(t, dir)
	sums := stocktest.In(t, dir, "sh", "-c", "sha256sum manifest.txt records.txt tree.bin sealed-*.zip")
	digest := b.Digest()
	want := hex.EncodeToString(digest[:]) + "  manifest.txt\n" + hex.EncodeToString(m.Records[:]) + "  records.txt\n" +
		hex.EncodeToString(m.Tree[:]) + "  tree.bin\n"
	for _, v := range m.Volumes {
		want += hex.EncodeToString(v.Sum[:]) + "  " + v.Name + "\n"
	}
	if sums != want {
		t.Errorf("sha256sum says\n%swant\n%s", sums, want)
	}
	r, err := b.Record(12)
	if err != nil {
		t.Fatal(err)
	}
	share, err := b.Share(r, "c03")
	if err != nil {
		t.Fatal(err)
	}
	if got := stocktest.In(t, dir, "unzip", "-p", "sealed-0001.zip", "000012-*/share-c03.age"); got != string(share) {
		t.Error("unzip fetched another share")
	}
	if got := stocktest.In(t, dir, "unzip", "-tqq", m.Volumes[1].Name); got != "" {
		t.Error(got)
	}
}

func TestVolumesPartBetweenKeys(t *testing.T) {
	dir, m := deposit(t, 40, 2, 9_000)
	next := 1
	for i, v := range m.Volumes {
		data, err := os.ReadFile(filepath.Join(dir, v.Name))
		if err != nil {
			t.Fatal(err)
		}
		pairs, err := ziptest.Unpack(data)
		if err != nil || v.Size > 9_000 || v.Size != int64(len(data)) || v.Sum != sha256.Sum256(data) {
			t.Fatalf("%s: %v", v.Name, err)
		}
		keys := len(pairs) / 2 / 4
		if len(pairs) != 8*keys || !strings.HasPrefix(pairs[0], fmt.Sprintf("%06d-", next)) {
			t.Errorf("%s begins with %s and has %d entries", v.Name, pairs[0], len(pairs)/2)
		}
		if room := 9_000 - v.Size; room > 3_500 && i < len(m.Volumes)-1 {
			t.Errorf("%s could have held another key: %d bytes left", v.Name, room)
		}
		next += keys
	}
	if next != 41 {
		t.Errorf("%d keys", next-1)
	}
}

func TestWriterRefusesABadHeader(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*batch.Header)
		want   error
	}{
		"vault":            {func(h *batch.Header) { h.Vault = "" }, nil},
		"batch":            {func(h *batch.Header) { h.Batch = "../x" }, nil},
		"mode":             {func(h *batch.Header) { h.Mode = "" }, nil},
		"profile":          {func(h *batch.Header) { h.Profile = "x" }, batch.ErrManifestProfile},
		"created":          {func(h *batch.Header) { h.Created = h.Created.AddDate(-100, 0, 0) }, nil},
		"custodian":        {func(h *batch.Header) { h.Custodians[0] = "c1" }, batch.ErrBatchCustodians},
		"custodian order":  {func(h *batch.Header) { slices.Reverse(h.Custodians) }, batch.ErrBatchCustodians},
		"custodian twice":  {func(h *batch.Header) { h.Custodians[1] = h.Custodians[0] }, batch.ErrBatchCustodians},
		"threshold":        {func(h *batch.Header) { h.Threshold = 1 }, batch.ErrManifestThreshold},
		"threshold over n": {func(h *batch.Header) { h.Threshold = 4 }, batch.ErrManifestThreshold},
	} {
		dir := filepath.Join(t.TempDir(), "b")
		h := header(3)
		c.change(&h)
		if _, err := batch.NewWriter(&durable.Disk{}, dir, h, 0); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a folder was made", name)
		}
	}
	for _, size := range []int64{-1, strictzip.MaxSize + 1} {
		if _, err := batch.NewWriter(&durable.Disk{}, filepath.Join(t.TempDir(), "b"), header(3), size); !errors.Is(err, batch.ErrBatchVolume) {
			t.Errorf("volumes of %d bytes: %v", size, err)
		}
	}
	if _, err := batch.NewWriter(&durable.Disk{}, t.TempDir(), header(3), 0); !errors.Is(err, durable.ErrExists) {
		t.Errorf("a folder that is there: %v", err)
	}
}

func TestWriterRefusesABadKey(t *testing.T) {
	for name, c := range map[string]struct {
		change func(k *batch.SealedKey)
		want   error
	}{
		"a number left out": {func(k *batch.SealedKey) { k.Number = 3 }, batch.ErrBatchNumber},
		"a number twice":    {func(k *batch.SealedKey) { k.Number = 1 }, batch.ErrBatchNumber},
		"a key twice":       {func(k *batch.SealedKey) { k.Fingerprint = newSource(3).key(1).Fingerprint }, batch.ErrBatchDuplicate},
		"a key id":          {func(k *batch.SealedKey) { k.Fingerprint = k.Fingerprint[:16] }, batch.ErrBatchKey},
		"upper case":        {func(k *batch.SealedKey) { k.Fingerprint = strings.Repeat("A", 40) }, batch.ErrBatchKey},
		"another version":   {func(k *batch.SealedKey) { k.Fingerprint = hexA }, batch.ErrBatchKey},
		"no public part":    {func(k *batch.SealedKey) { k.Public = nil }, batch.ErrBatchEntry},
		"no private part":   {func(k *batch.SealedKey) { k.Sealed = nil }, batch.ErrBatchEntry},
		"a large content":   {func(k *batch.SealedKey) { k.Sealed = make([]byte, batch.MaxEntry+1) }, batch.ErrBatchEntry},
		"an empty share":    {func(k *batch.SealedKey) { k.Shares[1].File = nil }, batch.ErrBatchEntry},
		"a share missing":   {func(k *batch.SealedKey) { k.Shares = k.Shares[:2] }, batch.ErrBatchShares},
		"shares reversed":   {func(k *batch.SealedKey) { slices.Reverse(k.Shares) }, batch.ErrBatchShares},
		"x of 0":            {func(k *batch.SealedKey) { k.Shares[1].X = 0 }, batch.ErrRecord},
		"x twice":           {func(k *batch.SealedKey) { k.Shares[1].X = k.Shares[0].X }, batch.ErrRecord},
		"over a volume":     {func(k *batch.SealedKey) { k.Sealed = make([]byte, 20_000) }, strictzip.ErrTooLarge},
	} {
		dir := filepath.Join(t.TempDir(), "b")
		w, err := batch.NewWriter(&durable.Disk{}, dir, header(3), 20_000)
		if err != nil {
			t.Fatal(err)
		}
		s := newSource(3)
		if err := w.Add(s.key(1)); err != nil {
			t.Fatal(err)
		}
		k := s.key(2)
		c.change(&k)
		if err := w.Add(k); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if err := w.Add(s.key(2)); !errors.Is(err, c.want) {
			t.Errorf("%s: went on with %v", name, err)
		}
		if m, err := w.Close(); err == nil || m != nil {
			t.Errorf("%s: closed", name)
		}
		if _, err := batch.Open(&durable.Disk{}, dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: there is a batch: %v", name, err)
		}
	}
}

func TestNoBatchWithoutKeysOrAfterAbandon(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "b")
	w, err := batch.NewWriter(&durable.Disk{}, dir, header(3), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(); !errors.Is(err, batch.ErrBatchEmpty) {
		t.Error(err)
	}
	dir = filepath.Join(t.TempDir(), "b")
	if w, err = batch.NewWriter(&durable.Disk{}, dir, header(3), 0); err != nil {
		t.Fatal(err)
	}
	if err := w.Add(newSource(3).key(1)); err != nil {
		t.Fatal(err)
	}
	w.Abandon()
	w.Abandon()
	if _, err := w.Close(); !errors.Is(err, batch.ErrBatchClosed) {
		t.Error(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("left %v, %v", files, err)
	}
}
