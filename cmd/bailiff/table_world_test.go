//go:build cgo

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// The tokens of these tests: those of the custodians, the second custodian's spare, a stranger's.
const (
	anne     = "30000001"
	bruno    = "30000002"
	spare    = "30000022"
	chloe    = "30000003"
	outsider = "30000099"

	cardPIN = "271828"
)

// enrolments are the files under which the policy knows the tokens.
var enrolments = map[string]string{anne: "c01", bruno: "c02", spare: "c02b", chloe: "c03", outsider: "stranger"}

// cardTable is what all tests with cards share: one daemon with two readers, since the PC/SC library asks
// once in a process where it is, and a fixture whose tokens are cards.
type cardTable struct {
	rig *rig.Rig
	dir string // the fixture; its folder `cards` holds the cards
}

var sharedTable = sync.OnceValues(func() (*cardTable, error) {
	dir := os.Getenv(fixtureVariable) + "-cards"
	c := &cardTable{dir: dir}
	if err := os.MkdirAll(filepath.Join(dir, "cards"), 0o755); err != nil {
		return nil, err
	}
	if err := c.start(); err != nil {
		return nil, err
	}
	if err := os.Setenv("PCSCLITE_CSOCK_NAME", c.rig.Socket()); err != nil {
		return nil, err
	}
	return c, c.makeFixture()
})

// start starts the daemon; it ends with the process.
func (c *cardTable) start() (err error) {
	c.rig, err = rig.Start(rig.Options{Dir: filepath.Join(filepath.Dir(c.dir), "rig"), Readers: 4, Log: os.Stderr})
	return err
}

// makeFixture prepares the cards and has the tools make everything with three of them in readers.
func (c *cardTable) makeFixture() error {
	for serial, name := range enrolments {
		if err := c.prepare(serial, name); err != nil {
			return fmt.Errorf("%s: %w", serial, err)
		}
	}
	var put []*rig.Card
	for reader, serial := range []string{anne, bruno, chloe} {
		card, err := c.card(c.dir, serial)
		if err == nil {
			err = card.Insert(reader)
		}
		if err != nil {
			return err
		}
		put = append(put, card)
	}
	m := &maker{dir: c.dir, profile: usualProfile, tokens: " --pin-file pins"}
	m.file("pins", "* "+cardPIN+"\n")
	if err := m.finish(&facts{Serial: anne}); err != nil {
		return err
	}
	for _, card := range put {
		if err := card.Remove(); err != nil {
			return err
		}
	}
	return nil
}

// card takes a card up from a folder.
func (c *cardTable) card(dir, serial string) (*rig.Card, error) {
	var number uint32
	if _, err := fmt.Sscan(serial, &number); err != nil {
		return nil, err
	}
	return c.rig.NewCard(rig.CardOptions{Serial: number, File: filepath.Join(dir, "cards", serial)})
}

// prepare makes a card and enrols it.
func (c *cardTable) prepare(serial, name string) error {
	card, err := c.card(c.dir, serial)
	if err == nil {
		err = card.Insert(0)
	}
	if err != nil {
		return err
	}
	var readers piv.Readers
	open, err := readers.Open(context.Background(), serial, nil)
	if err != nil {
		return err
	}
	enrolment, err := open.Init(context.Background(), piv.Order{
		Mode: keyvalue.Rehearsal, PIN: secret.From([]byte(cardPIN)), PUK: secret.From([]byte("31415926")),
		Signing: token.Ed25519, Now: time.Now(),
	})
	if err != nil {
		return err
	}
	text, err := enrolment.Format()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(c.dir, "tokens"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.dir, "tokens", name+".enrolment"), text, 0o644); err != nil {
		return err
	}
	if err := open.Close(); err != nil {
		return err
	}
	return card.Remove()
}

// seatScene is a copy of the fixture with its cards, for one test.
type seatScene struct {
	*testing.T
	*cardTable
	dir   string
	facts facts
	cards map[string]*rig.Card
	in    []string            // serials by reader
	as    *syscall.Credential // of another account; nil: of this one
}

const readersOfRig = 4

func newSeatScene(t *testing.T) *seatScene {
	t.Helper()
	table, err := sharedTable()
	if err != nil {
		t.Fatal(err)
	}
	s := &seatScene{T: t, cardTable: table, dir: t.TempDir(), cards: map[string]*rig.Card{}, in: make([]string, readersOfRig)}
	if err := os.CopyFS(s.dir, os.DirFS(table.dir)); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(s.dir, "facts.json"))
	if err == nil {
		err = json.Unmarshal(data, &s.facts)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.deal()
	t.Cleanup(s.clear)
	return s
}

// clear takes all cards out.
func (s *seatScene) clear() {
	for _, serial := range slices.Clone(s.in) {
		s.takeOut(serial)
	}
}

// deal takes up the cards.
func (s *seatScene) deal() {
	s.Helper()
	for serial := range enrolments {
		card, err := s.card(s.dir, serial)
		if err != nil {
			s.Fatal(err)
		}
		s.cards[serial] = card
	}
}

// putIn puts a card into a reader, in place of that which is there.
func (s *seatScene) putIn(reader int, serial string) {
	s.Helper()
	if err := s.insert(reader, serial); err != nil {
		s.Fatal(err)
	}
}

func (s *seatScene) insert(reader int, serial string) error {
	s.takeOut(s.in[reader])
	if err := s.cards[serial].Insert(reader); err != nil {
		return fmt.Errorf("%s into reader %d: %w", serial, reader, err)
	}
	s.in[reader] = serial
	return nil
}

// takeOut takes a card out, if it is in a reader. One that a mishap pulled is out already.
func (s *seatScene) takeOut(serial string) {
	if i := slices.Index(s.in, serial); serial != "" && i >= 0 {
		_ = s.cards[serial].Remove()
		s.in[i] = ""
	}
}

// verified has the tool verify a vault.
func (s *seatScene) verified(vault string) {
	s.Helper()
	m := &maker{dir: s.dir}
	m.run(nil, "bailiff vault verify --vault "+vault)
	if m.err != nil {
		s.Error(m.err)
	}
}

// unsigned leaves an entry that nobody has cosigned.
func (s *seatScene) unsigned() *seatScene {
	s.Helper()
	m := &maker{dir: s.dir}
	m.run(nil, "bailiff order receive --vault vault --order order.txt --signatures order.sig")
	if m.err != nil {
		s.Fatal(m.err)
	}
	return s
}
