// Package batchtest makes public batches for tests: real keys, a real ledger in a temporary
// folder, a policy and checkpoints by real tokens in memory. Only the sealed parts of the keys are
// random bytes, of which a public batch holds nothing but digests.
//
// It is for tests alone. Nothing that it makes is secret or lasting.
package batchtest

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
	"bailiff/keyceremony/keybatch"
)

// Created is the creation time of the keys; the ledger begins a minute later.
func Created() time.Time { return time.Date(2026, 11, 21, 21, 23, 55, 0, time.UTC) }

// Vault is a vault whose batches are made.
type Vault struct {
	ID     string
	Policy *policy.Policy
	Anchor *policy.Anchor
	Log    *ledger.Log

	tokens []token.Token // by custodian and index
	now    time.Time
}

// Options says what a batch is to be like.
type Options struct {
	Batch                    string // its id
	Publish, Sample, Reserve int

	// What a dishonest ceremony would have done, each called before the thing is recorded; nil
	// changes nothing.
	AlterKeys    func(keys []keybatch.Key)
	AlterEntry   func(ledger.Act)
	AlterBurnt   func(list *batch.BurntList)
	AlterReserve func(list *batch.ReserveList)
	AlterTimes   func(created *time.Time)
}

// NewVault makes a vault of three custodians, two of whom are a quorum; the first one has two
// tokens. Devices take the place of the first tokens, by custodian and index.
func NewVault(tb testing.TB, id string, devices ...*tokentest.Device) *Vault {
	tb.Helper()
	v := &Vault{ID: id, now: Created().Add(time.Minute)}
	v.makePolicy(tb, devices)
	log, err := ledger.Create(new(durable.Disk), filepath.Join(tb.TempDir(), "ledger"), id)
	must(tb, err)
	v.Log = log
	digest, err := v.Policy.Digest()
	must(tb, err)
	v.append(tb, nil, &ledger.PolicyAdopted{Policy: digest})
	v.Cosign(tb, "c01-1", "c02-1", "c03-1")
	v.Anchor = v.Policy.Anchor(ledger.LeafHash(v.entry(tb, 0)))
	return v
}

// append records an act.
func (v *Vault) append(tb testing.TB, o *Options, act ledger.Act) int64 {
	tb.Helper()
	if o != nil && o.AlterEntry != nil {
		o.AlterEntry(act)
	}
	v.now = v.now.Add(time.Second)
	e, err := v.Log.Append(act, v.now, nil)
	must(tb, err)
	return e.Number
}

func (v *Vault) entry(tb testing.TB, n int64) []byte {
	tb.Helper()
	_, data, err := v.Log.Entry(n)
	must(tb, err)
	return data
}

// Checkpoint returns a checkpoint of the ledger as it stands, signed by those tokens.
func (v *Vault) Checkpoint(tb testing.TB, tokens ...string) []byte {
	tb.Helper()
	body := ledger.CheckpointBody(v.ID, v.Log.Size(), v.Log.Root())
	var sigs []ledger.Signature
	for i, s := range v.Policy.Signers() {
		if !strings.Contains(" "+strings.Join(tokens, " ")+" ", fmt.Sprintf(" %s-%d ", s.Custodian, s.Index)) {
			continue
		}
		sig := ledger.NewSignature(ledger.Cosigner(s), v.now)
		raw, err := v.tokens[i].Sign(sig.Message(body))
		must(tb, err)
		sig.Sig = raw
		sigs = append(sigs, sig)
	}
	data, err := ledger.FormatCheckpoint(body, sigs)
	must(tb, err)
	return data
}

// Cosign puts a checkpoint into the ledger.
func (v *Vault) Cosign(tb testing.TB, tokens ...string) []byte {
	tb.Helper()
	data := v.Checkpoint(tb, tokens...)
	must(tb, v.Log.AddCheckpoint(data))
	return data
}

// Write writes a public batch and returns its bytes.
func Write(tb testing.TB, c *keybatch.Contents) []byte {
	tb.Helper()
	var b bytes.Buffer
	must(tb, keybatch.Write(&b, c))
	return b.Bytes()
}

// Verify verifies a public batch that was made here.
func Verify(tb testing.TB, file []byte, anchor *policy.Anchor) *keybatch.Verified {
	tb.Helper()
	f, err := keybatch.Open(bytes.NewReader(file), int64(len(file)))
	must(tb, err)
	v, err := f.Verify(anchor, nil, 2, nil)
	must(tb, err)
	return v
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
