package officer_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	_ "crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/bits"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/secret"
	"bailiff/release/officer"
	"bailiff/release/order"
)

var (
	born = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // of the officers' keys
	now  = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
)

// example is the order of testdata/order.txt for a roster of that digest, issued at that time.
func example(t testing.TB, roster [32]byte, issued time.Time) *order.Order {
	t.Helper()
	text, err := os.ReadFile("testdata/order.txt")
	if err != nil {
		t.Fatal(err)
	}
	o, err := order.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	o.Roster, o.Issued, o.NotBefore, o.Expires = roster, issued, issued.Add(time.Hour), issued.Add(90*24*time.Hour)
	return o
}

func format(t testing.TB, o *order.Order) []byte {
	t.Helper()
	text, err := o.Format()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// keyConfig makes and signs keys of the default profile at that time.
func keyConfig(at time.Time) *packet.Config {
	off := false
	return &packet.Config{
		Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519, DefaultHash: crypto.SHA512,
		Time: func() time.Time { return at }, NonDeterministicSignaturesViaNotation: &off,
	}
}

// seeded makes the same keys in every process.
func seeded(n byte) *packet.Config {
	c := keyConfig(born)
	c.Rand = rand.NewChaCha8([32]byte{n})
	return c
}

// newEntity makes an officer's key without the encryption subkey that the library adds.
func newEntity(t testing.TB, name string, config *packet.Config) *openpgp.Entity {
	t.Helper()
	e, err := openpgp.NewEntity(name, "", "", config)
	if err != nil {
		t.Fatal(err)
	}
	e.Subkeys = nil
	return e
}

func certificate(t testing.TB, e *openpgp.Entity) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := e.Serialize(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, e *openpgp.Entity) *officer.Certificate {
	t.Helper()
	o, err := officer.ReadCertificate(certificate(t, e))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func secretKey(t testing.TB, e *openpgp.Entity) *officer.SecretKey {
	t.Helper()
	var b bytes.Buffer
	if err := e.SerializePrivateWithoutSigning(&b, nil); err != nil {
		t.Fatal(err)
	}
	k, err := officer.OpenSecretKey(secret.From(b.Bytes()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// bench is a roster of three, of whom two sign, and an order under it.
type bench struct {
	officers []*openpgp.Entity
	roster   *officer.Roster
	text     []byte
}

// newBench puts the given keys first and fills up with plain ones.
func newBench(t testing.TB, first ...*openpgp.Entity) *bench {
	t.Helper()
	b := &bench{officers: first}
	for len(b.officers) < 3 {
		b.officers = append(b.officers, newEntity(t, "Officer", keyConfig(born)))
	}
	var list []*officer.Certificate
	for _, e := range b.officers {
		list = append(list, read(t, e))
	}
	var err error
	if b.roster, err = officer.NewRoster(list, 2); err != nil {
		t.Fatal(err)
	}
	b.text = format(t, example(t, b.roster.Digest(), now.Add(-24*time.Hour)))
	return b
}

func (b *bench) sign(t testing.TB, i int) []byte {
	t.Helper()
	sig, err := officer.Sign(b.text, secretKey(t, b.officers[i]), now.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func fingerprintOf(e *openpgp.Entity) string { return hex.EncodeToString(e.PrimaryKey.Fingerprint) }

// raw is a signature put together by hand, to be wrong in one respect.
type raw struct {
	key              *packet.PrivateKey // version 4, EdDSA
	kind, hash       byte
	hashed, unhashed []byte
	text             []byte
	padded           bool // a zero byte in front of the last number
}

// plain is a signature as gpg makes it: the fingerprint signed, the key id in the unsigned area.
func plain(key *packet.PrivateKey, text []byte, at time.Time) raw {
	return raw{
		key: key, hash: 10, text: text,
		hashed:   append(sub(33, fingerprintOf33(&key.PublicKey)...), sub(2, stamp(at)...)...),
		unhashed: sub(16, key.Fingerprint[12:]...),
	}
}

func fingerprintOf33(k *packet.PublicKey) []byte { return append([]byte{4}, k.Fingerprint...) }

func stamp(at time.Time) []byte { return binary.BigEndian.AppendUint32(nil, uint32(at.Unix())) }

func sub(kind byte, body ...byte) []byte { return append([]byte{byte(len(body) + 1), kind}, body...) }

// body signs and returns the packet's body (RFC 9580 §5.2.3 and §5.2.4).
func (r raw) body(t testing.TB) []byte {
	t.Helper()
	hashes := map[byte]crypto.Hash{1: crypto.MD5, 2: crypto.SHA1, 8: crypto.SHA256, 9: crypto.SHA384, 10: crypto.SHA512, 11: crypto.SHA224}
	head := append([]byte{4, r.kind, 22, r.hash, byte(len(r.hashed) >> 8), byte(len(r.hashed))}, r.hashed...)
	h := hashes[r.hash].New()
	h.Write(r.text)
	h.Write(head)
	h.Write(append([]byte{4, 255}, binary.BigEndian.AppendUint32(nil, uint32(len(head)))...))
	digest := h.Sum(nil)
	seed := r.key.PrivateKey.(*eddsa.PrivateKey).D
	sig := ed25519.Sign(ed25519.NewKeyFromSeed(seed), digest)
	out := append(head, byte(len(r.unhashed)>>8), byte(len(r.unhashed)))
	out = append(append(out, r.unhashed...), digest[:2]...)
	out = append(out, number(sig[:32])...)
	if r.padded {
		return append(append(out, 1, 8, 0), sig[32:]...) // 264 bits
	}
	return append(out, number(sig[32:])...)
}

func number(b []byte) []byte {
	b = bytes.TrimLeft(b, "\x00")
	n := 8*(len(b)-1) + bits.Len8(b[0])
	return append([]byte{byte(n >> 8), byte(n)}, b...)
}

// packet frames the body as gpg does.
func (r raw) packet(t testing.TB) []byte {
	t.Helper()
	return legacy(r.body(t))
}

func legacy(body []byte) []byte {
	if len(body) < 256 {
		return append([]byte{0x88, byte(len(body))}, body...)
	}
	return append([]byte{0x89, byte(len(body) >> 8), byte(len(body))}, body...)
}

func wantError(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}
