package custody_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
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
	_, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1, Personal: record.Fields("venue", "Étude exemple", "witness", "Witness Sample")})
	must(t, err)
	sizes, err := v.Log.Checkpoints()
	must(t, err)
	refused := func(what string, table custody.Table, want error, object string) {
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
	edited := func(edit func(p *custody.Present)) custody.Table {
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
