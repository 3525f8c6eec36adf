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
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/seal"
	"bailiff/custody/testkit/custodytest"
)

// shut is a token that signs and opens nothing.
type shut struct{ hand }

func (shut) ECDH(*ecdh.PublicKey) ([]byte, error) { return nil, fs.ErrInvalid }

// sampledBatch deposits a batch of three keys, one to be opened, one in reserve, up to its cosigned sample.
func sampledBatch(t *testing.T, b *custodytest.Bench, v *custody.Vault) (batch string, table custody.Quorum) {
	t.Helper()
	batch = depositAll(t, b, v, custody.Ceremony{Publish: 1, Sample: 1, Reserve: 1}, same, same, same)
	table = b.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table))
	return batch, table
}

// TestProofThatFails: where a share does not open, or nothing can be encrypted to a key, no proof is recorded.
func TestProofThatFails(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	batch, table := sampledBatch(t, b, v)
	refused := func(what string, want error, object string, edit func(t custody.Quorum)) {
		t.Helper()
		edited := slices.Clone(table)
		edit(edited)
		err := v.ProveSample(edited, batch, nobody)
		if wantError(t, what, err, want); v.State.Batch(batch).Proved != nil || !slices.Contains(fault.Objects(err), object) {
			t.Errorf("%s: recorded %v, named are %q", what, v.State.Batch(batch).Proved != nil, fault.Objects(err))
		}
	}
	refused("a token that fails", fs.ErrInvalid, "c02", func(t custody.Quorum) { t[1].Token = shut{hand{Token: t[1].Token}} })
	refused("the tokens of each other", seal.ErrNotForToken, "c01", func(t custody.Quorum) { t[0].Token, t[1].Token = t[1].Token, t[0].Token })
	dry := errors.New("no random bytes")
	v.Host.Rand = iotest.ErrReader(dry)
	refused("nothing is encrypted", dry, burntKey(t, v, batch), func(custody.Quorum) {})
	wantError(t, "a batch that never was", v.ProveSample(table, "b20261121-000000", nobody), custody.ErrNoBatch)
}

// burntKey is the fingerprint of the one key that is opened as a sample.
func burntKey(t *testing.T, v *custody.Vault, batch string) string {
	t.Helper()
	list, err := v.BurntList(batch)
	must(t, err)
	return strings.TrimSpace(string(list[bytes.LastIndexByte(list, ' '):]))
}

// TestProofOfWhatIsNotThere: when a part of a sampled key, or the records, are others than those that were sealed, no token is asked.
func TestProofOfWhatIsNotThere(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	batch, _ := sampledBatch(t, b, v)
	key := burntKey(t, v, batch)
	proof := func(what, file string, edit func(data []byte) []byte) {
		t.Helper()
		must(t, v.Close())
		v = b.Open(t, true)
		_, err := v.BurntList(batch) // the batch is open
		must(t, err)
		v.Host.Notice = func(e custody.Event) { t.Errorf("%s: %s is asked to %s", what, e.Custodian, e.Act) }
		path := filepath.Join(v.BatchPath(batch), file)
		good, err := os.ReadFile(path)
		must(t, err, os.Chmod(path, 0o600), os.WriteFile(path, edit(slices.Clone(good)), 0o600))
		err = v.ProveSample(b.Seat(t, v), batch, nobody)
		if !slices.ContainsFunc(fault.Objects(err), func(o string) bool { return strings.HasSuffix(o, what) }) {
			t.Errorf("%s: %v", what, err)
		}
		if file == "records.txt" {
			for _, list := range []func(string) ([]byte, error){v.BurntList, v.ReserveList} {
				if text, err := list(batch); err == nil {
					t.Errorf("a list of other records: %q", text)
				}
			}
		}
		must(t, os.WriteFile(path, good, 0o600))
	}
	for _, part := range []string{"/key.pgp", "/public.pgp", "/share-c02.age"} {
		proof(part, "sealed-0001.zip", replaced(key+part, strings.Repeat("0", len(key))+part))
	}
	proof("records.txt", "records.txt", func(data []byte) []byte { data[len(data)-2] = 'x'; return data })
}

// TestReserveListOfAnEarlierRun: the list that a run left must be the true one, and is made durable before the proof is recorded; a proof
// that is recorded is done again for the lists that it names.
func TestReserveListOfAnEarlierRun(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)})
	v := b.Open(t, true)
	id, table := sampledBatch(t, b, v)
	path := filepath.Join(v.BatchPath(id), batch.ReserveFile)
	list, err := v.ReserveList(id)
	must(t, err)
	burnt, err := v.BurntList(id)
	must(t, err)
	for _, l := range [][]byte{list, burnt} {
		if bytes.Count(l, []byte("key: ")) != 1 {
			t.Errorf("not a list of one key: %q", l)
		}
	}
	proof := func(what string, want error) {
		t.Helper()
		size := v.Log.Size()
		if wantError(t, what, v.ProveSample(table, id, nobody), want); v.Log.Size() != size {
			t.Errorf("%s: something is recorded", what)
		}
	}
	for what, text := range map[string][]byte{"other keys": burnt, "a long text": make([]byte, keyvalue.MaxSize+1)} {
		must(t, os.WriteFile(path, text, 0o600))
		proof(what, custody.ErrDamaged)
	}
	must(t, os.WriteFile(path, list, 0o600))
	b.Host.Disk.Hook = func(op durable.Op, p string) error {
		if op == durable.OpSyncDir && p == v.BatchPath(id) {
			return errDisk
		}
		return nil
	}
	proof("a name that is not synced", errDisk)
	b.Host.Disk.Hook = nil
	must(t, v.ProveSample(table, id, nobody))
	proof("again", nil)
	must(t, os.Remove(path), os.WriteFile(path, burnt, 0o600))
	proof("again, with other keys on the disk", custody.ErrDamaged)
	must(t, os.Remove(path), os.WriteFile(path, list, 0o600))
	st := v.State.Batch(id)
	st.Proved = ledger.WithAct(st.Proved.Entry, &ledger.BatchProved{Burnt: st.Proved.Act.Reserve, Reserve: st.Proved.Act.Reserve})
	proof("again, of other keys", custody.ErrDamaged)
}
