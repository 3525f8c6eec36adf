package keybatch_test

import (
	"bytes"
	"os"
	"testing"

	"bailiff/custody/fuzztest"
	"bailiff/custody/keypair"
	"bailiff/custody/policy"
	"bailiff/keyceremony/keybatch"
)

// FuzzVerify: of all files two pass, the one that was exported under this anchor and its twin with the armor of today.
func FuzzVerify(f *testing.F) {
	good, err := os.ReadFile("../../testdata/good/batch.zip")
	if err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile("../../testdata/good/vault/trust.anchor")
	if err != nil {
		f.Fatal(err)
	}
	anchor, err := policy.ParseAnchor(text)
	if err != nil {
		f.Fatal(err)
	}
	twin := rearmored(f, good, keypair.Armor, func(int) bool { return true })
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 256*len(data)+4<<20)() // the buffers of the stream and of each worker
		file, err := keybatch.Open(bytes.NewReader(data), int64(len(data)))
		if (file == nil) == (err == nil) {
			t.Fatal("neither a file nor an error, or both")
		}
		if err != nil {
			return
		}
		v, err := file.Verify(anchor, nil, 1, nil)
		if (v == nil) == (err == nil) {
			t.Fatal("neither a result nor an error, or both")
		}
		if err == nil && !bytes.Equal(data, good) && !bytes.Equal(data, twin) {
			t.Fatal("another file passes")
		}
	})
}
