package custody

import (
	"errors"
	"io"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/secret"
	"bailiff/custody/token"
)

// append records an act. The rules of succession are checked before a byte is written; the
// personal fields, when there are any, go into a salted personal part.
func (v *Vault) append(act ledger.Act, personal []keyvalue.Field) (*ledger.Entry, error) {
	if err := v.mayWrite(); err != nil {
		return nil, err
	}
	now := v.Host.Now()
	if err := v.mayFollow(act, now); err != nil {
		return nil, err
	}
	var part []byte
	if len(personal) > 0 {
		var salt [32]byte
		if _, err := io.ReadFull(v.Host.Rand, salt[:]); err != nil {
			return nil, err
		}
		var err error
		if part, err = ledger.FormatPersonal(salt, personal); err != nil {
			return nil, err
		}
	}
	e, err := v.Log.Append(act, now, part)
	if err != nil {
		return nil, err
	}
	v.State.apply(e)
	return e, nil
}

// mayFollow reports whether an act may be recorded now. The error names what is at fault, and no entry, since there is none.
func (v *Vault) mayFollow(act ledger.Act, now time.Time) error {
	return v.State.allowed(&ledger.Entry{Vault: v.Policy.Vault, Number: v.Log.Size(), Time: now, Act: act})
}

// MayAppend reports why [Vault.Append] would refuse such an entry now. It is for what people are asked to confirm first.
func (v *Vault) MayAppend(act ledger.Act) error {
	return v.mayFollow(act, v.Host.Now())
}

// Append appends an entry about an order; of any other act it returns [ErrHistory].
func (v *Vault) Append(act ledger.Act, personal []keyvalue.Field) (*ledger.Entry, error) {
	switch act.(type) {
	case *ledger.OrderReceived, *ledger.ReleaseRefused, *ledger.ReleaseIntent, *ledger.ReleaseOpened, *ledger.ReleaseDelivered,
		*ledger.KitHandedOver:
		return v.append(act, personal)
	}
	return nil, ErrHistory
}

// Cosign has everybody present sign the ledger as it stands. It does nothing when a checkpoint
// covers all entries already. What an earlier run recorded of a ceremony without having it
// cosigned is not vouched for: a batch root is abandoned, a proof is refused ([ErrUnfinished])
// until [Vault.ProveSample] has done it again.
func (v *Vault) Cosign(t Quorum) error {
	if err := v.mayWrite(); err != nil {
		return err
	}
	if done, err := v.Log.Cosigned(); err != nil || done == v.Log.Size() {
		return err
	}
	if err := t.Need(v.Policy.Threshold); err != nil {
		return err
	}
	if err := v.CheckHeads(t); err != nil {
		return err
	}
	if err := v.rejectClaims(); err != nil {
		return err
	}
	return v.checkpoint(t)
}

// rejectClaims abandons or refuses what an earlier run claims without cosignatures. Between two runs the disk may have been in other
// hands: a root could stand for keys that somebody else made, a proof for one that never was.
func (v *Vault) rejectClaims() error {
	u := v.State.Unfinished()
	switch {
	case u == nil:
		return nil
	case claimed(v, u.Sealed):
		return v.Abandon(u.ID)
	case claimed(v, u.Proved) && !v.proved[u.ID]:
		return fault.At(u.ID, ErrUnfinished)
	}
	return nil
}

// claimed reports whether e lay on the disk when this run began, not cosigned.
func claimed[A any](v *Vault, e *ledger.EntryOf[A]) bool {
	return e != nil && e.Number < v.fresh && !cosigned(v.State, e, everything)
}

// checkpoint has everybody present sign all entries, and keeps what they signed.
func (v *Vault) checkpoint(t Quorum) error {
	defer secret.Erase() // what a software token leaves in this process
	if err := v.checkTail(); err != nil {
		return err
	}
	size := v.Log.Size()
	data, err := v.sign(t, size)
	if err != nil {
		return err
	}
	if err := v.Log.AddCheckpoint(data); err != nil {
		return err
	}
	v.State.signed = append(v.State.signed, size)
	return nil
}

// checkTail reads again what is about to be signed. What is signed is what was written or read, whatever lies on the
// disk meanwhile; but a file that another program exchanged would be missing for good once the tokens remember its hash.
func (v *Vault) checkTail() error {
	for e, err := range v.Log.Tail() {
		if err == nil && e.Personal != nil {
			_, err = v.Log.Personal(e.Number)
		}
		if err != nil && !errors.Is(err, ledger.ErrErased) {
			return err
		}
	}
	return nil
}

// sign gathers the signatures. Every token keeps the head before it signs, so that none can be brought
// to sign two ledgers by a power cut in between; and those in a reader keep it before the first of
// them signs, so that one that cannot remember another vault says so before anybody has touched theirs. The caller has
// looked whether enough are present.
func (v *Vault) sign(t Quorum, size int64) ([]byte, error) {
	body := ledger.CheckpointBody(v.Policy.Vault, size, v.Log.Root())
	sigs, err := v.signatures(t, body)
	if err != nil {
		return nil, err
	}
	data, err := ledger.FormatCheckpoint(body, sigs)
	if err != nil {
		return nil, err
	}
	signers, threshold := cosigners(v.Policy, size)
	_, err = ledger.OpenCheckpoint(data, v.Policy.Vault, signers, threshold)
	return data, err
}

func (v *Vault) signatures(t Quorum, body []byte) ([]ledger.Signature, error) {
	now := v.Host.Now()
	here, away := t.turns()
	for i := range here {
		if err := v.keepHead(&here[i]); err != nil {
			return nil, err
		}
	}
	var sigs []ledger.Signature
	for i, p := range slices.Concat(here, away) {
		if i >= len(here) {
			if err := v.keepHead(&p); err != nil {
				return nil, err
			}
		}
		s, err := v.signature(&p, body, now)
		if err != nil {
			return nil, err
		}
		sigs = append(sigs, *s)
	}
	return sigs, nil
}

// signature has one token sign.
func (v *Vault) signature(p *Present, body []byte, now time.Time) (*ledger.Signature, error) {
	v.Host.notice(Event{Custodian: p.Custodian, Serial: p.Token.Identity().Serial, Act: ActSign})
	s := ledger.NewSignature(ledger.Cosigner{Custodian: p.Custodian, Index: p.Index, Key: p.Token.SigningKey()}, now)
	var err error
	if s.Sig, err = p.Token.Sign(s.Message(body)); err != nil {
		return nil, fault.At(p.Custodian, err)
	}
	return &s, s.Verify(body)
}

func (v *Vault) keepHead(p *Present) error {
	if p.Heads == nil {
		return nil
	}
	head := token.Head{Size: v.Log.Size(), Root: v.Log.Root()}
	return fault.At(p.Custodian, p.Heads.KeepHead(v.Policy.Vault, head))
}

// Covered reports whether a cosigned checkpoint covers entry n, and returns the first that does,
// after checking it.
func (v *Vault) Covered(n int64) (*ledger.Checkpoint, []byte, error) {
	sizes, err := v.Log.Checkpoints()
	if err != nil {
		return nil, nil, err
	}
	i, _ := slices.BinarySearch(sizes, n+1)
	if n < 0 || i == len(sizes) {
		return nil, nil, ErrNotCosigned
	}
	data, err := v.Log.Checkpoint(sizes[i])
	if err != nil {
		return nil, nil, err
	}
	signers, threshold := cosigners(v.Policy, sizes[i])
	c, err := ledger.OpenCheckpoint(data, v.Policy.Vault, signers, threshold)
	return c, data, err
}
