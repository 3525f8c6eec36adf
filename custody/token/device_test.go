package token_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
)

var update = flag.Bool("update", false, "write the golden enrolments of devices anew")

// The devices of the golden enrolments: one that attests its keys, and an older one that cannot.
func goldenDevices(t testing.TB) map[string]*tokentest.Device {
	t.Helper()
	attested := tokentest.NewDevice(t, 12345678, "golden", token.Ed25519)
	attested.Attest(t, attestationtest.NewMaker(t, "Maker Sample"), nil)
	older := tokentest.NewDevice(t, 4294967295, "older", token.ECDSAP256)
	older.Sealing = attestation.SlotLastRetired
	return map[string]*tokentest.Device{"piv.enrolment": attested, "piv-p256.enrolment": older}
}

func text(t testing.TB, e *token.Enrolment) []byte {
	t.Helper()
	data, err := e.Format()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Both signatures are deterministic here, so these never change.
func TestDeviceEnrolmentGolden(t *testing.T) {
	for name, d := range goldenDevices(t) {
		got := text(t, d.Enrolment(t, keyvalue.Rehearsal))
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("wrote\n%s\nwant\n%s", got, want)
		}
		e, err := token.ParseEnrolment(want)
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind != token.KindPIV || e.Serial != d.Identity().Serial || e.Slot != d.Slot() || e.SigningKey != d.SigningKey() || !e.SealingKey.Equal(d.SealingKey()) {
			t.Errorf("%s: read %+v", name, e)
		}
		if (e.Attestation == nil) != (d.Chain == nil) || d.Chain != nil && e.Attestation.Format() != d.Chain.Format() {
			t.Errorf("%s: read another attestation", name)
		}
	}
}

// OpenSSL verifies an ECDSA proof, with the key as docs/formats.md says to write it.
func TestECDSAProofByHand(t *testing.T) {
	dir := t.TempDir()
	golden, err := os.ReadFile("testdata/piv-p256.enrolment")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c01.enrolment"), golden, 0o600); err != nil {
		t.Fatal(err)
	}
	const script = `set -e
sed '$d' c01.enrolment > body
sed -n 's/^proof: //p' c01.enrolment | tr a-f A-F | basenc -d --base16 > proof
{ printf 3039301306072a8648ce3d020106082a8648ce3d030107032200; sed -n 's/^signing: p256://p' c01.enrolment; } | tr -d '\n' | tr a-f A-F | basenc -d --base16 > key
openssl dgst -sha256 -verify key -keyform DER -signature proof body`
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestEveryAlteredDeviceEnrolmentIsRefused(t *testing.T) {
	data, err := os.ReadFile("testdata/piv-p256.enrolment")
	if err != nil {
		t.Fatal(err)
	}
	refusesAltered(t, data)
}

// resigned replaces a piece of a golden enrolment's text and puts a right proof below.
func resigned(t *testing.T, name, old, new string) []byte {
	t.Helper()
	d := goldenDevices(t)[name]
	body, _, _ := strings.Cut(string(text(t, d.Enrolment(t, keyvalue.Rehearsal))), "proof: ")
	if !strings.Contains(body, old) {
		t.Fatalf("%s has no %q", name, old)
	}
	body = strings.Replace(body, old, new, 1)
	signature, err := d.Sign([]byte(regexp.MustCompile(`(?m)^attestation: .*\n`).ReplaceAllString(body, "")))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(body + "proof: " + hexOf(signature) + "\n")
}

// The proof of these is right, but such a device cannot be, or not in this form.
func TestEnrolmentOfADeviceThatCannotBe(t *testing.T) {
	const golden, older = "piv.enrolment", "piv-p256.enrolment"
	d := goldenDevices(t)[older]
	sealing := token.FormatSealingKey(d.SealingKey())
	for name, c := range map[string]struct {
		file, old, new string
		want           error
	}{
		"as it is":                  {golden, "mode: rehearsal", "mode: rehearsal", nil},
		"in production":             {golden, "mode: rehearsal", "mode: production", nil},
		"the older in production":   {older, "mode: rehearsal", "mode: production", nil},
		"another mode":              {golden, "mode: rehearsal", "mode: both", token.ErrMode},
		"the first slot":            {older, "slot: 95", "slot: 82", nil},
		"below the first slot":      {older, "slot: 95", "slot: 81", token.ErrSlot},
		"beyond the last slot":      {older, "slot: 95", "slot: 96", token.ErrSlot},
		"the signing slot":          {older, "slot: 95", "slot: 9c", token.ErrSlot},
		"a slot in upper case":      {older, "slot: 95", "slot: 8A", token.ErrSlot},
		"a slot of three digits":    {older, "slot: 95", "slot: 095", token.ErrSlot},
		"no slot":                   {older, "slot: 95\n", "", token.ErrSlot},
		"two slots":                 {older, "slot: 95\n", "slot: 95\nslot: 95\n", keyvalue.ErrMissing},
		"serial 0":                  {older, "serial: 4294967295", "serial: 0", token.ErrSerial},
		"a serial of 33 bits":       {older, "serial: 4294967295", "serial: 4294967296", token.ErrSerial},
		"a software token's slot":   {older, "kind: piv", "kind: soft", token.ErrSerial},
		"one key for both":          {older, sealing, d.SigningKey().String(), token.ErrTwin},
		"two certificates":          {older, "\ntime:", "\nattestation: AAAA AAAA\ntime:", attestation.ErrForm},
		"an attestation twice":      {golden, "\ntime:", "\nattestation: AAAA AAAA AAAA\ntime:", keyvalue.ErrMissing},
		"an attestation after time": {older, "09:00:00Z\n", "09:00:00Z\nattestation: AAAA AAAA AAAA\n", keyvalue.ErrMissing},
	} {
		e, err := token.ParseEnrolment(resigned(t, c.file, c.old, c.new))
		if !errors.Is(err, c.want) || (e == nil) != (c.want != nil) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
}

// A software token has no slot, no attestation and no P-256 signing key.
func TestSoftwareTokenHasNoSlot(t *testing.T) {
	if _, err := token.ParseEnrolment(proved(t, "serial", "40271836\nslot: 82")); !errors.Is(err, token.ErrSlot) {
		t.Errorf("a slot: %v", err)
	}
	if _, err := token.ParseEnrolment(proved(t, "signing", goldenDevices(t)["piv.enrolment"].SigningKey().String()+"\nattestation: AAAA AAAA AAAA")); !errors.Is(err, token.ErrKind) {
		t.Errorf("an attestation: %v", err)
	}
	key := goldenDevices(t)["piv-p256.enrolment"]
	if err := token.CheckKeys(token.KindSoft, key.SealingKey(), key.SigningKey()); !errors.Is(err, token.ErrKey) {
		t.Errorf("a P-256 signing key: %v", err)
	}
}

// The suite that all tokens pass, so that tests may stand on this one.
func TestDevice(t *testing.T) {
	for name, d := range goldenDevices(t) {
		t.Run(name, func(t *testing.T) {
			tokentest.Run(t, func(*testing.T) token.Token { return d })
		})
	}
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// practice is a device that is for rehearsals only, as a software card is.
type practice struct{ *tokentest.Device }

func (p practice) Identity() token.Identity {
	id := p.Device.Identity()
	id.Rehearsal = true
	return id
}

func TestDeviceForRehearsalsOnly(t *testing.T) {
	d := practice{goldenDevices(t)["piv.enrolment"]}
	if e, err := token.Enrol(d, keyvalue.Production, now); e != nil || !errors.Is(err, token.ErrMode) {
		t.Errorf("enrolled for production: %v", err)
	}
	if e, err := token.Enrol(d, keyvalue.Rehearsal, now); err != nil || e.Slot != 0x82 {
		t.Errorf("not enrolled for a rehearsal: %v", err)
	}
}

// listener is a device that notes how long the texts are that it signs.
type listener struct {
	*tokentest.Device
	longest int
}

func (l *listener) Sign(message []byte) ([]byte, error) {
	l.longest = max(l.longest, len(message))
	return l.Device.Sign(message)
}

// A YubiKey takes commands of 3,072 bytes, and its attestations have as much in base64: what it signs
// to be enrolled does not hold them.
func TestEnrolmentIsShort(t *testing.T) {
	l := &listener{Device: goldenDevices(t)["piv.enrolment"]}
	e, err := token.Enrol(l, keyvalue.Rehearsal, time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	if err != nil || e.Attestation == nil {
		t.Fatal(err)
	}
	if l.longest > 500 {
		t.Errorf("signed %d bytes", l.longest)
	}
	e.Attestation = nil
	if _, err := token.ParseEnrolment(text(t, e)); err != nil {
		t.Errorf("without its attestation: %v", err)
	}
}
