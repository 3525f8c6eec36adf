package keypair

// Profile names a kind of key pair.
type Profile string

// The profiles. Which program reads which is in docs/interop.md, what they cost in
// docs/decisions/0014-profiles.md.
const (
	// V4Curve25519 is the profile that every OpenPGP program reads.
	V4Curve25519 Profile = "v4-curve25519"
	// V6Curve25519 is version 6 of RFC 9580, Ed25519 and X25519.
	V6Curve25519 Profile = "v6-curve25519"
	// V6PostQuantum holds against a quantum computer: ML-DSA-65 with Ed25519 and ML-KEM-768 with
	// X25519 (RFC 9980).
	V6PostQuantum Profile = "v6-mldsa65-mlkem768"
	// RSA3072 and RSA4096 are version 4 keys for programs that know no elliptic curve.
	RSA3072 Profile = "rsa3072"
	RSA4096 Profile = "rsa4096"
)

// Profiles returns all the profiles, the default first.
func Profiles() []Profile {
	return []Profile{V4Curve25519, V6Curve25519, V6PostQuantum, RSA3072, RSA4096}
}

// ParseProfile reads the name of a profile.
func ParseProfile(s string) (Profile, error) {
	p := Profile(s)
	return p, p.Check()
}

// Check refuses a profile that this version does not know.
func (p Profile) Check() error {
	if p.form() == nil {
		return ErrProfile
	}
	return nil
}

// FingerprintSize returns the number of hexadecimal digits in a fingerprint: 64 of a version 6 key,
// else 40 (RFC 9580 §5.5.4).
func (p Profile) FingerprintSize() int {
	if p == V6Curve25519 || p == V6PostQuantum {
		return 64
	}
	return 40
}

// form returns what the profile determines; nil for a profile that is unknown.
func (p Profile) form() *form {
	switch p {
	case V4Curve25519:
		return &form{version: 4, primary: eddsaKey{}, subkey: ecdhKey{}}
	case V6Curve25519:
		return &form{version: 6, primary: ed25519Key{}, subkey: x25519Key{}}
	case V6PostQuantum:
		return &form{version: 6, primary: mldsaKey{}, subkey: mlkemKey{}}
	case RSA3072:
		return &form{version: 4, primary: rsaKey{3072}, subkey: rsaKey{3072}}
	case RSA4096:
		return &form{version: 4, primary: rsaKey{4096}, subkey: rsaKey{4096}}
	}
	return nil
}
