package token_test

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"bailiff/custody/token"
)

// The generator of P-256 (SEC 2 §2.4.2), compressed, and the first public key of RFC 8032 §7.1.
const (
	sealingVector = "p256:036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
	signingVector = "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
)

func TestKeyVectors(t *testing.T) {
	one := make([]byte, 32)
	one[31] = 1
	private, err := ecdh.P256().NewPrivateKey(one)
	if err != nil {
		t.Fatal(err)
	}
	if got := token.FormatSealingKey(private.PublicKey()); got != sealingVector {
		t.Errorf("sealing key %s", got)
	}
	sealing, err := token.ParseSealingKey(sealingVector)
	if err != nil || !sealing.Equal(private.PublicKey()) {
		t.Errorf("sealing key: %v", err)
	}
	signing, err := token.ParseSigningKey(signingVector)
	if err != nil || signing.String() != signingVector {
		t.Errorf("signing key: %v", err)
	}
}

func TestParseKeyRefuses(t *testing.T) {
	digits := strings.TrimPrefix(sealingVector, "p256:")
	for name, s := range map[string]string{
		"empty":            "",
		"no prefix":        digits,
		"another prefix":   "p384:" + digits,
		"upper case":       "p256:" + strings.ToUpper(digits),
		"short":            sealingVector[:len(sealingVector)-2],
		"long":             sealingVector + "00",
		"infinity":         "p256:00",
		"33 zero bytes":    "p256:" + strings.Repeat("0", 66),
		"uncompressed":     "p256:04" + digits[2:],
		"x not on curve":   "p256:02" + strings.Repeat("0", 62) + "01",
		"x beyond the p":   "p256:02" + strings.Repeat("f", 64),
		"trailing newline": sealingVector + "\n",
	} {
		if key, err := token.ParseSealingKey(s); key != nil || !errors.Is(err, token.ErrKey) {
			t.Errorf("sealing key, %s: %v", name, err)
		}
	}
	digits = strings.TrimPrefix(signingVector, "ed25519:")
	for name, s := range map[string]string{
		"empty":          "",
		"no prefix":      digits,
		"another prefix": "p256:" + digits,
		"upper case":     "ed25519:" + strings.ToUpper(digits),
		"short":          signingVector[:len(signingVector)-2],
		"long":           signingVector + "00",
	} {
		if key, err := token.ParseSigningKey(s); !key.IsZero() || !errors.Is(err, token.ErrKey) {
			t.Errorf("signing key, %s: %v", name, err)
		}
	}
}

// With a public key of small order, this signature, made without any secret, verifies for every
// eighth message at least. All such keys are refused, whichever way they are encoded.
func TestSigningKeysOfSmallOrderAreRefused(t *testing.T) {
	forged := make([]byte, ed25519.SignatureSize)
	forged[0] = 1 // R is the neutral element, S is 0
	found := 0
	for _, digits := range []string{
		"0100000000000000000000000000000000000000000000000000000000000000", // order 1
		"0100000000000000000000000000000000000000000000000000000000000080",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // not reduced
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"0000000000000000000000000000000000000000000000000000000000000000", // order 4
		"0000000000000000000000000000000000000000000000000000000000000080",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // not reduced
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
	} {
		if _, err := token.ParseSigningKey("ed25519:" + digits); !errors.Is(err, token.ErrKey) {
			t.Errorf("%s: %v", digits, err)
		}
		key, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 200 {
			if ed25519.Verify(key, []byte{byte(i)}, forged) {
				found++
				break
			}
		}
	}
	if found != 14 {
		t.Errorf("a forgery was found for %d of 14 keys: the list is not what it says", found)
	}
}

// A point is on the curve for half of all x or y; whatever is accepted comes back the same.
func TestAboutHalfOfAllBytesArePoints(t *testing.T) {
	const tries = 400
	sealing, signing := 0, 0
	for range tries {
		b := make([]byte, 32)
		if _, err := rand.Read(b); err != nil {
			t.Fatal(err)
		}
		s := "p256:02" + hex.EncodeToString(b)
		if key, err := token.ParseSealingKey(s); err == nil {
			sealing++
			if got := token.FormatSealingKey(key); got != s {
				t.Errorf("%s came back as %s", s, got)
			}
		}
		if _, err := token.ParseSigningKey("ed25519:" + hex.EncodeToString(b)); err == nil {
			signing++
		}
	}
	for name, n := range map[string]int{"sealing": sealing, "signing": signing} {
		if n < tries/4 || n > tries*3/4 {
			t.Errorf("%d of %d random %s keys were accepted", n, tries, name)
		}
	}
}

func TestEveryRealSigningKeyIsAccepted(t *testing.T) {
	for range 200 {
		public, _, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		got, err := token.Ed25519Key(public)
		if err != nil || !public.Equal(got.Public()) {
			t.Fatalf("%x: %v", public, err)
		}
	}
}

func TestPINError(t *testing.T) {
	for left, locked := range map[int]bool{2: false, 1: false, 0: true} {
		var err error = &token.PINError{Tries: left}
		if !errors.Is(err, token.ErrPIN) || errors.Is(err, token.ErrLocked) != locked || errors.Is(err, token.ErrDamaged) {
			t.Errorf("%v is the wrong kind of error", err)
		}
	}
}
