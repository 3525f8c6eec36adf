package main

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/testkit/needle"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
)

// counted holds what the cards did against what it has to be: each touch is one share opened, or one
// signature, and cards changed places in the last reader.
func (p *performance) counted(t *testing.T, lang wording.Lang) {
	t.Helper()
	const (
		enrolled = 2          // a signature and an ECDH
		founded  = 1          // the first checkpoint
		proved   = sample + 3 // the shares of the sample; opened, sealed and proved are cosigned
		released = 3          // intent and outcome are cosigned, a share is opened
		cosigned = 1
	)
	all := enrolled + founded + proved
	want := lang.Say("demo.piv.touches", fmt.Sprintf("c01 %d, c02 %d, c03 %d, c04 %d, c05 %d",
		all+released, all+released, all+released+cosigned, all+cosigned, all+cosigned))
	if !bytes.Contains(p.out, []byte("\n"+want+"\n")) {
		t.Errorf("not said: %s\n%s", want, p.out)
	}
	swaps := 0
	for n := range custodians {
		for m := range custodians {
			swaps += bytes.Count(p.out, []byte("\n   "+lang.Say("demo.piv.swap", readers, cardSerial(n+1), cardSerial(m+1))+"\n"))
		}
	}
	if said := lang.Say("demo.piv.swaps", readers, swaps); swaps < 4 || !bytes.Contains(p.out, []byte("\n"+said+"\n")) {
		t.Errorf("%d cards were changed; not said: %s\n%s", swaps, said, p.out)
	}
}

// hasCards tells whether the demo that kept its secrets in pins was played with cards.
func hasCards(pins string) bool {
	_, err := os.Stat(filepath.Join(pins, cardFile(1)))
	return err == nil
}

// ofCard are the PUK, the management key and the private keys of custodian n's card.
func ofCard(t *testing.T, pins string, n int) []needle.Needle {
	t.Helper()
	_, puk, found := bytes.Cut(read(t, filepath.Join(pins, pinFile(n))), []byte("\n*.puk "))
	var saved struct {
		Management struct{ Key []byte }
		Keys       map[byte]struct{ Private []byte }
	}
	err := json.Unmarshal(read(t, filepath.Join(pins, cardFile(n))), &saved)
	management, signing, sealing := saved.Management.Key, saved.Keys[slotSigning].Private, saved.Keys[firstSlot].Private
	if err != nil || !found || len(puk) != pukSize || len(management) != 24 || len(signing) != 32 || len(sealing) != 32 {
		t.Fatalf("%s: codes or keys are missing: %v", cardFile(n), err)
	}
	if slices.Equal(management, virtual.DefaultManagementKey()) {
		t.Errorf("%s: the management key is the default", cardFile(n))
	}
	name := needle.Token + " " + custodian(n)
	return append(needle.SigningForms(name, signing), needle.Needle{Name: name + " sealing", Value: sealing},
		needle.Needle{Name: "puk " + custodian(n), Value: puk}, needle.Needle{Name: "management-key " + custodian(n), Value: management})
}

// bareCard is a card without reader and daemon, as far as it opens shares.
type bareCard struct {
	token.Token // nothing else is asked of it
	card        *virtual.Card
	enrolled    *token.Enrolment
}

func (b *bareCard) SealingKey() *ecdh.PublicKey { return b.enrolled.SealingKey }

// ECDH is GENERAL AUTHENTICATE with a point (NIST SP 800-73-4 part 2, §3.2.4).
func (b *bareCard) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	point := peer.Bytes()
	template := append([]byte{0x7c, byte(len(point) + 4), 0x82, 0, 0x85, byte(len(point))}, point...)
	answer, err := b.ask(0x87, 0x11, b.enrolled.Slot, template)
	if err != nil {
		return nil, err
	}
	shared, ok := bytes.CutPrefix(answer, []byte{0x7c, 0x22, 0x82, 0x20})
	if !ok || len(shared) != 32 {
		return nil, errors.New("no shared secret")
	}
	return shared, nil
}

func (b *bareCard) ask(ins, p1, p2 byte, body []byte) ([]byte, error) {
	answer, _ := b.card.Transmit(context.Background(), append([]byte{0, ins, p1, p2, byte(len(body))}, body...))
	data, ok := bytes.CutSuffix(answer, []byte{0x90, 0})
	if !ok {
		return nil, fmt.Errorf("%02x: %x", ins, answer)
	}
	return data, nil
}

// unlockCard takes custodian n's card out of its file.
func unlockCard(t *testing.T, dir, pins string, n int) token.Token {
	t.Helper()
	card, err := virtual.Restore(read(t, filepath.Join(pins, cardFile(n))), virtual.Options{})
	if err != nil {
		t.Fatal(err)
	}
	enrolled, err := token.ParseEnrolment(read(t, filepath.Join(dir, enrolmentFile(n))))
	if err != nil {
		t.Fatal(err)
	}
	b := &bareCard{card: card, enrolled: enrolled}
	if _, err := b.ask(0xa4, 4, 0, []byte{0xa0, 0, 0, 3, 8}); err != nil {
		t.Fatal(err)
	}
	pin := pinOf(t, pins, pinFile(n))
	if _, err := b.ask(0x20, 0, 0x80, append(pin, bytes.Repeat([]byte{0xff}, 8-len(pin))...)); err != nil {
		t.Fatal(err)
	}
	return b
}
