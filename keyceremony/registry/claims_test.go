package registry_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/keyceremony/registry"
)

// FuzzParseClaims: a claim for each line, or an error; members and fingerprints are such, and written again as lines they
// are the same claims.
func FuzzParseClaims(f *testing.F) {
	v4, v6 := strings.Repeat("0a", 20), strings.Repeat("0B", 32)
	f.Add([]byte("M-4711," + v4 + "\nM-4712," + v6 + "\r\n," + v4))
	f.Add([]byte("M-4711;" + v4 + "\n"))
	f.Add([]byte("a,b," + v4 + "\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		claims, err := registry.ParseClaims(data)
		if err != nil {
			if claims != nil {
				t.Fatal("claims and an error")
			}
			return
		}
		var again []byte
		for _, c := range claims {
			if keyvalue.CheckFingerprint(c.Fingerprint) != nil || c.Member != "" && registry.CheckMember(c.Member) != nil {
				t.Fatalf("%+v", c)
			}
			again = append(again, c.Member+","+c.Fingerprint+"\n"...)
		}
		if lines := len(slices.Collect(bytes.Lines(data))); lines != len(claims) {
			t.Fatalf("%d claims of %d lines", len(claims), lines)
		}
		if same, err := registry.ParseClaims(again); err != nil || !slices.Equal(same, claims) {
			t.Fatalf("%q: %v, %v", again, same, err)
		}
	})
}
