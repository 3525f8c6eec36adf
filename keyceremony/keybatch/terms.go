package keybatch

import (
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/token/attestation"
)

// Terms is what an officer needs of a public batch to hold an order against it: the vault's policy, and which keys were
// published. No key of the file was looked at.
type Terms struct {
	Policy *policy.Policy // the one that the anchor pins
	Batch  string

	leaves []leaf
}

// Terms checks all of the file but the keys, as [File.Verify] does, which takes no time even for a hundred thousand of
// them: the policy and the list of the keys lead to the anchor without them.
func (f *File) Terms(anchor *policy.Anchor, roots *attestation.Roots) (*Terms, error) {
	v, err := f.verifyLists(anchor, roots)
	if err != nil {
		return nil, err
	}
	return &Terms{Policy: v.policy, Batch: v.h.Batch, leaves: v.leaves}, nil
}

// CheckKey tells with [ErrNoSuchKey] whether this is the batch of that id, and the key that it published under that number
// is the one of that fingerprint.
func (t *Terms) CheckKey(batch string, number int, fingerprint string) error {
	if batch != t.Batch {
		return fault.At(batch, ErrNoSuchKey)
	}
	if number < 1 || number > len(t.leaves) || t.leaves[number-1].fingerprint != fingerprint || t.leaves[number-1].role != RolePublished {
		return fault.At(fingerprint, ErrNoSuchKey)
	}
	return nil
}
