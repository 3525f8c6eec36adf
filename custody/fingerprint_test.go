package custody_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/testkit/custodytest"
)

// TestFingerprintOnDisk: the tree vouches for a record save for its fingerprint, which must be that of the public key, whatever
// another program wrote into the list of records.
func TestFingerprintOnDisk(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	id := deposit(t, b, v, 1, same, same)
	table := b.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(id, throws), v.Cosign(table), v.ProveSample(table, id, nobody), v.Cosign(table))
	kept := 3 - v.State.Batch(id).Sample()[0]
	opened, _, err := v.Published(id)
	must(t, err)
	rec, err := opened.Record(kept)
	must(t, err, v.Locate(id, kept, rec.Fingerprint), v.Close())
	path, forged := filepath.Join(v.BatchPath(id), "records.txt"), strings.Repeat("ab", 20)
	text, err := os.ReadFile(path)
	must(t, err, os.Remove(path), os.WriteFile(path, []byte(strings.Replace(string(text), rec.Fingerprint, forged, 1)), 0o600))
	v = b.Open(t, true)
	wantError(t, "a fingerprint of nothing", v.Locate(id, kept, forged), batch.ErrMissing)
	wantError(t, "a private key of it", v.CheckPrivate(id, kept, nil), batch.ErrMissing)
	must(t, v.Close())
	path = filepath.Join(v.BatchPath(id), "sealed-0001.zip")
	volume, err := os.ReadFile(path)
	must(t, err, os.Remove(path), os.WriteFile(path, bytes.ReplaceAll(volume, []byte(rec.Fingerprint), []byte(forged)), 0o600))
	v = b.Open(t, true)
	wantError(t, "a fingerprint of another key", v.Locate(id, kept, forged), custody.ErrDamaged)
}
