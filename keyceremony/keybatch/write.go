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
	Policy     []byte            // policy.txt
	Entries    []Entry           // policy, batch-sealed, sample-chosen, batch-proved
	Checkpoint []byte            // the cosigned checkpoint that first covers batch-proved
	Burnt      []byte            // burnt.txt
	Reserve    []byte            // reserve.txt
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
	entries, err := c.entries()
	if err != nil {
		return err
	}
	first := []part{{headerFile, header}, {burntFile, c.Burnt}, {checkpointFile, c.Checkpoint}}
	for _, token := range slices.Sorted(maps.Keys(c.Enrolments)) {
		first = append(first, part{enrolmentsDir + token + textExt, c.Enrolments[token]})
	}
	z := strictzip.NewWriter(w)
	if err := add(z, append(first, entries...)...); err != nil {
		return err
	}
	if err := c.writeKeys(z, counts[RolePublished]); err != nil {
		return err
	}
	if err := add(z, part{leavesFile, leaves}, part{policyFile, c.Policy}, part{batch.ReserveFile, c.Reserve}); err != nil {
		return err
	}
	return z.Close()
}

// part is a file of the ZIP file.
type part struct {
	name string
	data []byte
}

func add(z *strictzip.Writer, parts ...part) error {
	for _, p := range parts {
		if err := z.Add(p.name, p.data); err != nil {
			return err
		}
	}
	return nil
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
		if want, err := c.Tree.Leaf(int64(n - 1)); err != nil || k.Number != n || want != l.hash() {
			return nil, nil, fault.At(keyvalue.FormatKeyNumber(n), ErrTree)
		}
		counts[k.Role]++
		text = l.append(text, n)
	}
	if n != c.Manifest.Keys || c.Tree.Size() != int64(n) || c.Tree.Root() != c.Manifest.Root {
		return nil, nil, fault.At(c.Manifest.Batch, ErrTree)
	}
	return text, counts, nil
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

func (c *Contents) entries() (parts []part, err error) {
	byNumber := func(a, b Entry) int { return cmp.Compare(a.Number, b.Number) }
	for _, e := range slices.SortedFunc(slices.Values(c.Entries), byNumber) {
		proof, err := e.Proof.Format()
		if err != nil {
			return nil, fault.At(entryName(e.Number, proofExt), err)
		}
		parts = append(parts, part{entryName(e.Number, proofExt), proof}, part{entryName(e.Number, textExt), e.Bytes})
	}
	return parts, nil
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
	return add(z, part{name + armoredExt, keypair.Armor(k.Public)}, part{name + binaryExt, k.Public}, part{name + proofExt, proof})
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
