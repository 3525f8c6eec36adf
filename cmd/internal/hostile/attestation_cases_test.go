package hostile

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"strings"

	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token/attestation"
)

const (
	chainFile = "attestation/chain.txt"
	makerFile = "attestation/maker.pem"
)

// attestation holds the attestations of a token against their maker and what production asks of them.
func (w *world) attestation() error {
	maker, _ := pem.Decode(w.read(makerFile))
	root, err := x509.ParseCertificate(maker.Bytes)
	if err != nil {
		return err
	}
	chain, err := attestation.ParseChain(strings.TrimSuffix(string(w.read(chainFile)), "\n"))
	if err != nil {
		return err
	}
	roots, err := attestation.NewRoots(root)
	if err != nil {
		return err
	}
	s, err := roots.Verify(chain, w.now)
	if err != nil {
		return err
	}
	return s.CheckProduction()
}

// attested makes the attestations of a token by a sample maker: certificates for tests are the same each time.
func (m *maker) attested() {
	sample := attestationtest.NewMaker(m, attestationtest.MakerName)
	m.put(chainFile, chainText(sample.Chain(m, nil)))
	m.put(makerFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: sample.Cert.Raw}))
}

func chainText(c *attestation.Chain) []byte { return []byte(c.Format() + "\n") }

func attestationCases(w *world) []vector {
	good := string(w.read(chainFile))
	f9, rest, _ := strings.Cut(good, " ")
	cases := []vector{
		replacing(50, "no attestation", "attestation", "attestation.none", chainFile, []byte("\n")),
		replacing(50, "attestations alone", "attestation", "attestation.form", chainFile, []byte(rest)),
		replacing(50, "attestations with a blank too many", "attestation", "attestation.form", chainFile, []byte(f9+"  "+rest)),
		replacing(50, "attestations of which none was made", "attestation", "attestation.certificate", chainFile, []byte("MAA= MAA= MAA=\n")),
		w.byTestRoot(),
		happening(50, "attestations before their time", "attestation", "attestation.date", "now 2016-03-13T23:59:59Z"),
		happening(50, "attestations after their time", "attestation", "attestation.date", "now 2052-04-17T00:00:01Z"),
	}
	for _, f := range attestationtest.Forgeries(w) {
		want := f.Err
		if _, err := attestation.ParseChain(f.Chain.Format()); err != nil {
			want = err // what the text of a chain has no room for is refused there
		}
		cases = append(cases, replacing(f.Case, f.Title, "attestation", explain(want), chainFile, chainText(f.Chain)))
	}
	return cases
}

// byTestRoot is a chain that the published key of the test root signed, with that root as the maker's.
func (w *world) byTestRoot() vector {
	w.Helper()
	file, err := os.ReadFile(repository + "custody/testkit/virtual/testroot-published-key.pem")
	w.must(err)
	block, _ := pem.Decode(file)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	w.must(err)
	root, err := os.ReadFile(repository + "custody/token/attestation/roots/bailiff-test-piv-root.pem")
	w.must(err)
	block, _ = pem.Decode(root)
	c, err := x509.ParseCertificate(block.Bytes)
	w.must(err)
	text := chainText(attestationtest.Root(c, key).Chain(w, nil))
	return replacing(50, "attestations by the test root", "attestation", "attestation.test-root", chainFile, text, part{makerFile, root})
}
