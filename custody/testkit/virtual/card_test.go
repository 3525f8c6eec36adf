package virtual

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"bailiff/custody/token/attestation"
)

// talk is a card with whom a test exchanges hexadecimal APDUs.
type talk struct {
	*testing.T
	card *Card
	now  time.Time
}

func newTalk(t *testing.T, firmware string, o Options) *talk {
	t.Helper()
	f, err := ParseFirmware(firmware)
	if err != nil {
		t.Fatal(err)
	}
	talk := &talk{T: t, now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}
	o.Firmware, o.Serial, o.Random = f, 12345678, Seeded(t.Name())
	o.Now = func() time.Time { return talk.now }
	if talk.card, err = New(o); err != nil {
		t.Fatal(err)
	}
	talk.say("00a4040005a000000308", "9000")
	return talk
}

// say sends an APDU and compares the answer's end.
func (t *talk) say(apdu, want string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(apdu, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	answer, removed := t.card.Transmit(context.Background(), b)
	if got := hex.EncodeToString(answer); removed || !strings.HasSuffix(got, strings.ReplaceAll(want, " ", "")) {
		t.Fatalf("%s: %s, want %s", apdu, got, want)
	}
	return answer[:len(answer)-2]
}

const (
	pin123456  = "0020008008 313233343536ffff"
	wrongGuess = "0020008008 393939393939ffff"
	askTries   = "00200080"
)

// manage authenticates with the management key.
func (t *talk) manage() {
	t.Helper()
	m := t.card.state.Management
	head := fmt.Sprintf("0087%02x9b", byte(m.Algorithm))
	challenge := t.say(head+"047c028100", "9000")[4:]
	block, err := m.cipher()
	if err != nil {
		t.Fatal(err)
	}
	block.Encrypt(challenge, challenge)
	body := object(0x7c, object(0x82, challenge))
	t.say(fmt.Sprintf("%s%02x%x", head, len(body), body), "9000")
}

func TestPINTries(t *testing.T) {
	k := newTalk(t, "5.7.1", Options{})
	k.say(askTries, "63c3")
	k.say(wrongGuess, "63c2")
	k.say(wrongGuess, "63c1")
	k.say(pin123456, "9000")
	k.say(askTries, "9000")
	k.say("0020ff80", "9000")
	for _, want := range []string{"63c2", "63c1", "63c0", "6983"} {
		k.say(wrongGuess, want)
	}
	k.say(pin123456, "6983")
	k.say(askTries, "6983")
	k.say("00fb000000", "6985") // the PUK is not blocked
	k.say("002c008010 3939393939393939 323436383130ffff", "63c2")
	k.say("002c008010 3132333435363738 3234363831ffffff", "6a80") // five digits
	k.say("002c008010 3132333435363738 323436383130ffff", "9000")
	k.say("0020008008 323436383130ffff", "9000")
	k.say("0020009608 323436383130ffff", "6a88") // no fingerprints
	k.say("0024008110 3132333435363738 3837363534333231", "9000")
	k.say("0024008110 3132333435363738 3837363534333231", "63c2")
}

func TestResetAndRetries(t *testing.T) {
	k := newTalk(t, "5.4.3", Options{})
	k.say("00fa0504", "6982")
	k.manage()
	k.say("00fa0504", "6982") // the PIN too
	k.say(pin123456, "9000")
	k.say("0024008010 313233343536ffff 323436383130ffff", "9000")
	k.say("00fa0504", "9000")
	k.say(askTries, "63c5")
	k.say("00f7008100", "0101ff 050101 06020404 9000")
	k.say(pin123456, "9000") // the default again
	k.say("0047009a0b ac09 800111 aa0102 ab0101", "9000")
	k.card.BlockPIN()
	k.card.BlockPUK()
	k.say("00fb0000", "9000")
	k.say(askTries, "63c3")
	k.say("00f7009a00", "6a88")
	k.say("00cb3fff0000055c035fff010000", "9000") // the attestation certificate stays
}

// TestManagementKey: mutual authentication, a wrong answer, and what it protects.
func TestManagementKey(t *testing.T) {
	for firmware, alg := range map[string]string{"4.3.7": "03", "5.4.3": "03", "5.7.1": "0a"} {
		k := newTalk(t, firmware, Options{})
		k.say("0047009a0b ac09 800111 aa0102 ab0101", "6982")
		k.say("00db3fff09 5c035fc105 5302aaaa", "6982")
		k.say("00fffffe1b 0a9b18"+strings.Repeat("11", 24), "6982")
		k.say("0087089b047c028100", "6a80") // AES-128 is not what it is
		size := 16
		if alg == "03" {
			size = 8
		}
		k.say("0087"+alg+"9b047c028100", "9000")
		wrong := object(0x7c, object(0x82, make([]byte, size)))
		k.say(fmt.Sprintf("0087%s9b%02x%x", alg, len(wrong), wrong), "6982")
		k.say(fmt.Sprintf("0087%s9b%02x%x", alg, len(wrong), wrong), "6a80") // the challenge is spent
		k.manage()
		k.say("00db3fff09 5c035fc105 5302aaaa", "9000")
		if firmware == "4.3.7" {
			k.say("00ffffff1b 0a9b18"+strings.Repeat("11", 24), "6a80")
			k.say("00f7009b00", "6d00")
			k.say("00f80000", "6d00")
			continue
		}
		k.say("00ffffff23 0c9b20"+strings.Repeat("11", 32), "9000")
		k.say("00f7009b00", "01010c 02020001 050100 9000")
		k.manage()
	}
}

func TestPolicies(t *testing.T) {
	var asked []byte
	touch := false
	k := newTalk(t, "5.7.1", Options{Touch: func(_ context.Context, o Operation) bool {
		asked = append(asked, o.Slot)
		return touch
	}})
	k.manage()
	k.say("0047009a0b ac09 800111 aa0103 ab0101", "9000") // PIN always
	k.say("004700820b ac09 800111 aa0102 ab0102", "9000") // touch always
	k.say("0047009c0b ac09 8001e0 aa0101 ab0103", "9000") // touch cached
	sign := func(head string) string { return head + "08 7c06 8200 8102 aaaa" }
	a, sealing, signing := sign("0087119a"), sign("00871182"), sign("0087e09c")
	k.say(a, "6982")
	k.say(pin123456, "9000")
	k.say(a, "9000")
	k.say(a, "6982") // PIN again
	k.say(pin123456, "9000")
	k.say("00fd0000", "9000")
	k.say(a, "6982") // not the command right after the PIN
	k.say(sealing, "6982")
	touch = true
	k.say(sealing, "9000")
	k.say(sealing, "9000")
	k.say(signing, "9000") // the touch just before counts
	k.now = k.now.Add(16 * time.Second)
	k.say(signing, "9000")
	if want := []byte{0x82, 0x82, 0x82, 0x9c}; !bytes.Equal(asked, want) || k.card.Touches() != 4 {
		t.Errorf("asked for touches of %x, want %x", asked, want)
	}
	k.card.PowerOff()
	k.say("00a4040005a000000308", "9000")
	k.say(sealing, "6982")
	k.say("008711fe08 7c06 8200 8102 aaaa", "6a86")
	k.say("0087e08208 7c06 8200 8102 aaaa", "6a80") // not that slot's algorithm
}

// TestAttestations: what the card states of itself holds before the roots of rehearsals, and fails
// before Yubico's.
func TestAttestations(t *testing.T) {
	k := newTalk(t, "5.7.1", Options{FormFactor: 3})
	k.manage()
	k.say("0047009c0b ac09 8001e0 aa0102 ab0103", "9000")
	k.say("004700830b ac09 800111 aa0102 ab0102", "9000")
	fetch := func(apdu string) []byte {
		var all []byte
		for {
			b, _ := hex.DecodeString(apdu)
			answer, _ := k.card.Transmit(context.Background(), b)
			all = append(all, answer[:len(answer)-2]...)
			if answer[len(answer)-2] != 0x61 {
				return all
			}
			apdu = "00c0000000"
		}
	}
	stored, err := within(fetch("00cb3fff055c035fff01"), 0x53)
	if err != nil {
		t.Fatal(err)
	}
	device, _ := value(stored, 0x70)
	chain := &attestation.Chain{Intermediate: device, Signing: fetch("00f99c0000"), Sealing: fetch("00f9830000")}
	s, err := attestation.Rehearsal().Verify(chain, k.now)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Test || s.Signing.Serial != 12345678 || s.Sealing.Slot != 0x83 || s.Signing.Firmware.String() != "5.7.1" ||
		s.Sealing.PIN != attestation.PINOnce || s.Sealing.Touch != attestation.TouchAlways || s.Sealing.FormFactor != 3 {
		t.Errorf("states %+v", s)
	}
	if _, err := attestation.Yubico().Verify(chain, k.now); err == nil {
		t.Error("a software card passes for one of Yubico's")
	}
	k.say("00fe118425 0620"+strings.Repeat("11", 32)+"aa0102", "9000")
	k.say("00f9840000", "6a80") // imported
	k.say("00f9850000", "6a80") // empty
	if b := k.say("00f7008400", "9000"); !bytes.Contains(b, []byte{3, 1, 2}) {
		t.Errorf("metadata of an imported key: %x", b)
	}
	k.say("00f68684", "9000")
	k.say("00f7008400", "6a88")
	k.say("00f6ff86", "9000")
	k.say("00f6ff86", "6a88")
}
