package attestation_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"testing"

	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token/attestation"
)

// production is what a vault of real keys asks of a chain.
func production(r *attestation.Roots, c *attestation.Chain) error {
	s, err := r.Verify(c, now)
	if err != nil {
		if s != nil {
			return errors.New("statements beside an error")
		}
		return err
	}
	return s.CheckProduction()
}

func TestForged(t *testing.T) {
	roots := attestationtest.NewMaker(t, attestationtest.MakerName).Roots(t)
	for _, f := range attestationtest.Forgeries(t) {
		t.Run(f.Title, func(t *testing.T) {
			if err := production(roots, f.Chain); !errors.Is(err, f.Err) {
				t.Errorf("%v, want %v", err, f.Err)
			}
			if err := production(attestation.Yubico(), f.Chain); err == nil {
				t.Error("accepted under Yubico's roots")
			}
			s, err := roots.Verify(f.Chain, now)
			if passes := forRehearsals(f); (err == nil) != passes || (s != nil) != passes {
				t.Errorf("in a rehearsal: %v", err)
			}
		})
	}
}

// forRehearsals reports whether only production refuses a forgery.
func forRehearsals(f attestationtest.Forgery) bool {
	switch f.Err {
	case attestation.ErrFirmware, attestation.ErrPINPolicy, attestation.ErrTouchPolicy:
		return true
	}
	return f.Title == "no serial in either" || f.Title == "a P-256 signing key in production"
}

// TestProductionLooksItself: statements that were changed after they were verified are refused.
func TestProductionLooksItself(t *testing.T) {
	maker := attestationtest.NewMaker(t, attestationtest.MakerName)
	s, err := maker.Roots(t).Verify(maker.Chain(t, nil), now)
	if err != nil {
		t.Fatal(err)
	}
	s.Sealing.Slot = 0x9d
	if err := s.CheckProduction(); !errors.Is(err, attestation.ErrSlot) {
		t.Error(err)
	}
}

// TestWeakDevice: a device whose key is RSA of 1024 bits vouches for nothing.
func TestWeakDevice(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	maker := attestationtest.NewMaker(t, attestationtest.MakerName)
	device := maker.Device(t, "f9", v(5, 7, 4), func(c *x509.Certificate) { c.PublicKey = &key.PublicKey })
	leaf := attestationtest.Root(device.Cert, key).Attest(t, attestationtest.Signing())
	if _, err := maker.Roots(t).VerifyOne(device.Cert.Raw, leaf, now); !errors.Is(err, attestation.ErrAlgorithm) {
		t.Error(err)
	}
}

// TestGood: what the forgeries are made of is accepted, under its own maker and no other.
func TestGood(t *testing.T) {
	maker := attestationtest.NewMaker(t, attestationtest.MakerName)
	chain := maker.Chain(t, nil)
	s, err := maker.Roots(t).Verify(chain, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CheckProduction(); err != nil {
		t.Error(err)
	}
	if s.Root != attestationtest.MakerName || s.Test || s.Signing.Serial != 12345678 || s.Sealing.Slot != 0x82 {
		t.Errorf("%+v", s)
	}
	for name, r := range map[string]*attestation.Roots{"Yubico's": attestation.Yubico(), "rehearsal's": attestation.Rehearsal(), "no": {}} {
		if err := production(r, chain); !errors.Is(err, attestation.ErrRoot) {
			t.Errorf("under %s roots: %v", name, err)
		}
	}
	if _, err := maker.Roots(t).Verify(nil, now); !errors.Is(err, attestation.ErrNone) {
		t.Errorf("no chain: %v", err)
	}
}

// TestTestRoot: what the published key signs verifies in rehearsals, and is refused in production even by
// a pool into which its root was put.
func TestTestRoot(t *testing.T) {
	data, err := os.ReadFile("../../testkit/virtual/testroot-published-key.pem")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(data)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(certificates(t, "roots/bailiff-test-piv-root.pem")[0])
	if err != nil {
		t.Fatal(err)
	}
	chain := attestationtest.Root(root, key).Chain(t, nil)
	s, err := attestation.Rehearsal().Verify(chain, now)
	if err != nil || !s.Test || s.Root != root.Subject.CommonName {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := s.CheckProduction(); !errors.Is(err, attestation.ErrTestRoot) {
		t.Errorf("in production: %v", err)
	}
	if err := production(attestation.Yubico(), chain); !errors.Is(err, attestation.ErrRoot) {
		t.Errorf("under Yubico's roots: %v", err)
	}
	injected, err := attestation.NewRoots(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := production(injected, chain); !errors.Is(err, attestation.ErrTestRoot) {
		t.Errorf("with the root in the pool: %v", err)
	}
}

// TestRehearsal: an old device and a P-256 signing key do for a rehearsal.
func TestRehearsal(t *testing.T) {
	maker := attestationtest.NewMaker(t, attestationtest.MakerName)
	chain := maker.Chain(t, func(a, b *attestation.Statement) {
		a.Key = attestationtest.ECDSA(t, "signing").Public()
		for _, s := range []*attestation.Statement{a, b} {
			s.Firmware, s.Serial, s.PIN, s.Touch = v(4, 3, 7), 0, attestation.PINNever, attestation.TouchNever
		}
	})
	s, err := maker.Roots(t).Verify(chain, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CheckProduction(); !errors.Is(err, attestation.ErrFirmware) {
		t.Errorf("in production: %v", err)
	}
}

// TestNewRoots: an intermediate that leads to no root is refused, and one that leads to it is needed.
func TestNewRoots(t *testing.T) {
	maker := attestationtest.NewMaker(t, attestationtest.MakerName)
	under := maker.Device(t, "intermediate", v(5, 7, 4), func(c *x509.Certificate) { c.Subject.CommonName, c.MaxPathLenZero = "Sample PIV 1", false })
	chain := under.Chain(t, nil)
	both, err := attestation.NewRoots(under.Cert, maker.Cert)
	if err != nil {
		t.Fatal(err)
	}
	if err := production(both, chain); err != nil {
		t.Error(err)
	}
	if err := production(both, maker.Chain(t, nil)); !errors.Is(err, attestation.ErrRoot) {
		t.Errorf("a device that the root signed itself, above an intermediate: %v", err)
	}
	named := func(a *attestationtest.Authority) attestationtest.Alter {
		return func(c *x509.Certificate) { c.Subject, c.PublicKey = a.Cert.Subject, a.Key.Public() }
	}
	other := attestationtest.NewMaker(t, "Sample PIV Root 2")
	round := []*x509.Certificate{maker.Device(t, "", v(5, 7, 4), named(other)).Cert, other.Device(t, "", v(5, 7, 4), named(maker)).Cert}
	if r, err := attestation.NewRoots(round...); !errors.Is(err, attestation.ErrRoot) || r != nil {
		t.Errorf("two that signed each other: %v", err)
	}
	if r, err := attestation.NewRoots(under.Cert); !errors.Is(err, attestation.ErrRoot) || r != nil {
		t.Errorf("an intermediate alone: %v", err)
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		v(5, 7, 4).String(): "5.7.4", attestation.SlotSigning.String(): "9c", attestation.PINMatchAlways.String(): "MATCH_ALWAYS",
		attestation.TouchCached.String(): "CACHED", attestation.PINPolicy(0).String(): "unknown (00)", attestation.TouchPolicy(9).String(): "unknown (09)",
		attestation.FormFactor(0).String(): "not stated", attestation.FormFactor(0x83).String(): "Keychain (USB-C)", attestation.FormFactor(9).String(): "unknown (09)",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if !v(4, 9, 9).Less(v(5, 0, 0)) || !v(5, 4, 9).Less(v(5, 7, 0)) || !v(5, 7, 1).Less(v(5, 7, 2)) || v(5, 7, 0).Less(v(5, 7, 0)) || v(5, 8, 0).Less(v(5, 7, 9)) {
		t.Error("versions out of order")
	}
}
