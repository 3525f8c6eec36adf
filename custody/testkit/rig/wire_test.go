package rig

import (
	"bytes"
	"testing"

	"bailiff/custody/testkit/fuzztest"
)

func FuzzMessage(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, maxMessage)()
		m, err := readMessage(bytes.NewReader(b))
		if err != nil {
			if m != nil {
				t.Error("a message beside an error")
			}
			return
		}
		got, err := message(m)
		if err != nil || !bytes.HasPrefix(b, got) {
			t.Errorf("%x became %x, %v", b, got, err)
		}
	})
}
