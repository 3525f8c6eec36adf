package attestation

import (
	"crypto/x509"
	"embed"
	"encoding/pem"
	"slices"

	"bailiff/custody/fault"
)

//go:embed roots/*.pem
var pinned embed.FS

// testRoot is the file of the root whose private key is published in custody/testkit/virtual.
const testRoot = "bailiff-test-piv-root.pem"

// Roots are the certificates that may have signed the one of a device's slot f9, each with its
// way up to a root.
type Roots struct{ issuers []issuer }

// issuer is a certificate that is trusted, and those above it, the root last.
type issuer struct {
	way  []*x509.Certificate // of at least one, itself first
	test bool
}

func (i issuer) root() *x509.Certificate { return i.way[len(i.way)-1] }

// Yubico returns the roots that production accepts: Yubico's for PIV, old and new.
func Yubico() *Roots { return yubico(false) }

// Rehearsal returns Yubico's roots and the test root of the software card.
func Rehearsal() *Roots { return yubico(true) }

// NewRoots makes roots of certificates that have signed themselves and of intermediates, each of which
// must lead to one of them ([ErrRoot]); only those that no other was signed by may have signed the
// certificate of a device. The test root is known as such wherever it comes from. The programs use
// [Yubico] and [Rehearsal]; this is for tests of what production demands.
func NewRoots(certificates ...*x509.Certificate) (*Roots, error) {
	r := &Roots{}
	parents := map[*x509.Certificate]bool{}
	ways := make([][]*x509.Certificate, len(certificates))
	for i, c := range certificates {
		way := []*x509.Certificate{c}
		for !signs(c, c) {
			up := slices.IndexFunc(certificates, func(p *x509.Certificate) bool { return signs(p, c) })
			if up < 0 || len(way) > maxWay {
				return nil, fault.At(certificates[i].Subject.CommonName, ErrRoot)
			}
			c = certificates[up]
			parents[c] = true
			way = append(way, c)
		}
		ways[i] = way
	}
	published := embedded(testRoot)
	for _, way := range ways {
		if !parents[way[0]] {
			r.issuers = append(r.issuers, issuer{way, published.Equal(way[len(way)-1])})
		}
	}
	return r, nil
}

// maxWay is more certificates than there are from a device to a root.
const maxWay = 8

// signs reports whether parent is a certificate authority that signed c.
func signs(parent, c *x509.Certificate) bool {
	return parent.IsCA && checkSigned(parent, c) == nil
}

// yubico reads the embedded certificates. They are part of the program: one that does not lead to
// its root ends it.
func yubico(rehearsal bool) *Roots {
	entries, err := pinned.ReadDir("roots")
	if err != nil {
		panic("attestation: " + err.Error())
	}
	var all []*x509.Certificate
	for _, e := range entries {
		if rehearsal || e.Name() != testRoot {
			all = append(all, embedded(e.Name()))
		}
	}
	r, err := NewRoots(all...)
	if err != nil {
		panic("attestation: embedded certificates: " + err.Error())
	}
	return r
}

func embedded(name string) *x509.Certificate {
	data, err := pinned.ReadFile("roots/" + name)
	if err != nil {
		panic("attestation: " + err.Error())
	}
	block, rest := pem.Decode(data)
	if block == nil || len(rest) > 0 {
		panic("attestation: " + name + " is not one certificate")
	}
	c, err := parse(block.Bytes)
	if err != nil {
		panic("attestation: " + name + ": " + err.Error())
	}
	return c
}
