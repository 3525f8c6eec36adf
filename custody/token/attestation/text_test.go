package attestation_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token/attestation"
)

func TestText(t *testing.T) {
	chain := attestationtest.NewMaker(t, attestationtest.MakerName).Chain(t, nil)
	text := chain.Format()
	c, err := attestation.ParseChain(text)
	if err != nil || !bytes.Equal(c.Intermediate, chain.Intermediate) || !bytes.Equal(c.Signing, chain.Signing) || !bytes.Equal(c.Sealing, chain.Sealing) {
		t.Fatalf("%+v, %v", c, err)
	}
	most := base64.StdEncoding.EncodeToString(make([]byte, attestation.MaxCertificate))
	if _, err := attestation.ParseChain(most + " " + most + " " + most); err != nil {
		t.Errorf("the longest: %v", err)
	}
	for name, bad := range map[string]string{
		"two":                "AAAA AAAA",
		"four":               "AAAA AAAA AAAA AAAA",
		"two blanks":         "AAAA  AAAA AAAA",
		"a blank at the end": text + " ",
		"a line's end":       text + "\n",
		"a tab":              strings.Replace(text, " ", "\t", 1),
		"an empty part":      "AAAA  AAAA",
		"no padding":         "AAA= AA AAAA",
		"bits in padding":    "AAB= AAAA AAAA",
		"URL alphabet":       "AA-_ AAAA AAAA",
		"a line inside":      "AA\nAA AAAA AAAA",
		"too long":           most + " " + most + " " + base64.StdEncoding.EncodeToString(make([]byte, attestation.MaxCertificate+1)),
	} {
		if c, err := attestation.ParseChain(bad); !errors.Is(err, attestation.ErrForm) || c != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := attestation.ParseChain(""); !errors.Is(err, attestation.ErrNone) {
		t.Errorf("no text: %v", err)
	}
}

// FuzzParseChain: one chain has one text, and whatever it holds verifies or is refused by name.
func FuzzParseChain(f *testing.F) {
	f.Add("AAAA AAAA AAAA")
	for _, forgery := range attestationtest.Forgeries(f) {
		f.Add(forgery.Chain.Format())
	}
	roots := attestationtest.NewMaker(f, attestationtest.MakerName).Roots(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.TrimSuffix(text, "\n")
		defer fuzztest.Bounded(t, 64*len(text))()
		c, err := attestation.ParseChain(text)
		if err != nil {
			if c != nil {
				t.Fatal("a chain beside an error")
			}
			return
		}
		if out := c.Format(); out != text {
			t.Fatalf("%q came back as %q", text, out)
		}
		if s, err := roots.Verify(c, now); (s == nil) == (err == nil) {
			t.Fatalf("%v beside %v", s, err)
		}
	})
}
