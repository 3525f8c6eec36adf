// Package ziptest packs and unpacks files of the strict ZIP profile for tests, among them those in which something was exchanged.
package ziptest

import (
	"bytes"
	"testing"

	"bailiff/custody/strictzip"
)

// Pack writes a file with these entries: names and contents in turn.
func Pack(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := strictzip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		if err := z.Add(pairs[i], []byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	size := z.Size()
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if int64(b.Len()) != size {
		t.Fatalf("announced %d bytes, wrote %d", size, b.Len())
	}
	return b.Bytes()
}

// Unpack opens and walks a file, and returns names and contents in turn.
func Unpack(data []byte) (pairs []string, err error) {
	z, err := strictzip.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	err = z.Walk(func(name string, content []byte) error {
		pairs = append(pairs, name, string(content))
		return nil
	})
	return pairs, err
}
