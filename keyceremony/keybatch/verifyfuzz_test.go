package keybatch_test

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"os"
	"slices"
	"testing"

	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/keyceremony/keybatch"
)

// target is a public batch of one key and the anchor of its vault. Of all files two pass under that anchor: the
// batch, and its twin with the former armor.
type target struct {
	anchor     *policy.Anchor
	good, twin []byte
}

func newTarget(tb testing.TB) *target {
	tb.Helper()
	good, err := os.ReadFile("testdata/one/batch.zip")
	if err != nil {
		tb.Fatal(err)
	}
	text, err := os.ReadFile("testdata/one/trust.anchor")
	if err != nil {
		tb.Fatal(err)
	}
	anchor, err := policy.ParseAnchor(text)
	if err != nil {
		tb.Fatal(err)
	}
	return &target{anchor, good, rearmored(tb, good, keypair.FormerArmor, func(int) bool { return true })}
}

// verify fails the test when another file than the two passes.
func (x *target) verify(t *testing.T, data []byte) {
	t.Helper()
	defer fuzztest.Bounded(t, 256*len(data)+4<<20)() // the buffers of the stream and of each worker
	file, err := keybatch.Open(bytes.NewReader(data), int64(len(data)))
	if (file == nil) == (err == nil) {
		t.Fatal("neither a file nor an error, or both")
	}
	if err != nil {
		return
	}
	v, err := file.Verify(x.anchor, nil, 1, nil)
	if (v == nil) == (err == nil) {
		t.Fatal("neither a result nor an error, or both")
	}
	if err == nil && !bytes.Equal(data, x.good) && !bytes.Equal(data, x.twin) {
		t.Fatal("another file passes")
	}
}

// FuzzVerify alters the file as a whole, which mostly ends at the ZIP profile or at a CRC.
func FuzzVerify(f *testing.F) {
	x := newTarget(f)
	f.Add(x.good)
	f.Add(x.twin)
	f.Fuzz(func(t *testing.T, data []byte) { x.verify(t, data) })
}

// FuzzFile puts other bytes in the place of one file in the batch, as one who carries the batch can: the ZIP is written anew,
// and batch.txt states the digest of the new bytes.
func FuzzFile(f *testing.F) {
	x := newTarget(f)
	files := unzip(f, x.good)
	names := slices.Sorted(maps.Keys(files))
	for i, name := range names {
		f.Add(byte(i), files[name])
	}
	f.Fuzz(func(t *testing.T, place byte, data []byte) {
		name := names[int(place)%len(names)]
		forged := maps.Clone(files)
		forged[name] = data
		if name != "batch.txt" {
			forged["batch.txt"] = bytes.ReplaceAll(files["batch.txt"], digest(files[name]), digest(data))
		}
		x.verify(t, rezip(t, forged))
	})
}

// digest is the SHA-256 of data as batch.txt states it.
func digest(data []byte) []byte { return []byte(keyvalue.FormatDigest(sha256.Sum256(data))) }
