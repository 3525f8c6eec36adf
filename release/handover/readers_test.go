package handover_test

import (
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/release/handover"
)

// A letter names programs that read the key, and sends nobody to one that does not. The lock is the same.
func TestLetterNamesTheRightPrograms(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		config   packet.Config
		want     []string
		unwanted []string
	}{
		"RSA": {
			packet.Config{Algorithm: packet.PubKeyAlgoRSA, RSABits: 2048},
			[]string{"gpg4win.org", "gpg --import"}, []string{"RFC"},
		},
		"version 6": {
			packet.Config{Algorithm: packet.PubKeyAlgoEd25519, V6Keys: true},
			[]string{"sq decrypt --recipient-file=private-key.asc", "RFC 9580"}, []string{"gpg4win.org", "gpg --import", "Proton"},
		},
		"post-quantum": {
			packet.Config{Algorithm: packet.PubKeyAlgoMldsa65Ed25519, V6Keys: true},
			[]string{"RFC 9980", "@protontech/openpgp"}, []string{"gpg4win.org", "gpg --import", "sq decrypt"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := build(t, newPairOf(t, &tt.config), func(i *handover.Info) { i.Mode = "production" })
			french, english, _ := strings.Cut(string(k.Letter), strings.Repeat("-", 70))
			for _, letter := range []string{french, english} {
				for _, want := range tt.want {
					if !strings.Contains(letter, want) {
						t.Errorf("%q is missing:\n%s", want, letter)
					}
				}
				for _, unwanted := range append(tt.unwanted, "{{", "\n\n\n\n") {
					if strings.Contains(letter, unwanted) {
						t.Errorf("%q stands there:\n%s", unwanted, letter)
					}
				}
				for line := range strings.Lines(letter) {
					if len([]rune(line)) > 77 {
						t.Errorf("a line of %d characters: %q", len([]rune(line)), line)
					}
				}
			}
		})
	}
}
