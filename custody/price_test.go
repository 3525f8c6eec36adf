package custody

import (
	"testing"

	"bailiff/custody/policy"
)

// TestResumePrice: who goes on with a ceremony pays for what is left of it.
func TestResumePrice(t *testing.T) {
	s := newStory()
	v := &Vault{Policy: &policy.Policy{Custodians: make([]policy.Custodian, 3)}, State: s.State}
	for _, c := range []struct {
		words   string
		touches int
	}{
		{sealed, 3 * (2 + 2)}, // the sample of two keys, its cosignature, that of the proof
		{"sample-chosen", 3 * (2 + 2)},
		{"cosign", 3 * (2 + 1)},
	} {
		if err := s.tell(c.words); err != nil {
			t.Fatal(err)
		}
		if got := v.ResumePrice(s.Batch("b1")); got != (Price{Custodians: 3, Touches: c.touches}) {
			t.Errorf("%s: %+v, not %d touches", c.words, got, c.touches)
		}
	}
}
