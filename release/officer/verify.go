package officer

import (
	"bytes"
	"errors"
	"fmt"
	"hash"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/release/order"
)

const (
	// MaxSignatures bounds the signatures of an order.
	MaxSignatures = 16
	// MaxSignatureFile bounds order.sig, in bytes.
	MaxSignatureFile = 64 << 10
)

// The ways in which the signatures of an order can be refused. The error that wraps one names the
// officer by fingerprint, or `signature-2` when none is known.
var (
	ErrArmored           = errors.New("officer: armored or clear-signed text where binary signatures belong")
	ErrIsOrder           = errors.New("officer: the file is an order, and holds no signatures")
	ErrTooManySignatures = errors.New("officer: more than 16 signatures, or more than 64 KiB")
	ErrTooFew            = errors.New("officer: fewer officers signed than must")
	ErrOtherPacket       = errors.New("officer: something else than a signature in the file")
	ErrUnknownSigner     = errors.New("officer: signature by a key that belongs to no officer of the roster")
	ErrTwice             = errors.New("officer: signature by an officer who signed already")
	ErrFuture            = errors.New("officer: signature dated in the future")
	ErrSignedLate        = errors.New("officer: signature made after the order had expired")
	ErrLapsed            = errors.New("officer: the signature's own time of validity is over")
	ErrWrongSignature    = errors.New("officer: signature not over this order, or damaged")
)

// Verified is an order that enough officers signed.
type Verified struct {
	Order   *order.Order
	Signers []string    // the officers' primary fingerprints, in the order of the file
	Times   []time.Time // when each of them signed
}

// Verify reads an order that at least the roster's threshold of different officers signed, and refuses
// any other. Every signature in the file must count; the file must consist of nothing else. The
// order must name this roster. Keys must be valid when they signed and now.
//
// A packet's header may be of either format (RFC 9580 §4.2) in its shortest form, since gpg writes
// one and most others the other; and whoever has an ECDSA signature (r, s) can write (r, −s), which
// is one too. No other byte of the file has two readings, and neither makes an order of two: what
// is used up is the order's text. Whether the order fits vault and time is [order.Order.Check].
func (r *Roster) Verify(orderText, signatures []byte, now time.Time) (*Verified, error) {
	o, err := order.Parse(orderText)
	if err != nil {
		return nil, err
	}
	keys, err := r.keys()
	if err != nil {
		return nil, err
	}
	if o.Roster != r.Digest() {
		return nil, fault.At(o.Number, order.ErrOldRoster)
	}
	read, err := readSignatures(signatures)
	if err != nil {
		return nil, err
	}
	v := &Verified{Order: o}
	for i, sig := range read {
		key, ok := keys[sig.issuer]
		if !ok {
			return nil, fault.At(place(i), fault.At(sig.issuer, ErrUnknownSigner))
		}
		signer := key.owner.Fingerprint
		if slices.Contains(v.Signers, signer) {
			return nil, fault.At(signer, ErrTwice)
		}
		if err := sig.verify(key, o, orderText, now); err != nil {
			return nil, fault.At(signer, err)
		}
		v.Signers = append(v.Signers, signer)
		v.Times = append(v.Times, sig.packet.CreationTime.UTC())
	}
	if len(v.Signers) < r.Threshold {
		return nil, fault.At(o.Number, ErrTooFew)
	}
	return v, nil
}

// Signers reads a signature file by the rules of [Roster.Verify], as far as they need neither order
// nor roster, and returns the fingerprints of the keys, primary or subkeys, that are said to have
// signed. It verifies no signature.
func Signers(signatures []byte) ([]string, error) {
	read, err := readSignatures(signatures)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, sig := range read {
		if slices.Contains(out, sig.issuer) {
			return nil, fault.At(sig.issuer, ErrTwice)
		}
		out = append(out, sig.issuer)
	}
	return out, nil
}

// CheckSignatures reports why a file cannot be a file of signatures: it is an order, or a program made something else of it
// (package encoding).
func CheckSignatures(data []byte) error {
	if bytes.HasPrefix(data, []byte(order.FormatName)) {
		return ErrIsOrder
	}
	err := encoding.Binary(data)
	if err == encoding.ErrArmor {
		return ErrArmored
	}
	return err
}

// readSignatures reads a file that consists of signatures, and verifies none.
func readSignatures(data []byte) ([]*signature, error) {
	if len(data) > MaxSignatureFile {
		return nil, ErrTooManySignatures
	}
	if err := CheckSignatures(data); err != nil {
		return nil, err
	}
	packets, err := splitPackets(data)
	if err != nil {
		return nil, err
	}
	if len(packets) > MaxSignatures {
		return nil, ErrTooManySignatures
	}
	out := make([]*signature, len(packets))
	for i, p := range packets {
		switch {
		case p.tag != tagSignature:
			err = ErrOtherPacket
		case !p.shortest:
			err = ErrHeader
		default:
			out[i], err = readSignature(p)
		}
		if err != nil {
			return nil, fault.At(place(i), err)
		}
	}
	return out, nil
}

// place names a signature whose officer is not known by where it stands in the file.
func place(i int) string { return fmt.Sprintf("signature-%d", i+1) }

// verify checks times, the key's validity, and the signature itself.
func (s *signature) verify(key rosterKey, o *order.Order, text []byte, now time.Time) error {
	made := s.packet.CreationTime
	switch {
	case made.After(now):
		return ErrFuture
	case made.Before(key.public.CreationTime):
		return ErrBeforeKey
	case made.After(o.Expires):
		return ErrSignedLate
	case s.packet.SigExpired(now):
		return ErrLapsed
	}
	for _, t := range []time.Time{made, now} {
		if err := key.owner.checkKey(s.issuer, t); err != nil {
			return err
		}
	}
	if s.packet.Version != key.public.Version || !verifies(key.public, s.packet, text) {
		return ErrWrongSignature
	}
	return nil
}

// verifies reports whether the signature is over the text, and whether the two bytes of its digest that stand beside it are
// right: the library does not look at them in version 4.
func verifies(public *packet.PublicKey, sig *packet.Signature, text []byte) bool {
	for _, check := range []func(hash.Hash) error{
		func(h hash.Hash) error { return packet.VerifyHashTag(h, sig) },
		func(h hash.Hash) error { return public.VerifySignature(h, sig) },
	} {
		h, err := sig.PrepareVerify()
		if err != nil {
			return false
		}
		_, _ = h.Write(text)
		if check(h) != nil {
			return false
		}
	}
	return true
}
