package main_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
	"bailiff/release/officer"
)

// These tests hold the invariants of docs/threat-model.md against the library, each under its
// number. All of them share one set of tokens and officers and one proved batch, which a scene
// copies; a scene's tokens count what they are asked.

// The props: a vault of 2 of 3, in which c02 has a spare token; a batch of six keys.
const (
	published, sampled, reserved = 3, 2, 1
	witnessDice                  = "31415265351246253412"
)

type files map[string][]byte

type props struct {
	tokens        []*soft.Token // c01, c02, c03, the spare of c02, a stranger's
	officers      []*officer.SecretKey
	anchor        *policy.Anchor
	empty, proved stage // before and after the ceremony
}

// stage is a vault at some time, and what the tokens remember of it.
type stage struct {
	files
	heads []token.Head
	clock time.Time
}

// lasting is a test whose end closes nothing.
type lasting struct{ testing.TB }

func (lasting) Cleanup(func()) {}

var theProps struct {
	sync.Once
	*props
}

// cast makes the props, once.
func cast(t *testing.T) *props {
	t.Helper()
	theProps.Do(func() {
		setup := custodytest.Setup{Threshold: 2, Custodians: 5}
		b := custodytest.Prepare(lasting{t}, &setup)
		p := &props{tokens: b.Tokens}
		setup.Custodians, setup.Officers = 3, p.appoint(t, 3)
		p.found(t, b, setup)
		s := &scene{T: t, props: p, path: b.Path, clock: b.Now(), disk: new(durable.Disk)}
		s.seatAll()
		p.empty = s.keep()
		s.run(s.ceremony(s.open(), published))
		p.proved = s.keep()
		theProps.props = p
	})
	if theProps.props == nil {
		t.Fatal("the props were not made")
	}
	return theProps.props
}

func (p *props) appoint(t *testing.T, n int) (out []policy.Certificate) {
	t.Helper()
	for i := range n {
		pass := secret.From([]byte("officer"))
		born := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		locked, public, err := officer.NewKey("Officer Sample "+strconv.Itoa(i+1), pass, born)
		check(t, err)
		key, err := officer.OpenSecretKey(secret.From(locked), pass)
		check(t, err)
		c, err := officer.Appoint(public, born)
		check(t, err)
		p.officers = append(p.officers, key)
		out = append(out, c)
	}
	return out
}

// found makes the vault in which the fourth token is the second of c02.
func (p *props) found(t *testing.T, b *custodytest.Bench, setup custodytest.Setup) {
	t.Helper()
	enrolments := make([][]*token.Enrolment, 3)
	for i, custodian := range []int{0, 1, 2, 1} {
		e, err := token.Enrol(p.tokens[i], keyvalue.Rehearsal, b.Now())
		check(t, err)
		enrolments[custodian] = append(enrolments[custodian], e)
	}
	id, err := custody.NewID(rand.Reader)
	check(t, err)
	f := custody.Founding{Enrolments: enrolments, Tokens: b.All()[:3]}
	f.Policy, f.Names, f.Roster, err = b.Draft(setup).Build(id, enrolments, setup.Officers, nil)
	check(t, err)
	p.anchor, err = custody.Init(b.Host, b.Path, f)
	check(t, err)
}

// scene is one vault with its clock, its disk and its tokens.
type scene struct {
	*testing.T
	*props
	path   string
	clock  time.Time
	disk   *durable.Disk
	tokens []*counted
	notice func(custody.Event)
}

// play sets a scene with a copy of the vault, before or after its ceremony.
func play(t *testing.T, of func(*props) stage) *scene {
	t.Helper()
	p := cast(t)
	s := &scene{T: t, props: p, path: filepath.Join(t.TempDir(), "vault"), disk: new(durable.Disk)}
	s.seatAll()
	s.set(of(p))
	return s
}

func empty(p *props) stage  { return p.empty }
func proved(p *props) stage { return p.proved }

// keep copies the vault as it stands.
func (s *scene) keep() stage {
	s.Helper()
	out := stage{files: load(s.T, s.path), clock: s.clock}
	for _, c := range s.tokens {
		out.heads = append(out.heads, c.head)
	}
	return out
}

// set puts a vault in place of the scene's.
func (s *scene) set(to stage) {
	s.Helper()
	check(s.T, os.RemoveAll(s.path))
	store(s.T, s.path, to.files)
	for i, c := range s.tokens {
		c.head = to.heads[i]
	}
	s.clock = to.clock
}

// counted is a token that counts its operations and keeps one vault's head in memory.
type counted struct {
	*soft.Token
	ecdh, sign int
	head       token.Head
	broken     error // what it fails with when asked
}

func (c *counted) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	if c.broken != nil {
		return nil, c.broken
	}
	c.ecdh++
	return c.Token.ECDH(peer)
}

func (c *counted) Sign(message []byte) ([]byte, error) {
	if c.broken != nil {
		return nil, c.broken
	}
	c.sign++
	return c.Token.Sign(message)
}

func (c *counted) Head(string) (token.Head, error) {
	if c.head.Size == 0 {
		return token.Head{Root: sha256.Sum256(nil)}, nil
	}
	return c.head, nil
}

func (c *counted) KeepHead(_ string, h token.Head) error {
	if h.Size < c.head.Size {
		return token.ErrBackwards
	}
	c.head = h
	return nil
}

func (s *scene) seatAll() {
	s.tokens = nil
	for _, t := range s.props.tokens {
		s.tokens = append(s.tokens, &counted{Token: t})
	}
}

// touches returns the operations of all tokens since the last call.
func (s *scene) touches() (ecdh, sign int) {
	for _, c := range s.tokens {
		ecdh, sign = ecdh+c.ecdh, sign+c.sign
		c.ecdh, c.sign = 0, 0
	}
	return ecdh, sign
}

// untouched fails when a token was asked for anything since the last look.
func (s *scene) untouched() {
	s.Helper()
	if ecdh, sign := s.touches(); ecdh+sign != 0 {
		s.Errorf("tokens were asked: %d to open, %d to sign", ecdh, sign)
	}
}

func (s *scene) now() time.Time {
	s.clock = s.clock.Add(time.Second)
	return s.clock
}

func (s *scene) host() custody.Host {
	return custody.Host{Disk: s.disk, Now: s.now, Rand: rand.Reader, Notice: s.notice}
}

// open opens the vault for writing; it is closed at the end of the test at the latest.
func (s *scene) open() *custody.Vault {
	s.Helper()
	v, err := custody.Open(s.host(), s.path, true)
	check(s.T, err)
	s.Cleanup(func() { _ = v.Close() })
	return v
}

// seat puts tokens at the table, counted from 1: 4 is the spare of c02.
func (s *scene) seat(v *custody.Vault, tokens ...int) custody.Quorum {
	s.Helper()
	var chosen []token.Token
	for _, n := range tokens {
		chosen = append(chosen, s.tokens[n-1])
	}
	table, err := v.Seat(chosen)
	check(s.T, err)
	return table
}

func (s *scene) ceremony(v *custody.Vault, publish int) *keyceremony.Ceremony {
	s.Helper()
	return &keyceremony.Ceremony{
		Vault: v, Table: s.seat(v, 1, 2, 3), Generator: &generator.InProcess{Rand: rand.Reader}, MaxVolume: strictzip.MaxSize,
		Script: &script.Script{
			Digest: sha256.Sum256([]byte("script")), Vault: s.anchor.Vault, Mode: keyvalue.Rehearsal, Profile: "v4-curve25519",
			Publish: publish, Sample: sampled, Reserve: reserved, Place: "Étude exemple",
		},
		Dice:     func() (string, error) { return witnessDice, nil },
		Drawn:    func(string, []int) error { return nil },
		Progress: func(keyceremony.Stage, int, int) {},
		Said:     func(keyceremony.Milestone, string) {},
	}
}

// run carries a ceremony to its end.
func (s *scene) run(c *keyceremony.Ceremony) string {
	s.Helper()
	batch, err := c.Run()
	check(s.T, err)
	check(s.T, c.Vault.Close())
	return batch
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
