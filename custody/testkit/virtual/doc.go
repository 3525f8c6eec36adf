// Package virtual is a PIV card in software, which speaks the APDUs of a YubiKey's PIV application.
//
// It is for tests and rehearsals alone: custody/testkit/rig puts such cards into Debian's
// virtual readers, so that the real pcscd, libpcsclite and piv-go are what is tested. It follows
// NIST SP 800-73-4 part 2, and Yubico's extensions to it, in the form that a YubiKey of the chosen
// firmware gives them:
//
//	4.3  no metadata; 3DES management key; serial number in the OTP application
//	5.4  metadata; AES management keys, 3DES by default
//	5.7  AES-192 by default; Ed25519, X25519, RSA 3072 and 4096; keys can be moved and deleted
//
// Commands come as short or extended APDUs, chained with CLA 10; long answers to short APDUs are
// fetched with GET RESPONSE (ISO/IEC 7816-4).
//
// It shares no code with custody/token/piv, which it tests, and reads and writes TLV objects by itself: an
// error in code of both would agree with itself.
//
// Nothing here protects a secret: keys, PINs and the attestation root lie in plain memory, the saved
// state of a card is a readable file, and the private key of the root is published in this folder.
// Every saved card and every attestation says REHEARSAL. Were the package wrong, tests would pass
// that a YubiKey fails; no key of a production vault is in reach, since production takes tokens
// with an attestation under Yubico's roots only.
package virtual
