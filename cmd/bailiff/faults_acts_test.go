package main_test

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"os"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
	"bailiff/custody/vault"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
	"bailiff/release"
)

// outcome is what a struck run left, as the next run of the same command says it.
type outcome string

const (
	untouched outcome = "nothing had happened"
	resumed   outcome = "resumed"
	anew      outcome = "began anew"
	done      outcome = "was done"
)

// act is what is struck.
type act struct {
	name string
	from func(*plays) moment
	// run is one command; it says what it found of an earlier one.
	run func(*plays, *world) (outcome, error)
	// left looks at the disk after a struck run, and tells what the next should say.
	left func(*plays, *world) (outcome, error)
	// ended looks at the disk once the act is done.
	ended func(*plays, *world) error
}

func acts() []act {
	return []act{
		{"vault init", atBare, runInit, leftInit, endedInit},
		{"ceremony", atEmpty, runCeremony, leftCeremony, endedCeremony},
		{"export", atProved, runExport, leftExport, endedExport},
		{"ledger append", atProved, runAppend, leftAppend, endedAppend},
		{"ledger cosign", atTail, runCosign, leftCosign, endedCosign},
		{"release", atProved, runRelease, leftRelease, endedRelease},
		{"token init", atBare, runTokenInit, leftTokenInit, endedTokenInit},
		{"token unlock", atBare, runUnlock, leftUnlock, endedUnlock},
	}
}

// plays are the moments at which acts begin, and what they are made of.
type plays struct {
	testing.TB
	setup                     custodytest.Setup
	bench                     *custodytest.Bench // whose tokens are the originals
	bare, empty, proved, tail moment
	batch                     string
	order                     ordered
}

func atBare(p *plays) moment   { return p.bare }
func atEmpty(p *plays) moment  { return p.empty }
func atProved(p *plays) moment { return p.proved }
func atTail(p *plays) moment   { return p.tail }

const quorum = 2 // of three custodians

// rehearse makes the moments, each by the act that leads to it.
func rehearse(t *testing.T) *plays {
	t.Helper()
	p := &plays{TB: t, setup: custodytest.Setup{Threshold: quorum, Custodians: 3}}
	officers := new(props)
	p.setup.Officers = officers.appoint(t, 2)
	p.bench = custodytest.Prepare(t, &p.setup)
	p.bare = moment{files: files{"tokens/": nil}, clock: p.bench.Now()}
	for i, file := range p.bench.Files {
		name := "tokens/" + record.FormatCustodian(i+1)
		for _, ext := range []string{".token", ".state"} {
			data, err := os.ReadFile(file[:len(file)-len(".token")] + ext)
			check(t, err)
			p.bare.files[name+ext] = data
		}
	}
	w := newWorld(t, p.bare, p.setup.Custodians)
	_, err := runInit(p, w)
	check(t, err)
	p.empty = w.keep(t)
	_, err = runCeremony(p, w)
	check(t, err)
	v, err := w.open(true)
	check(t, err)
	p.batch = v.State.Batches[0].ID
	if officers.anchor, err = v.Anchor(); err != nil {
		t.Fatal(err)
	}
	p.proved = w.keep(t)
	s := &scene{T: t, props: officers, clock: w.clock, disk: new(durable.Disk)}
	p.order = s.order(v, 0, nil)
	check(t, v.Close())
	p.proved.clock = s.clock
	w.set(t, p.proved)
	_, err = runAppend(p, w)
	check(t, err)
	p.tail = w.keep(t)
	return p
}

// table seats the first n custodians.
func (w *world) table(v *custody.Vault, n int) (custody.Table, error) {
	var chosen []token.Token
	for _, k := range w.tokens[:n] {
		chosen = append(chosen, k)
	}
	return v.Seat(chosen)
}

// runInit makes a vault, each time under another id, as the command does.
func runInit(p *plays, w *world) (outcome, error) {
	said := untouched
	if custody.Interrupted(w.path("vault")) {
		said = anew
	}
	f := p.bench.Founding(p, p.setup)
	f.Tokens = nil
	for _, k := range w.tokens {
		f.Tokens = append(f.Tokens, k)
	}
	_, err := custody.Init(w.host(), w.path("vault"), f)
	if errors.Is(err, durable.ErrExists) && w.failure == nil {
		return done, nil
	}
	return said, err
}

func runCeremony(_ *plays, w *world) (said outcome, err error) {
	v, err := w.open(true)
	if err != nil {
		return "", err
	}
	defer v.Close()
	table, err := w.table(v, len(w.tokens))
	if err != nil {
		return "", err
	}
	said = untouched
	c := &keyceremony.Ceremony{
		Vault: v, Table: table, Generator: &generator.InProcess{Workers: 1, Rand: rand.Reader}, MaxVolume: vault.MaxVolume,
		Script: &script.Script{
			Digest: sha256.Sum256([]byte("script")), Vault: v.Policy.Vault, Mode: record.Rehearsal, Profile: v.Policy.Profile,
			Publish: published, Sample: sampled, Reserve: reserved, Place: "Étude exemple",
		},
		Dice:     func() (string, error) { return witnessDice, nil },
		Progress: func(keyceremony.Stage, int, int) {},
		Said: func(m keyceremony.Milestone, _ string) {
			switch m {
			case keyceremony.Resumed:
				said = resumed
			case keyceremony.Abandoned:
				said = anew
			}
		},
	}
	_, err = c.Run()
	return said, err
}

func runExport(p *plays, w *world) (outcome, error) {
	v, err := w.open(true)
	if err != nil {
		return "", err
	}
	defer v.Close()
	said := untouched
	if st := v.State.Batch(p.batch); len(st.Exports) > 0 {
		said = resumed
	}
	_, _, err = keyceremony.Export(v, p.batch, w.path("batch.zip"), 1, func(int, int) {})
	if errors.Is(err, durable.ErrExists) && w.failure == nil {
		return done, nil
	}
	return said, err
}

// runAppend records a refusal, once.
func runAppend(_ *plays, w *world) (outcome, error) {
	v, err := w.open(true)
	if err != nil {
		return "", err
	}
	defer v.Close()
	if v.Log.Size() > w.start {
		return done, nil
	}
	return untouched, release.Refuse(v, []byte("order"), ledger.Unreadable, "record-format")
}

func runCosign(_ *plays, w *world) (outcome, error) {
	v, err := w.open(true)
	if err != nil {
		return "", err
	}
	defer v.Close()
	cosigned, err := v.Log.Cosigned()
	if err != nil || cosigned == v.Log.Size() {
		return done, err
	}
	table, err := w.table(v, quorum)
	if err != nil {
		return "", err
	}
	return untouched, v.Cosign(table)
}

func runRelease(p *plays, w *world) (said outcome, err error) {
	v, err := w.open(true)
	if err != nil {
		return "", err
	}
	defer v.Close()
	table, err := w.table(v, quorum)
	if err != nil {
		return "", err
	}
	x, err := release.Examine(v, p.order.text, p.order.signatures, w.now())
	switch {
	case w.failure != nil:
	case errors.Is(err, custody.ErrUsed):
		return done, nil
	case errors.Is(err, release.ErrAwaitsCosignature):
		return resumed, v.Cosign(table) // as the hint says
	}
	if err != nil {
		return "", err
	}
	said = untouched
	run := &release.Release{
		Vault: v, Examined: x, Table: table, Kit: w.path("kit"), Office: "Étude exemple", Contact: []string{"Rue Exemple 1"},
		Said: func(m release.Milestone, _ string) {
			if m == release.Resumed {
				said = resumed
			}
		},
	}
	return said, run.Run()
}

// runTokenInit makes a token that the table has none of.
func runTokenInit(_ *plays, w *world) (outcome, error) {
	said := untouched
	if _, err := os.Lstat(w.path("tokens", "new.state")); err == nil {
		said = anew
	}
	pin := secret.From([]byte(custodytest.PIN))
	defer pin.Wipe()
	tok, err := soft.Create(w.disk, w.path("tokens", "new.token"), pin, rand.Reader)
	if errors.Is(err, durable.ErrExists) && w.failure == nil {
		return done, nil
	}
	if err != nil {
		return said, err
	}
	return said, tok.Close()
}

func runUnlock(_ *plays, w *world) (outcome, error) {
	f, err := soft.Open(w.disk, w.path("tokens", "c01.token"))
	if err != nil {
		return "", err
	}
	tries, err := f.Tries()
	if err != nil {
		return "", err
	}
	said := untouched
	if tries < 3 {
		said = resumed
	}
	pin := secret.From([]byte(custodytest.PIN))
	defer pin.Wipe()
	tok, err := f.Unlock(pin)
	if err != nil {
		return said, err
	}
	return said, tok.Close()
}

// sound is a clock that stands still, for looking at a world without moving it.
func (w *world) sound() custody.Host {
	return custody.Host{Disk: new(durable.Disk), Now: func() time.Time { return w.clock }, Rand: rand.Reader}
}
