//go:build cgo

package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/token/piv"
)

const (
	cosignAtTable   = "bailiff ledger cosign --vault vault"
	releaseAtTable  = "bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit --words-in-kit --confirm 2026-000123"
	foundAtTable    = "bailiff vault init --vault other --policy policy.toml"
	ceremonyAtTable = "bailiff ceremony run --vault other --script other.toml --dice " + dice
)

// A release with tokens in three readers: nobody moves a card, and each touch is said before and after.
func TestTableReaders(t *testing.T) {
	s := newSeatScene(t)
	for reader, serial := range []string{chloe, bruno, anne} {
		s.putIn(reader, serial)
	}
	x := s.sit(releaseAtTable)
	x.finish(0)
	x.said("TOUCH token " + bruno + ", of c02 (Bruno Exemple), now, to open one share of one key")
	x.said("Touched, thank you.")
	if n := strings.Count(x.screen(), "PIN of token"); n != 2 {
		t.Errorf("%d PINs typed for two custodians", n)
	}
	s.verified("vault")
}

// A vault, a ceremony and a release with one reader, in which the tokens are swapped.
func TestTableOneReader(t *testing.T) {
	s := newSeatScene(t)
	found := s.sit(foundAtTable)
	found.reader = 0
	found.finish(0)
	m := &maker{dir: s.dir}
	var shown vaultShown
	m.run(&shown, "bailiff vault show --vault other")
	m.file("other.toml", scriptFor(shown.Vault, 2))
	if m.err != nil {
		t.Fatal(m.err)
	}
	s.takeOut(s.in[0])
	ceremony := s.sit(ceremonyAtTable)
	ceremony.reader = 0
	ceremony.finish(0)
	s.verified("other")
	s.takeOut(s.in[0])
	released := s.sit(releaseAtTable)
	released.reader = 0
	released.finish(0)
	s.verified("vault")
}

// What does not belong at the table is refused by name, and the act waits for what does.
func TestTableWrongTokens(t *testing.T) {
	s := newSeatScene(t).unsigned()
	x := s.sit(cosignAtTable)
	x.await("Tokens ready: 0 of 2")
	x.change(0, outsider)
	x.await("trouble: " + outsider + ": this token belongs to no custodian of the vault")
	x.change(0, bruno)
	x.answer(bruno, "1")
	x.await("What was typed cannot be the PIN of token " + bruno)
	x.answer(bruno, "314159")
	x.await("you have 2 tries left.")
	x.await("(tries left: 2)")
	x.enter(cardPIN)
	x.await("Tokens ready: 1 of 2")
	x.change(0, spare)
	x.await("c02 (Bruno Exemple): " + spare + ": two tokens of one custodian, who counts once")
	x.change(0, bruno)
	x.await("c02 (Bruno Exemple): " + bruno + ": two tokens of one custodian, who counts once")
	x.change(0, anne)
	x.answer(anne, cardPIN)
	x.await("Put in token " + bruno + ", of c02 (Bruno Exemple).")
	x.change(0, chloe)
	x.await("Token " + chloe + " is that of c03 (Chloé Exemple); awaited: " + bruno + ".")
	x.change(0, spare)
	x.await("is a spare token of c02 (Bruno Exemple)")
	x.reader = 0
	x.change(0, bruno)
	x.finish(0)
	s.verified("vault")
}

// A card with a custodian's number and without their keys is left aside before anybody types a PIN.
func TestTableFalseCard(t *testing.T) {
	s := newSeatScene(t).unsigned()
	stranger, err := s.rig.NewCard(rig.CardOptions{Serial: 30000001, File: filepath.Join(s.dir, "cards", "false")})
	if err != nil {
		t.Fatal(err)
	}
	if err := stranger.Insert(0); err != nil {
		t.Fatal(err)
	}
	x := s.sit(cosignAtTable)
	x.await("trouble: " + anne + ": 9c: there is no key in this slot")
	x.await("Token " + anne + " is left aside")
	if strings.Contains(x.screen(), "PIN of token") {
		t.Errorf("a PIN was asked for; on the terminal:\n%s", x.screen())
	}
	if err := stranger.Remove(); err != nil {
		t.Fatal(err)
	}
	x.await("Token " + anne + ", of c01 (Anne Exemple), was taken out.")
	s.putIn(0, anne)
	s.putIn(1, bruno)
	x.finish(0)
	s.verified("vault")
}

// A card that is pulled while it works, and one that nobody touches: the operation is done again.
func TestTableCutOff(t *testing.T) {
	s := newSeatScene(t)
	s.putIn(0, anne)
	s.putIn(1, bruno)
	if err := s.cards[anne].SetTouch(rig.Touch{Do: rig.TouchAsk}); err != nil {
		t.Fatal(err)
	}
	if err := s.cards[bruno].SetTouch(rig.Touch{Do: rig.TouchRefuse, After: 100 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	x := s.sit(releaseAtTable)
	x.answer(anne, cardPIN)
	x.answer(bruno, cardPIN)
	x.press(anne)
	x.await("The token was not touched in time; it asks again.")
	if err := s.cards[bruno].SetTouch(rig.Touch{}); err != nil {
		t.Fatal(err)
	}
	x.await("TOUCH token " + anne + ", of c01 (Anne Exemple), now, to open one share")
	s.takeOut(anne)
	x.await("the token was pulled out during an operation")
	x.await("Put in token " + anne)
	if err := s.cards[anne].SetTouch(rig.Touch{}); err != nil {
		t.Fatal(err)
	}
	s.putIn(0, anne)
	x.finish(0)
	s.verified("vault")
}

// A reader that another process holds, and a daemon that was stopped.
func TestTableMachine(t *testing.T) {
	s := newSeatScene(t).unsigned()
	s.putIn(0, anne)
	var readers piv.Readers
	held, err := readers.Open(t.Context(), anne, nil)
	if err != nil {
		t.Fatal(err)
	}
	x := s.sit(cosignAtTable)
	x.await("another program is using the token")
	x.await("hint: ")
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	x.answer(anne, cardPIN)
	x.await("Tokens ready: 1 of 2")
	if err := s.rig.Close(); err != nil {
		t.Fatal(err)
	}
	x.await("trouble: the smart card daemon (pcscd) does not answer")
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.deal()
	x.await("Tokens ready: 1 of 2")
	x.reader = 0
	s.in = make([]string, readersOfRig)
	s.putIn(0, bruno)
	x.finish(0)
	s.verified("vault")
}

// A custodian who types no PIN is told so, and may think again.
func TestTableDeclined(t *testing.T) {
	s := newSeatScene(t).unsigned()
	s.putIn(0, anne)
	x := s.sit(cosignAtTable)
	x.answer(anne, "")
	x.await("No PIN was tried.")
	x.await("Token " + anne + " is left aside")
	s.takeOut(anne)
	x.await("Token " + anne + ", of c01 (Anne Exemple), was taken out.")
	s.putIn(0, anne)
	s.putIn(1, bruno)
	x.finish(0)
	s.verified("vault")
}

// A token whose PIN is locked is set aside, and the custodian's spare takes its place.
func TestTableLocked(t *testing.T) {
	s := newSeatScene(t).unsigned()
	if err := s.cards[bruno].BlockPIN(); err != nil {
		t.Fatal(err)
	}
	s.putIn(0, bruno)
	x := s.sit(cosignAtTable)
	x.await("locked")
	x.await("Token " + bruno + " is left aside")
	s.putIn(1, spare)
	x.answer(spare, cardPIN)
	s.putIn(2, anne)
	x.finish(0)
	s.verified("vault")
}

// Without a terminal nobody is waited for, unless --wait says how long.
func TestTableScripts(t *testing.T) {
	s := newSeatScene(t).unsigned()
	s.putIn(0, anne)
	fails := func(line, want string) {
		t.Helper()
		m := &maker{dir: s.dir}
		m.run(nil, line+" --lang en")
		if m.err == nil || !strings.Contains(m.err.Error(), want) {
			t.Errorf("%s: %v, want %q", line, m.err, want)
		}
	}
	fails(cosignAtTable+" --pin-file pins", "c02 (Bruno Exemple), c03 (Chloé Exemple): ")
	fails(cosignAtTable+" --pin-file pins --token 30000001 --token 30000003", "30000003: ")
	fails(cosignAtTable+" --pin-file pins --token 30000001 --token 30000001", "c01 (Anne Exemple): two tokens")
	fails(cosignAtTable+" --pin-file pins --token 30000001 --token 0030000003", "0030000003: ")
	came := make(chan error)
	go func() {
		time.Sleep(time.Second)
		came <- s.insert(1, chloe)
	}()
	m := &maker{dir: s.dir}
	m.run(nil, cosignAtTable+" --pin-file pins --wait 1m --token 30000001 --token 30000003")
	if err := errors.Join(m.err, <-came); err != nil {
		t.Error(err)
	}
	s.verified("vault")
}

// What is typed before it is asked for is neither shown nor taken.
func TestTableTypedTooSoon(t *testing.T) {
	s := newSeatScene(t).unsigned()
	x := s.sit(cosignAtTable)
	x.await("Tokens ready: 0 of 2")
	x.enter(cardPIN)
	x.reader = 0
	x.putIn(0, anne)
	x.finish(0)
	if strings.Contains(x.screen(), cardPIN) {
		t.Errorf("a PIN on the terminal:\n%s", x.screen())
	}
}
