package keybatch

import (
	"cmp"
	"crypto/sha256"
	"io"
	"iter"
	"maps"
	"slices"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/strictzip"
)

// Contents is all that a public batch is made of. The parts are those of one proved batch of one
// vault; what does not fit together [File.Verify] refuses, so whoever writes a file verifies it.
type Contents struct {
	Policy     []byte            // the record
	Entries    []Entry           // policy, batch-sealed, sample-chosen, batch-proved
	Checkpoint []byte            // the cosigned checkpoint that first covers batch-proved
	Burnt      []byte            // the burnt list, a record
	Reserve    []byte            // the reserve list, a record
	Enrolments map[string][]byte // by custodian and index: "c01-1"
	Manifest   *batch.Manifest   // of the sealed batch
	Tree       *ledger.Tree      // the leaves of the batch, all of them

	// Keys yields every key of the batch by number. It is run twice, since the counts stand
	// before the keys, and must yield the same both times; it ends after an error.
	Keys iter.Seq2[Key, error]
}

// Entry is an entry of the ledger, as it stands there.
type Entry struct {
	Number int64
	Bytes  []byte
	Proof  *ledger.Proof // that it stands in the checkpoint
}

// Key is a key of the batch.
type Key struct {
	Number       int    // from 1, without gaps
	Fingerprint  string // lower-case hexadecimal
	Public       []byte // binary transferable public key; read when the key is published only
	PublicDigest [32]byte
	SealedDigest [32]byte // H(sealed part): batch.Record.SealedDigest
	Role         string   // RolePublished, RoleBurnt or RoleReserve
}

// Write writes the public batch to w, one pass from front to end. The same contents give the same
// bytes. What it keeps in memory is leaves.txt and the ZIP file's directory.
func Write(w io.Writer, c *Contents) error {
	leaves, counts, err := c.leaves()
	if err != nil {
		return err
	}
	header, err := c.header(leaves, counts)
	if err != nil {
		return err
	}
	z := strictzip.NewWriter(w)
	for _, f := range []struct {
		name string
		data []byte
	}{{headerFile, header}, {burntFile, c.Burnt}, {checkpointFile, c.Checkpoint}} {
		if err := z.Add(f.name, f.data); err != nil {
			return err
		}
	}
	for _, token := range slices.Sorted(maps.Keys(c.Enrolments)) {
		if err := z.Add(enrolmentsDir+token+textExt, c.Enrolments[token]); err != nil {
			return err
		}
	}
	if err := c.writeEntries(z); err != nil {
		return err
	}
	if err := c.writeKeys(z, counts[RolePublished]); err != nil {
		return err
	}
	if err := z.Add(leavesFile, leaves); err != nil {
		return err
	}
	if err := z.Add(policyFile, c.Policy); err != nil {
		return err
	}
	if err := z.Add(batch.ReserveFile, c.Reserve); err != nil {
		return err
	}
	return z.Close()
}

// leaves writes leaves.txt and counts the keys of each role.
func (c *Contents) leaves() (text []byte, counts map[string]int, err error) {
	text, counts = make([]byte, 0, c.Manifest.Keys*maxLeaf), map[string]int{}
	n := 0
	for k, err := range c.Keys {
		if err != nil {
			return nil, nil, err
		}
		n++
		l := leaf{k.Fingerprint, k.PublicDigest, k.SealedDigest, k.Role}
		if err := c.checkLeaf(&l, n, k.Number); err != nil {
			return nil, nil, fault.At(keyvalue.FormatKeyNumber(n), err)
		}
		counts[k.Role]++
		text = l.append(text, n)
	}
	if n != c.Manifest.Keys || c.Tree.Size() != int64(n) || c.Tree.Root() != c.Manifest.Root {
		return nil, nil, fault.At(c.Manifest.Batch, ErrTree)
	}
	return text, counts, nil
}

// checkLeaf tells whether key number, said to be the n-th, is the n-th of the tree.
func (c *Contents) checkLeaf(l *leaf, n, number int) error {
	if number != n {
		return ErrTree
	}
	want, err := c.Tree.Leaf(int64(n - 1))
	if err != nil || want != l.hash() {
		return ErrTree
	}
	return nil
}

func (c *Contents) header(leaves []byte, counts map[string]int) ([]byte, error) {
	manifest, err := c.Manifest.Format()
	if err != nil {
		return nil, err
	}
	m := c.Manifest
	h := &Header{
		Vault: m.Vault, Batch: m.Batch, Mode: m.Mode, Profile: m.Profile, Created: m.Created,
		Keys: m.Keys, Published: counts[RolePublished], Sample: counts[RoleBurnt], Reserve: counts[RoleReserve],
		Root: m.Root, Policy: sha256.Sum256(c.Policy), Manifest: sha256.Sum256(manifest),
		Leaves: sha256.Sum256(leaves), Burnt: sha256.Sum256(c.Burnt), ReserveList: sha256.Sum256(c.Reserve),
	}
	return h.Format()
}

func (c *Contents) writeEntries(z *strictzip.Writer) error {
	byNumber := func(a, b Entry) int { return cmp.Compare(a.Number, b.Number) }
	for _, e := range slices.SortedFunc(slices.Values(c.Entries), byNumber) {
		proof, err := e.Proof.Format()
		if err != nil {
			return fault.At(entryName(e.Number, proofExt), err)
		}
		if err := z.Add(entryName(e.Number, proofExt), proof); err != nil {
			return err
		}
		if err := z.Add(entryName(e.Number, textExt), e.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// writeKeys writes the files of the published keys, of which there must be as many as before.
func (c *Contents) writeKeys(z *strictzip.Writer, published int) error {
	n := 0
	for k, err := range c.Keys {
		if err != nil {
			return err
		}
		if k.Role != RolePublished {
			continue
		}
		n++
		if err := c.writeKey(z, &k); err != nil {
			return err
		}
	}
	if n != published {
		return fault.At(c.Manifest.Batch, ErrCounts)
	}
	return nil
}

func (c *Contents) writeKey(z *strictzip.Writer, k *Key) error {
	name := keyName(k.Number, k.Fingerprint, "")
	if !matches(k.Public, k.PublicDigest) {
		return fault.At(name+binaryExt, ErrKey)
	}
	proof, err := c.proof(k)
	if err != nil {
		return fault.At(name+proofExt, err)
	}
	if err := z.Add(name+armoredExt, keypair.Armor(k.Public)); err != nil {
		return err
	}
	if err := z.Add(name+binaryExt, k.Public); err != nil {
		return err
	}
	return z.Add(name+proofExt, proof)
}

// proof writes the proof that a key stands in the batch's tree.
func (c *Contents) proof(k *Key) ([]byte, error) {
	p, err := c.Tree.Prove(int64(k.Number - 1))
	if err != nil {
		return nil, err
	}
	if p.Tree != c.Manifest.Batch || p.Leaf != batch.Leaf(k.PublicDigest, k.SealedDigest) {
		return nil, ledger.ErrProof
	}
	return p.Format()
}
