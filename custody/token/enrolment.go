package token

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token/attestation"
)

const enrolmentFormat = "bailiff-enrolment/1"

// Enrolment is what a custodian hands to whoever writes the policy: the public keys of one
// token and the proof that it holds the signing key (docs/formats.md, "Enrolment").
type Enrolment struct {
	Kind        string // [KindSoft] or [KindPIV]
	Mode        string // keyvalue.Rehearsal or keyvalue.Production; a software token has only the first
	Serial      string // as [CheckSerial] wants it for the kind
	Slot        byte   // of the sealing key, as [CheckSlot] wants it for the kind
	SealingKey  *ecdh.PublicKey
	SigningKey  SigningKey
	Attestation *attestation.Chain // what the device says of its keys; nil when it said nothing
	Time        time.Time          // when it was made, in whole seconds
	Proof       []byte             // SigningKey's signature of the lines before the proof, but the attestation
}

// Enrol asks the token for one signature and one ECDH, checks both against its public keys
// ([ErrProof], [ErrDamaged]), and returns its enrolment for a vault of that mode, dated now. A
// token for rehearsals only is refused in production with [ErrMode].
func Enrol(t Token, mode string, now time.Time) (*Enrolment, error) {
	id := t.Identity()
	if id.Rehearsal && mode != keyvalue.Rehearsal {
		return nil, fault.At(id.Serial, ErrMode)
	}
	e := &Enrolment{
		Kind: id.Kind, Mode: mode, Serial: id.Serial,
		SealingKey: t.SealingKey(), SigningKey: t.SigningKey(),
		Time: now.UTC().Truncate(time.Second),
	}
	if s, ok := t.(Slotted); ok {
		e.Slot = s.Slot()
		var err error
		if e.Attestation, err = s.Attestation(); err != nil {
			return nil, fault.At(id.Serial, err)
		}
	}
	body, err := e.signed()
	if err != nil {
		return nil, fault.At(id.Serial, err)
	}
	if e.Proof, err = t.Sign(body); err != nil {
		return nil, fault.At(id.Serial, err)
	}
	if !e.SigningKey.Verify(body, e.Proof) {
		return nil, fault.At(id.Serial, ErrProof)
	}
	if err := tryECDH(t); err != nil {
		return nil, fault.At(id.Serial, err)
	}
	return e, nil
}

// tryECDH lets the token agree on a secret with a fresh key and compares. The two secrets
// protect nothing.
func tryECDH(t Token) error {
	peer, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	want, err := peer.ECDH(t.SealingKey())
	if err != nil {
		return err
	}
	got, err := t.ECDH(peer.PublicKey())
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return ErrDamaged
	}
	return nil
}

// ParseEnrolment reads an enrolment, checks that its fields are those of a token that can exist
// ([ErrKind], [ErrMode], [ErrSerial], [ErrSlot], [ErrKey]) and that its proof verifies
// ([ErrProof]). Whether an attestation is genuine is asked by [Enrolment.CheckOrigin].
func ParseEnrolment(data []byte) (*Enrolment, error) {
	r, err := keyvalue.Parse(enrolmentFormat, data)
	if err != nil {
		return nil, err
	}
	e := &Enrolment{Kind: r.One("kind"), Mode: r.One("mode"), Serial: r.One("serial")}
	if slot, ok := r.Optional("slot"); ok {
		e.Slot, err = ParseSlot(slot)
		r.Fail("slot", err)
	}
	e.SealingKey = parsed(r, "sealing", ParseSealingKey)
	e.SigningKey = parsed(r, "signing", ParseSigningKey)
	if r.Next() == "attestation" {
		e.Attestation = parsed(r, "attestation", attestation.ParseChain)
	}
	e.Time = r.Time("time")
	e.Proof = parsed(r, "proof", parseProof)
	if err := r.Close(); err != nil {
		return nil, err
	}
	if _, err := e.Format(); err != nil {
		return nil, err
	}
	return e, nil
}

func parsed[T any](r *keyvalue.Reader, key string, parse func(string) (T, error)) T {
	x, err := parse(r.One(key))
	r.Fail(key, err)
	return x
}

func parseProof(s string) ([]byte, error) {
	if len(s) > 2*MaxSignature {
		return nil, keyvalue.ErrValue
	}
	return keyvalue.Hex(s, len(s)/2)
}

// Format returns the text. It refuses what [ParseEnrolment] would refuse.
func (e *Enrolment) Format() ([]byte, error) {
	body, err := e.signed()
	if err != nil {
		return nil, err
	}
	if !e.SigningKey.Verify(body, e.Proof) {
		return nil, fault.At("proof", ErrProof)
	}
	proof := keyvalue.Field{Key: "proof", Value: hex.EncodeToString(e.Proof)}
	return keyvalue.Format(enrolmentFormat, append(e.fields(), proof))
}

// signed returns the lines that the proof signs, from the format's name to the time but without the
// attestation: that of a YubiKey has 3 kB, with which the text would be longer than what it signs. The
// attestation is bound to the other lines by what it states.
func (e *Enrolment) signed() ([]byte, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	short := *e
	short.Attestation = nil
	return keyvalue.Format(enrolmentFormat, short.fields())
}

func (e *Enrolment) fields() []keyvalue.Field {
	f := []keyvalue.Field{
		{Key: "kind", Value: e.Kind},
		{Key: "mode", Value: e.Mode},
		{Key: "serial", Value: e.Serial},
	}
	if e.Kind == KindPIV {
		f = append(f, keyvalue.Field{Key: "slot", Value: FormatSlot(e.Slot)})
	}
	f = append(f,
		keyvalue.Field{Key: "sealing", Value: FormatSealingKey(e.SealingKey)},
		keyvalue.Field{Key: "signing", Value: e.SigningKey.String()})
	if e.Attestation != nil {
		f = append(f, keyvalue.Field{Key: "attestation", Value: e.Attestation.Format()})
	}
	return append(f, keyvalue.Field{Key: "time", Value: keyvalue.FormatTime(e.Time)})
}

func (e *Enrolment) check() error {
	if e.Kind != KindSoft && e.Kind != KindPIV {
		return fault.At("kind", ErrKind)
	}
	if keyvalue.CheckMode(e.Mode) != nil || e.Kind == KindSoft && e.Mode != keyvalue.Rehearsal {
		return fault.At("mode", ErrMode)
	}
	if err := CheckSerial(e.Kind, e.Serial); err != nil {
		return fault.At("serial", err)
	}
	if err := CheckSlot(e.Kind, e.Slot); err != nil {
		return fault.At("slot", err)
	}
	if err := CheckKeys(e.Kind, e.SealingKey, e.SigningKey); err != nil {
		return err
	}
	if err := CheckChain(e.Kind, e.Attestation); err != nil {
		return fault.At("attestation", err)
	}
	_, err := keyvalue.Time(keyvalue.FormatTime(e.Time))
	return fault.At("time", err)
}

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

// compare compares what the device states with what the enrolment says.
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
