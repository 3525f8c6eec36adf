package share

import (
	"crypto/subtle"

	"github.com/hashicorp/vault/shamir"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

// Split makes a share of dataKey (Size bytes) for each of the custodians, of which any k put it
// together again. The order of the shares is that of the custodians. The randomness is that of
// crypto/rand; dataKey stays as it is and the shares are the caller's to wipe.
func Split(dataKey *secret.Bytes, vault, batch, key string, custodians []string, k int) ([]Share, error) {
	if dataKey.Len() != Size {
		return nil, ErrSize
	}
	n := len(custodians)
	if err := checkThreshold(k, n); err != nil {
		return nil, err
	}
	shares := make([]Share, n)
	for i, c := range custodians {
		shares[i].Binding = Binding{
			Vault: vault, Batch: batch, Key: key, Custodian: c, Threshold: uint8(k), Custodians: uint8(n),
		}
	}
	var err error
	secret.Do(func() { err = deal(shares, dataKey, k) })
	if err != nil {
		wipe(shares)
		return nil, err
	}
	return shares, nil
}

// deal fills in x and y, and looks at what came of it. The library returns each share as the bytes of y, then x.
func deal(shares []Share, dataKey *secret.Bytes, k int) error {
	parts, err := shamir.Split(dataKey.Expose(), len(shares), k)
	if err != nil {
		return err
	}
	for i, p := range parts {
		shares[i].X = p[Size]
		shares[i].Y = secret.From(p[:Size])
	}
	return checkDealt(shares)
}

func checkDealt(shares []Share) error {
	for i := range shares {
		if err := shares[i].check(); err != nil {
			return fault.At(shares[i].Custodian, err)
		}
	}
	return distinct(shares)
}

func wipe(shares []Share) {
	for i := range shares {
		shares[i].Wipe()
	}
}

// distinct reports whether no x and no custodian stands there twice.
func distinct(shares []Share) error {
	var xs [256]bool
	names := make(map[string]bool, len(shares))
	for i := range shares {
		s := &shares[i]
		if xs[s.X] || names[s.Custodian] {
			return fault.At(s.Custodian, ErrDuplicate)
		}
		xs[s.X], names[s.Custodian] = true, true
	}
	return nil
}

// Combine puts the data key together from at least k shares, each of which must be the one that
// commitments, by custodian id, stands for. All the shares given are checked before any is used; the
// error names the custodian at fault: ErrX, ErrDuplicate, ErrUncommitted, ErrForeign, ErrWrongShare; or it is
// ErrTooFew. The commitments must come from the checker's own ledger, never from the shares' side.
func Combine(shares []Share, commitments map[string][32]byte) (*secret.Bytes, error) {
	if err := checkGathered(shares, commitments); err != nil {
		return nil, err
	}
	k := int(shares[0].Threshold)
	var key *secret.Bytes
	var err error
	secret.Do(func() { key, err = interpolate(shares[:k]) })
	return key, err
}

func checkGathered(shares []Share, commitments map[string][32]byte) error {
	for i := range shares {
		s := &shares[i]
		if s.Y.Len() != Size {
			return fault.At(s.Custodian, ErrSize)
		}
		if err := s.check(); err != nil {
			return fault.At(s.Custodian, err)
		}
		if _, ok := commitments[s.Custodian]; !ok {
			return fault.At(s.Custodian, ErrUncommitted)
		}
	}
	// Commitments come first: a liar who took another's x is the one named.
	if err := committed(shares, commitments); err != nil {
		return err
	}
	if err := distinct(shares); err != nil {
		return err
	}
	if len(shares) == 0 || len(shares) < int(shares[0].Threshold) {
		return ErrTooFew
	}
	return nil
}

// committed compares each share with its commitment. A share that fails is called foreign when it
// says itself that it belongs to another key than the first share that passes.
func committed(shares []Share, commitments map[string][32]byte) error {
	var good, bad *Share
	for i := range shares {
		s := &shares[i]
		sum, want := s.Commitment(), commitments[s.Custodian]
		right := subtle.ConstantTimeCompare(sum[:], want[:]) == 1
		switch {
		case right && good == nil:
			good = s
		case right && !good.sameKey(&s.Binding):
			return fault.At(s.Custodian, ErrForeign)
		case !right && bad == nil:
			bad = s
		}
	}
	switch {
	case bad == nil:
		return nil
	case good != nil && !good.sameKey(&bad.Binding):
		return fault.At(bad.Custodian, ErrForeign)
	}
	return fault.At(bad.Custodian, ErrWrongShare)
}

// interpolate computes the data key from exactly k shares that have been checked.
func interpolate(shares []Share) (*secret.Bytes, error) {
	parts := make([][]byte, len(shares))
	for i := range shares {
		parts[i] = append(append(make([]byte, 0, Size+1), shares[i].Y.Expose()...), shares[i].X)
		defer clear(parts[i])
	}
	key, err := shamir.Combine(parts)
	if err != nil {
		return nil, err
	}
	return secret.From(key), nil
}
