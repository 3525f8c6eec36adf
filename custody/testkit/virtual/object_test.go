package virtual

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// TestChainsAndPieces: an object of 700 bytes goes in by a chain and comes out in pieces, or at once
// by an extended command.
func TestChainsAndPieces(t *testing.T) {
	k := newTalk(t, "5.7.1", Options{})
	k.manage()
	content := bytes.Repeat([]byte{0xab}, 700)
	body := append([]byte{0x5c, 3, 0x5f, 0xc1, 0x0d}, object(0x53, content)...)
	for ; len(body) > 255; body = body[255:] {
		k.say(fmt.Sprintf("10db3fffff%x", body[:255]), "9000")
	}
	k.say(fmt.Sprintf("00db3fff%02x%x", len(body), body), "9000")
	got := k.say("00cb3fff055c035fc10d00", "6100")
	got = append(got, k.say("00c0000000", "61c0")...)
	got = append(got, k.say("00c0000000", "9000")...)
	if want := object(0x53, content); !bytes.Equal(got, want) {
		t.Errorf("%d bytes came back", len(got))
	}
	if got := k.say("00cb3fff0000055c035fc10d0000", "9000"); len(got) != 704 {
		t.Errorf("%d bytes at once", len(got))
	}
	k.say("00c0000000", "9000") // nothing is left
	k.say("10db3fff01aa", "9000")
	k.say("00fd0000", "9000") // breaks the chain
	k.say("00db3fff055c035fc10d", "6a80")
	k.say("00db3fff07 5c035fc10d 5300", "9000")
	k.say("00cb3fff055c035fc10d", "6a82")
	for range maxChain / 255 {
		k.say("10db3fffff"+strings.Repeat("00", 255), "9000")
	}
	k.say("10db3fffff"+strings.Repeat("00", 255), "6700")
}

func TestObjects(t *testing.T) {
	k := newTalk(t, "5.4.3", Options{})
	k.manage()
	k.say("00db3fff0d 5c035fc109 5306 8804 8902 aabb", "9000")
	k.say("00cb3fff055c035fc109", "6982")
	k.say(pin123456, "9000")
	k.say("00cb3fff055c035fc109", "5306 8804 8902 aabb 9000")
	k.say("00cb3fff03 5c017e", "7e12 4f0b a000000308000010000100 5f2f024000 9000")
	k.say("00cb3fff04 5c027f61", "6a82")
	k.say("00db3fff05 5c017e 5300", "6a80")
	big := append([]byte{0x5c, 3, 0x5f, 0xff, 0x10}, object(0x53, make([]byte, maxObject+1))...)
	k.say(fmt.Sprintf("00db3fff00%04x%x", len(big), big), "6a84")
}

func TestApplications(t *testing.T) {
	k := newTalk(t, "5.7.1", Options{})
	k.say("00f80000", "00bc614e 9000")
	k.say(pin123456, "9000")
	k.say("00a4040008a000000527471117", hex.EncodeToString([]byte("Virtual mgr - FW version 5.7.1"))+"9000")
	k.say("00fd0000", "6d00")
	if info := k.say("001d0000", "9000"); !bytes.Contains(info, []byte{2, 4, 0, 0xbc, 0x61, 0x4e}) || int(info[0]) != len(info)-1 {
		t.Errorf("device info %x", info)
	}
	k.say("00a4040008a000000527200101", "6a82")
	k.say("00a4040006d27600012401", "6a82")
	k.say("00a404000ba000000308000010000100", "9000")
	k.say(askTries, "63c3") // selecting forgets the PIN
	k.say("80fd0000", "6e00")
	k.say("00990000", "6d00")
	old := newTalk(t, "4.3.7", Options{})
	old.say("00a4040008a000000527200101", "9000")
	old.say("0001100000", "00bc614e 9000")
	old.card.PowerOff()
	old.say("00fd0000", "6d00")
}

// TestKinds: keys of all kinds, made and taken, answer with what they should.
func TestKinds(t *testing.T) {
	k := newTalk(t, "5.7.1", Options{})
	k.manage()
	k.say(pin123456, "9000")
	for alg, want := range map[string]int{"11": 32, "14": 48, "e1": 32} {
		pub := k.say("0047009d08 ac06 8001"+alg+" aa0102", "9000")
		point := pub[bytes.IndexByte(pub, 0x86)+2:]
		body := object(0x7c, append([]byte{0x82, 0}, object(0x85, point)...))
		got := k.say(fmt.Sprintf("0087%s9d%02x%x", alg, len(body), body), "9000")
		if len(got) != want+4 {
			t.Errorf("%s: shared secret %x", alg, got)
		}
		body[len(body)-1] ^= 1
		if alg != "e1" { // off the curve
			k.say(fmt.Sprintf("0087%s9d%02x%x", alg, len(body), body), "6a80")
		}
	}
	k.say("0087e19d08 7c06 8200 8102 aaaa", "6a80") // X25519 does not sign
	old := newTalk(t, "5.4.3", Options{})
	old.manage()
	for _, alg := range []string{"e0", "e1", "05", "16", "22"} {
		old.say("0047009d05 ac03 8001"+alg, "6a80")
	}
	old.say("0047008105 ac03 800111", "6a86")
	old.say("0047009d08 ac06 800111 aa0109", "6a80")
	old.say("00f6ff9d", "6d00")
	old.say("00fe119d22 0620"+strings.Repeat("ff", 32), "6a80") // not below the order
}

// TestKeysAreFixedBySeeds: the same seed and commands make the same keys.
func TestKeysAreFixedBySeeds(t *testing.T) {
	var keys [2][]byte
	for i := range keys {
		k := newTalk(t, "5.7.1", Options{})
		k.manage()
		keys[i] = k.say("0047009d05 ac03 800111", "9000")
	}
	if !bytes.Equal(keys[0], keys[1]) {
		t.Error("two keys of one seed differ")
	}
}

func TestSavedCard(t *testing.T) {
	k := newTalk(t, "5.7.1", Options{})
	k.manage()
	pub := k.say("0047009d05 ac03 800111", "9000")
	k.say(wrongGuess, "63c2")
	saved, err := k.card.Save()
	if err != nil || !bytes.Contains(saved, []byte("REHEARSAL")) {
		t.Fatalf("%v: %s", err, saved)
	}
	c, err := Restore(saved, Options{})
	if err != nil {
		t.Fatal(err)
	}
	again := &talk{T: t, card: c}
	again.say("00a4040005a000000308", "9000")
	again.say(askTries, "63c2")
	if meta := again.say("00f7009d00", "9000"); !bytes.Contains(meta, pub[4:]) {
		t.Error("another key after restoring")
	}
	if _, err := Restore(bytes.Replace(saved, []byte("REHEARSAL"), []byte("PRODUCTION"), 1), Options{}); err == nil {
		t.Error("restored what says that it is real")
	}
}

func TestMishaps(t *testing.T) {
	run := func(f Failure) (string, bool, *talk) {
		k := newTalk(t, "5.7.1", Options{})
		k.card.EmptyLog()
		f.At = 2
		k.card.Arm(f)
		k.say(askTries, "63c3")
		b, _ := hex.DecodeString(strings.ReplaceAll(wrongGuess, " ", ""))
		answer, removed := k.card.Transmit(context.Background(), b)
		return hex.EncodeToString(answer), removed, k
	}
	for _, c := range []struct {
		failure     Failure
		answer      string
		removed     bool
		left        int
		lastInLog   uint16
		description string
	}{
		{Failure{Do: RemoveBefore}, "", true, 3, 0, "pulled before"},
		{Failure{Do: RemoveAfter}, "", true, 2, 0, "pulled after"},
		{Failure{Do: AnswerInstead, Status: 0x6f00}, "6f00", false, 3, 0x6f00, "not run"},
		{Failure{Do: AnswerAfter, Status: 0x6f00}, "6f00", false, 2, 0x6f00, "run"},
		{Failure{Do: Garbage}, "7cff538400dead9000", false, 2, 0x9000, "garbage"},
		{Failure{Do: Truncate}, "9000", false, 2, 0x9000, "truncated"},
		{Failure{Do: Endless}, strings.Repeat("00", 255) + "61ff", false, 3, 0x61ff, "endless"},
		{Failure{Do: LockPIN}, "6983", false, 0, 0x6983, "locked"},
		{Failure{Do: Wait, Delay: 1}, "63c2", false, 2, 0x63c2, "late"},
	} {
		answer, removed, k := run(c.failure)
		if answer != c.answer || removed != c.removed || k.card.state.PIN.Left != c.left {
			t.Errorf("%s: %q, removed %t, %d tries left", c.description, answer, removed, k.card.state.PIN.Left)
		}
		if log := k.card.Log(); len(log) != 2 || log[1] != (Exchange{0, 0x20, 0, 0x80, c.lastInLog}) {
			t.Errorf("%s: log %v", c.description, log)
		}
		if c.failure.Do != Endless {
			continue
		}
		for range 3 {
			if more := k.say("00c00000", "61ff"); len(more) != 255 {
				t.Errorf("%s: then %x", c.description, more)
			}
		}
	}
}
