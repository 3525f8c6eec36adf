package token_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
)

var errDevice = errors.New("device: no answer")

// device is a token in memory whose answers a test can spoil.
type device struct {
	id      token.Identity
	mode    string
	sealing *ecdh.PrivateKey
	signing ed25519.PrivateKey
	sign    func(message, signature []byte) ([]byte, error)
	agree   func(shared []byte) ([]byte, error)
}

func newDevice(t testing.TB) *device {
	t.Helper()
	scalar := bytes.Repeat([]byte{7}, 32)
	sealing, err := ecdh.P256().NewPrivateKey(scalar)
	if err != nil {
		t.Fatal(err)
	}
	return &device{
		mode:    keyvalue.Rehearsal,
		id:      token.Identity{Kind: token.KindSoft, Serial: "40271836", Rehearsal: true},
		sealing: sealing,
		signing: ed25519.NewKeyFromSeed(scalar),
		sign:    func(_, signature []byte) ([]byte, error) { return signature, nil },
		agree:   func(shared []byte) ([]byte, error) { return shared, nil },
	}
}

func (d *device) Identity() token.Identity    { return d.id }
func (d *device) SealingKey() *ecdh.PublicKey { return d.sealing.PublicKey() }
func (d *device) SigningKey() token.SigningKey {
	key, err := token.Ed25519Key(ed25519.PublicKey(d.signing[32:]))
	if err != nil {
		panic(err)
	}
	return key
}

func (d *device) Sign(message []byte) ([]byte, error) {
	return d.sign(message, ed25519.Sign(d.signing, message))
}

func (d *device) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	shared, err := d.sealing.ECDH(peer)
	if err != nil {
		return nil, err
	}
	return d.agree(shared)
}

var now = time.Date(2026, 11, 21, 21, 24, 55, 0, time.UTC)

func enrolled(t testing.TB) []byte {
	t.Helper()
	e, err := token.Enrol(newDevice(t), keyvalue.Rehearsal, now.Add(900*time.Millisecond).In(time.FixedZone("", 3600)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := e.Format()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEnrolmentRoundTrip(t *testing.T) {
	data, d := enrolled(t), newDevice(t)
	e, err := token.ParseEnrolment(data)
	if err != nil {
		t.Fatal(err)
	}
	if e.Kind != "soft" || e.Mode != keyvalue.Rehearsal || e.Serial != "40271836" || !e.Time.Equal(now) {
		t.Errorf("read %+v", e)
	}
	if !e.SealingKey.Equal(d.SealingKey()) || e.SigningKey != d.SigningKey() {
		t.Error("read other keys")
	}
	if out, err := e.Format(); err != nil || !bytes.Equal(out, data) {
		t.Errorf("came back as %q, %v", out, err)
	}
}

// The form of docs/formats.md, to the byte. Ed25519 is deterministic, so this never changes.
func TestEnrolmentGolden(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "soft.enrolment"))
	if err != nil {
		t.Fatal(err)
	}
	if got := enrolled(t); !bytes.Equal(got, want) {
		t.Errorf("wrote\n%s\nwant\n%s", got, want)
	}
}

// OpenSSL verifies the proof over the lines before it, cut off with stock tools.
func TestProofByHand(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "c01.enrolment"), enrolled(t), 0o600); err != nil {
		t.Fatal(err)
	}
	const script = `set -e
sed '$d' c01.enrolment > body
sed -n 's/^proof: //p' c01.enrolment | tr a-f A-F | basenc -d --base16 > proof
{ printf 302a300506032b6570032100; sed -n 's/^signing: ed25519://p' c01.enrolment; } | tr -d '\n' | tr a-f A-F | basenc -d --base16 > key
openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in body -sigfile proof`
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestEveryAlteredEnrolmentIsRefused(t *testing.T) {
	refusesAltered(t, enrolled(t))
}

// refusesAltered wants every enrolment refused that has one bit of data altered, or is cut short.
func refusesAltered(t *testing.T, data []byte) {
	t.Helper()
	for i := range data {
		for bit := range 8 {
			altered := bytes.Clone(data)
			altered[i] ^= 1 << bit
			if e, err := token.ParseEnrolment(altered); e != nil || err == nil {
				t.Fatalf("bit %d of byte %d altered: accepted", bit, i)
			}
		}
		if e, err := token.ParseEnrolment(data[:i]); e != nil || err == nil {
			t.Fatalf("cut before byte %d: accepted", i)
		}
	}
}

// proved puts another value in the line of key and a proof that is right below.
func proved(t *testing.T, key, value string) []byte {
	t.Helper()
	body, _, _ := bytes.Cut(enrolled(t), []byte("proof: "))
	var lines []string
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, key+": ") {
			line = key + ": " + value + "\n"
		}
		lines = append(lines, line)
	}
	text := strings.Join(lines, "")
	return fmt.Appendf(nil, "%sproof: %x\n", text, ed25519.Sign(newDevice(t).signing, []byte(text)))
}

// The proof of these is right, but such a token cannot be.
func TestEnrolmentOfATokenThatCannotBe(t *testing.T) {
	if _, err := token.ParseEnrolment(proved(t, "serial", "99999999")); err != nil {
		t.Fatalf("the helper makes wrong proofs: %v", err)
	}
	for name, c := range map[string]struct {
		key, value string
		want       error
	}{
		"unknown kind":       {"kind", "card", token.ErrKind},
		"soft in production": {"mode", "production", token.ErrMode},
		"unknown mode":       {"mode", "test", token.ErrMode},
		"short serial":       {"serial", "4027183", token.ErrSerial},
		"serial from 0":      {"serial", "00271836", token.ErrSerial},
		"serial of letters":  {"serial", "4027183a", token.ErrSerial},
		"point off curve":    {"sealing", "p256:02" + strings.Repeat("0", 62) + "01", token.ErrKey},
		"another's key":      {"signing", signingVector, token.ErrProof},
		"key for all":        {"signing", "ed25519:01" + strings.Repeat("0", 62), token.ErrKey},
		"no such day":        {"time", "2026-11-31T00:00:00Z", keyvalue.ErrValue},
		"an hour off UTC":    {"time", "2026-11-21T21:24:55+01:00", keyvalue.ErrValue},
		"a field too many":   {"time", "2026-11-21T21:24:55Z\ntouch: always", keyvalue.ErrMissing},
	} {
		if e, err := token.ParseEnrolment(proved(t, c.key, c.value)); e != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
}

func TestCheckSerial(t *testing.T) {
	for _, c := range []struct {
		kind, serial string
		want         error
	}{
		{token.KindSoft, "10000000", nil},
		{token.KindSoft, "99999999", nil},
		{token.KindSoft, "", token.ErrSerial},
		{token.KindSoft, "01234567", token.ErrSerial},
		{token.KindSoft, "123456789", token.ErrSerial},
		{token.KindSoft, "1234567\u0661", token.ErrSerial},
		{token.KindPIV, "1", nil},
		{token.KindPIV, "4294967295", nil},
		{token.KindPIV, "4294967296", token.ErrSerial},
		{token.KindPIV, "12345678901", token.ErrSerial},
		{token.KindPIV, "0", token.ErrSerial},
		{token.KindPIV, "012345678", token.ErrSerial},
		{token.KindPIV, "1234567a", token.ErrSerial},
		{token.KindPIV, "+1", token.ErrSerial},
		{token.KindPIV, "", token.ErrSerial},
		{"card", "40271836", token.ErrKind},
		{"Soft", "40271836", token.ErrKind},
		{"", "40271836", token.ErrKind},
	} {
		if err := token.CheckSerial(c.kind, c.serial); !errors.Is(err, c.want) {
			t.Errorf("%q %q: error %v, want %v", c.kind, c.serial, err, c.want)
		}
	}
}

func TestEnrolAsksForProof(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(d *device)
		want  error
	}{
		"signs nothing": {func(d *device) {
			d.sign = func(_, _ []byte) ([]byte, error) { return nil, errDevice }
		}, errDevice},
		"signs wrongly": {func(d *device) {
			d.sign = func(_, s []byte) ([]byte, error) { s[40] ^= 1; return s, nil }
		}, token.ErrProof},
		"signs too short": {func(d *device) {
			d.sign = func(_, s []byte) ([]byte, error) { return s[:63], nil }
		}, token.ErrProof},
		"agrees on nothing": {func(d *device) {
			d.agree = func([]byte) ([]byte, error) { return nil, token.ErrBusy }
		}, token.ErrBusy},
		"agrees wrongly": {func(d *device) {
			d.agree = func(s []byte) ([]byte, error) { s[0] ^= 1; return s, nil }
		}, token.ErrDamaged},
		"not for rehearsals": {func(d *device) { d.mode = keyvalue.Production }, token.ErrMode},
		"without a serial":   {func(d *device) { d.id.Serial = "" }, token.ErrSerial},
	} {
		d := newDevice(t)
		c.spoil(d)
		if e, err := token.Enrol(d, d.mode, now); e != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
	if e, err := token.Enrol(newDevice(t), keyvalue.Rehearsal, time.Unix(-1, 0)); e != nil || !errors.Is(err, keyvalue.ErrValue) {
		t.Errorf("before 1970: %v", err)
	}
}

func TestFormatRefusesWhatParseWould(t *testing.T) {
	for name, spoil := range map[string]func(e *token.Enrolment){
		"nothing":            func(e *token.Enrolment) { *e = token.Enrolment{} },
		"no sealing key":     func(e *token.Enrolment) { e.SealingKey = nil },
		"no signing key":     func(e *token.Enrolment) { e.SigningKey = token.SigningKey{} },
		"no proof":           func(e *token.Enrolment) { e.Proof = nil },
		"another time":       func(e *token.Enrolment) { e.Time = now.Add(time.Second) },
		"a key on any curve": func(e *token.Enrolment) { e.SealingKey = new(ecdh.PublicKey) },
	} {
		e, err := token.ParseEnrolment(enrolled(t))
		if err != nil {
			t.Fatal(err)
		}
		spoil(e)
		if out, err := e.Format(); out != nil || err == nil {
			t.Errorf("%s: wrote %q", name, out)
		}
	}
}

func FuzzEnrolment(f *testing.F) {
	f.Add(enrolled(f))
	f.Add([]byte("bailiff-enrolment/1\n"))
	for _, d := range goldenDevices(f) {
		f.Add(text(f, d.Enrolment(f, keyvalue.Production)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, token.ParseEnrolment)
	})
}
