package token

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"strconv"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token/attestation"
)

// CheckOrigin verifies the attestation under the roots, at the time of the enrolment, and returns
// what it states: that both keys were born in the device of that serial, in slot 9c and in the
// slot that the enrolment names ([ErrStatement] otherwise). Roots of nil are those of the
// enrolment's mode: [attestation.Yubico] or [attestation.Rehearsal].
//
// In a rehearsal an enrolment without attestation is accepted, with nil, nil. In production it is
// refused ([ErrUnattested]), as is one that [attestation.Statements.CheckProduction] refuses.
func (e *Enrolment) CheckOrigin(roots *attestation.Roots) (*attestation.Statements, error) {
	production := e.Mode == keyvalue.Production
	if e.Attestation == nil {
		if production {
			return nil, fault.At("attestation", ErrUnattested)
		}
		return nil, nil
	}
	if roots == nil {
		roots = attestation.Rehearsal()
		if production {
			roots = attestation.Yubico()
		}
	}
	s, err := roots.Verify(e.Attestation, e.Time)
	if err == nil {
		err = e.compare(s)
	}
	if err == nil && production {
		err = s.CheckProduction()
	}
	if err != nil {
		return nil, fault.At("attestation", err)
	}
	return s, nil
}

// compare holds what the device states against what the enrolment says.
func (e *Enrolment) compare(s *attestation.Statements) error {
	serial := func(s attestation.Statement) bool { return strconv.FormatUint(uint64(s.Serial), 10) == e.Serial }
	switch {
	case !serial(s.Signing) || !serial(s.Sealing):
		return fault.At("serial", ErrStatement)
	case s.Signing.Slot != attestation.SlotSigning || byte(s.Sealing.Slot) != e.Slot:
		return fault.At("slot", ErrStatement)
	case !sameSigning(s.Signing.Key, e.SigningKey):
		return fault.At("signing", ErrStatement)
	case !sameSealing(s.Sealing.Key, e.SealingKey):
		return fault.At("sealing", ErrStatement)
	}
	return nil
}

func sameSigning(stated crypto.PublicKey, key SigningKey) bool {
	k, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.Equal(stated)
}

func sameSealing(stated crypto.PublicKey, key *ecdh.PublicKey) bool {
	k, ok := stated.(*ecdsa.PublicKey)
	if !ok {
		return false
	}
	onCurve, err := k.ECDH()
	return err == nil && key.Equal(onCurve)
}
