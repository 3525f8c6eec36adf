package token_test

import (
	"errors"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
)

// What a device states must be what its enrolment says, in either mode.
func TestCheckOrigin(t *testing.T) {
	maker := attestationtest.NewMaker(t, "Maker Sample")
	type both = func(signing, sealing *attestation.Statement)
	for name, c := range map[string]struct {
		change     both
		production error
		rehearsal  error
	}{
		"as enrolled":         {nil, nil, nil},
		"another slot":        {func(_, b *attestation.Statement) { b.Slot = 0x83 }, token.ErrStatement, token.ErrStatement},
		"another serial":      {func(a, b *attestation.Statement) { a.Serial, b.Serial = 7, 7 }, token.ErrStatement, token.ErrStatement},
		"another signing key": {func(a, _ *attestation.Statement) { a.Key = attestationtest.Ed25519("another") }, token.ErrStatement, token.ErrStatement},
		"another sealing key": {func(_, b *attestation.Statement) { b.Key = attestationtest.ECDSA(t, "another").Public() },
			token.ErrStatement, token.ErrStatement},
		"opens without touch": {func(_, b *attestation.Statement) { b.Touch = attestation.TouchNever }, attestation.ErrTouchPolicy, nil},
	} {
		d := tokentest.NewDevice(t, 12345678, "origin", token.Ed25519)
		d.Attest(t, maker, nil)
		for mode, want := range map[string]error{keyvalue.Production: c.production, keyvalue.Rehearsal: c.rehearsal} {
			e := d.Enrolment(t, mode)
			altered := *d
			altered.Attest(t, maker, c.change)
			e.Attestation = altered.Chain
			s, err := e.CheckOrigin(maker.Roots(t))
			if !errors.Is(err, want) || (err == nil) != (s != nil) || want != nil && err == nil {
				t.Errorf("%s, %s: %v, %v", name, mode, s != nil, err)
			}
		}
	}
}

// Without an attestation, and under the roots that the programs hold.
func TestCheckOriginUnvouched(t *testing.T) {
	d := tokentest.NewDevice(t, 12345678, "origin", token.Ed25519)
	for mode, want := range map[string]error{keyvalue.Production: token.ErrUnattested, keyvalue.Rehearsal: nil} {
		if s, err := d.Enrolment(t, mode).CheckOrigin(nil); s != nil || !errors.Is(err, want) {
			t.Errorf("%s, no attestation: %v, %v", mode, s, err)
		}
	}
	d.Attest(t, attestationtest.NewMaker(t, "Maker Sample"), nil)
	for _, mode := range []string{keyvalue.Production, keyvalue.Rehearsal} {
		if s, err := d.Enrolment(t, mode).CheckOrigin(nil); s != nil || !errors.Is(err, attestation.ErrRoot) {
			t.Errorf("%s, a maker of a test: %v, %v", mode, s, err)
		}
	}
}
