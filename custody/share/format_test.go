package share_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/testkit/fuzztest"
)

const golden = `bailiff-share/1
vault: 5f0c4a0d1e2f30415263748596a7b8c9
batch: b20261121-7f3a9c
key: 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c
custodian: c03
x: 217
threshold: 3
custodians: 5
share: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff
`

func parse(text string) (*share.Share, error) { return share.Parse(secret.From([]byte(text))) }

func TestRecord(t *testing.T) {
	s, err := parse(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := share.Binding{Vault: vault, Batch: batch, Key: key, Custodian: "c03", X: 217, Threshold: 3, Custodians: 5}
	if s.Binding != want || s.Y.Expose()[1] != 1 || s.Y.Expose()[31] != 0xff {
		t.Errorf("read %+v", s.Binding)
	}
	if got := s.Format(); string(got.Expose()) != golden {
		t.Errorf("wrote another record than was read")
	}
	if text := fmt.Sprintf("%v %+v %#v", s, s, s.Y); strings.Contains(text, "0x1e") || strings.Contains(text, "[0 1 2") {
		t.Error("a print shows the share")
	}
}

func TestRecordRefusesEveryAlteredByte(t *testing.T) {
	for i := range golden {
		for _, c := range []byte{0, '\n', '\r', ' ', 'A', 'g', 0x80} {
			b := []byte(golden)
			if b[i] == c {
				continue
			}
			b[i] = c
			s, err := share.Parse(secret.From(b))
			if err == nil {
				t.Errorf("byte %d as %q was accepted: %+v", i, c, s.Binding)
			}
		}
		if _, err := parse(golden[:i]); err == nil {
			t.Errorf("the first %d bytes were accepted", i)
		}
	}
}

func TestRecordRefuses(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     error
	}{
		{"x: 217", "x: 0", share.ErrX},
		{"x: 217", "x: 256", share.ErrRecord},
		{"x: 217", "x: 017", share.ErrRecord},
		{"x: 217", "x: +17", share.ErrRecord},
		{"x: 217", "x: ", share.ErrRecord},
		{"x: 217", "x: !", share.ErrRecord},                    // 241, if the character before the digits were counted as one
		{"x: 217", "x: 18446744073709551833", share.ErrRecord}, // 2^64 + 217
		{"threshold: 3", "threshold: 2", share.ErrThreshold},
		{"threshold: 3", "threshold: 6", share.ErrThreshold},
		{"custodians: 5", "custodians: 17", share.ErrThreshold},
		{"1eff\n", "1eFF\n", share.ErrRecord},
		{"1eff\n", "1e/f\n", share.ErrRecord},
		{"1eff\n", "1egf\n", share.ErrRecord},
		{"1eff\n", "1eff\n\n", share.ErrRecord},
		{"1eff\n", "1eff\nshare: 00\n", share.ErrRecord},
		{"1eff\n", "1eff00\n", share.ErrRecord},
		{"vault: ", "vault:", share.ErrRecord},
		{"batch: ", "Batch: ", share.ErrRecord},
		{"share/1", "share/2", share.ErrRecord},
		{"\nx:", "\ncustodian: c03\nx:", share.ErrRecord},
		{golden, strings.Repeat("a", 1<<20), share.ErrRecord},
		{golden, "", share.ErrRecord},
		{"bailiff-share/1\n", "", share.ErrRecord},
	} {
		if s, err := parse(strings.Replace(golden, c.from, c.to, 1)); s != nil || !errors.Is(err, c.want) {
			t.Errorf("%.20q for %.20q: %v", c.to, c.from, err)
		}
	}
	if _, err := share.Parse(nil); !errors.Is(err, share.ErrRecord) {
		t.Error("nothing was read as a share")
	}
}

// The error names the field that is not there, or is not as it must be.
func TestRecordNamesTheField(t *testing.T) {
	for _, field := range []string{"vault", "batch", "key", "custodian", "x", "threshold", "custodians", "share"} {
		for _, text := range []string{"", field + "=", strings.ToUpper(field) + ": "} {
			_, err := parse(strings.Replace(golden, "\n"+field+": ", "\n"+text, 1))
			if !errors.Is(err, share.ErrRecord) || !slices.Equal(fault.Objects(err), []string{field}) {
				t.Errorf("%q for %s: %v", text, field, err)
			}
		}
	}
}

func TestRecordHoldsEveryX(t *testing.T) {
	for x := 1; x <= 255; x++ {
		text := strings.Replace(golden, "x: 217", fmt.Sprintf("x: %d", x), 1)
		s, err := parse(text)
		if err != nil || int(s.X) != x || string(s.Format().Expose()) != text {
			t.Errorf("x = %d: %v", x, err)
		}
	}
}

// No error may quote the record: y stands in it.
func TestErrorsQuoteNothing(t *testing.T) {
	digits := "000102030405060708090a0b0c0d0e0f"
	for _, c := range []string{"1eff\n", "share: ", "custodians: 5\n"} {
		_, err := parse(strings.Replace(golden, c, "", 1))
		if err == nil || strings.Contains(err.Error(), digits[:8]) {
			t.Errorf("without %q: %v", c, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(golden))
	f.Add([]byte(strings.Replace(golden, key, key+key[:24], 1)))
	f.Add([]byte("bailiff-share/1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 64*len(b))()
		in := bytes.Clone(b)
		text := secret.From(in)
		defer text.Wipe()
		s, err := share.Parse(text)
		if (s == nil) == (err == nil) {
			t.Fatal("neither a share nor an error, or both")
		}
		if err != nil {
			return
		}
		defer s.Wipe()
		again := s.Format()
		defer again.Wipe()
		if !bytes.Equal(again.Expose(), b) {
			t.Fatalf("%q was read and written as another text", b)
		}
	})
}
