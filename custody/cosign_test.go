package custody_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

// hand is a token that signs in another way.
type hand struct {
	token.Token
	sign func([]byte) ([]byte, error)
}

func (h hand) Sign(m []byte) ([]byte, error) { return h.sign(m) }

// distant is a token that is not in a reader.
type distant struct{ token.Token }

func (distant) Present() bool { return false }

// TestCheckpointThatIsNotMade: what a token signs is verified before it counts, and what is signed is read again; of a checkpoint
// that is not made nothing is kept, and the next one is.
func TestCheckpointThatIsNotMade(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: disk})
	v := b.Open(t, true)
	_, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1, Personal: keyvalue.Fields("venue", "Étude exemple", "witness", "Witness Sample")})
	must(t, err)
	sizes, err := v.Log.Checkpoints()
	must(t, err)
	refused := func(what string, table custody.Quorum, want error, object string) {
		t.Helper()
		err := v.Cosign(table)
		wantError(t, what, err, want)
		if object != "" && !slices.Contains(fault.Objects(err), object) {
			t.Errorf("%s: named is %v", what, fault.Objects(err))
		}
		if now, err := v.Log.Checkpoints(); err != nil || !slices.Equal(now, sizes) {
			t.Errorf("%s: checkpoints %v, %v", what, now, err)
		}
	}
	edited := func(edit func(p *custody.Present)) custody.Quorum {
		table := slices.Clone(b.Seat(t, v, 1, 2))
		edit(&table[1])
		return table
	}
	refused("a token that fails", edited(func(p *custody.Present) {
		p.Token = hand{p.Token, func([]byte) ([]byte, error) { return nil, fs.ErrInvalid }}
	}), fs.ErrInvalid, "c02")
	own := b.Seat(t, v, 2)[0].Token
	refused("the signature of something else", edited(func(p *custody.Present) {
		p.Token = hand{p.Token, func(m []byte) ([]byte, error) { return own.Sign(append(slices.Clone(m), 0)) }}
	}), ledger.ErrSignature, "")
	signed := 0
	v.Host.Notice = func(custody.Event) { signed++ }
	turned := edited(func(*custody.Present) {})
	turned[0].Token = hand{turned[0].Token, func(m []byte) ([]byte, error) { return own.Sign(append(slices.Clone(m), 0)) }}
	if refused("the first signature of something else", turned, ledger.ErrSignature, ""); signed != 1 {
		t.Errorf("%d tokens were asked", signed)
	}
	refused("the token of another custodian", edited(func(p *custody.Present) { p.Token = b.Tokens[2] }), ledger.ErrSigner, "")
	refused("one custodian twice", append(b.Seat(t, v, 1), b.Seat(t, v, 1)...), ledger.ErrTwice, "")
	refused("a token elsewhere that cannot remember", edited(func(p *custody.Present) {
		p.Token, p.Heads = distant{p.Token}, forgetful{p.Heads}
	}), token.ErrHeads, "c02")
	for _, part := range []string{"entries", "personal"} {
		disk.Hook = func(op durable.Op, path string) error {
			if op == durable.OpRead && strings.Contains(path, part) {
				return fs.ErrInvalid
			}
			return nil
		}
		refused("without its "+part, b.Seat(t, v, 1, 2), fs.ErrInvalid, "")
	}
	disk.Hook = nil
	must(t, v.Cosign(edited(func(p *custody.Present) { p.Heads = nil })))
	size := v.Log.Size()
	must(t, v.Cosign(b.Seat(t, v, 1)[:0]))
	if now, err := v.Log.Checkpoints(); err != nil || now[len(now)-1] != size {
		t.Errorf("checkpoints %v, %v", now, err)
	}
	if head, err := b.Tokens[0].Head(v.Policy.Vault); err != nil || head.Size != size {
		t.Errorf("the first custodian remembers %d entries of %d: %v", head.Size, size, err)
	}
}

// forgetful remembers what is there, and can take in no more.
type forgetful struct{ token.HeadKeeper }

func (forgetful) KeepHead(string, token.Head) error { return token.ErrHeads }

// TestCosignAsksNobodyInVain: when no checkpoint can come of it, no token is asked, and of an earlier run nothing is given up.
func TestCosignAsksNobodyInVain(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: disk})
	v := b.Open(t, true)
	batch := deposit(t, b, v, 1, same, same)
	must(t, v.Close())
	v = b.Open(t, true)
	v.Host.Notice = func(e custody.Event) { t.Errorf("%s is asked to %s", e.Custodian, e.Act) }
	wantError(t, "one of two", v.Cosign(b.Seat(t, v, 1)), custody.ErrQuorum)
	if v.State.Batch(batch).Abandoned != nil {
		t.Error("the batch is abandoned by one custodian")
	}
	disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRemove && strings.HasPrefix(path, v.BatchPath(batch)) {
			return fs.ErrInvalid
		}
		return nil
	}
	silent := b.Seat(t, v)
	silent[1].Heads = mute{}
	err := v.Cosign(silent)
	if wantError(t, "a token that does not tell what it signed", err, token.ErrDamaged); !slices.Contains(fault.Objects(err), "c02") {
		t.Errorf("named are %q", fault.Objects(err))
	}
	wantError(t, "a batch that stays", v.Cosign(b.Seat(t, v)), fs.ErrInvalid)
	disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpSync {
			return fs.ErrInvalid
		}
		return nil
	}
	wantError(t, "an entry", refuse(v), fs.ErrInvalid)
	disk.Hook = nil
	wantError(t, "a ledger that failed", v.Cosign(b.Seat(t, v)), ledger.ErrReopen)
	_, _, err = v.Covered(0)
	wantError(t, "whether it is cosigned", err, ledger.ErrReopen)
	_, err = v.Verify(nobody)
	wantError(t, "whether it is whole", err, ledger.ErrReopen)
}

// mute does not tell what it remembers.
type mute struct{}

func (mute) Head(string) (token.Head, error)   { return token.Head{}, token.ErrDamaged }
func (mute) KeepHead(string, token.Head) error { return nil }

// TestCoveredByAWholeCheckpoint: a checkpoint from which another program took a cosignature away covers nothing.
func TestCoveredByAWholeCheckpoint(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	must(t, refuse(v), v.Cosign(b.Seat(t, v, 1, 2)))
	path := filepath.Join(b.Path, "ledger", "checkpoints", "000000000002.txt")
	text, err := os.ReadFile(path)
	must(t, err)
	must(t, os.Remove(path), os.WriteFile(path, lessALine(text), 0o600))
	_, _, err = v.Covered(1)
	wantError(t, "one cosignature", err, ledger.ErrTooFew)
	must(t, v.Close())
	_, err = custody.Open(b.Host, b.Path, false)
	wantError(t, "a vault with it", err, ledger.ErrTooFew)
}
