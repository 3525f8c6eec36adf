package token_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"math/big"
	"testing"

	"bailiff/custody/token"
)

// RFC 6979 §A.2.5: the key, and its signature of "sample" with SHA-256, whose s is the higher one.
const (
	rfcX = "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
	rfcY = "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
	rfcR = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
	rfcS = "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
)

func number(t testing.TB, digits string) *big.Int {
	t.Helper()
	n, ok := new(big.Int).SetString(digits, 16)
	if !ok {
		t.Fatal(digits)
	}
	return n
}

func rfcKey(t testing.TB) token.SigningKey {
	t.Helper()
	b, err := hex.DecodeString("04" + rfcX + rfcY)
	if err != nil {
		t.Fatal(err)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), b)
	if err != nil {
		t.Fatal(err)
	}
	key, err := token.ECDSAKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func der(t testing.TB, r, s *big.Int) []byte {
	t.Helper()
	b, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestECDSAVector(t *testing.T) {
	key := rfcKey(t)
	r, s, n := number(t, rfcR), number(t, rfcS), elliptic.P256().Params().N
	high, low := der(t, r, s), der(t, r, new(big.Int).Sub(n, s))
	if key.Verify([]byte("sample"), high) {
		t.Error("the higher s is accepted")
	}
	got, err := token.CanonicalECDSA(high)
	if err != nil || !bytes.Equal(got, low) {
		t.Errorf("the lower s: %x, %v", got, err)
	}
	if again, err := token.CanonicalECDSA(low); err != nil || !bytes.Equal(again, low) {
		t.Errorf("the lower s again: %x, %v", again, err)
	}
	if !key.Verify([]byte("sample"), low) || key.Verify([]byte("test"), low) {
		t.Error("the lower s does not verify, or verifies for another message")
	}
	if key.Verify([]byte("sample"), nil) {
		t.Error("no signature is accepted")
	}
}

// TestECDSAHasOneEncoding: what verifies elsewhere in another form is refused here.
func TestECDSAHasOneEncoding(t *testing.T) {
	key := rfcKey(t)
	n := elliptic.P256().Params().N
	r, s := number(t, rfcR), new(big.Int).Sub(n, number(t, rfcS))
	good := der(t, r, s)
	half := new(big.Int).Rsh(n, 1)
	long := append([]byte{0x30, 0x81, good[1]}, good[2:]...)
	padded := append([]byte{0x30, good[1] + 1, 2, 0x22, 0}, good[4:]...)
	for name, c := range map[string][]byte{
		"a long length":         long,
		"a leading zero":        padded,
		"a byte more":           append(bytes.Clone(good), 0),
		"a byte more within":    append([]byte{0x30, good[1] + 1}, append(bytes.Clone(good[2:]), 0)...),
		"a third number":        append([]byte{0x30, good[1] + 3}, append(bytes.Clone(good[2:]), 2, 1, 1)...),
		"raw r and s":           append(r.Bytes(), s.Bytes()...),
		"r of 0":                der(t, new(big.Int), s),
		"s of 0":                der(t, r, new(big.Int)),
		"r of n":                der(t, n, s),
		"s of n":                der(t, r, n),
		"a negative r":          der(t, new(big.Int).Neg(r), s),
		"an infinite length":    {0x30, 0x80, 2, 1, 1, 2, 1, 1, 0, 0},
		"a set":                 append([]byte{0x31}, good[1:]...),
		"nothing":               nil,
		"a number of a million": append([]byte{0x30, 0x83, 0x0f, 0x42, 0x40}, make([]byte, 1_000_000)...),
	} {
		if got, err := token.CanonicalECDSA(c); got != nil || !errors.Is(err, token.ErrDamaged) {
			t.Errorf("%s: %x, %v", name, got, err)
		}
		if key.Verify([]byte("sample"), c) {
			t.Errorf("%s: verifies", name)
		}
	}
	for s, same := range map[*big.Int]bool{half: true, new(big.Int).Add(half, big.NewInt(1)): false} {
		in := der(t, r, s)
		if out, err := token.CanonicalECDSA(in); err != nil || bytes.Equal(out, in) != same {
			t.Errorf("s of half the order, or one more: %x, %v", out, err)
		}
	}
}

func TestAlteredECDSANeverVerifies(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := token.ECDSAKey(&private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256([]byte("message"))
	raw, err := ecdsa.SignASN1(rand.Reader, private, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	good, err := token.CanonicalECDSA(raw)
	if err != nil || !key.Verify([]byte("message"), good) || len(good) > token.MaxSignature {
		t.Fatalf("%x: %v", good, err)
	}
	for i := range good {
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			if key.Verify([]byte("message"), bad) {
				t.Errorf("bit %d of byte %d altered: verifies", bit, i)
			}
		}
		if key.Verify([]byte("message"), good[:i]) {
			t.Errorf("cut before byte %d: verifies", i)
		}
	}
}

func TestSigningKeysOfBothAlgorithms(t *testing.T) {
	key := rfcKey(t)
	if key.Algorithm() != token.ECDSAP256 || key.IsZero() || key.String() != "p256:0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" {
		t.Errorf("the key is %s", key)
	}
	if again, err := token.ParseSigningKey(key.String()); err != nil || again != key {
		t.Errorf("came back as %s, %v", again, err)
	}
	var zero token.SigningKey
	if !zero.IsZero() || zero.String() != "" || zero.Public() != nil || zero.PKIX() != nil || zero.Verify(nil, nil) || zero.Algorithm() != 0 {
		t.Error("no key is one")
	}
	for name, c := range map[string]*ecdsa.PublicKey{
		"nothing":   nil,
		"empty":     {},
		"infinity":  {Curve: elliptic.P256(), X: new(big.Int), Y: new(big.Int)},
		"off curve": {Curve: elliptic.P256(), X: big.NewInt(1), Y: big.NewInt(1)},
		"P-384":     {Curve: elliptic.P384(), X: elliptic.P384().Params().Gx, Y: elliptic.P384().Params().Gy},
	} {
		if key, err := token.ECDSAKey(c); !key.IsZero() || !errors.Is(err, token.ErrKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
