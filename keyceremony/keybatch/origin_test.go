package keybatch_test

import (
	"bytes"
	"errors"
	"testing"

	"bailiff/custody/policy"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

// origins are those of the tokens of a batch, with the roots under which it verifies.
func origins(t *testing.T, file []byte, v *batchtest.Vault, roots *attestation.Roots) ([]policy.Origin, error) {
	t.Helper()
	f, err := keybatch.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	verified, err := f.Verify(v.Anchor, roots, 2, nil)
	if err != nil {
		return nil, err
	}
	var out []policy.Origin
	for i := range verified.Tokens {
		out = append(out, verified.Tokens[i].Origin())
	}
	return out, nil
}

// TestOrigins: a platform learns of each token where its keys were born, whatever it signs with.
func TestOrigins(t *testing.T) {
	maker := attestationtest.NewMaker(t, "Maker Sample")
	genuine := tokentest.NewDevice(t, 1, "genuine", token.Ed25519)
	genuine.Attest(t, maker, nil)
	spare := tokentest.NewDevice(t, 2, "spare", token.ECDSAP256)
	older := tokentest.NewDevice(t, 3, "older", token.ECDSAP256)
	v := batchtest.NewVault(t, vaultID, genuine, spare, older)
	file := batchtest.Write(t, v.Batch(t, small()))
	got, err := origins(t, file, v, maker.Roots(t))
	if err != nil || len(got) != 4 || got[0] != policy.OriginGenuine || got[1] != policy.OriginNone || got[2] != policy.OriginNone || got[3] != policy.OriginSoftware {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := origins(t, file, v, nil); got != nil || !errors.Is(err, attestation.ErrRoot) {
		t.Errorf("under the roots of a rehearsal: %v, %v", got, err)
	}
	test := policy.Provenance{Kind: token.KindPIV, Statements: &attestation.Statements{Test: true}}
	if test.Origin() != policy.OriginTestRoot {
		t.Errorf("the test root is %s", test.Origin())
	}
}

// TestEnrolmentsAreThePolicys: an enrolment whose proof is right, of the same device and the same keys,
// but without the attestation that the policy repeats, or with another, is not the policy's.
func TestEnrolmentsAreThePolicys(t *testing.T) {
	maker := attestationtest.NewMaker(t, "Maker Sample")
	d := tokentest.NewDevice(t, 1, "genuine", token.Ed25519)
	d.Attest(t, maker, nil)
	v := batchtest.NewVault(t, vaultID, d)
	files := unzip(t, batchtest.Write(t, v.Batch(t, small())))
	for what, chain := range map[string]*attestation.Chain{
		"none":    nil,
		"another": {Intermediate: d.Chain.Intermediate, Signing: d.Chain.Signing, Sealing: d.Chain.Signing},
	} {
		d.Chain = chain
		e, err := token.Enrol(d, "rehearsal", batchtest.Created())
		if err != nil {
			t.Fatal(err)
		}
		data, err := e.Format()
		if err != nil {
			t.Fatal(err)
		}
		const name = "enrolments/c01-1.txt"
		if _, ok := files[name]; !ok {
			t.Fatal("no " + name)
		}
		files[name] = data
		if got, err := origins(t, rezip(t, files), v, maker.Roots(t)); got != nil || !errors.Is(err, keybatch.ErrEnrolment) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
