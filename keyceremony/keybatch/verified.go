package keybatch

import (
	"iter"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/token/attestation"
)

// Verified is a public batch that [File.Verify] has accepted.
type Verified struct {
	Vault, Batch   string
	Mode, Profile  string
	Created        time.Time // the creation time of all the keys
	Published      int       // counts of keys
	Burnt, Reserve int
	Root           [32]byte            // of the batch's tree
	Anchor         *policy.Anchor      // against which it was verified
	Words          string              // of that anchor
	Cosigners      []string            // ids of the custodians who signed the checkpoint, ascending
	CheckpointSize int64               // entries of the ledger that it covers
	Tokens         []policy.Provenance // to which the private keys are sealed, by custodian and index
	Policy         *policy.Policy      // of the vault: the one that the anchor pins

	file      *File
	leaves    []leaf
	published []int
	firstKey  int
}

// PublicKey is a published key.
type PublicKey struct {
	Number      int    // within the batch
	Fingerprint string // lower-case hexadecimal
	Binary      []byte // transferable public key
}

// WithheldKey is a key of the batch that must never be used: a cosigned list names it.
type WithheldKey struct {
	Number      int
	Fingerprint string
	Role        string // RoleBurnt or RoleReserve
}

func (v *verifier) verified() (*Verified, error) {
	words, err := v.anchor.Words()
	if err != nil {
		return nil, err
	}
	out := &Verified{
		Vault: v.h.Vault, Batch: v.h.Batch, Mode: v.h.Mode, Profile: v.h.Profile, Created: v.h.Created,
		Published: v.h.Published, Burnt: v.h.Sample, Reserve: v.h.Reserve, Root: v.h.Root,
		Anchor: v.anchor, Words: words, CheckpointSize: v.checkpoint.Size, Tokens: v.tokens, Policy: v.policy,
		file: v.f, leaves: v.leaves, published: v.published, firstKey: v.firstKey,
	}
	for _, s := range v.checkpoint.Signatures {
		out.Cosigners = append(out.Cosigners, s.Custodian)
	}
	return out, nil
}

// Keys yields the published keys by number. They are read from the file again, and compared with
// what was verified: [ErrKey] when the file has been changed since. It ends after an error.
func (v *Verified) Keys() iter.Seq2[PublicKey, error] {
	return func(yield func(PublicKey, error) bool) {
		for i, n := range v.published {
			l := &v.leaves[n-1]
			binary, err := v.file.zip.Read(v.firstKey+keyFiles*i+1, maxBinary)
			if err == nil && !matches(binary, l.public) {
				err = fault.At(keyName(n, l.fingerprint, binaryExt), ErrKey)
			}
			if err != nil {
				yield(PublicKey{}, err)
				return
			}
			if !yield(PublicKey{Number: n, Fingerprint: l.fingerprint, Binary: binary}, nil) {
				return
			}
		}
	}
}

// Withheld yields the burnt and reserve keys by number. A pool refuses them for ever.
func (v *Verified) Withheld() iter.Seq[WithheldKey] {
	return func(yield func(WithheldKey) bool) {
		for i := range v.leaves {
			l := &v.leaves[i]
			if l.role != RolePublished && !yield(WithheldKey{i + 1, l.fingerprint, l.role}) {
				return
			}
		}
	}
}

// Terms is what an officer needs of a public batch to check an order: the vault's policy, and which keys were
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

// CheckKey checks that this is the batch of that id, and that the key which it published under that number is the one of that
// fingerprint ([ErrNoSuchKey]).
func (t *Terms) CheckKey(batch string, number int, fingerprint string) error {
	if batch != t.Batch {
		return fault.At(batch, ErrNoSuchKey)
	}
	if number < 1 || number > len(t.leaves) || t.leaves[number-1].fingerprint != fingerprint || t.leaves[number-1].role != RolePublished {
		return fault.At(fingerprint, ErrNoSuchKey)
	}
	return nil
}
