package keyceremony

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/keyceremony/keybatch"
)

// Export writes the public batch of a proved batch to path, which must not exist, and verifies the
// file against the vault's own anchor as a platform would. Its digest stands in the ledger before
// the file exists. A file that does not verify is removed. The same batch gives the same bytes.
// progress is told how many keys were verified.
func Export(v *custody.Vault, batch, path string, workers int, progress func(done, total int)) (*keybatch.Verified, durable.Written, error) {
	none := durable.Written{}
	c, err := contents(v, batch)
	if err != nil {
		return nil, none, err
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, none, fault.At(path, durable.ErrExists)
	}
	if err := durable.Room(path); err != nil {
		return nil, none, err // else an export stands in the ledger that nobody has
	}
	sum := sha256.New()
	if err := keybatch.Write(sum, c); err != nil {
		return nil, none, err
	}
	if err := v.AppendExport(batch, [32]byte(sum.Sum(nil))); err != nil {
		return nil, none, err
	}
	written, err := v.Host.Disk.CreateFrom(path, 0o644, func(w io.Writer) error { return keybatch.Write(w, c) })
	if err != nil {
		return nil, none, err
	}
	verified, err := verifyExport(v, path, [32]byte(sum.Sum(nil)), workers, progress)
	if err != nil {
		return nil, none, errors.Join(err, v.Host.Disk.Remove(path))
	}
	return verified, written, nil
}

// verifyExport verifies the file at path, which must be the one whose digest is in the ledger.
func verifyExport(v *custody.Vault, path string, want [32]byte, workers int, progress func(done, total int)) (*keybatch.Verified, error) {
	anchor, err := v.Anchor()
	if err != nil {
		return nil, err
	}
	f, err := v.Host.Disk.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		return nil, err
	}
	if sum, err := file.Digest(); sum != want {
		return nil, errors.Join(err, fault.At(path, custody.ErrNotMade))
	}
	return file.Verify(anchor, v.Host.Roots, workers, progress)
}

// contents gathers what a public batch is made of.
func contents(v *custody.Vault, batch string) (*keybatch.Contents, error) {
	b, st, err := v.Published(batch)
	if err != nil {
		return nil, err
	}
	c := &keybatch.Contents{Manifest: b.Manifest(), Enrolments: map[string][]byte{}, Tree: &ledger.Tree{Name: batch}}
	checkpoint, text, err := v.Covered(st.Proved.Number)
	if err != nil {
		return nil, err
	}
	c.Checkpoint = text
	if c.Policy, err = v.PolicyText(); err != nil {
		return nil, err
	}
	if c.Burnt, err = v.BurntList(batch); err != nil {
		return nil, err
	}
	if c.Reserve, err = v.ReserveList(batch); err != nil {
		return nil, err
	}
	for _, n := range []int64{0, st.Sealed.Number, st.Sampled.Number, st.Proved.Number} {
		if err := addEntry(v, c, n, checkpoint.Size); err != nil {
			return nil, err
		}
	}
	for _, custodian := range v.Policy.Custodians {
		for _, t := range custodian.Tokens {
			name := fmt.Sprintf("%s-%d", custodian.ID, t.Index)
			if c.Enrolments[name], err = v.Enrolment(custodian.ID, t.Index); err != nil {
				return nil, err
			}
		}
	}
	for rec, err := range b.Records() {
		if err != nil {
			return nil, err
		}
		c.Tree.Add(rec.Leaf())
	}
	c.Keys = keys(b, st.Roles())
	return c, nil
}

func addEntry(v *custody.Vault, c *keybatch.Contents, n, size int64) error {
	_, raw, err := v.Log.Entry(n)
	if err != nil {
		return err
	}
	proof, err := v.Log.Prove(n, size)
	if err != nil {
		return err
	}
	c.Entries = append(c.Entries, keybatch.Entry{Number: n, Bytes: raw, Proof: proof})
	return nil
}

// keys yields every key of the batch with its role; only a published one with its public part.
func keys(b *batch.Batch, roles []batch.Role) iter.Seq2[keybatch.Key, error] {
	return func(yield func(keybatch.Key, error) bool) {
		for rec, err := range b.Records() {
			if err != nil {
				yield(keybatch.Key{}, err)
				return
			}
			k := keybatch.Key{
				Number: rec.Number, Fingerprint: rec.Fingerprint, PublicDigest: rec.Public,
				SealedDigest: rec.SealedDigest(), Role: string(roles[rec.Number-1]),
			}
			if k.Role == keybatch.RolePublished {
				k.Public, err = b.Public(rec)
			}
			if !yield(k, err) || err != nil {
				return
			}
		}
	}
}
