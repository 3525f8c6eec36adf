package tokentest

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"strconv"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Device is a token of kind piv that lives in memory, for tests of what is asked of devices. Its
// keys and its signatures are those of its seed, always the same.
type Device struct {
	Serial  uint32
	Sealing attestation.Slot
	Chain   *attestation.Chain // nil: it attests nothing
	sealing *ecdh.PrivateKey
	signing crypto.Signer
	key     token.SigningKey
}

// NewDevice makes a device with its sealing key in slot 82, which attests nothing.
func NewDevice(t testing.TB, serial uint32, seed string, a token.Algorithm) *Device {
	t.Helper()
	sum := func(what string) []byte {
		b := sha256.Sum256([]byte("tokentest " + seed + " " + what))
		return b[:]
	}
	d := &Device{Serial: serial, Sealing: attestation.SlotFirstRetired}
	var err error
	if d.sealing, err = ecdh.P256().NewPrivateKey(sum("sealing")); err != nil {
		t.Fatal(err)
	}
	if a == token.Ed25519 {
		private := ed25519.NewKeyFromSeed(sum("signing"))
		d.signing, d.key = private, SigningKey(t, private)
		return d
	}
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), sum("signing"))
	if err != nil {
		t.Fatal(err)
	}
	if d.key, err = token.ECDSAKey(&private.PublicKey); err != nil {
		t.Fatal(err)
	}
	d.signing = private
	return d
}

// Attest lets the maker vouch for the device: firmware 5.7.4 with policies that production accepts,
// after the change of what is stated, which may be nil.
func (d *Device) Attest(t testing.TB, maker *attestationtest.Authority, change func(signing, sealing *attestation.Statement)) {
	t.Helper()
	signing, sealing := attestationtest.Signing(), attestationtest.Sealing(d.statedSealing(t))
	signing.Key = d.key.Public()
	signing.Serial, sealing.Serial, sealing.Slot = d.Serial, d.Serial, d.Sealing
	if change != nil {
		change(&signing, &sealing)
	}
	f9 := maker.Device(t, strconv.Itoa(int(d.Serial)), signing.Firmware)
	d.Chain = &attestation.Chain{Intermediate: f9.Cert.Raw, Signing: f9.Attest(t, signing), Sealing: f9.Attest(t, sealing)}
}

func (d *Device) statedSealing(t testing.TB) *ecdsa.PublicKey {
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), d.sealing.PublicKey().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Identity implements [token.Token].
func (d *Device) Identity() token.Identity {
	return token.Identity{Kind: token.KindPIV, Serial: strconv.FormatUint(uint64(d.Serial), 10)}
}

// SealingKey implements [token.Token].
func (d *Device) SealingKey() *ecdh.PublicKey { return d.sealing.PublicKey() }

// SigningKey implements [token.Token].
func (d *Device) SigningKey() token.SigningKey { return d.key }

// Slot implements [token.Slotted].
func (d *Device) Slot() byte { return byte(d.Sealing) }

// Attestation implements [token.Slotted].
func (d *Device) Attestation() (*attestation.Chain, error) { return d.Chain, nil }

// ECDH implements [token.Token].
func (d *Device) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	if peer == nil || peer.Curve() != ecdh.P256() {
		return nil, token.ErrPeer
	}
	return d.sealing.ECDH(peer)
}

// Sign implements [token.Token].
func (d *Device) Sign(message []byte) ([]byte, error) {
	if d.key.Algorithm() == token.Ed25519 {
		return d.signing.Sign(nil, message, crypto.Hash(0))
	}
	digest := sha256.Sum256(message)
	signature, err := d.signing.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	return token.CanonicalECDSA(signature)
}

// Enrolment is that of the device in a vault of the mode, at a time that all attestations of
// package attestationtest hold.
func (d *Device) Enrolment(t testing.TB, mode string) *token.Enrolment {
	t.Helper()
	at, err := keyvalue.Time("2026-11-22T09:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	e, err := token.Enrol(d, mode, at)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
