// Package keyceremony runs a reviewed script: it is the only writer of batches.
//
// A ceremony goes through these steps, each recorded in the ledger before the next begins:
//
//	opened    the script's digest and the counts
//	sealed    key pairs generated, split, sealed, written; every record re-read from disk and
//	          compared with what was made; the root that was computed while writing recorded, then cosigned
//	sampled   the witnesses' dice choose keys; recorded, then cosigned
//	proved    a token of every custodian opened its share of every sampled key, each key
//	          decrypted a message; recorded, then cosigned: the batch may be published
//
// A ceremony that was cut short before the root is cosigned is abandoned and begins anew with
// another batch id; after that it can only be resumed, with the same script. Private keys exist
// in the clear in the memory of the generator only.
package keyceremony

import (
	"errors"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

// ErrOtherScript says that an unfinished ceremony must be resumed with the script it began with.
var ErrOtherScript = errors.New("keyceremony: an unfinished ceremony began with another script")

// Stage names what a ceremony is doing, for its progress.
type Stage string

// The stages that take time.
const (
	StageGenerate Stage = "generate"
	StageVerify   Stage = "verify"
	StageProve    Stage = "prove"
)

// Ceremony is all that a run takes.
type Ceremony struct {
	Vault  *custody.Vault // open for writing
	Script *script.Script
	Table  custody.Quorum         // a token of every custodian
	Dice   func() (string, error) // asks the witnesses to throw, once the root is cosigned
	// Drawn shows the witnesses their dice and the sample that they drew, before the first token opens a share, and returns once
	// somebody has confirmed them. The sample is cosigned by then.
	Drawn    func(dice string, sample []int) error
	Progress func(stage Stage, done, total int)   // called often, from one goroutine
	Said     func(event Milestone, object string) // told of each step when it is durable
	// Generator makes the keys.
	Generator generator.Generator
	// MaxVolume bounds a sealed volume, in bytes; 0 for the format's own bound.
	MaxVolume int64
}

// Milestone is a step of a ceremony that is durable.
type Milestone string

// The milestones, in order; the object told beside each is the batch id.
const (
	Abandoned Milestone = "abandoned" // of an earlier run that was cut short
	Resumed   Milestone = "resumed"
	Opened    Milestone = "opened"
	Sealed    Milestone = "sealed"
	Sampled   Milestone = "sampled"
	Proved    Milestone = "proved"
)

// Run carries the ceremony to its end, from wherever an earlier run with the same script was
// cut short, and returns the id of the proved batch.
func (c *Ceremony) Run() (batch string, err error) {
	v := c.Vault
	for _, first := range []func() error{
		c.Check,
		func() error { _, err := v.Machine(); return err },
		func() error { return c.Table.Need(len(v.Policy.Custodians)) },
		func() error { return v.CheckHeads(c.Table) },
		v.Sweep,
	} {
		if err := first(); err != nil {
			return "", err
		}
	}
	st, err := c.unfinished()
	if err != nil {
		return "", err
	}
	if st == nil {
		if st, err = c.deposit(); err != nil {
			return "", err
		}
	}
	return st.ID, c.prove(st)
}

// Check refuses what can be refused before anybody is asked for anything: a script for another vault, or with a custodian for a
// witness. [Ceremony.Run] does too. It needs no table.
func (c *Ceremony) Check() error {
	v := c.Vault
	if err := c.Script.CheckAgainst(v.Policy); err != nil {
		return err
	}
	names, err := v.Names()
	if err == nil {
		err = c.Script.CheckPeople(names.Custodians)
	}
	if err != nil && !errors.Is(err, ledger.ErrErased) { // then nobody can tell any more
		return err
	}
	if v.State.Unfinished() != nil {
		return nil // what it left is gone on with, or makes room first
	}
	return c.room()
}

// unfinished returns the batch to resume; one whose root was not cosigned it abandons.
func (c *Ceremony) unfinished() (*custody.BatchState, error) {
	st, err := Resumable(c.Vault, c.Script)
	if err != nil {
		return nil, err
	}
	if st != nil {
		c.Said(Resumed, st.ID)
		return st, nil
	}
	if st = c.Vault.State.Unfinished(); st == nil {
		return nil, nil
	}
	if err := c.Vault.Abandon(st.ID); err != nil {
		return nil, err
	}
	c.Said(Abandoned, st.ID)
	return nil, nil
}

// Resumable returns the batch that a ceremony with this script would go on with, or nil when it
// would begin a new one. [ErrOtherScript]: another script must be finished first. It asks nobody
// and writes nothing.
func Resumable(v *custody.Vault, s *script.Script) (*custody.BatchState, error) {
	st := v.State.Unfinished()
	if st == nil || st.Sealed == nil {
		return nil, nil
	}
	_, _, err := v.Covered(st.Sealed.Number)
	if errors.Is(err, custody.ErrNotCosigned) {
		return nil, nil
	}
	if err == nil && st.Opened.Act.Script != s.Digest {
		err = fault.At(st.ID, ErrOtherScript)
	}
	if err != nil {
		return nil, err
	}
	return st, nil
}

// deposit makes a batch up to its cosigned root.
func (c *Ceremony) deposit() (*custody.BatchState, error) {
	v, s := c.Vault, c.Script
	if err := c.room(); err != nil {
		return nil, err
	}
	start := v.Host.Now()
	id, err := v.OpenCeremony(custody.Ceremony{
		Script: s.Digest, Publish: s.Publish, Sample: s.Sample, Reserve: s.Reserve, Personal: s.Personal(),
	})
	if err != nil {
		return nil, err
	}
	c.Said(Opened, id)
	created := script.KeyTime(start)
	deposited, err := v.Deposit(id, created, c.MaxVolume, c.generate(id, created))
	if err != nil {
		return nil, err
	}
	err = v.Seal(deposited, func(done, total int) { c.Progress(StageVerify, done, total) })
	if err != nil {
		return nil, err
	}
	if err := v.Cosign(c.Table); err != nil {
		return nil, err
	}
	c.Said(Sealed, id)
	return v.State.Batch(id), nil
}

// prove draws the sample, has it opened, and has the proof cosigned.
func (c *Ceremony) prove(st *custody.BatchState) error {
	v := c.Vault
	if err := c.sample(st); err != nil {
		return err
	}
	err := v.ProveSample(c.Table, st.ID, func(done, total int) { c.Progress(StageProve, done, total) })
	if err != nil {
		return err
	}
	if err := v.Cosign(c.Table); err != nil {
		return err
	}
	c.Said(Proved, st.ID)
	return nil
}

// sample has the witnesses throw their dice, unless they have, and the sample cosigned.
func (c *Ceremony) sample(st *custody.BatchState) error {
	v := c.Vault
	if st.Sampled == nil {
		dice, err := c.Dice()
		if err != nil {
			return err
		}
		if err := CheckDice(dice); err != nil {
			return err
		}
		if err := v.ChooseSample(st.ID, dice); err != nil {
			return err
		}
	}
	_, _, err := v.Covered(st.Sampled.Number)
	if errors.Is(err, custody.ErrNotCosigned) {
		if err = v.Cosign(c.Table); err == nil {
			c.Said(Sampled, st.ID)
		}
	}
	if err != nil {
		return err
	}
	return c.Drawn(st.Sampled.Act.Dice, st.Sample())
}
