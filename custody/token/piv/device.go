package piv

import (
	"crypto"
	"crypto/ecdh"

	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// device is an exclusive connection to one card, as this package uses piv-go. Its errors are
// sentinels: [token.ErrRemoved], [ErrDaemon], [token.ErrLocked], *[token.PINError], *[PUKError],
// [errNotFound], [errDenied], [ErrUnlike], [ErrRoom], [ErrRefused], [ErrAnswer], [errEndless].
//
// The slices of secrets that it takes are lent for the call.
type device interface {
	close() error
	version() attestation.Version
	serial() (uint32, error)
	// formFactor reads the form factor from another applet. On the way the card forgets that the
	// PIN was verified and the management key proved.
	formFactor() (attestation.FormFactor, error)

	// metadata asks for what is public about a key, the PIN (80), PUK (81) or management key (9b).
	metadata(reference byte) ([]byte, error)
	// object reads a data object, put writes one, after authenticate.
	object(id uint32) ([]byte, error)
	put(id uint32, content []byte) error
	attest(slot attestation.Slot) ([]byte, error)

	verifyPIN(pin *secret.Bytes) error
	// setPIN, setPUK and unblock: [ErrCode] (object: PIN or PUK) where the card has rules for new codes.
	setPIN(old, new *secret.Bytes) error
	setPUK(old, new *secret.Bytes) error
	unblock(puk, newPIN *secret.Bytes) error
	// setRetries also sets PIN and PUK to their defaults.
	setRetries(management, pin *secret.Bytes, pinTries, pukTries int) error

	// authenticate proves the management key; a wrong one is [errDenied] and costs nothing.
	authenticate(management *secret.Bytes) error
	setManagement(old, new *secret.Bytes) error
	// generate makes a key under PIN once and touch always.
	generate(management *secret.Bytes, slot attestation.Slot, algorithm token.Algorithm) (crypto.PublicKey, error)

	// ecdh and sign wait for a touch.
	ecdh(slot attestation.Slot, key, peer *ecdh.PublicKey) ([]byte, error)
	sign(slot attestation.Slot, key token.SigningKey, message []byte) ([]byte, error)
}
