package token

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/record"
)

const enrolmentFormat = "bailiff-enrolment/1"

// Enrolment is what a custodian hands to whoever writes the policy: the public keys of one
// token and the proof that it holds the signing key (docs/formats.md, "Enrolment").
type Enrolment struct {
	Kind       string // [KindSoft]
	Mode       string // record.Rehearsal or record.Production; a software token has only the first
	Serial     string // eight decimal digits, the first not 0
	SealingKey *ecdh.PublicKey
	SigningKey ed25519.PublicKey
	Time       time.Time // when it was made, in whole seconds
	Proof      []byte    // 64 bytes: SigningKey's signature of the lines before the proof
}

// Enrol asks the token for one signature and one ECDH, checks both against its public keys
// ([ErrProof], [ErrDamaged]), and returns its enrolment dated now.
func Enrol(t Token, now time.Time) (*Enrolment, error) {
	id := t.Identity()
	e := &Enrolment{
		Kind: id.Kind, Mode: record.Production, Serial: id.Serial,
		SealingKey: t.SealingKey(), SigningKey: t.SigningKey(),
		Time: now.UTC().Truncate(time.Second),
	}
	if id.Rehearsal {
		e.Mode = record.Rehearsal
	}
	body, err := e.signed()
	if err != nil {
		return nil, fault.At(id.Serial, err)
	}
	if e.Proof, err = t.Sign(body); err != nil {
		return nil, fault.At(id.Serial, err)
	}
	if !ed25519.Verify(e.SigningKey, body, e.Proof) {
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
// ([ErrKind], [ErrMode], [ErrSerial], [ErrKey]) and that its proof verifies ([ErrProof]).
func ParseEnrolment(data []byte) (*Enrolment, error) {
	r, err := record.Parse(enrolmentFormat, data)
	if err != nil {
		return nil, err
	}
	e := &Enrolment{Kind: r.One("kind"), Mode: r.One("mode"), Serial: r.One("serial")}
	sealing, signing := r.One("sealing"), r.One("signing")
	e.Time = r.Time("time")
	e.Proof = r.Hex("proof", ed25519.SignatureSize)
	if err := r.Close(); err != nil {
		return nil, err
	}
	if e.SealingKey, err = ParseSealingKey(sealing); err != nil {
		return nil, fault.At("sealing", err)
	}
	if e.SigningKey, err = ParseSigningKey(signing); err != nil {
		return nil, fault.At("signing", err)
	}
	if _, err := e.Format(); err != nil {
		return nil, err
	}
	return e, nil
}

// Format returns the record. It refuses what [ParseEnrolment] would refuse.
func (e *Enrolment) Format() ([]byte, error) {
	body, err := e.signed()
	if err != nil {
		return nil, err
	}
	if !ed25519.Verify(e.SigningKey, body, e.Proof) {
		return nil, fault.At("proof", ErrProof)
	}
	proof := record.Field{Key: "proof", Value: hex.EncodeToString(e.Proof)}
	return record.Format(enrolmentFormat, append(e.fields(), proof))
}

// signed returns the lines that the proof signs, from the format's name to the time.
func (e *Enrolment) signed() ([]byte, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	return record.Format(enrolmentFormat, e.fields())
}

func (e *Enrolment) fields() []record.Field {
	return []record.Field{
		{Key: "kind", Value: e.Kind},
		{Key: "mode", Value: e.Mode},
		{Key: "serial", Value: e.Serial},
		{Key: "sealing", Value: FormatSealingKey(e.SealingKey)},
		{Key: "signing", Value: FormatSigningKey(e.SigningKey)},
		{Key: "time", Value: record.FormatTime(e.Time)},
	}
}

func (e *Enrolment) check() error {
	if e.Kind != KindSoft {
		return fault.At("kind", ErrKind)
	}
	if e.Mode != record.Rehearsal {
		return fault.At("mode", ErrMode)
	}
	if err := CheckSerial(e.Kind, e.Serial); err != nil {
		return fault.At("serial", err)
	}
	if !isSealingKey(e.SealingKey) {
		return fault.At("sealing", ErrKey)
	}
	if !isSigningKey(e.SigningKey) {
		return fault.At("signing", ErrKey)
	}
	_, err := record.Time(record.FormatTime(e.Time))
	return fault.At("time", err)
}

// CheckSerial tells with [ErrSerial] whether serial can be that of a token of the kind: for
// [KindSoft] eight decimal digits, the first not 0. Any other kind is refused with [ErrKind].
func CheckSerial(kind, serial string) error {
	if kind != KindSoft {
		return ErrKind
	}
	other := func(c rune) bool { return c < '0' || c > '9' }
	if len(serial) != 8 || serial[0] == '0' || slices.ContainsFunc([]rune(serial), other) {
		return ErrSerial
	}
	return nil
}
