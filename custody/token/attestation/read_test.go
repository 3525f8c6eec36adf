package attestation

import (
	"testing"

	"bailiff/custody/testkit/fuzztest"
)

// FuzzRead reads certificates that nobody signed, so that the fuzzer reaches behind the signature.
func FuzzRead(f *testing.F) {
	f.Fuzz(func(t *testing.T, der []byte) {
		defer fuzztest.Bounded(t, 256*len(der))()
		c, err := parse(der)
		if err != nil {
			if c != nil {
				t.Fatal("a certificate beside an error")
			}
			return
		}
		_ = checkIntermediate(c)
		s, err := read(c)
		if err != nil {
			if s != nil {
				t.Fatalf("%+v beside %v", s, err)
			}
			return
		}
		if s.PIN < PINNever || s.PIN > PINMatchAlways || s.Touch < TouchNever || s.Touch > TouchCached || s.Key == nil {
			t.Fatalf("read %+v", s)
		}
	})
}
