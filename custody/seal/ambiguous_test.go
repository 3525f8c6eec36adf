package seal

import (
	"crypto/ecdh"
	"crypto/rand"
	"testing"
)

// Two tokens whose tags agree are found out whichever of the two comes first; the chance of it,
// one in 2^32 a share, is made here by giving both the same part of the tag's input.
func TestAmbiguousTagsAreFound(t *testing.T) {
	var keys []*ecdh.PublicKey
	for range MaxTokens {
		k, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k.PublicKey())
	}
	for first := range MaxTokens {
		for second := range MaxTokens {
			r, err := NewRecipient(keys)
			if err != nil {
				t.Fatal(err)
			}
			var stanzas []stanza
			for _, target := range r.targets {
				s, err := target.wrap(make([]byte, 16))
				if err != nil {
					t.Fatal(err)
				}
				stanzas = append(stanzas, s)
			}
			// The second token would take the first one's stanza for its own; the first one sees only its own.
			r.targets[second].hash = r.targets[first].hash
			if ok := r.unambiguous(stanzas); ok != (first == second) {
				t.Errorf("token %d sees the stanza of token %d: unambiguous %v", second+1, first+1, ok)
			}
		}
	}
}
