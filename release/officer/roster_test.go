package officer_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/release/officer"
)

// policyOf is a policy with these officers.
func policyOf(fingerprints []string, threshold int) *policy.Policy {
	p := &policy.Policy{OfficersThreshold: threshold}
	for _, f := range fingerprints {
		p.Officers = append(p.Officers, policy.Officer{Fingerprint: f})
	}
	return p
}

func TestParseRosterRefuses(t *testing.T) {
	b := newBench(t)
	var prints []string
	for _, o := range b.roster.Officers {
		prints = append(prints, o.Fingerprint)
	}
	again, err := officer.ParseRoster(b.roster.Bytes(), policyOf(prints, 2))
	if err != nil || again.Digest() != b.roster.Digest() {
		t.Fatal(err)
	}
	c := func(i int) []byte { return b.roster.Officers[i].Binary }
	extra := certificate(t, newEntity(t, "Smuggled", keyConfig(born)))
	twice := []string{prints[0], prints[0], prints[1]}
	tests := []struct {
		name      string
		data      []byte
		prints    []string
		threshold int
		want      error
	}{
		{"30 an extra certificate", append(b.roster.Bytes(), extra...), prints, 2, officer.ErrOfficers},
		{"30 another certificate", slices.Concat(c(0), c(1), extra), prints, 2, officer.ErrOfficers},
		{"one missing", slices.Concat(c(0), c(1)), prints, 2, officer.ErrOfficers},
		{"another order", slices.Concat(c(1), c(0), c(2)), []string{prints[1], prints[0], prints[2]}, 2, officer.ErrOfficers},
		{"37 one officer twice", slices.Concat(c(0), c(0), c(1)), twice, 2, officer.ErrSharedKey},
		{"36 threshold of one", b.roster.Bytes(), prints, 1, officer.ErrThreshold},
		{"36 threshold of none", b.roster.Bytes(), prints, 0, officer.ErrThreshold},
		{"threshold above", b.roster.Bytes(), prints, 4, officer.ErrThreshold},
		{"15 short key id", b.roster.Bytes(), []string{prints[0][32:], prints[1], prints[2]}, 2, keyvalue.ErrValue},
		{"other headers", otherHeaders(t, b.roster.Bytes()), prints, 2, officer.ErrNotCanonical},
		{"junk in front", append([]byte{0xca, 3, 'P', 'G', 'P'}, b.roster.Bytes()...), prints, 2, officer.ErrCertificate},
		{"a packet readers skip", append(b.roster.Bytes(), 0xcc, 0), prints, 2, officer.ErrNotCanonical},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := officer.ParseRoster(tt.data, policyOf(tt.prints, tt.threshold))
			wantError(t, err, tt.want)
		})
	}
}

// 37: two officers must not share a key, even if each bound it as a subkey in due form.
func TestRosterRefusesASharedSubkey(t *testing.T) {
	a, b := withSubkey(t, keyConfig(born)), newEntity(t, "Officer", keyConfig(born))
	shared := a.Subkeys[0]
	sig := *shared.Bindings[0].Packet
	if err := sig.EmbeddedSignature.CrossSignKey(shared.PublicKey, b.PrimaryKey, shared.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	if err := sig.SignKey(shared.PublicKey, b.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	mine := certificate(t, withSubkey(t, keyConfig(born)))
	b.Subkeys = []openpgp.Subkey{{Primary: b, PublicKey: shared.PublicKey, Bindings: []*packet.VerifiableSignature{packet.NewVerifiableSig(&sig)}}}
	theirs := read(t, b)
	ownOfA, err := officer.ReadCertificate(mine)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := officer.NewRoster([]*officer.Certificate{ownOfA, theirs}, 2); err != nil {
		t.Fatal(err)
	}
	back := *shared.Bindings[0].Packet.EmbeddedSignature
	if err := back.CrossSignKey(shared.PublicKey, a.PrimaryKey, shared.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	shared.Bindings[0].Packet.EmbeddedSignature = &back
	if err := shared.Bindings[0].Packet.SignKey(shared.PublicKey, a.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	_, err = officer.NewRoster([]*officer.Certificate{read(t, a), theirs}, 2)
	wantError(t, err, officer.ErrSharedKey)
}

// FuzzReadRoster: a roster has one encoding.
func FuzzReadRoster(f *testing.F) {
	b := newBench(f, newEntity(f, "A", seeded(1)), newEntity(f, "B", seeded(2)), newEntity(f, "C", seeded(3)))
	f.Add(b.roster.Bytes())
	f.Add(b.roster.Officers[0].Binary)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 1024*len(data))()
		r, err := officer.ReadRoster(data, 2)
		if (r == nil) == (err == nil) {
			t.Fatal("neither a roster nor an error, or both")
		}
		if err == nil && !bytes.Equal(r.Bytes(), data) {
			t.Fatal("another encoding was accepted")
		}
	})
}
