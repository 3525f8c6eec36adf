package keybatch_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"testing"

	"bailiff/custody/strictzip"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

const (
	vaultID    = "5f0c4a1b2c3d4e5f60718293a4b5c6d7"
	otherVault = "00112233445566778899aabbccddeeff"
	batchID    = "b20261121-7f3a9c"
	otherBatch = "b20261121-000001"
)

func small() batchtest.Options {
	return batchtest.Options{Batch: batchID, Publish: 3, Sample: 2, Reserve: 1}
}

// verify opens and verifies a file.
func verify(v *batchtest.Vault, file []byte) (*keybatch.Verified, error) {
	f, err := keybatch.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	return f.Verify(v.Anchor, nil, 2, nil)
}

// unzip returns the files of a public batch by name.
func unzip(t testing.TB, file []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(rc); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// rezip is the reverse of unzip.
func rezip(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := strictzip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := z.Add(name, files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wantError(t *testing.T, err, want error, object string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
	if object != "" && !bytes.Contains([]byte(err.Error()), []byte(object)) {
		t.Fatalf("error %q does not name %s", err, object)
	}
}
