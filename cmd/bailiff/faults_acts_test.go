package main_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"os"
	"time"

	_ "modernc.org/sqlite" // the platform's pool

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/registry"
	"bailiff/keyceremony/registry/journal"
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
		{"platform import", atExported, runImport, leftImport, endedImport},
		{"ledger append", atProved, runAppend, leftAppend, endedAppend},
		{"ledger cosign", atTail, runCosign, leftCosign, endedCosign},
		{"release", atProved, runRelease, leftRelease, endedRelease},
		{"token init", atBare, runTokenInit, leftTokenInit, endedTokenInit},
		{"token unlock", atBare, runUnlock, leftUnlock, endedUnlock},
	}
}

// table seats the first n custodians.
func (w *world) table(v *custody.Vault, n int) (custody.Quorum, error) {
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
		Vault: v, Table: table, Generator: &generator.InProcess{Rand: rand.Reader}, MaxVolume: strictzip.MaxSize,
		Script: &script.Script{
			Digest: sha256.Sum256([]byte("script")), Vault: v.Policy.Vault, Mode: keyvalue.Rehearsal, Profile: v.Policy.Profile,
			Publish: published, Sample: sampled, Reserve: reserved, Place: "Étude exemple",
		},
		Dice:     func() (string, error) { return witnessDice, nil },
		Drawn:    func(string, []int) error { return nil },
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

// runImport reads the two files through the disk, as the platform's tool does. What SQLite does with
// the pool's file is struck by TestLongStrace.
func runImport(_ *plays, w *world) (outcome, error) {
	text, err := w.disk.Read(w.path("vault", "trust.anchor"), 1<<16)
	if err != nil {
		return "", err
	}
	anchor, err := policy.ParseAnchor(text)
	if err != nil {
		return "", err
	}
	f, err := w.disk.Open(w.path("batch.zip"))
	if err != nil {
		return "", err
	}
	defer f.Close()
	verified, digest, err := verifyPublic(f, anchor)
	if err != nil {
		return "", err
	}
	pool, db, err := w.pool()
	if err != nil {
		return "", err
	}
	defer db.Close()
	typed, err := anchor.Words()
	if err != nil {
		return "", err
	}
	if err := pool.Pin(context.Background(), anchor, typed, w.now()); err != nil {
		return "", err
	}
	in, err := pool.Import(context.Background(), verified, digest, keyvalue.Rehearsal, w.now())
	if in.Known > 0 {
		return done, err
	}
	return untouched, err
}

// pool opens the platform's pool, which it makes when there is none.
func (w *world) pool() (*registry.Pool, *sql.DB, error) {
	db, err := sql.Open("sqlite", w.path("pool.db"))
	if err != nil {
		return nil, nil, err
	}
	pool, err := registry.Open(context.Background(), db, registry.SQLite, &journal.File{Disk: w.disk, Path: w.path("pool.db.assignments")})
	return pool, db, err
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
	x, err := release.Receive(v, p.order.text, p.order.signatures, w.now())
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
		WordsInKit: true,
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
