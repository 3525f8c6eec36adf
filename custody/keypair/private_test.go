package keypair

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/secret"
)

// TestScalarsInOneForm: X25519 ignores five bits of a scalar, which would give a private key 32 forms; one alone is taken.
func TestScalarsInOneForm(t *testing.T) {
	k := compose(t, "bailiff batch b20261121-7f3a9c key 000042", time.Unix(1_700_000_000, 0), false)
	pub, sec := cursor{b: k.Public}, cursor{b: k.Private.Expose()}
	for range 3 {
		pub.packet(pub.b[0])
		sec.packet(sec.b[0])
	}
	body := pub.packet(tagPublicSubkey).b
	in := sec.packet(tagSecretSubkey)
	in.expect(body...)
	in.expect(0)
	scalar := make([]byte, pointSize)
	in.number(scalar)
	check := func(number, body []byte) bool {
		sec := cursor{b: appendSecret(nil, tagSecretSubkey, body, number)}
		pub := cursor{b: appendPacket(nil, tagPublicSubkey, body)}
		return V4Curve25519.form().checkSecret(&sec, &pub, tagSecretSubkey, tagPublicSubkey, ecdhKey{})
	}
	if in.bad || !check(scalar, body) {
		t.Fatal("not the scalar that is altered here")
	}
	for _, bit := range []int{7, 6, 31*8 + 0, 31*8 + 1, 31*8 + 2} { // of the first octet from its top
		altered := bytes.Clone(scalar)
		altered[bit/8] ^= 1 << (bit % 8)
		if check(altered, body) {
			t.Errorf("bit %d of octet %d: accepted", bit%8, bit/8)
		}
	}
	for _, n := range []int{0, 1, len(body) - len(subkeyKDF) - 1} {
		if check(scalar, body[:n]) {
			t.Errorf("the first %d bytes of the public key: accepted", n)
		}
	}
}

// TestAnotherMessage: what comes back is compared, and read to its end.
func TestAnotherMessage(t *testing.T) {
	k := compose(t, "bailiff batch b20261121-7f3a9c key 000042", time.Unix(1_700_000_000, 0), false)
	to, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(k.Public)))
	if err != nil {
		t.Fatal(err)
	}
	config := &packet.Config{Time: func() time.Time { return to.PrimaryKey.CreationTime }}
	var sealed bytes.Buffer
	w, err := openpgp.Encrypt(&sealed, []*openpgp.Entity{to}, nil, nil, nil, config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("message")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	message, another := secret.From([]byte("message")), secret.From([]byte("massage"))
	if err := decrypts(bytes.NewReader(sealed.Bytes()), k.Private, message, config); err != nil {
		t.Fatal(err)
	}
	if decrypts(bytes.NewReader(sealed.Bytes()), k.Private, another, config) == nil {
		t.Error("another message: accepted")
	}
	altered := bytes.Clone(sealed.Bytes())
	altered[len(altered)-1] ^= 1
	if decrypts(bytes.NewReader(altered), k.Private, message, config) == nil {
		t.Error("a message that is not whole: accepted")
	}
}

// numbers writes integers as OpenPGP does.
func numbers(all ...*big.Int) (b []byte) {
	for _, n := range all {
		b = appendNumber(b, n.Bytes())
	}
	return b
}

// TestRSANumbers: an RSA key has one exponent, a modulus of exactly the bits of its profile, and its secret numbers in one form.
func TestRSANumbers(t *testing.T) {
	const bits = 1024
	k := rsaKey{bits}
	key := func(of ...int) (p, q *big.Int) {
		for {
			p, q = prime(t, of[0]), prime(t, of[1])
			if p.Cmp(q) < 0 && new(big.Int).Mul(p, q).BitLen() == bits {
				return p, q
			}
		}
	}
	derived := func(p, q *big.Int) (n, d, u *big.Int) {
		return new(big.Int).Mul(p, q), new(big.Int).ModInverse(big.NewInt(65537), leastMultiple(p, q)), new(big.Int).ModInverse(p, q)
	}
	accepts := func(n, d, p, q, u *big.Int) bool {
		c := cursor{b: numbers(d, p, q, u)}
		return k.secret(&c, n.Bytes()) && c.done()
	}
	p, q := key(bits/2, bits/2)
	n, d, u := derived(p, q)
	one := big.NewInt(1)
	if !accepts(n, d, p, q, u) {
		t.Fatal("not the numbers that are altered here")
	}
	_, _, swapped := derived(q, p)
	long := new(big.Int).Add(d, leastMultiple(p, q))
	a, b := key(bits/2-60, bits/2+60)
	m, e, v := derived(a, b)
	for what, got := range map[string]bool{
		"p and q swapped":       accepts(n, d, q, p, swapped),
		"an exponent not least": accepts(n, long, p, q, u),
		"another exponent":      accepts(n, new(big.Int).Add(d, one), p, q, u),
		"another inverse":       accepts(n, d, p, q, new(big.Int).Add(u, one)),
		"an inverse not least":  accepts(n, d, p, q, new(big.Int).Add(u, q)),
		"another modulus":       accepts(m, d, p, q, u),
		"primes of other sizes": accepts(m, e, a, b, v),
		"the modulus and one":   accepts(n, d, one, n, one),
		"nothing":               accepts(n, new(big.Int), new(big.Int), new(big.Int), new(big.Int)),
	} {
		if got {
			t.Errorf("%s: accepted", what)
		}
	}
	public := func(n, e *big.Int) bool {
		c := cursor{b: numbers(n, e)}
		k.public(&c)
		return c.done()
	}
	f4 := big.NewInt(65537)
	if !public(n, f4) {
		t.Fatal("not the modulus that is altered here")
	}
	for what, got := range map[string]bool{
		"exponent 3": public(n, big.NewInt(3)), "an exponent as long": public(n, big.NewInt(65539)), "an even modulus": public(new(big.Int).Sub(n, one), f4),
		"a bit less": public(new(big.Int).SetBit(new(big.Int).Rsh(n, 1), 0, 1), f4), "an octet less": public(new(big.Int).SetBit(new(big.Int).Rsh(n, 8), 0, 1), f4),
		"an octet more": public(new(big.Int).SetBit(new(big.Int).Lsh(n, 8), 0, 1), f4), "no modulus": public(new(big.Int), f4),
	} {
		if got {
			t.Errorf("%s: accepted", what)
		}
	}
}

func prime(t *testing.T, bits int) *big.Int {
	t.Helper()
	for {
		p, err := rand.Prime(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		if new(big.Int).Mod(new(big.Int).Sub(p, big.NewInt(1)), big.NewInt(65537)).Sign() != 0 {
			return p
		}
	}
}

// TestRSASignatures: a signature is that of a modulus of the profile's size, and not longer than it.
func TestRSASignatures(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512([]byte("key"))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA512, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	n := key.N.Bytes()
	other := sha512.Sum512([]byte("another"))
	for what, tt := range map[string]struct {
		bits                 int
		n, digest, signature []byte
		ok                   bool
	}{
		"as it is":          {2048, n, sum[:], signature, true},
		"another profile":   {3072, n, sum[:], signature, false},
		"an octet more":     {2048, n, sum[:], append([]byte{0}, signature...), false},
		"another digest":    {2048, n, other[:], signature, false},
		"an octet less":     {2048, n, sum[:], signature[:255], false},
		"another signature": {2048, n, sum[:], slices.Concat(signature[:255], []byte{signature[255] ^ 1}), false},
		"none":              {2048, n, sum[:], nil, false},
	} {
		if got := (rsaKey{tt.bits}).verify(tt.n, tt.digest, tt.signature); got != tt.ok {
			t.Errorf("%s: %v", what, got)
		}
	}
}
