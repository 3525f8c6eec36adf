package officer_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bailiff/custody/secret"
	"bailiff/release/officer"
)

func TestCertificateFileBounds(t *testing.T) {
	const most = 256 << 10
	for n, tooLarge := range map[int]bool{most: false, most + 1: true} {
		junk := bytes.Repeat([]byte{'x'}, n)
		_, reading := officer.ReadCertificate(junk)
		_, opening := officer.OpenSecretKey(secret.From(bytes.Clone(junk)), nil)
		_, looking := officer.Fingerprints(secret.From(junk))
		for what, err := range map[string]error{"certificate": reading, "secret key": opening, "secret key's fingerprints": looking} {
			if err == nil || errors.Is(err, officer.ErrCertificateSize) != tooLarge {
				t.Errorf("%s of %d bytes: %v", what, n, err)
			}
		}
	}
}

func TestOfficersName(t *testing.T) {
	phrase := secret.From([]byte("a phrase for a test"))
	defer phrase.Wipe()
	for name, fits := range map[string]bool{
		strings.Repeat("n", 200): true, strings.Repeat("n", 201): false, "": false, " ": false, "Officer\nSample": false, "Officer <Sample": false,
		"Officer Sample <officer@example.org>": true, "Officer (Sample)": false, "Officer\u202eSample": false,
	} {
		_, certificate, err := officer.NewKey(name, phrase, now)
		if (err == nil) != fits || !fits && !errors.Is(err, officer.ErrName) {
			t.Errorf("%.40q: %v", name, err)
			continue
		}
		if fits {
			o, err := officer.Appoint(certificate, now)
			if err != nil || o.Name != name {
				t.Errorf("%.40q came back as %+v, %v", name, fmt.Sprint(o), err)
			}
		}
	}
}
