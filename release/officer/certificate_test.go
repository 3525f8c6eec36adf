package officer_test

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"slices"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/encoding"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/release/officer"
)

// withSubkey gives an officer a subkey for signing, bound at that time.
func withSubkey(t testing.TB, config *packet.Config) *openpgp.Entity {
	t.Helper()
	e := newEntity(t, "Officer", keyConfig(born))
	if err := e.AddSigningSubkey(config); err != nil {
		t.Fatal(err)
	}
	return e
}

// widened is ASCII as UTF-16 behind its mark.
func widened(ascii []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, c := range ascii {
		out = append(out, c, 0)
	}
	return out
}

func lifetime(at time.Time, d time.Duration) *packet.Config {
	c := keyConfig(at)
	c.KeyLifetimeSecs = uint32(d / time.Second)
	return c
}

func TestKeyMustBeValidWhenSignedAndNow(t *testing.T) {
	revoked := func(at time.Time, reason packet.ReasonForRevocation) *openpgp.Entity {
		e := newEntity(t, "Officer", keyConfig(born))
		if err := e.Revoke(reason, "", keyConfig(at)); err != nil {
			t.Fatal(err)
		}
		return e
	}
	revokedSubkey := withSubkey(t, keyConfig(born))
	if err := revokedSubkey.Subkeys[0].Revoke(packet.KeySuperseded, "", keyConfig(now.Add(-time.Minute))); err != nil {
		t.Fatal(err)
	}
	resigned := newEntity(t, "Officer", keyConfig(born))
	for _, id := range resigned.Identities {
		id.SelfCertifications[0].Packet.CreationTime = now.Add(-time.Minute)
		if err := id.SelfCertifications[0].Packet.SignUserId(id.Name, resigned.PrimaryKey, resigned.PrivateKey, keyConfig(now)); err != nil {
			t.Fatal(err)
		}
	}
	at := now.Add(-time.Hour)
	day := 24 * time.Hour
	tests := []struct {
		name   string
		entity *openpgp.Entity
		subkey bool // signs
		want   error
	}{
		{"23 revoked before signing", revoked(now.Add(-2*time.Hour), packet.KeySuperseded), false, officer.ErrRevoked},
		{"23 revoked after signing", revoked(now.Add(-time.Minute), packet.KeyRetired), false, officer.ErrRevoked},
		{"23 revoked as compromised", revoked(now.Add(-time.Minute), packet.KeyCompromised), false, officer.ErrRevoked},
		{"23 expired before signing", newEntity(t, "Officer", lifetime(born, day)), false, officer.ErrKeyExpired},
		{"23 expired after signing", newEntity(t, "Officer", lifetime(born, now.Add(-time.Minute).Sub(born))), false, officer.ErrKeyExpired},
		{"not valid yet when signing", resigned, false, officer.ErrNotValid},
		{"subkey good", withSubkey(t, keyConfig(born)), true, nil},
		{"23 subkey revoked after signing", revokedSubkey, true, officer.ErrRevoked},
		{"23 subkey expired before signing", withSubkey(t, lifetime(born, day)), true, officer.ErrKeyExpired},
		{"23 subkey expired after signing", withSubkey(t, lifetime(born, now.Add(-time.Minute).Sub(born))), true, officer.ErrKeyExpired},
		{"24 before the subkey", withSubkey(t, keyConfig(now.Add(-time.Minute))), true, officer.ErrBeforeKey},
		{"27 subkey without flag", flagless(t), true, officer.ErrNotSigning},
		{"primary without flag", flaglessPrimary(t), false, officer.ErrNotSigning},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, tt.entity)
			key := tt.entity.PrivateKey
			if tt.subkey {
				key = tt.entity.Subkeys[0].PrivateKey
			}
			sigs := append(plain(key, b.text, at).packet(t), b.sign(t, 1)...)
			v, err := b.roster.Verify(b.text, sigs, now)
			wantError(t, err, tt.want)
			if tt.want == nil && v.Signers[0] != fingerprintOf(tt.entity) {
				t.Errorf("signers %q do not name the primary key", v.Signers)
			}
		})
	}
}

// flagless has a subkey that is bound for authentication and not for signing.
func flagless(t testing.TB) *openpgp.Entity {
	t.Helper()
	e := withSubkey(t, keyConfig(born))
	s := &e.Subkeys[0]
	sig := s.Bindings[0].Packet
	sig.FlagSign, sig.FlagAuthenticate, sig.EmbeddedSignature = false, true, nil
	if err := sig.SignKey(s.PublicKey, e.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	return e
}

func flaglessPrimary(t testing.TB) *openpgp.Entity {
	t.Helper()
	e := newEntity(t, "Officer", keyConfig(born))
	for _, id := range e.Identities {
		sig := id.SelfCertifications[0].Packet
		sig.FlagSign = false
		if err := sig.SignUserId(id.Name, e.PrimaryKey, e.PrivateKey, keyConfig(born)); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func TestPrimaryAndSubkeyAreOneOfficer(t *testing.T) {
	e := withSubkey(t, keyConfig(born)) // 18
	b := newBench(t, e)
	at := now.Add(-time.Hour)
	sigs := slices.Concat(plain(e.PrivateKey, b.text, at).packet(t), plain(e.Subkeys[0].PrivateKey, b.text, at).packet(t))
	_, err := b.roster.Verify(b.text, sigs, now)
	wantError(t, err, officer.ErrTwice)
}

func TestReadCertificateRefuses(t *testing.T) {
	e, other := withSubkey(t, keyConfig(born)), newEntity(t, "Other", keyConfig(born))
	good := certificate(t, e)
	var private bytes.Buffer
	if err := e.SerializePrivateWithoutSigning(&private, nil); err != nil {
		t.Fatal(err)
	}
	noBack := withSubkey(t, keyConfig(born))
	binding := noBack.Subkeys[0].Bindings[0].Packet
	binding.EmbeddedSignature = nil
	if err := binding.SignKey(noBack.Subkeys[0].PublicKey, noBack.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	stolen := withSubkey(t, keyConfig(born)) // binds another's subkey with that one's back-signature
	stolen.Subkeys[0].PublicKey = e.Subkeys[0].PublicKey
	binding = stolen.Subkeys[0].Bindings[0].Packet
	binding.EmbeddedSignature = e.Subkeys[0].Bindings[0].Packet.EmbeddedSignature
	if err := binding.SignKey(e.Subkeys[0].PublicKey, stolen.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	sha1 := newEntity(t, "Officer", keyConfig(born))
	for _, id := range sha1.Identities {
		sig := id.SelfCertifications[0].Packet
		sig.Hash = crypto.SHA1
		if err := sig.SignUserId(id.Name, sha1.PrimaryKey, sha1.PrivateKey, keyConfig(born)); err != nil {
			t.Fatal(err)
		}
	}
	flipped := bytes.Clone(good)
	flipped[len(flipped)-5] ^= 1
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"secret key", private.Bytes(), officer.ErrSecretKey},
		{"armored secret key", armored(t, "PGP PRIVATE KEY BLOCK", private.Bytes()), officer.ErrSecretKey},
		{"secret key in the wrong armor", armored(t, "PGP PUBLIC KEY BLOCK", private.Bytes()), officer.ErrSecretKey},
		{"30 two certificates", slices.Concat(good, certificate(t, other)), officer.ErrSeveral},
		{"two armors", slices.Concat(armored(t, "PGP PUBLIC KEY BLOCK", good), armored(t, "PGP PUBLIC KEY BLOCK", good)), officer.ErrArmor},
		{"text before the armor", append([]byte("hello\n"), armored(t, "PGP PUBLIC KEY BLOCK", good)...), officer.ErrArmor},
		{"text after the armor", append(armored(t, "PGP PUBLIC KEY BLOCK", good), "\nhello"...), officer.ErrArmor},
		{"quoted in a mail", append([]byte("> "), armored(t, "PGP PUBLIC KEY BLOCK", good)...), officer.ErrArmor},
		{"UTF-16", widened(armored(t, "PGP PUBLIC KEY BLOCK", good)), encoding.ErrUTF16},
		{"base64", []byte(base64.StdEncoding.EncodeToString(good)), encoding.ErrBase64},
		{"junk after", append(bytes.Clone(good), 0), officer.ErrPacket},
		{"a signature flipped", flipped, officer.ErrCertificate},
		{"cut short", good[:len(good)-1], officer.ErrPacket},
		{"an armored signature", armored(t, "PGP SIGNATURE", []byte{0xc2, 1, 4}), officer.ErrNoCertificate},
		{"empty", nil, officer.ErrNoCertificate},
		{"too large", make([]byte, 1<<20), officer.ErrCertificateSize},
		{"27 subkey without back-signature", certificate(t, noBack), officer.ErrBackSignature},
		{"27 another's subkey", certificate(t, stolen), officer.ErrBackSignature},
		{"SHA-1 alone", certificate(t, sha1), officer.ErrWeakCertificate},
		{"10 escapes in the user ID", certificate(t, newEntity(t, "X\x1b[2J", keyConfig(born))), officer.ErrUserID},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := officer.ReadCertificate(tt.data)
			wantError(t, err, tt.want)
			if o != nil {
				t.Error("an officer besides the error")
			}
		})
	}
}

func armored(t testing.TB, kind string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := armor.Encode(&b, kind, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadCertificateHasOneForm(t *testing.T) {
	e, friend := withSubkey(t, keyConfig(born)), newEntity(t, "Friend", keyConfig(born))
	binary := certificate(t, e)
	want, err := officer.ReadCertificate(binary)
	if err != nil || !bytes.Equal(want.Binary, binary) {
		t.Fatalf("%v, or the library's own form is not ours", err)
	}
	if err := e.SignIdentity("Officer", friend, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"armored":                        armored(t, "PGP PUBLIC KEY BLOCK", binary),
		"with a friend's certification":  certificate(t, e),
		"with a trust packet":            append(bytes.Clone(binary), 0xcc, 2, 0, 0),
		"with a photograph":              append(bytes.Clone(binary), 0xd1, 2, 1, 1),
		"canonical":                      want.Binary,
		"with other headers, as old PGP": otherHeaders(t, binary),
	} {
		o, err := officer.ReadCertificate(data)
		if err != nil || !bytes.Equal(o.Binary, binary) || o.Fingerprint != want.Fingerprint {
			t.Errorf("%s: %v, or another form", name, err)
		}
	}
}

// otherHeaders gives all packets legacy headers with four-byte lengths.
func otherHeaders(t testing.TB, data []byte) (out []byte) {
	t.Helper()
	for len(data) > 0 {
		tag, n, header := data[0]&63, int(data[1]), 2
		if n >= 192 {
			n, header = (n-192)<<8+int(data[2])+192, 3
		}
		out = append(out, 0x82|tag<<2, 0, 0, byte(n>>8), byte(n))
		out = append(out, data[header:header+n]...)
		data = data[header+n:]
	}
	return out
}

// FuzzReadCertificate: whatever is taken has one canonical form, which is taken again as it is.
func FuzzReadCertificate(f *testing.F) {
	f.Add(certificate(f, newEntity(f, "A", seeded(1))))
	f.Add([]byte("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"))
	for _, name := range []string{"unknownsub.pgp", "v5sub.pgp", "v3cert.pgp", "v5cert.pgp", "latin1second.pgp", "critnotation.pgp", "twoyears.asc", "revoked.asc"} {
		f.Add(vector(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 1024*len(data))()
		o, err := officer.ReadCertificate(data)
		if (o == nil) == (err == nil) {
			t.Fatal("neither an officer nor an error, or both")
		}
		if err != nil {
			return
		}
		again, err := officer.ReadCertificate(o.Binary)
		if err != nil || !bytes.Equal(again.Binary, o.Binary) || again.Fingerprint != o.Fingerprint {
			t.Fatalf("its canonical form came back as another: %v", err)
		}
	})
}
