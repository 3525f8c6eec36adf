package keypair_test

import (
	"bytes"
	"crypto"
	"errors"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/keypair"
)

// with returns a key in which packet at is that of number from of another one, under the tag that it had, or another if that is not 0.
func with(key []byte, at int, other []byte, from int, tag byte) []byte {
	place, source := packets(key)[at], packets(other)[from]
	taken := bytes.Clone(other[source.head:source.to])
	if tag != 0 {
		taken[0] = tag
	}
	return bytes.Join([][]byte{key[:place.head], taken, key[place.to:]}, nil)
}

// TestEachPartIsNamed: one packet of a key is another's. What is wrong in it is said, wherever it is; how it is signed comes last.
func TestEachPartIsNamed(t *testing.T) {
	const primary, userID, cert, subkey, binding = 0, 1, 2, 3, 4
	id := keypair.UserID(batch, 42, false)
	plain := library(t, func(*packet.Config) {})
	own := library(t, func(*packet.Config) {})
	later := library(t, func(c *packet.Config) { c.Time = func() time.Time { return created.Add(time.Second) } })
	marked := library(t, func(c *packet.Config) {
		c.SignatureNotations = []*packet.Notation{{Name: keypair.RehearsalNotation, Value: []byte("yes"), IsHumanReadable: true}}
	})
	expiring := library(t, func(c *packet.Config) { c.SigLifetimeSecs = 86400 })
	longer := library(t, func(c *packet.Config) { c.Curve = packet.Curve448 })
	for what, tt := range map[string]struct {
		public []byte
		want   error
	}{
		"nothing":                         {own, nil},
		"a primary key of another time":   {with(own, primary, later, primary, 0), keypair.ErrCreated},
		"a certification of another time": {with(own, cert, later, cert, 0), keypair.ErrCreated},
		"a subkey of another time":        {with(own, subkey, later, subkey, 0), keypair.ErrCreated},
		"a binding of another time":       {with(own, binding, later, binding, 0), keypair.ErrCreated},
		"a marked certification":          {with(own, cert, marked, cert, 0), keypair.ErrMark},
		"a marked binding":                {with(own, binding, marked, binding, 0), keypair.ErrMark},
		"a certification that expires":    {with(own, cert, expiring, cert, 0), keypair.ErrExpiry},
		"a binding that expires":          {with(own, binding, expiring, binding, 0), keypair.ErrExpiry},
		"a primary key of another curve":  {with(own, primary, longer, primary, 0), keypair.ErrAlgorithm},
		"a subkey of another curve":       {with(own, subkey, longer, subkey, 0), keypair.ErrAlgorithm},
		"a subkey that signs":             {with(own, subkey, plain, primary, 0xce), keypair.ErrAlgorithm},
		"a primary key that encrypts":     {with(own, primary, plain, subkey, 0xc6), keypair.ErrAlgorithm},
		"a certification for encryption":  {with(own, cert, own, binding, 0), keypair.ErrUsage},
		"a binding for signatures":        {with(own, binding, own, cert, 0), keypair.ErrUsage},
		"another's certification":         {with(own, cert, plain, cert, 0), keypair.ErrSignature},
		"another's binding":               {with(own, binding, plain, binding, 0), keypair.ErrSignature},
		"another's subkey":                {with(own, subkey, plain, subkey, 0), keypair.ErrSignature},
		"another's primary key":           {with(own, primary, plain, primary, 0), keypair.ErrSignature},
		"a primary key as a subkey":       {with(own, primary, own, primary, 0xce), keypair.ErrPackets},
		"a subkey as a primary key":       {with(own, subkey, own, subkey, 0xc6), keypair.ErrPackets},
		"a user ID for a certification":   {with(own, cert, own, userID, 0), keypair.ErrPackets},
		"a certification for a user ID":   {with(own, userID, own, cert, 0), keypair.ErrPackets},
		"a user ID for a subkey":          {with(own, subkey, own, userID, 0), keypair.ErrPackets},
		"a user ID for a primary key":     {with(own, primary, own, userID, 0), keypair.ErrPackets},
		"a user ID for a binding":         {with(own, binding, own, userID, 0), keypair.ErrPackets},
		"a packet more":                   {append(bytes.Clone(own), 0xcd, 1, 'x'), keypair.ErrPackets},
		"a packet that is none":           {append(bytes.Clone(own), 0xcd), keypair.ErrPackets},
	} {
		if _, err := keypair.Check(profile, tt.public, id, created, false); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", what, err, tt.want)
		}
	}
}

// sixth makes a key of the profile V6Curve25519 with go-crypto alone, its settings altered by change.
func sixth(t *testing.T, change func(c *packet.Config)) []byte {
	return library(t, func(c *packet.Config) {
		c.Algorithm, c.DefaultHash, c.V6Keys = packet.PubKeyAlgoEd25519, crypto.SHA512, true
		c.AEADConfig = &packet.AEADConfig{DefaultMode: packet.AEADModeGCM}
		change(c)
	})
}

// TestEachPartOfVersion6IsNamed is the same for a profile of version 6, whose preferences stand in a signature of their own.
func TestEachPartOfVersion6IsNamed(t *testing.T) {
	const primary, direct, userID, cert, subkey, binding = 0, 1, 2, 3, 4, 5
	id := keypair.UserID(batch, 42, false)
	plain, own := sixth(t, func(*packet.Config) {}), sixth(t, func(*packet.Config) {})
	later := sixth(t, func(c *packet.Config) { c.Time = func() time.Time { return created.Add(time.Second) } })
	marked := sixth(t, func(c *packet.Config) {
		c.SignatureNotations = []*packet.Notation{{Name: keypair.RehearsalNotation, Value: []byte("yes"), IsHumanReadable: true}}
	})
	expiring := sixth(t, func(c *packet.Config) { c.SigLifetimeSecs = 86400 })
	former := library(t, func(c *packet.Config) { c.Algorithm = packet.PubKeyAlgoEd25519 })
	quantum, _ := rehearsed(t, keypair.V6PostQuantum)
	parts := map[int]string{direct: "direct signature", cert: "certification", binding: "binding"}
	check := func(what string, public []byte, want error) {
		t.Helper()
		for _, f := range []func(keypair.Profile, []byte, string, time.Time, bool) (string, error){keypair.Check, keypair.CheckForm} {
			if _, err := f(keypair.V6Curve25519, public, id, created, false); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", what, err, want)
			}
		}
	}
	check("nothing", own, nil)
	for at, what := range parts {
		check("another time, "+what, with(own, at, later, at, 0), keypair.ErrCreated)
		check("a mark, "+what, with(own, at, marked, at, 0), keypair.ErrMark)
		check("an end, "+what, with(own, at, expiring, at, 0), keypair.ErrExpiry)
		check("another's, "+what, with(own, at, plain, at, 0), keypair.ErrSignature)
	}
	for at, what := range map[int]string{primary: "primary key", subkey: "subkey"} {
		check("another time, "+what, with(own, at, later, at, 0), keypair.ErrCreated)
		check("version 4, "+what, with(own, at, former, at-at/subkey, 0), keypair.ErrAlgorithm)
		check("against a quantum computer, "+what, with(own, at, quantum.Public, at, 0), keypair.ErrAlgorithm)
	}
	check("a direct signature for encryption", with(own, direct, own, binding, 0), keypair.ErrUsage)
	check("a binding for signatures", with(own, binding, own, direct, 0), keypair.ErrUsage)
	for at := range 6 {
		other := userID
		if at == userID {
			other = cert
		}
		check("a packet of another kind", with(own, at, own, other, 0), keypair.ErrPackets)
	}
	check("a packet more", append(bytes.Clone(own), 0xcd, 1, 'x'), keypair.ErrPackets)
	check("a packet that is none", append(bytes.Clone(own), 0xcd), keypair.ErrPackets)
}

// TestSizesOfRSA: neither key may have another number of bits than the profile's.
func TestSizesOfRSA(t *testing.T) {
	own, id := rehearsed(t, keypair.RSA3072)
	other, _ := rehearsed(t, keypair.RSA4096)
	for _, at := range []int{0, 3} {
		if _, err := keypair.Check(keypair.RSA3072, with(own.Public, at, other.Public, at, 0), id, created, true); !errors.Is(err, keypair.ErrAlgorithm) {
			t.Errorf("packet %d of 4096 bits: %v", at, err)
		}
	}
}

// TestOtherVersions: a key packet with the former algorithms of version 5, which no standard has, or 6 is not read at all.
func TestOtherVersions(t *testing.T) {
	own := library(t, func(*packet.Config) {})
	for _, at := range []int{0, 3} {
		for version := range byte(8) {
			if version == 4 {
				continue
			}
			place := packets(own)[at]
			body := bytes.Clone(own[place.from:place.to])
			n := len(body) - 6
			body = bytes.Join([][]byte{{version}, body[1:6], {0, 0, 0, byte(n)}, body[6:]}, nil)
			public := bytes.Join([][]byte{own[:place.head], {own[place.head], byte(len(body))}, body, own[place.to:]}, nil)
			if _, err := keypair.Check(profile, public, keypair.UserID(batch, 42, false), created, false); !errors.Is(err, keypair.ErrPackets) {
				t.Errorf("packet %d of version %d: %v", at, version, err)
			}
		}
	}
}
