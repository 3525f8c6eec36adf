package order_test

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
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/secret"
	"bailiff/release/order"
)

var (
	born = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // of the officers' keys
	now  = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
)

// example is an order that fits the rules, for a roster of that digest, issued at that time.
func example(roster [32]byte, issued time.Time) *order.Order {
	return &order.Order{
		Vault: "5f0c4a00112233445566778899aabbcc", Mode: "rehearsal", Number: "2026-000123",
		Roster: roster, Batch: "b20261121-7f3a9c", KeyNumber: 42, Key: strings.Repeat("ab", 20),
		Member: "M-4711", Reason: order.Death,
		Papers: []order.Paper{
			{Type: "death-certificate", Date: "2026-11-01", Digest: [32]byte{1}, Issuer: "Mairie de Lyon 3e"},
			{Type: "proof-of-heirship", Date: "2026-11-10", Digest: [32]byte{2}, Issuer: "Me Éloïse Exemple, notaire"},
		},
		Checkers: []string{"Anne Exemple", "Karim Modèle"}, Recipient: "Camille Exemple", RecipientBorn: "1971-03-30",
		Issued: issued, NotBefore: issued.Add(time.Hour), Expires: issued.Add(90 * 24 * time.Hour),
	}
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

func officer(t testing.TB, e *openpgp.Entity) *order.Officer {
	t.Helper()
	o, err := order.ReadCertificate(certificate(t, e))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func secretKey(t testing.TB, e *openpgp.Entity) *order.SecretKey {
	t.Helper()
	var b bytes.Buffer
	if err := e.SerializePrivateWithoutSigning(&b, nil); err != nil {
		t.Fatal(err)
	}
	k, err := order.OpenSecretKey(secret.From(b.Bytes()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// bench is a roster of three, of whom two sign, and an order under it.
type bench struct {
	officers []*openpgp.Entity
	roster   *order.Roster
	text     []byte
}

// newBench puts the given keys first and fills up with plain ones.
func newBench(t testing.TB, first ...*openpgp.Entity) *bench {
	t.Helper()
	b := &bench{officers: first}
	for len(b.officers) < 3 {
		b.officers = append(b.officers, newEntity(t, "Officer", keyConfig(born)))
	}
	var list []*order.Officer
	for _, e := range b.officers {
		list = append(list, officer(t, e))
	}
	var err error
	if b.roster, err = order.NewRoster(list, 2); err != nil {
		t.Fatal(err)
	}
	b.text = format(t, example(b.roster.Digest(), now.Add(-24*time.Hour)))
	return b
}

func (b *bench) sign(t testing.TB, i int) []byte {
	t.Helper()
	sig, err := order.Sign(b.text, secretKey(t, b.officers[i]), now.Add(-time.Hour))
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
