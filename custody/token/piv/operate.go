package piv

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"errors"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// maxMessage is the longest message that a card signs, in bytes. A YubiKey takes commands of up to 3,072.
const maxMessage = 2800

const sharedSize = 32 // bytes of a P-256 coordinate

// find reads both keys and compares them with the wanted ones.
func find(d device, want Enrolled) (have Enrolled, err error) {
	s, err := slot(d, attestation.SlotSigning)
	if err != nil {
		return Enrolled{}, err
	}
	if have.Signing, err = s.signingKey(); err != nil {
		return Enrolled{}, fault.At(s.Slot.String(), err)
	}
	if !want.Signing.IsZero() && have.Signing != want.Signing {
		return Enrolled{}, fault.At(s.Slot.String(), ErrOtherKey)
	}
	have.Slot, have.Sealing, err = findSealing(d, want)
	return have, err
}

// findSealing looks into the wanted slot, or for the wanted key, or for the first sealing key there is.
func findSealing(d device, want Enrolled) (attestation.Slot, *ecdh.PublicKey, error) {
	first, last := attestation.SlotFirstRetired, attestation.SlotLastRetired
	missing := ErrEmptySlot
	if want.Slot != 0 {
		first, last = want.Slot, want.Slot
	}
	for which := first; which <= last; which++ {
		s, err := slot(d, which)
		if err != nil {
			return 0, nil, err
		}
		key, err := s.sealingKey()
		switch {
		case err != nil && want.Slot != 0:
			return 0, nil, fault.At(which.String(), err)
		case err != nil:
			continue
		case want.Sealing == nil || want.Sealing.Equal(key):
			return which, key, nil
		}
		missing = ErrOtherKey
	}
	return 0, nil, fault.At(first.String(), missing)
}

// signingKey returns the key of 9c.
func (s Slot) signingKey() (token.SigningKey, error) {
	if s.Empty {
		return token.SigningKey{}, ErrEmptySlot
	}
	switch key := s.Public.(type) {
	case ed25519.PublicKey:
		return token.Ed25519Key(key)
	case *ecdsa.PublicKey:
		return token.ECDSAKey(key)
	}
	return token.SigningKey{}, ErrOtherKey
}

// sealingKey returns the key of a retired slot.
func (s Slot) sealingKey() (*ecdh.PublicKey, error) {
	if s.Empty {
		return nil, ErrEmptySlot
	}
	if key, ok := s.Public.(*ecdsa.PublicKey); ok {
		return key.ECDH()
	}
	return nil, ErrOtherKey
}

// ECDH implements [token.Token]: one touch. [token.ErrTouch] when it did not come, after 15 seconds.
func (t *Token) ECDH(peer *ecdh.PublicKey) (shared []byte, err error) {
	if peer == nil || peer.Curve() != ecdh.P256() {
		return nil, fault.At(t.serial, token.ErrPeer)
	}
	err = t.operate(Opening, func(d device) error {
		shared, err = d.ecdh(t.keys.Slot, t.keys.Sealing, peer)
		if err == nil && len(shared) != sharedSize {
			err = token.ErrDamaged
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return shared, nil
}

// Sign implements [token.Token]: one touch. A message of more than [maxMessage] bytes is refused
// with [ErrMessage]; a signature that does not verify, with [token.ErrDamaged].
func (t *Token) Sign(message []byte) (signature []byte, err error) {
	if len(message) > maxMessage && t.keys.Signing.Algorithm() == token.Ed25519 {
		return nil, fault.At(t.serial, ErrMessage)
	}
	err = t.operate(Signing, func(d device) error {
		signature, err = d.sign(attestation.SlotSigning, t.keys.Signing, message)
		if err == nil && t.keys.Signing.Algorithm() == token.ECDSAP256 {
			signature, err = token.CanonicalECDSA(signature)
		}
		if err == nil && !t.keys.Signing.Verify(message, signature) {
			err = token.ErrDamaged
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return signature, nil
}

// operate does what waits for a touch, and says so before and after.
func (t *Token) operate(what Operation, f func(device) error) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.card.use(func(d device) error {
		if t.touch == nil {
			return f(d)
		}
		start := time.Now()
		t.touch(Touch{Serial: t.serial, Operation: what})
		err := f(d)
		t.touch(Touch{Serial: t.serial, Operation: what, Done: true, Err: err, Took: time.Since(start)})
		return err
	})
}

// Head implements [token.HeadKeeper].
func (t *Token) Head(vault string) (h token.Head, err error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	err = t.card.use(func(d device) error {
		r, err := readDataObject(d, t.serial)
		if err != nil {
			return err
		}
		h, err = r.heads.Head(vault)
		return err
	})
	return h, err
}

// KeepHead implements [token.HeadKeeper], without a touch. It remembers heads.Max vaults. The card
// is left with the old head or the new one whenever it is pulled out. [ErrManagement]: the management
// key cannot be read with the PIN.
func (t *Token) KeepHead(vault string, h token.Head) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.card.use(func(d device) error {
		r, err := readDataObject(d, t.serial)
		if err != nil {
			return err
		}
		changed, err := r.heads.Keep(vault, h)
		if err != nil || !changed {
			return err
		}
		key, err := protectedKey(d)
		if err != nil {
			return err
		}
		defer key.Wipe()
		return r.write(d, key)
	})
}

// protectedKey reads the management key that is kept in the card. The PIN was verified.
func protectedKey(d device) (*secret.Bytes, error) {
	content, err := d.object(objectProtected)
	switch {
	case isEmpty(err):
		return nil, ErrManagement
	case errors.Is(err, errDenied):
		return nil, caused(token.ErrRemoved, err) // the card forgot the PIN: it was reset
	case err != nil:
		return nil, err
	}
	defer clear(content)
	inner, err := element(content, tagProtected)
	if err != nil {
		return nil, caused(ErrManagement, err)
	}
	fields, err := elements(inner)
	if err != nil || len(fields[tagKey]) == 0 {
		return nil, ErrManagement
	}
	return secret.From(fields[tagKey]), nil
}
