package custody_test

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
)

// small is 2 of 3.
var small = custodytest.Setup{Threshold: 2, Custodians: 3}

// attested changes what the second custodian's device states.
func attested(change func(signing, sealing *attestation.Statement)) func(t *testing.T, p *custodytest.Production) {
	return func(t *testing.T, p *custodytest.Production) { p.Devices[1].Attest(t, p.Maker, change) }
}

// TestProductionRules: what may not stand in a production vault is refused by name, as the draft
// becomes a policy, and again when the vault is founded on a policy that somebody else made.
func TestProductionRules(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, p *custodytest.Production)
		want  error
	}{
		"all is well": {func(*testing.T, *custodytest.Production) {}, nil},
		"no attestation": {func(_ *testing.T, p *custodytest.Production) {
			p.Devices[1].Chain = nil
		}, token.ErrUnattested},
		"another maker": {func(t *testing.T, p *custodytest.Production) {
			p.Devices[1].Attest(t, attestationtest.NewMaker(t, "Another Sample"), nil)
		}, attestation.ErrRoot},
		"another maker of that name": {func(t *testing.T, p *custodytest.Production) {
			other := attestationtest.NewMaker(t, "Another Sample")
			other.Cert.RawSubject, other.Cert.Subject = p.Maker.Cert.RawSubject, p.Maker.Cert.Subject
			p.Devices[1].Attest(t, other, nil)
		}, attestation.ErrRoot},
		"old firmware": {attested(func(a, b *attestation.Statement) {
			a.Firmware = attestation.Version{Major: 5, Minor: 6, Patch: 9}
			b.Firmware = a.Firmware
		}), attestation.ErrFirmware},
		"opens without PIN":           {attested(func(_, b *attestation.Statement) { b.PIN = attestation.PINNever }), attestation.ErrPINPolicy},
		"opens without touch":         {attested(func(_, b *attestation.Statement) { b.Touch = attestation.TouchNever }), attestation.ErrTouchPolicy},
		"opens with one touch, often": {attested(func(_, b *attestation.Statement) { b.Touch = attestation.TouchCached }), attestation.ErrTouchPolicy},
		"signs without PIN":           {attested(func(a, _ *attestation.Statement) { a.PIN = attestation.PINNever }), attestation.ErrPINPolicy},
		"signs without touch":         {attested(func(a, _ *attestation.Statement) { a.Touch = attestation.TouchNever }), attestation.ErrTouchPolicy},
		"another signing key": {attested(func(a, _ *attestation.Statement) {
			a.Key = attestationtest.Ed25519("another")
		}), token.ErrStatement},
		"another sealing key": {func(t *testing.T, p *custodytest.Production) {
			p.Devices[1].Attest(t, p.Maker, func(_, b *attestation.Statement) { b.Key = attestationtest.ECDSA(t, "another").Public() })
		}, token.ErrStatement},
		"another serial": {attested(func(a, b *attestation.Statement) { a.Serial, b.Serial = 7, 7 }), token.ErrStatement},
		"no serial":      {attested(func(a, b *attestation.Statement) { a.Serial, b.Serial = 0, 0 }), token.ErrStatement},
		"another slot":   {attested(func(_, b *attestation.Statement) { b.Slot = 0x83 }), token.ErrStatement},
		"a first custodian's attestation": {func(_ *testing.T, p *custodytest.Production) {
			p.Devices[1].Chain = p.Devices[0].Chain
		}, token.ErrStatement},
		"a P-256 signing key": {func(t *testing.T, p *custodytest.Production) {
			p.Devices[1] = tokentest.NewDevice(t, 30_000_001, name(t), token.ECDSAP256)
			p.Devices[1].Attest(t, p.Maker, nil)
		}, policy.ErrSigningKey},
		"one device as two custodians'": {func(t *testing.T, p *custodytest.Production) {
			twin := tokentest.NewDevice(t, p.Devices[0].Serial, name(t), token.Ed25519) // its other slots
			twin.Sealing = 0x83
			twin.Attest(t, p.Maker, nil)
			p.Devices[1] = twin
		}, policy.ErrSharedToken},
	} {
		t.Run(name, func(t *testing.T) {
			p := custodytest.NewProduction(t, small)
			good, err := p.Build(t, keyvalue.Production)
			if err != nil {
				t.Fatal(err)
			}
			c.spoil(t, p)
			f, err := p.Build(t, keyvalue.Production)
			wantError(t, "the draft", err, c.want)
			if c.want != nil && len(fault.Objects(err)) == 0 {
				t.Errorf("no object is named: %v", err)
			}
			if c.want == nil {
				good = f
			}
			good.Enrolments, good.Tokens = p.Enrolments(t, keyvalue.Production), p.All()
			rename(good.Policy, good.Enrolments)
			_, err = custody.Init(p.Host, p.Path, good)
			wantError(t, "the vault", err, c.want)
		})
	}
}

// name is a seed that no other test has.
func name(t *testing.T) string { return t.Name() }

// rename writes into the policy what the enrolments say, without asking whether it may stand there.
func rename(p *policy.Policy, enrolments [][]*token.Enrolment) {
	for i := range p.Custodians {
		e := enrolments[i][0]
		p.Custodians[i].Tokens = []policy.Token{{
			Index: 1, Kind: e.Kind, Serial: e.Serial, Slot: e.Slot, SealingKey: e.SealingKey, SigningKey: e.SigningKey, Attestation: e.Attestation,
		}}
	}
}

// TestShippedRoots: without roots of a test, a maker of a test vouches for nothing, in either mode; the
// published test root vouches in rehearsals only.
func TestShippedRoots(t *testing.T) {
	p := custodytest.NewProduction(t, small)
	p.Host.Roots = nil
	for _, mode := range []string{keyvalue.Rehearsal, keyvalue.Production} {
		_, err := p.Build(t, mode)
		wantError(t, mode, err, attestation.ErrRoot)
	}
	published := publishedMaker(t)
	for _, d := range p.Devices {
		d.Attest(t, published, nil)
	}
	_, err := p.Build(t, keyvalue.Production)
	wantError(t, "the test root in production", err, attestation.ErrRoot)
	f, err := p.Build(t, keyvalue.Rehearsal)
	wantError(t, "the test root in a rehearsal", err, nil)
	p.Host.Roots = attestation.Rehearsal()
	_, err = p.Build(t, keyvalue.Production)
	wantError(t, "the test root in production, were it known", err, attestation.ErrTestRoot)
	p.Host.Roots = nil
	if _, err := custody.Init(p.Host, p.Path, f); err != nil {
		t.Fatal(err)
	}
	origins, err := p.Open(t, false).Origins()
	if err != nil || len(origins) != 3 || !origins[2].Statements.Test {
		t.Errorf("%+v, %v", origins, err)
	}
}

// TestKeysOfProduction: keys that do not say rehearsal are opened, and proved, where none is held.
func TestKeysOfProduction(t *testing.T) {
	p := custodytest.NewProduction(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	p.Init(t)
	v := p.Open(t, true)
	batch := deposit(t, p.Bench, v, 1, same, same)
	table := p.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table))
	st := v.State.Batch(batch)
	private, err := v.OpenKey(table, st.Sampled.Number, batch, st.Sample()[0])
	must(t, err, v.ProveSample(table, batch, nobody))
	private.Wipe()
}

// A rehearsal takes devices of every kind; an attestation that is there must still be right.
func TestRehearsalWithDevices(t *testing.T) {
	p := custodytest.NewProduction(t, small)
	p.Devices[0] = tokentest.NewDevice(t, 1, name(t), token.ECDSAP256)
	p.Devices[1].Chain = nil
	p.Devices[2].Attest(t, p.Maker, func(a, b *attestation.Statement) {
		a.Firmware = attestation.Version{Major: 5, Minor: 4, Patch: 3}
		b.Firmware, b.Touch, b.PIN = a.Firmware, attestation.TouchNever, attestation.PINNever
	})
	f, err := p.Build(t, keyvalue.Rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := custody.Init(p.Host, p.Path, f); err != nil {
		t.Fatal(err)
	}
	v := p.Open(t, true)
	if err := refuse(v); err != nil {
		t.Fatal(err)
	}
	if err := v.Cosign(p.Seat(t, v, 1, 3)); err != nil {
		t.Fatal(err)
	}
	report, err := v.Verify(func(int, int) {})
	if err != nil || len(report.Origins) != 3 || report.Origins[0].Statements != nil || report.Origins[2].Statements.Root != "Maker Sample" {
		t.Errorf("%+v, %v", report, err)
	}
	q := custodytest.NewProduction(t, small)
	q.Devices[1].Attest(t, q.Maker, func(a, b *attestation.Statement) { a.Serial, b.Serial = 8, 8 })
	_, err = q.Build(t, keyvalue.Rehearsal)
	wantError(t, "another serial", err, token.ErrStatement)
}

// TestWithdrawnRoot: a root that the program no longer knows does not lock what was sealed, but no
// ceremony begins any more, and a verification says so.
func TestWithdrawnRoot(t *testing.T) {
	p := custodytest.NewProduction(t, small)
	p.Init(t)
	p.Host.Roots = attestationtest.NewMaker(t, "Another Sample").Roots(t)
	v := p.Open(t, true)
	before := v.Log.Size()
	_, err := v.OpenCeremony(custody.Ceremony{})
	wantError(t, "a ceremony", err, attestation.ErrRoot)
	if v.Log.Size() != before {
		t.Error("the ceremony was recorded")
	}
	_, err = v.Verify(func(int, int) {})
	wantError(t, "a verification", err, attestation.ErrRoot)
	wantError(t, "a cosignature", errors.Join(refuse(v), v.Cosign(p.Seat(t, v, 1, 2))), nil)
}

// TestAttestationsAreOfTheirTime: certificates that expired after the enrolment count as they did.
func TestAttestationsAreOfTheirTime(t *testing.T) {
	p := custodytest.NewProduction(t, small)
	end := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	p.Maker = attestationtest.NewMaker(t, "Short Sample", func(c *x509.Certificate) { c.NotAfter = end })
	p.Host.Roots = p.Maker.Roots(t)
	for _, d := range p.Devices {
		d.Attest(t, p.Maker, nil)
	}
	p.Init(t)
	p.Forward(30 * 365 * 24 * time.Hour)
	v := p.Open(t, true)
	_, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	wantError(t, "a ceremony thirty years later", err, nil)
	_, err = p.Build(t, keyvalue.Production)
	wantError(t, "an enrolment thirty years later", err, attestation.ErrDate)
}

// TestEnrolmentOnDiskHasItsAttestation: a device's enrolment without the attestation that the policy
// repeats, or with another slot, is not that of the policy, though its proof is right.
func TestEnrolmentOnDiskHasItsAttestation(t *testing.T) {
	for what, spoil := range map[string]func(p *custodytest.Production){
		"no attestation": func(p *custodytest.Production) { p.Devices[1].Chain = nil },
		"another slot":   func(p *custodytest.Production) { p.Devices[1].Sealing = 0x84 },
	} {
		p := custodytest.NewProduction(t, small)
		p.Init(t)
		spoil(p)
		data, err := p.Enrolments(t, keyvalue.Production)[1][0].Format()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(p.Path, "policies", "000000-c02-1.enrolment")
		if err := errors.Join(os.Remove(path), os.WriteFile(path, data, 0o600)); err != nil {
			t.Fatal(err)
		}
		_, err = custody.Open(p.Host, p.Path, false)
		wantError(t, what, err, custody.ErrDamaged)
	}
}

// TestProductionRefusesSoftwareTokens: also where their attestation is a device's.
func TestProductionRefusesSoftwareTokens(t *testing.T) {
	p := custodytest.NewProduction(t, small)
	f, err := p.Build(t, keyvalue.Production)
	if err != nil {
		t.Fatal(err)
	}
	k := &f.Policy.Custodians[2].Tokens[0]
	k.Kind, k.Serial, k.Slot, k.Attestation = token.KindSoft, "40271836", 0, nil
	wantError(t, "the policy", f.Policy.Check(), policy.ErrSoftToken)
	if objects := fault.Objects(f.Policy.Check()); !slices.Contains(objects, "40271836") {
		t.Errorf("names %q", objects)
	}
}

// publishedMaker is the published test root, whose private key anybody has.
func publishedMaker(t *testing.T) *attestationtest.Authority {
	t.Helper()
	key := decoded(t, "testkit/virtual/testroot-published-key.pem")
	private, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(decoded(t, "token/attestation/roots/bailiff-test-piv-root.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return &attestationtest.Authority{Cert: cert, Key: private.(crypto.Signer)}
}

func decoded(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(data)
	if block == nil {
		t.Fatalf("%s holds no PEM", path)
	}
	return block.Bytes
}
