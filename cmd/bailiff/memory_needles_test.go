package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/testkit/needle"
	"bailiff/custody/token"
)

// keeper is a token with its PIN.
type keeper struct{ token, pin string }

// keepers are the custodians of the fixture.
func keepers() []keeper {
	return []keeper{{"tokens/c01.token", rightPIN}, {"tokens/c02.token", rightPIN}, {"tokens/c03.token", rightPIN}}
}

// everySecret opens everything in a folder again, with a token of each custodian: the shares, data key and
// private key of every key of the vault, the tokens' own keys, the PINs, and the words of the kit, if there is one.
func everySecret(t *testing.T, dir string, keepers []keeper) (out []needle.Needle) {
	t.Helper()
	var open []token.Token
	for _, h := range keepers {
		path := filepath.Join(dir, h.token)
		out = append(out, needle.Needle{Name: needle.PIN + " " + h.token, Value: []byte(h.pin)})
		out = append(out, needle.OfToken(t, path, h.pin)...)
		open = append(open, needle.Unlock(t, path, h.pin))
	}
	out = append(out, needle.OfVault(t, filepath.Join(dir, "vault"), open)...)
	if words, err := os.ReadFile(filepath.Join(dir, "kit/words.txt")); err == nil {
		lines := strings.Split(strings.TrimSpace(string(words)), "\n")
		out = append(out, needle.Needle{Name: needle.Words, Value: []byte(lines[len(lines)-1])})
	}
	return out
}
