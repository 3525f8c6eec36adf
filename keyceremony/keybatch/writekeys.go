package keybatch

import (
	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/strictzip"
)

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
