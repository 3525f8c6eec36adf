package keyceremony_test

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token/attestation"
	"bailiff/keyceremony"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/script"
)

// TestProduction: a vault is founded, a ceremony held, a batch published and verified by a platform, and
// a key opened, all in production mode, with devices that a test's maker attests.
func TestProduction(t *testing.T) {
	p := custodytest.NewProduction(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	anchor := p.Init(t)
	v := p.Open(t, true)
	c := &keyceremony.Ceremony{
		Vault: v, Table: p.Seat(t, v), Generator: processes(t),
		Script: &script.Script{
			Digest: sha256.Sum256([]byte("script")), Vault: anchor.Vault, Mode: keyvalue.Production, Profile: "v4-curve25519",
			Publish: 3, Sample: 1, Reserve: 1, Place: "Étude exemple", Witnesses: []string{"Witness Sample"},
		},
		Dice:     func() (string, error) { return dice, nil },
		Drawn:    func(string, []int) error { return nil },
		Progress: func(keyceremony.Stage, int, int) {},
		Said:     func(keyceremony.Milestone, string) {},
	}
	batch, err := c.Run()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "batch.zip")
	verified, _, err := keyceremony.Export(v, batch, path, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkVerified(t, verified)
	platform(t, p, anchor, path)
	openOne(t, p, v, batch)
	p.Host.Roots = attestationtest.NewMaker(t, "Another Sample").Roots(t)
	v.Host = p.Host
	if _, _, err := keyceremony.Export(v, batch, path+".later", 2, nil); !errors.Is(err, attestation.ErrRoot) {
		t.Errorf("exported when the maker is no longer known: %v", err)
	}
	if _, err := os.Lstat(path + ".later"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a batch that does not verify was left there")
	}
	v.Host.Roots = p.Maker.Roots(t)
	if report, err := v.Verify(func(int, int) {}); err != nil || report.Keys != 5 || len(report.Origins) != 3 {
		t.Errorf("%+v, %v", report, err)
	}
}

func checkVerified(t *testing.T, verified *keybatch.Verified) {
	t.Helper()
	if verified.Mode != keyvalue.Production || verified.Published != 3 || len(verified.Tokens) != 3 {
		t.Errorf("%s, %d keys, %d tokens", verified.Mode, verified.Published, len(verified.Tokens))
	}
	for _, k := range verified.Tokens {
		if k.Origin() != policy.OriginGenuine || k.Statements.Root != "Maker Sample" || k.Statements.Sealing.Touch != attestation.TouchAlways {
			t.Errorf("%s: %s, %+v", k.Custodian, k.Origin(), k.Statements)
		}
	}
}

// platform verifies the file as the shipped program does, with no roots but its own, which do not
// know the test's maker; and with the maker's.
func platform(t *testing.T, p *custodytest.Production, anchor *policy.Anchor, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	if v, err := file.Verify(anchor, nil, 1, nil); v != nil || !errors.Is(err, attestation.ErrRoot) {
		t.Errorf("with the shipped roots: %v", err)
	}
	verified, err := file.Verify(anchor, p.Host.Roots, 1, nil)
	if err != nil {
		t.Fatalf("with the maker's root: %v", err)
	}
	for key, err := range verified.Keys() {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := keypair.Check("v4-curve25519", key.Binary, keypair.UserID(verified.Batch, key.Number, false), verified.Created, false); err != nil {
			t.Errorf("key %d is not one for production: %v", key.Number, err)
		}
	}
}

// openOne opens a published key with two of three devices, as a release does.
func openOne(t *testing.T, p *custodytest.Production, v *custody.Vault, id string) {
	t.Helper()
	sealed, state, err := v.Published(id)
	if err != nil {
		t.Fatal(err)
	}
	number := 1
	for state.Roles()[number-1] != batch.Published {
		number++
	}
	rec, err := sealed.Record(number)
	if err != nil {
		t.Fatal(err)
	}
	entry := intend(t, p, v, id, number, rec.Fingerprint)
	private, err := v.OpenKey(p.Seat(t, v, 1, 3), entry, id, number)
	if err != nil {
		t.Fatal(err)
	}
	private.Wipe()
}

// intend records an order and the decision to open its key, cosigned, and returns that entry's number.
func intend(t *testing.T, p *custodytest.Production, v *custody.Vault, batch string, number int, key string) int64 {
	t.Helper()
	received := &ledger.OrderReceived{Order: "x1", Key: key, NotBefore: p.Now()}
	intent := &ledger.ReleaseIntent{Order: "x1", Batch: batch, KeyNumber: number, Key: key, Opening: []string{"c01", "c03"}}
	if _, err := v.Append(received, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Append(intent, nil); err != nil {
		t.Fatal(err)
	}
	if err := v.Cosign(p.Seat(t, v, 1, 3)); err != nil {
		t.Fatal(err)
	}
	return v.State.Orders["x1"].Intent.Number
}
