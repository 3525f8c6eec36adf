package custody_test

import (
	"bytes"
	"crypto/ecdh"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
	"bailiff/custody/seal"
	"bailiff/custody/vault"
)

// shut is a token that signs and opens nothing.
type shut struct{ hand }

func (shut) ECDH(*ecdh.PublicKey) ([]byte, error) { return nil, fs.ErrInvalid }

// sampledBatch deposits a batch of three keys, one to be opened, one in reserve, up to its cosigned sample.
func sampledBatch(t *testing.T, b *custodytest.Bench, v *custody.Vault) (batch string, table custody.Table) {
	t.Helper()
	batch = depositAll(t, b, v, custody.Ceremony{Publish: 1, Sample: 1, Reserve: 1}, same, same, same)
	table = b.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table))
	return batch, table
}

// TestProofThatFails: where a share does not open, or nothing can be encrypted to a key, where the records or the reserve list on the
// disk are others, no proof is recorded.
func TestProofThatFails(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)})
	v := b.Open(t, true)
	batch, table := sampledBatch(t, b, v)
	refused := func(what string, table custody.Table, want error, object string) {
		t.Helper()
		err := v.ProveSample(table, batch, nobody)
		if wantError(t, what, err, want); v.State.Batch(batch).Proved != nil || !slices.Contains(fault.Objects(err), object) {
			t.Errorf("%s: recorded %v, named are %q", what, v.State.Batch(batch).Proved != nil, fault.Objects(err))
		}
	}
	edited := func(edit func(t custody.Table)) custody.Table {
		out := slices.Clone(table)
		edit(out)
		return out
	}
	refused("a token that fails", edited(func(t custody.Table) { t[1].Token = shut{hand{Token: t[1].Token}} }), fs.ErrInvalid, "c02")
	refused("the tokens of each other", edited(func(t custody.Table) { t[0].Token, t[1].Token = t[1].Token, t[0].Token }), seal.ErrNotForToken, "c01")
	list, err := v.BurntList(batch)
	must(t, err)
	fingerprint := strings.TrimSpace(string(list[bytes.LastIndexByte(list, ' '):]))
	dry := errors.New("no random bytes")
	random := v.Host.Rand
	v.Host.Rand = iotest.ErrReader(dry)
	refused("nothing is encrypted", table, dry, fingerprint)
	v.Host.Rand = random
}

// TestReserveListOfAnEarlierRun: the list that a run left must be the true one, and is made durable before the proof is recorded; a proof
// that is recorded is done again for the lists that it names.
func TestReserveListOfAnEarlierRun(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)})
	v := b.Open(t, true)
	batch, table := sampledBatch(t, b, v)
	path := filepath.Join(v.BatchPath(batch), vault.ReserveFile)
	list, err := v.ReserveList(batch)
	must(t, err)
	burnt, err := v.BurntList(batch)
	must(t, err)
	if slices.Equal(list, burnt) {
		t.Error("the keys that are burnt are those in reserve")
	}
	proof := func(what string, want error) {
		t.Helper()
		size := v.Log.Size()
		if wantError(t, what, v.ProveSample(table, batch, nobody), want); v.Log.Size() != size {
			t.Errorf("%s: something is recorded", what)
		}
	}
	for what, text := range map[string][]byte{"other keys": burnt, "a long text": make([]byte, record.MaxSize+1)} {
		must(t, os.WriteFile(path, text, 0o600))
		proof(what, custody.ErrDamaged)
	}
	must(t, os.WriteFile(path, list, 0o600))
	b.Host.Disk.Hook = func(op durable.Op, p string) error {
		if op == durable.OpSyncDir && p == v.BatchPath(batch) {
			return errDisk
		}
		return nil
	}
	proof("a name that is not synced", errDisk)
	b.Host.Disk.Hook = nil
	must(t, v.ProveSample(table, batch, nobody))
	proof("again", nil)
	must(t, os.Remove(path), os.WriteFile(path, burnt, 0o600))
	proof("again, with other keys on the disk", custody.ErrDamaged)
	must(t, os.Remove(path), os.WriteFile(path, list, 0o600))
	st := v.State.Batch(batch)
	st.Proved = ledger.Record(st.Proved.Entry, &ledger.BatchProved{Burnt: st.Proved.Act.Reserve, Reserve: st.Proved.Act.Reserve})
	proof("again, of other keys", custody.ErrDamaged)
}
