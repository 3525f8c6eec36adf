package keypair_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/keyceremony/keygen"
)

const (
	batch   = "b20261121-7f3a9c"
	profile = keypair.V4Curve25519
)

var created = time.Date(2024, 3, 21, 21, 24, 55, 0, time.UTC)

func generate(t testing.TB, rehearsal bool) (*keypair.Pair, string) {
	id := keypair.UserID(batch, 42, rehearsal)
	pair, err := keygen.Generate(profile, id, created, rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	return pair, id
}

func TestRoundTrip(t *testing.T) {
	a, _ := generate(t, true)
	b, _ := generate(t, true)
	if err := keypair.RoundTrip(a.Public, a.Private, rand.Reader); err != nil {
		t.Error(err)
	}
	if err := keypair.RoundTrip(a.Public, b.Private, rand.Reader); !errors.Is(err, keypair.ErrRoundTrip) {
		t.Errorf("another's private key: %v", err)
	}
	if err := keypair.RoundTrip(a.Public, secret.New(10), rand.Reader); !errors.Is(err, keypair.ErrRoundTrip) {
		t.Errorf("no private key: %v", err)
	}
	if err := keypair.RoundTrip(a.Public, a.Private, strings.NewReader("")); !errors.Is(err, keypair.ErrRoundTrip) {
		t.Errorf("no randomness: %v", err)
	}
	if err := keypair.RoundTrip(a.Public, a.Private, io.LimitReader(rand.Reader, 32)); !errors.Is(err, keypair.ErrRoundTrip) {
		t.Errorf("randomness for the message alone: %v", err)
	}
	if err := keypair.RoundTrip(a.Public, a.Private, &late{}); !errors.Is(err, keypair.ErrRoundTrip) {
		t.Errorf("randomness too late for the message: %v", err)
	}
	for _, n := range []int{0, 10, 60} {
		if err := keypair.RoundTrip(a.Public[:n], a.Private, rand.Reader); !errors.Is(err, keypair.ErrRoundTrip) {
			t.Errorf("%d bytes of a public key: %v", n, err)
		}
	}
}

// late has randomness from the second time on.
type late struct{ asked bool }

func (l *late) Read(p []byte) (int, error) {
	if !l.asked {
		l.asked = true
		return 0, io.ErrNoProgress
	}
	return rand.Read(p)
}

func TestCheckRefusesEveryAlteredByte(t *testing.T) {
	pair, id := generate(t, true)
	for i := range pair.Public {
		for bit := range 8 {
			b := bytes.Clone(pair.Public)
			b[i] ^= 1 << bit
			if _, err := keypair.Check(profile, b, id, created, true); err == nil {
				t.Errorf("bit %d of byte %d altered: accepted", bit, i)
			}
		}
		if _, err := keypair.Check(profile, pair.Public[:i], id, created, true); err == nil {
			t.Errorf("cut to %d bytes: accepted", i)
		}
	}
	if _, err := keypair.Check(profile, append(pair.Public, pair.Public...), id, created, true); !errors.Is(err, keypair.ErrPackets) {
		t.Errorf("two keys: %v", err)
	}
}

func TestCheckPrivateRefusesEveryAlteredByte(t *testing.T) {
	pair, _ := generate(t, true)
	other, _ := generate(t, true)
	for i := range pair.Private.Len() {
		b := bytes.Clone(pair.Private.Expose())
		b[i] ^= 1
		if err := keypair.CheckPrivate(profile, secret.From(b), pair.Public); !errors.Is(err, keypair.ErrPrivate) {
			t.Errorf("byte %d altered: accepted", i)
		}
	}
	longer := secret.From(append(bytes.Clone(pair.Private.Expose()), 0))
	if err := keypair.CheckPrivate(profile, longer, pair.Public); !errors.Is(err, keypair.ErrPrivate) {
		t.Errorf("a byte more: %v", err)
	}
	if err := keypair.CheckPrivate(profile, pair.Private, append(bytes.Clone(pair.Public), 0)); !errors.Is(err, keypair.ErrPrivate) {
		t.Errorf("a byte more in the public key: %v", err)
	}
	if err := keypair.CheckPrivate(profile, other.Private, pair.Public); !errors.Is(err, keypair.ErrPrivate) {
		t.Errorf("another's private key: %v", err)
	}
	if err := keypair.CheckPrivate(profile, nil, pair.Public); !errors.Is(err, keypair.ErrPrivate) {
		t.Errorf("no private key: %v", err)
	}
}

// A stored secret key whose public parameters were replaced, in both forms alike.
func TestTamperedParameters(t *testing.T) {
	pair, _ := generate(t, true)
	other, _ := generate(t, true)
	for at, from := range map[string][]byte{"primary": other.Public[21:53], "subkey": subkeyPoint(other.Public)} {
		old := pair.Public[21:53]
		if at == "subkey" {
			old = subkeyPoint(pair.Public)
		}
		public := bytes.Replace(pair.Public, old, from, 1)
		private := bytes.Replace(pair.Private.Expose(), old, from, 1)
		if bytes.Equal(public, pair.Public) || bytes.Equal(private, pair.Private.Expose()) {
			t.Fatal("nothing was replaced")
		}
		if err := keypair.CheckPrivate(profile, secret.From(private), public); !errors.Is(err, keypair.ErrPrivate) {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func subkeyPoint(public []byte) []byte {
	i := bytes.Index(public, []byte{0x97, 0x55, 1, 5, 1, 1, 7, 0x40})
	return public[i+8 : i+40]
}

// library makes a key with go-crypto alone, its settings altered by change.
func library(t *testing.T, change func(c *packet.Config)) []byte {
	salted := false
	c := &packet.Config{
		Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519, DefaultHash: crypto.SHA512,
		DefaultCipher: packet.CipherAES256, Time: func() time.Time { return created },
		NonDeterministicSignaturesViaNotation: &salted,
	}
	change(c)
	e, err := openpgp.NewEntity("bailiff batch "+batch+" key 000042", "", "", c)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := e.Serialize(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	id := keypair.UserID(batch, 42, false)
	mark := []*packet.Notation{{Name: "rehearsal@bailiff.invalid", Value: []byte("yes"), IsHumanReadable: true}}
	yes := true
	for _, c := range []struct {
		name   string
		change func(c *packet.Config)
		want   error
	}{
		{"nothing", func(*packet.Config) {}, nil},
		{"another time", func(c *packet.Config) { c.Time = func() time.Time { return created.Add(time.Second) } }, keypair.ErrCreated},
		{"an expiry", func(c *packet.Config) { c.KeyLifetimeSecs = 86400 }, keypair.ErrExpiry},
		{"a signature's expiry", func(c *packet.Config) { c.SigLifetimeSecs = 86400 }, keypair.ErrExpiry},
		{"the mark", func(c *packet.Config) { c.SignatureNotations = mark }, keypair.ErrMark},
		{"another curve", func(c *packet.Config) { c.Curve = packet.Curve448 }, keypair.ErrAlgorithm},
		{"ECDSA", func(c *packet.Config) { c.Algorithm, c.Curve = packet.PubKeyAlgoECDSA, packet.CurveNistP256 }, keypair.ErrAlgorithm},
		{"the new algorithm ids", func(c *packet.Config) { c.Algorithm = packet.PubKeyAlgoEd25519 }, keypair.ErrAlgorithm},
		{"AEAD", func(c *packet.Config) { c.AEADConfig = &packet.AEADConfig{} }, keypair.ErrEncoding},
		{"SHA-256", func(c *packet.Config) { c.DefaultHash = crypto.SHA256 }, keypair.ErrEncoding},
		{"a salt", func(c *packet.Config) { c.NonDeterministicSignaturesViaNotation = &yes }, keypair.ErrEncoding},
		{"AES-128 first", func(c *packet.Config) { c.DefaultCipher = packet.CipherAES128 }, keypair.ErrEncoding},
	} {
		if _, err := keypair.Check(profile, library(t, c.change), id, created, false); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	marked, markedID := generate(t, true)
	if _, err := keypair.Check(profile, marked.Public, id, created, false); !errors.Is(err, keypair.ErrMark) {
		t.Errorf("a rehearsal key as a real one: %v", err)
	}
	if _, err := keypair.Check(profile, marked.Public, keypair.UserID(batch, 43, true), created, true); !errors.Is(err, keypair.ErrUserID) {
		t.Errorf("another number: %v", err)
	}
	b := bytes.Clone(marked.Public)
	b[len(b)-1] ^= 1
	if _, err := keypair.Check(profile, b, markedID, created, true); !errors.Is(err, keypair.ErrSignature) {
		t.Errorf("an altered signature: %v", err)
	}
	if _, err := keypair.Check(profile, unhashed(t, marked.Public), markedID, created, true); !errors.Is(err, keypair.ErrEncoding) {
		t.Errorf("something in the unhashed area: %v", err)
	}
}

// unhashed adds the issuer's key id to the unhashed area of the last signature: it still verifies.
func unhashed(t *testing.T, public []byte) []byte {
	i := len(public) - 1
	for i--; public[i] != 0xc2 || i+2+int(public[i+1]) != len(public); i-- { // the last packet
	}
	body := public[i+2:]
	at := 6 + int(binary.BigEndian.Uint16(body[4:]))
	extra := append([]byte{0, 10, 9, 16}, make([]byte, 8)...)
	body = append(append(bytes.Clone(body[:at]), extra...), body[at+2:]...)
	return append(append(bytes.Clone(public[:i]), 0xc2, byte(len(body))), body...)
}

func FuzzCheck(f *testing.F) {
	pair, id := generate(f, true)
	f.Add(pair.Public)
	f.Add([]byte{0xc6, 51, 4})
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 64*len(b))()
		checkAsLibrary(t, profile, b, id)
	})
}

// checkAsLibrary: what Check accepts go-crypto reads, and writes as the same bytes.
func checkAsLibrary(t *testing.T, p keypair.Profile, b []byte, id string) {
	t.Helper()
	fingerprint, err := keypair.Check(p, b, id, created, true)
	if (fingerprint == "") == (err == nil) || err == nil && len(fingerprint) != p.FingerprintSize() {
		t.Fatal("neither a fingerprint nor an error, or both")
	}
	if err != nil {
		return
	}
	e, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(b)))
	if err != nil {
		t.Fatalf("accepted what go-crypto refuses: %v", err)
	}
	var again bytes.Buffer
	if err := e.Serialize(&again); err != nil || !bytes.Equal(again.Bytes(), b) {
		t.Fatalf("go-crypto writes it in another way: %v", err)
	}
}
