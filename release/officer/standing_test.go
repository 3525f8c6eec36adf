package officer_test

import (
	"bytes"
	"crypto"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/release/officer"
)

// founding is a day after all the files of testdata/officers were made.
var founding = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func vector(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "officers", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestAppoint: each file of testdata/officers is taken, or refused for a reason of its own.
func TestAppoint(t *testing.T) {
	never := time.Time{}
	for name, c := range map[string]struct {
		want   error
		object string // that the error names
		shown  string
		ends   time.Time
	}{
		"dsa2048.asc": {want: officer.ErrOfficerKind, object: "dsa2048 Officer <dsa2048@example.org>"},
		"rsa1024.asc": {want: officer.ErrOfficerShort, object: "rsa1024 Officer <rsa1024@example.org>"},
		"enconly.asc": {want: officer.ErrOfficerNotSigning, object: "enconly <enconly@example.org>"},
		"expired.asc": {want: officer.ErrOfficerExpired, object: "expired Officer <expired@example.org>"},
		"revoked.asc": {want: officer.ErrOfficerRevoked, object: "revoked <revoked@example.org>"},
		"twoyears.asc": {
			shown: "twoyears Officer <twoyears@example.org>", ends: time.Date(2028, 11, 29, 15, 26, 55, 0, time.UTC),
		},
		"unknownsub.pgp":   {shown: "Craft Officer <craft@example.org>", ends: never},
		"v5sub.pgp":        {shown: "Craft Officer <craft@example.org>", ends: never},
		"unknowncert.pgp":  {shown: "Craft Officer <craft@example.org>", ends: never},
		"v3cert.pgp":       {shown: "Craft Officer <craft@example.org>", ends: never},
		"v5cert.pgp":       {shown: "Craft Officer <craft@example.org>", ends: never},
		"latin1second.pgp": {shown: "Craft Officer <craft@example.org>", ends: never},
		"latin1.asc":       {want: officer.ErrUserIDEncoding, object: "Th\xe9r\xe8se Lef\xe8vre <latin1@example.org>"},
		"nfd.asc":          {want: officer.ErrUserIDParts, object: "The\u0301re\u0300se Lefe\u0300vre <nfd@example.org>"},
		"publiconly.asc":   {shown: "ed Officer <ed@example.org>", ends: never},
		"critnotation.pgp": {want: officer.ErrDemand},
		"cardstub.sec":     {want: officer.ErrSecretKey},
		"hwusage.sec":      {want: officer.ErrSecretKey},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := officer.Appoint(vector(t, name), founding)
			wantError(t, err, c.want)
			if c.want != nil {
				if objects := fault.Objects(err); o.Binary != nil || c.object != "" && (len(objects) == 0 || objects[0] != c.object) {
					t.Errorf("%v does not name %q, or an officer besides", err, c.object)
				}
				return
			}
			s := (&officer.Certificate{Fingerprint: o.Fingerprint, Binary: o.Binary}).Standing(founding)
			if err != nil || o.Name != c.shown || s.Name != c.shown || !s.Ends.Equal(c.ends) || s.Algorithm != "Ed25519" {
				t.Errorf("%+v, %v", s, err)
			}
		})
	}
	files, err := filepath.Glob("testdata/officers/*")
	if err != nil || len(files) != 18 {
		t.Errorf("%d files, %v: each of them has its line here", len(files), err)
	}
}

// What was left out stands in the roster no more, so that nobody else's program stumbles over it.
func TestReadCertificateLeavesOut(t *testing.T) {
	want, err := officer.ReadCertificate(vector(t, "v3cert.pgp"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"unknownsub.pgp", "v5sub.pgp", "unknowncert.pgp", "v5cert.pgp"} {
		o, err := officer.ReadCertificate(vector(t, name))
		if err != nil || len(o.Binary) != len(want.Binary) {
			t.Errorf("%s: %v, or more is kept than of another", name, err)
		}
	}
	e := newEntity(t, "Officer", keyConfig(born))
	plain := certificate(t, e)
	strange := append([]byte{0xce, 6}, 4, 0, 0, 0, 0, 99) // a subkey of an unknown kind, which nobody bound
	another := append([]byte{0xc6, 6}, 5, 0, 0, 0, 0, 99) // a primary key of version 5
	for name, data := range map[string][]byte{
		"a marker in front":                          append([]byte{0xca, 3, 'P', 'G', 'P'}, plain...),
		"padding":                                    append(bytes.Clone(plain), 0xd5, 2, 7, 7),
		"a packet of a type unknown":                 append(bytes.Clone(plain), 0xfc, 1, 1),
		"a subkey of an unknown kind":                append(bytes.Clone(plain), strange...),
		"a key of tomorrow behind":                   append(bytes.Clone(plain), another...),
		"a key of tomorrow behind, with what is its": append(append(bytes.Clone(plain), another...), append([]byte{0xcd, 1, 0xff}, strange...)...),
	} {
		o, err := officer.ReadCertificate(data)
		if err != nil || !bytes.Equal(o.Binary, plain) {
			t.Errorf("%s: %v, or another form", name, err)
		}
	}
	_, err = officer.ReadCertificate(append(bytes.Clone(plain), 0xc2, 1, 4)) // a signature nobody can read: whose is it?
	if err != nil {
		t.Errorf("a signature that nobody can read: %v", err)
	}
}

// An unreadable signature that names the owner may limit the key: it is damage, wherever it says so.
func TestOwnersUnreadableSignatureIsDamage(t *testing.T) {
	e := newEntity(t, "Officer", keyConfig(born))
	keyID := e.PrimaryKey.Fingerprint[12:]
	body := append([]byte{4, 0x13, 22, 99, 0, 0, 0, 10, 9, 16}, keyID...)
	data := append(certificate(t, e), append([]byte{0xc2, byte(len(body))}, body...)...)
	_, err := officer.ReadCertificate(data)
	wantError(t, err, officer.ErrCertificate)
	data[len(data)-1] ^= 1 // another's key id
	if _, err := officer.ReadCertificate(data); err != nil {
		t.Errorf("a stranger's: %v", err)
	}
}

// withUserIDs has further user IDs, the last of them revoked.
func withUserIDs(t *testing.T, names ...string) *openpgp.Entity {
	t.Helper()
	e := newEntity(t, "Officer", keyConfig(born))
	for i, name := range names {
		if err := e.AddUserId(name, "", "", keyConfig(born.Add(time.Duration(i+1)*time.Hour))); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func revokeUserID(t *testing.T, e *openpgp.Entity, name string) {
	t.Helper()
	id := e.Identities[name]
	why := packet.Unknown
	s := &packet.Signature{
		Version: 4, SigType: packet.SigTypeCertificationRevocation, PubKeyAlgo: e.PrimaryKey.PubKeyAlgo, Hash: crypto.SHA512,
		CreationTime: born.Add(48 * time.Hour), IssuerKeyId: &e.PrimaryKey.KeyId, RevocationReason: &why,
	}
	if err := s.SignUserId(name, e.PrimaryKey, e.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	id.Revocations = append(id.Revocations, packet.NewVerifiableSig(s))
}

// The name that people see is that of a valid user ID, never of a revoked one.
func TestStandingShowsTheValidUserID(t *testing.T) {
	e := withUserIDs(t, "Newer Name", "Newest Name")
	for _, name := range []string{"Newest Name", "Newer Name", "Officer"} {
		revokeUserID(t, e, name)
		s := read(t, e).Standing(now)
		want := map[string]string{"Newest Name": "Officer", "Newer Name": "Officer"}[name]
		if s.Name != want {
			t.Errorf("after %q was revoked %q is shown, not %q", name, s.Name, want)
		}
		if (s.Err == nil) != (want != "") {
			t.Errorf("after %q was revoked: %v", name, s.Err)
		}
	}
	_, err := officer.Appoint(certificate(t, e), now)
	wantError(t, err, officer.ErrOfficerNoUserID)
}

// TestStandingIsWhatVerifyDoes: an officer is said to sign until a second at which a signature still counts, and no longer.
func TestStandingIsWhatVerifyDoes(t *testing.T) {
	year := 365 * 24 * time.Hour
	for name, e := range map[string]*openpgp.Entity{
		"a primary key that ends":      newEntity(t, "Officer", lifetime(born, 2*year)),
		"a subkey that ends":           withSubkey(t, lifetime(born, 2*year)),
		"a primary key ends all of it": limited(t, 2*year),
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, e)
			s := read(t, e).Standing(now)
			if s.Err != nil {
				t.Fatal(s.Err)
			}
			if s.Ends.IsZero() {
				if name != "a subkey that ends" { // its primary key signs on
					t.Fatal("for ever")
				}
				return
			}
			o := example(t, b.roster.Digest(), s.Ends.Add(-time.Hour))
			b.text = format(t, o)
			sigs := append(plain(e.PrivateKey, b.text, s.Ends).packet(t), plain(b.officers[1].PrivateKey, b.text, s.Ends).packet(t)...)
			_, err := b.roster.Verify(b.text, sigs, s.Ends)
			wantError(t, err, nil)
			_, err = b.roster.Verify(b.text, sigs, s.Ends.Add(time.Second))
			wantError(t, err, officer.ErrKeyExpired)
		})
	}
}

// limited has a subkey without an end under a primary key with one.
func limited(t *testing.T, d time.Duration) *openpgp.Entity {
	e := newEntity(t, "Officer", lifetime(born, d))
	if err := e.AddSigningSubkey(keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEnough(t *testing.T) {
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	at := func(ends ...time.Time) (out []officer.Standing) {
		for _, e := range ends {
			out = append(out, officer.Standing{Ends: e})
		}
		return out
	}
	never := time.Time{}
	for name, c := range map[string]struct {
		officers []officer.Standing
		want     time.Time
	}{
		"nobody ends":                 {at(never, never, never), never},
		"one ends, two do not":        {at(day(1), never, never), never},
		"two end":                     {at(day(9), day(5), never), day(9)},
		"all end":                     {at(day(9), day(5), day(7)), day(7)},
		"one can sign, two must":      {append(at(never), officer.Standing{Err: officer.ErrRevoked}), now},
		"one ended, two must and can": {append(at(day(3), never), officer.Standing{Err: officer.ErrKeyExpired}), day(3)},
	} {
		if got := officer.Enough(c.officers, 2, now); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The officer who gives the certificate, or the stub of a card, for the secret key is told so, before any passphrase.
func TestSecretKeyThatIsNone(t *testing.T) {
	for name, want := range map[string]error{
		"publiconly.asc": officer.ErrPublicKey, "v3cert.pgp": officer.ErrPublicKey,
		"cardstub.sec": officer.ErrOnCard, "hwusage.sec": officer.ErrOnCard,
	} {
		data := vector(t, name)
		_, err := officer.Fingerprints(secret.From(bytes.Clone(data)))
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		_, err = officer.OpenSecretKey(secret.From(data), nil)
		if !errors.Is(err, want) {
			t.Errorf("%s, opened: %v, want %v", name, err, want)
		}
	}
}

// An officer whose key cannot sign is told why by the rules that would refuse the signature.
func TestSignTellsWhy(t *testing.T) {
	ended := newEntity(t, "Officer", lifetime(born, 24*time.Hour))
	b := newBench(t, ended)
	_, err := officer.Sign(b.text, secretKey(t, ended), now)
	wantError(t, err, officer.ErrKeyExpired)
	revoked := newEntity(t, "Officer", keyConfig(born))
	if err := revoked.Revoke(packet.KeyRetired, "", keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	_, err = officer.Sign(b.text, secretKey(t, revoked), now)
	wantError(t, err, officer.ErrRevoked)
}
