// Package custodytest makes rehearsal vaults for tests: real software tokens, real files, a
// clock that the test moves.
package custodytest

import (
	"bytes"
	"crypto/rand"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// PIN is the PIN of every token here.
const PIN = "rehearse-4711"

// Bench is a table with everything on it.
type Bench struct {
	Host   custody.Host
	Path   string        // of the vault
	Tokens []*soft.Token // one of each custodian, unlocked
	Files  []string      // the token files
	Anchor *policy.Anchor
	clock  *clock
}

// clock is what several goroutines of a test may look at.
type clock struct {
	sync.Mutex
	now time.Time
}

func (c *clock) forward(d time.Duration) time.Time {
	c.Lock()
	defer c.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// Setup says what to make; zero values are 3 of 5 in a rehearsal, with two made-up officers.
type Setup struct {
	Threshold, Custodians int
	Officers              []policy.Certificate
	Disk                  *durable.Disk
	Path                  string // of the vault; a temporary folder by default
}

// New makes a vault.
func New(t testing.TB, s Setup) *Bench {
	t.Helper()
	b := Prepare(t, &s)
	f := b.Founding(t, s)
	anchor, err := custody.Init(b.Host, b.Path, f)
	if err != nil {
		t.Fatal(err)
	}
	b.Anchor = anchor
	return b
}

// Prepare makes tokens and host, and fills in the defaults of s, but no vault.
func Prepare(t testing.TB, s *Setup) *Bench {
	t.Helper()
	b := prepare(t, s)
	dir := t.TempDir()
	for i := range s.Custodians {
		b.addToken(t, filepath.Join(dir, keyvalue.FormatCustodian(i+1)+".token"))
	}
	return b
}

// prepare makes the host, and fills in the defaults of s.
func prepare(t testing.TB, s *Setup) *Bench {
	t.Helper()
	if s.Custodians == 0 {
		s.Threshold, s.Custodians = 3, 5
	}
	if s.Officers == nil {
		for _, digit := range []string{"1", "2"} {
			s.Officers = append(s.Officers, policy.Certificate{
				Fingerprint: string(bytes.Repeat([]byte(digit), 40)), Name: "Officer Sample " + digit, Binary: []byte("certificate " + digit),
			})
		}
	}
	if s.Disk == nil {
		s.Disk = new(durable.Disk)
	}
	if s.Path == "" {
		s.Path = filepath.Join(t.TempDir(), "vault")
	}
	b := &Bench{Path: s.Path, clock: &clock{now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}}
	b.Host = custody.Host{Disk: s.Disk, Now: b.Now, Rand: rand.Reader}
	return b
}

// Draft is the policy draft of the setup: every custodian in an office and place of their own.
func (b *Bench) Draft(s Setup) *policy.Draft {
	d := &policy.Draft{
		Mode: keyvalue.Rehearsal, Threshold: s.Threshold, Profile: policy.ProfileV4Curve25519,
		Place: "Étude exemple", LegalBasis: "Dépôt, texte exemple.", Officers: policy.DraftOfficers{Threshold: 2},
		Reason: []policy.DraftReason{{Name: "death", Papers: []string{"death-certificate", "proof-of-heirship"}}, {Name: "request", WaitingDays: 8}},
	}
	for i := range s.Custodians {
		id := keyvalue.FormatCustodian(i + 1)
		d.Custodian = append(d.Custodian, policy.DraftCustodian{Name: "Custodian Sample " + id, Office: "Office " + id, Place: "Place " + id})
	}
	return d
}

// Founding is what a vault of the setup is made of.
func (b *Bench) Founding(t testing.TB, s Setup) custody.Founding {
	t.Helper()
	f := custody.Founding{Tokens: b.All()}
	for _, tok := range b.Tokens {
		e, err := token.Enrol(tok, keyvalue.Rehearsal, b.Now())
		if err != nil {
			t.Fatal(err)
		}
		f.Enrolments = append(f.Enrolments, []*token.Enrolment{e})
	}
	id, err := custody.NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if f.Policy, f.Names, f.Roster, err = b.Draft(s).Build(id, f.Enrolments, s.Officers, b.Host.Roots); err != nil {
		t.Fatal(err)
	}
	return f
}

// All returns the tokens of all custodians.
func (b *Bench) All() []token.Token {
	out := make([]token.Token, len(b.Tokens))
	for i, t := range b.Tokens {
		out[i] = t
	}
	return out
}

// Now is the clock: each look at it is a second later.
func (b *Bench) Now() time.Time {
	return b.clock.forward(time.Second)
}

// Forward moves the clock.
func (b *Bench) Forward(d time.Duration) { b.clock.forward(d) }

// Open opens the vault.
func (b *Bench) Open(t testing.TB, write bool) *custody.Vault {
	t.Helper()
	v, err := custody.Open(b.Host, b.Path, write)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

// Seat puts the tokens of those custodians at the table; none means all. Custodians count from 1.
func (b *Bench) Seat(t testing.TB, v *custody.Vault, custodians ...int) custody.Quorum {
	t.Helper()
	chosen := b.All()
	if len(custodians) > 0 {
		chosen = nil
		for _, c := range custodians {
			chosen = append(chosen, b.Tokens[c-1])
		}
	}
	table, err := v.Seat(chosen)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
