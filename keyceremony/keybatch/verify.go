package keybatch

import (
	"crypto/sha256"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// verifier gathers, step by step, what has been verified.
type verifier struct {
	f          *File
	h          *Header
	anchor     *policy.Anchor
	roots      *attestation.Roots
	tokens     []policy.Provenance
	policy     *policy.Policy
	checkpoint *ledger.Checkpoint
	entries    entries
	leaves     []leaf // of key i at i-1
	published  []int  // numbers, ascending
	profile    keypair.Profile
	firstKey   int // place of the first key's first file in the ZIP file

	armor func(public []byte) []byte // the form of every armored key of the file
}

// Verify checks the whole file against the anchor that the reader has pinned, on so many
// goroutines (at least one). It accepts exactly what [Write] makes of the contents of the vault of
// that anchor, and what it made when armored keys did not end with LF, and refuses everything else; the package comment shows how each byte leads to the
// anchor. Attestations of tokens must verify under roots, nil being those of the batch's mode, and be
// what the mode demands: see [token.Enrolment.CheckOrigin]. progress, if not nil, is told how many of the published keys are checked, from the
// goroutine of the caller.
//
// It does not know the ledger itself: that the sample was drawn by the dice from the checkpoint
// stated in docs/formats.md is what the cosigners vouch for, as they do for its entry.
func (f *File) Verify(anchor *policy.Anchor, roots *attestation.Roots, workers int, progress func(done, total int)) (*Verified, error) {
	v, err := f.verifyLists(anchor, roots)
	if err != nil {
		return nil, err
	}
	if err := v.chooseArmor(); err != nil {
		return nil, err
	}
	if err := v.checkKeys(workers, progress); err != nil {
		return nil, err
	}
	return v.verified()
}

// verifyLists is Verify up to the keys themselves.
func (f *File) verifyLists(anchor *policy.Anchor, roots *attestation.Roots) (*verifier, error) {
	v := &verifier{f: f, h: f.header, anchor: anchor, roots: roots}
	steps := []func() error{
		v.checkAnchor, v.checkPolicyFile, v.checkEntries, v.checkPolicyEntry, v.checkCheckpoint,
		v.checkStatements, v.checkLeaves, v.checkBurnt, v.checkReserve, v.checkNames, v.checkEnrolments,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// checkAnchor tells apart early what belongs elsewhere altogether.
func (v *verifier) checkAnchor() (err error) {
	switch {
	case v.h.Vault != v.anchor.Vault:
		return fault.At(headerFile, ErrVault)
	case v.h.Mode != v.anchor.Mode:
		return fault.At(headerFile, ErrMode)
	}
	v.profile, err = keypair.ParseProfile(v.h.Profile)
	return fault.At(headerFile, err)
}

// checkPolicyFile reads the policy, which nothing vouches for yet but batch.txt.
func (v *verifier) checkPolicyFile() error {
	data, err := v.f.readStated(policyFile, maxRecord, v.h.Policy)
	if err != nil {
		return err
	}
	p, err := policy.Parse(data)
	if err == nil {
		switch {
		case p.Vault != v.h.Vault:
			err = ErrVault
		case p.Mode != v.h.Mode:
			err = ErrMode
		case p.Profile != v.h.Profile:
			err = ErrProfile
		}
	}
	v.policy = p
	return fault.At(policyFile, err)
}

// checkPolicyEntry lets the anchor vouch for the first entry, and that for the policy.
func (v *verifier) checkPolicyEntry() error {
	e := v.entries.all[policyEntry]
	if v.entries.adopted.Policy != v.h.Policy {
		return fault.At(entryName(e.Number, textExt), ErrPolicyEntry)
	}
	return fault.At(policyFile, v.anchor.Check(v.policy, e.leaf))
}

// checkCheckpoint lets the policy's custodians vouch for the checkpoint, and that for the entries.
func (v *verifier) checkCheckpoint() error {
	data, err := v.f.read(checkpointFile, maxSmall)
	if err != nil {
		return err
	}
	var cosigners []ledger.Cosigner
	for _, s := range v.policy.Signers() {
		cosigners = append(cosigners, ledger.Cosigner(s))
	}
	cp, err := ledger.OpenCheckpoint(data, v.h.Vault, cosigners, v.policy.Threshold)
	if err != nil {
		return fault.At(checkpointFile, err)
	}
	v.checkpoint = cp
	for _, e := range v.entries.all {
		if err := v.checkEntryProof(e); err != nil {
			return err
		}
	}
	return nil
}

// checkEnrolments compares each enrolment, whose proof is verified as it is read, with the policy, and
// verifies its attestation under the roots.
func (v *verifier) checkEnrolments() error {
	for i := range v.policy.Custodians {
		c := &v.policy.Custodians[i]
		for j := range c.Tokens {
			name := enrolmentName(c.ID, c.Tokens[j].Index)
			data, err := v.f.read(name, maxEnrolment)
			if err != nil {
				return err
			}
			if err := v.checkEnrolment(c.ID, &c.Tokens[j], data); err != nil {
				return fault.At(name, err)
			}
		}
	}
	return nil
}

func (v *verifier) checkEnrolment(custodian string, t *policy.Token, data []byte) error {
	e, err := token.ParseEnrolment(data)
	if err != nil {
		return err
	}
	if !t.Enrolled(v.policy.Mode, e) {
		return ErrEnrolment
	}
	stated, err := e.CheckOrigin(v.roots)
	if err != nil {
		return err
	}
	v.tokens = append(v.tokens, policy.Provenance{Custodian: custodian, Index: t.Index, Kind: t.Kind, Serial: t.Serial, Statements: stated})
	return nil
}

// checkLeaves lets the cosigned root vouch for leaves.txt, but for the roles.
func (v *verifier) checkLeaves() error {
	data, err := v.f.readStated(leavesFile, int64(v.h.Keys)*maxLeaf, v.h.Leaves)
	if err != nil {
		return err
	}
	if v.leaves, err = parseLeaves(data, v.h.Keys); err != nil {
		return fault.At(leavesFile, err)
	}
	var tree ledger.Tree
	for i := range v.leaves {
		tree.Add(v.leaves[i].hash())
		if v.leaves[i].role == RolePublished {
			v.published = append(v.published, i+1)
		}
	}
	if tree.Root() != v.h.Root {
		return fault.At(leavesFile, ErrRoot)
	}
	return fault.At(leavesFile, checkDistinct(v.leaves))
}

// matches reports whether data has that SHA-256.
func matches(data []byte, digest [32]byte) bool { return sha256.Sum256(data) == digest }
