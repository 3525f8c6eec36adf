package custody

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

// Present is a custodian at the table, with one unlocked token.
type Present struct {
	Custodian string
	Index     int // of the token
	Token     token.Token
	Heads     token.HeadKeeper // what the custodian remembers of the ledger
}

// Table is who is present, in the order of the custodians' ids, each once.
type Table []Present

// Seat finds the custodian of each token. It refuses a token that the policy does not know, or
// whose keys are not those enrolled, and a second token of the same custodian.
func (v *Vault) Seat(tokens []token.Token) (Table, error) { return seat(v.Policy, tokens) }

func seat(p *policy.Policy, tokens []token.Token) (Table, error) {
	var table Table
	for _, t := range tokens {
		id := t.Identity()
		c, enrolled, ok := p.Holder(id.Kind, id.Serial)
		if !ok || !t.SealingKey().Equal(enrolled.SealingKey) || !bytes.Equal(t.SigningKey(), enrolled.SigningKey) {
			return nil, fault.At(id.Serial, ErrStranger)
		}
		if table.find(c.ID) != nil {
			return nil, fault.At(c.ID, ErrTwice)
		}
		heads, _ := t.(token.HeadKeeper)
		table = append(table, Present{Custodian: c.ID, Index: enrolled.Index, Token: t, Heads: heads})
	}
	slices.SortFunc(table, func(a, b Present) int { return strings.Compare(a.Custodian, b.Custodian) })
	return table, nil
}

func (t Table) find(custodian string) *Present {
	for i := range t {
		if t[i].Custodian == custodian {
			return &t[i]
		}
	}
	return nil
}

// IDs returns the ids of those present.
func (t Table) IDs() []string {
	out := make([]string, len(t))
	for i, p := range t {
		out[i] = p.Custodian
	}
	return out
}

// Need tells whether at least n custodians are present.
func (t Table) Need(n int) error {
	if len(t) < n {
		return fault.At(strings.Join(t.IDs(), " "), ErrQuorum)
	}
	return nil
}

// cosigners returns who may sign a checkpoint of that size and how many must: all of the
// custodians the first, k of them every other.
func cosigners(p *policy.Policy, size int64) ([]ledger.Cosigner, int) {
	var out []ledger.Cosigner
	for _, s := range p.Signers() {
		out = append(out, ledger.Cosigner{Custodian: s.Custodian, Index: s.Index, Key: s.Key})
	}
	if size == 1 {
		return out, len(p.Custodians)
	}
	return out, p.Threshold
}

// CheckHeads holds the ledger against what each custodian present remembers of it: a ledger
// that is shorter is a stale disk, one with another root is a fork.
func (v *Vault) CheckHeads(t Table) error {
	for _, p := range t {
		if p.Heads == nil {
			continue
		}
		head, err := p.Heads.Head(v.Policy.Vault)
		if err == nil {
			err = v.Log.CheckHead(head)
		}
		if err != nil {
			return fault.At(p.Custodian, err)
		}
	}
	return nil
}

// Cosign has everybody present sign the ledger as it stands. It does nothing when a valid
// checkpoint covers all entries already.
func (v *Vault) Cosign(t Table) error {
	size := v.Log.Size()
	if done, err := v.Log.Cosigned(); err != nil || done == size {
		return err
	}
	if err := v.CheckHeads(t); err != nil {
		return err
	}
	data, err := v.sign(t, size)
	if err != nil {
		return err
	}
	if err := v.Log.AddCheckpoint(data); err != nil {
		return err
	}
	return v.keepHeads(t)
}

func (v *Vault) sign(t Table, size int64) ([]byte, error) {
	signers, threshold := cosigners(v.Policy, size)
	if err := t.Need(threshold); err != nil {
		return nil, err
	}
	body := ledger.CheckpointBody(v.Policy.Vault, size, v.Log.Root())
	now := uint64(v.Host.Now().Unix())
	var sigs []ledger.Signature
	for _, p := range t {
		v.Host.notice(Event{Custodian: p.Custodian, Serial: p.Token.Identity().Serial, Act: ActSign})
		sig, err := p.Token.Sign(ledger.CosignedMessage(body, now))
		if err != nil {
			return nil, fault.At(p.Custodian, err)
		}
		if len(sig) != ed25519.SignatureSize {
			return nil, fault.At(p.Custodian, token.ErrDamaged)
		}
		cosigner := ledger.Cosigner{Custodian: p.Custodian, Index: p.Index, Key: p.Token.SigningKey()}
		sigs = append(sigs, ledger.Signature{Cosigner: cosigner, Time: now, Sig: [64]byte(sig)})
	}
	data, err := ledger.FormatCheckpoint(body, sigs)
	if err != nil {
		return nil, err
	}
	_, err = ledger.OpenCheckpoint(data, v.Policy.Vault, signers, threshold)
	return data, err
}

func (v *Vault) keepHeads(t Table) error {
	head := token.Head{Size: v.Log.Size(), Root: v.Log.Root()}
	for _, p := range t {
		if p.Heads == nil {
			continue
		}
		if err := p.Heads.KeepHead(v.Policy.Vault, head); err != nil {
			return fault.At(p.Custodian, err)
		}
	}
	return nil
}

// Covered tells whether a cosigned checkpoint covers entry n, and returns the first that does,
// after checking it.
func (v *Vault) Covered(n int64) (*ledger.Checkpoint, []byte, error) {
	sizes, err := v.Log.Checkpoints()
	if err != nil {
		return nil, nil, err
	}
	for _, size := range sizes {
		if size <= n {
			continue
		}
		data, err := v.Log.Checkpoint(size)
		if err != nil {
			return nil, nil, err
		}
		signers, threshold := cosigners(v.Policy, size)
		c, err := ledger.OpenCheckpoint(data, v.Policy.Vault, signers, threshold)
		return c, data, err
	}
	return nil, nil, ErrNotCosigned
}
