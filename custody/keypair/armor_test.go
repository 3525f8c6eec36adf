package keypair_test

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/armor"

	"bailiff/custody/keypair"
)

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
