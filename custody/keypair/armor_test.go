package keypair_test

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/armor"

	"bailiff/custody/keypair"
)

// The version stands behind a length of one, two or five octets; of what is no public key none does.
func TestVersionOfAnArmoredKey(t *testing.T) {
	for key, checksum := range map[string]bool{
		"\xc6\x01\x06": false, "\xc6\x01\x04": true, "\xc5\x01\x06": true, "\xc6\x01": true, "\xc6": true, "": true,
		"\xc6\xc0\x01\x06": false, "\xc6\xc0\x06\x04": true, "\xc6\xc0\x06": true,
		"\xc6\xff\x00\x00\x20\xc0\x06": false, "\xc6\xff\x06\x06\x06\x06\x04": true, "\xc6\xff\x06\x06\x06\x06": true,
	} {
		if got := bytes.Contains(keypair.Armor([]byte(key)), []byte("\n=")); got != checksum {
			t.Errorf("%x: a checksum %v", key, got)
		}
	}
	for _, p := range keypair.Profiles() {
		pair, _ := rehearsed(t, p)
		if got := bytes.Contains(keypair.Armor(pair.Public), []byte("\n=")); got != (p.FingerprintSize() == 40) {
			t.Errorf("%s: a checksum %v", p, got)
		}
	}
}

// Every length of the last line, and bytes of every value.
func TestArmorIsThatOfTheLibrary(t *testing.T) {
	for n := 1; n < 800; n++ {
		key := make([]byte, n)
		rand.Read(key)
		key[0] = 0xc6 // a public key, of version 4 or 6
		version := byte(4 + n%2*2)
		if n > 2 {
			key[1], key[2] = byte(n%192), version
		}
		var want bytes.Buffer
		w, err := armor.EncodeWithChecksumOption(&want, "PGP PUBLIC KEY BLOCK", nil, true)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(key); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := keypair.FormerArmor(key); !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("%d bytes:\n%s\nthe library writes\n%s", n, got, want.Bytes())
		}
		if n > 2 && version == 6 {
			want.Reset()
			if w, err = armor.EncodeWithChecksumOption(&want, "PGP PUBLIC KEY BLOCK", nil, false); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(key); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		want.WriteByte('\n')
		if got := keypair.Armor(key); !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("%d bytes:\n%q\nwanted\n%q", n, got, want.Bytes())
		}
	}
}
