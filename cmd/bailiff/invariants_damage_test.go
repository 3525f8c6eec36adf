package main_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/policy"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/keygen"
)

// liar is a generator that tampers with the shares of every key, after their commitments were
// made, or with the records.
type liar struct {
	*testing.T
	policy *policy.Policy
	shares func([]share.Share)
	record func(*batch.SealedKey)
}

func (l *liar) Generate(job generator.Job) iter.Seq2[batch.SealedKey, error] {
	return func(yield func(batch.SealedKey, error) bool) {
		for n := job.From; n <= job.To; n++ {
			if !yield(l.make(job, n), nil) {
				return
			}
		}
	}
}

func (l *liar) make(job generator.Job, n int) batch.SealedKey {
	pair, err := keygen.Generate(keypair.Profile(l.policy.Profile), keypair.UserID(job.Batch, n, true), job.Created, true)
	check(l, err)
	defer pair.Private.Wipe()
	dataKey, err := secret.Random(rand.Reader, share.Size)
	check(l, err)
	defer dataKey.Wipe()
	rec := batch.SealedKey{Number: n, Fingerprint: pair.Fingerprint, Public: pair.Public}
	rec.Sealed, err = seal.SealKey(pair.Private, dataKey)
	check(l, err)
	shares, err := share.Split(dataKey, l.policy.Vault, job.Batch, pair.Fingerprint, l.policy.IDs(), l.policy.Threshold)
	check(l, err)
	for _, s := range shares {
		rec.Shares = append(rec.Shares, batch.SealedShare{Custodian: s.Custodian, X: s.X, Commitment: s.Commitment()})
	}
	l.shares(shares)
	for i, c := range l.policy.Custodians {
		var keys []*ecdh.PublicKey
		for _, t := range c.Tokens {
			keys = append(keys, t.SealingKey)
		}
		rec.Shares[i].File, err = seal.SealShare(&shares[i], keys)
		check(l, err)
		shares[i].Wipe()
	}
	l.record(&rec)
	return rec
}

// TestInvariant5EveryShareBound: a share that is another key's, another custodian's or altered passes
// no proof, and the custodian whose share it is is named; so is a file that was swapped on the disk.
func TestInvariant5EveryShareBound(t *testing.T) {
	s := play(t, empty)
	for what, c := range map[string]struct {
		shares func([]share.Share)
		record func(*batch.SealedKey)
		want   error
		name   string // of the custodian to blame, c02 by default
	}{
		"honest":          {},
		"another key's":   {shares: func(x []share.Share) { x[1].Key = strings.Repeat("ab", 20) }, want: share.ErrForeign},
		"another batch's": {shares: func(x []share.Share) { x[1].Batch = "b20260101-aaaaaa" }, want: share.ErrForeign},
		"another person's": {shares: func(x []share.Share) {
			copy(x[1].Y.Expose(), x[2].Y.Expose())
			x[1].Custodian, x[1].X = "c03", x[2].X
		}, want: share.ErrForeign},
		"another x":               {shares: func(x []share.Share) { x[1].X ^= 128 | 1 }, want: share.ErrForeign},
		"another k":               {shares: func(x []share.Share) { x[1].Threshold = 3 }, want: share.ErrForeign},
		"one bit":                 {shares: func(x []share.Share) { x[1].Y.Expose()[7] ^= 1 }, want: share.ErrWrongShare},
		"files apart":             {record: func(r *batch.SealedKey) { r.Shares[0].File, r.Shares[1].File = r.Shares[1].File, r.Shares[0].File }, want: seal.ErrNotForToken, name: "c01"},
		"one bit of one beyond k": {shares: func(x []share.Share) { x[2].Y.Expose()[7] ^= 1 }, want: share.ErrWrongShare, name: "c03"},
		"commitments":             {record: func(r *batch.SealedKey) { r.Shares[1].Commitment = r.Shares[0].Commitment }, want: share.ErrWrongShare},
	} {
		s.set(s.empty)
		v := s.open()
		run := s.ceremony(v, 1)
		lie := &liar{t, v.Policy, func([]share.Share) {}, func(*batch.SealedKey) {}}
		if c.shares != nil {
			lie.shares = c.shares
		}
		if c.record != nil {
			lie.record = c.record
		}
		run.Generator = lie
		_, err := run.Run()
		if c.name == "" {
			c.name = "c02"
		}
		if !errors.Is(err, c.want) || c.want != nil && !slices.Contains(fault.Objects(err), c.name) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
		check(t, v.Close())
	}
}

// TestInvariant5SwappedOnDisk: bytes of a volume that change places are refused before a token is asked.
func TestInvariant5SwappedOnDisk(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	id := v.State.Batches[0].ID
	volume := filepath.Join(v.BatchPath(id), "sealed-0001.zip")
	data, err := os.ReadFile(volume)
	check(t, err)
	b, _, err := v.Published(id)
	check(t, err)
	var parts [2][]byte
	for i := range parts {
		number, _ := s.key(v, batch.Published, i)
		rec, err := b.Record(number)
		check(t, err)
		parts[i], err = b.Share(rec, "c01")
		check(t, err)
	}
	run := s.release(v, s.order(v, 0, nil))
	swapped := bytes.Clone(data)
	copy(swapped[bytes.Index(data, parts[0]):], parts[1][:min(len(parts[0]), len(parts[1]))])
	check(t, os.Chmod(volume, 0o600))
	check(t, os.WriteFile(volume, swapped, 0o600))
	s.touches()
	if err := run.Run(); err == nil || !slices.ContainsFunc(fault.Objects(err), func(o string) bool { return strings.HasSuffix(o, "share-c01.age") }) {
		t.Errorf("another key's share: %v", err)
	}
	if ecdh, _ := s.touches(); ecdh != 0 || bytes.Equal(swapped, data) {
		t.Error("a token opened a share that is not the one recorded")
	}
}

// TestDamagedFile: whatever byte of whatever file is altered, opening or verifying the vault names
// the file; of an entry that still reads as one, the checkpoint that no longer covers it or the entry
// that cannot follow it.
func TestDamagedFile(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	_, _, err := keyceremony.Export(v, v.State.Batches[0].ID, s.path+".zip", 1, func(int, int) {})
	check(t, err)
	check(t, s.release(v, s.order(v, 0, nil)).Run())
	check(t, v.Close())
	whole := load(t, s.path)
	verify := func() error {
		v, err := custody.Open(s.host(), s.path, false)
		if err != nil {
			return err
		}
		defer v.Close()
		_, err = v.Verify(func(int, int) {})
		return err
	}
	check(t, verify())
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		data := whole[name]
		if len(data) == 0 {
			continue // folders and locks
		}
		path := filepath.Join(s.path, name)
		for _, at := range []int{0, len(data) / 3, len(data) / 2, len(data) - 2, len(data) - 1} {
			bad := bytes.Clone(data)
			bad[at] ^= 1
			check(t, os.WriteFile(path, bad, 0o600))
			err := verify()
			if err == nil || !names(err, name) {
				t.Errorf("%s, byte %d of %d: %v", name, at, len(data), err)
			}
		}
		check(t, os.Remove(path))
		mayGo := strings.Contains(name, "/personal/") || strings.Contains(name, "/checkpoints/") && filepath.Base(name) != "000000000001.txt"
		if err := verify(); err == nil && !mayGo {
			t.Errorf("%s is missing, and nobody notices", name)
		}
		check(t, os.WriteFile(path, data, 0o600))
	}
	check(t, verify())
	check(t, os.WriteFile(filepath.Join(s.path, "batches", "more"), nil, 0o600))
	if err := verify(); !errors.Is(err, custody.ErrUnknownFile) {
		t.Errorf("a file more: %v", err)
	}
}

// names tells whether an error says which file is at fault.
func names(err error, file string) bool {
	text := err.Error()
	entry := strings.HasPrefix(file, "ledger/entries/") && (strings.Contains(text, "checkpoints/") || strings.Contains(text, "entries/"))
	return entry || strings.Contains(text, filepath.Base(file))
}
