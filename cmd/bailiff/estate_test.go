package main

import (
	"crypto/rand"
	"crypto/sha256"
	"path/filepath"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

const thrown = "314152653512462534123"

// estate is a rehearsal vault, 3 of 5, by the clock of this machine, since stock programs look at
// it. Custodian c02 has a second token, spare.
type estate struct {
	t     testing.TB
	bench *custodytest.Bench
	vault *custody.Vault
	spare string // the file of c02's second token
}

func newEstate(t testing.TB, officers ...policy.Certificate) *estate {
	t.Helper()
	setup := custodytest.Setup{Officers: officers}
	e := &estate{t: t, bench: custodytest.Prepare(t, &setup), spare: filepath.Join(t.TempDir(), "spare.token")}
	e.bench.Forward(time.Now().Add(-time.Hour).Sub(e.bench.Now()))
	founding := e.bench.Founding(t, setup)
	founding.Enrolments[1] = append(founding.Enrolments[1], e.newSpare())
	var err error
	founding.Policy, founding.Names, founding.Roster, err = e.bench.Draft(setup).Build(founding.Policy.Vault, founding.Enrolments, setup.Officers, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e.bench.Anchor, err = custody.Init(e.bench.Host, e.bench.Path, founding); err != nil {
		t.Fatal(err)
	}
	e.vault = e.bench.Open(t, true)
	return e
}

func (e *estate) newSpare() *token.Enrolment {
	e.t.Helper()
	tok, err := soft.Create(new(durable.Disk), e.spare, secret.From([]byte(custodytest.PIN)), rand.Reader)
	if err != nil {
		e.t.Fatal(err)
	}
	enrolment, err := token.Enrol(tok, keyvalue.Rehearsal, e.bench.Now())
	if err != nil {
		e.t.Fatal(err)
	}
	if err := tok.Close(); err != nil {
		e.t.Fatal(err)
	}
	return enrolment
}

// newBatch holds a ceremony: a proved batch in volumes of at most that many bytes, whose keys are
// published but for two that are burnt and a reserve. It returns the batch's id.
func (e *estate) newBatch(publish int, volume int64) string {
	e.t.Helper()
	c := &keyceremony.Ceremony{
		Vault: e.vault, Table: e.bench.Seat(e.t, e.vault), MaxVolume: volume,
		Script: &script.Script{
			Digest: sha256.Sum256([]byte("script")), Vault: e.bench.Anchor.Vault, Mode: keyvalue.Rehearsal, Profile: policy.ProfileV4Curve25519,
			Publish: publish, Sample: 2, Reserve: 1, Place: "Étude exemple", Witnesses: []string{"Witness Sample"},
		},
		Generator: &generator.InProcess{Rand: rand.Reader},
		Dice:      func() (string, error) { return thrown, nil },
		Drawn:     func(string, []int) error { return nil },
		Progress:  func(keyceremony.Stage, int, int) {},
		Said:      func(keyceremony.Milestone, string) {},
	}
	batch, err := c.Run()
	if err != nil {
		e.t.Fatal(err)
	}
	return batch
}

// published returns the fingerprints of a batch's published keys, by number.
func (e *estate) published(id string) (fingerprints []string, numbers []int) {
	e.t.Helper()
	b, state, err := e.vault.Published(id)
	if err != nil {
		e.t.Fatal(err)
	}
	roles := state.Roles()
	for rec, err := range b.Records() {
		if err != nil {
			e.t.Fatal(err)
		}
		if roles[rec.Number-1] == batch.Published {
			fingerprints, numbers = append(fingerprints, rec.Fingerprint), append(numbers, rec.Number)
		}
	}
	return fingerprints, numbers
}

// export writes a batch's public batch beside the vault.
func (e *estate) export(batch string) string {
	e.t.Helper()
	path := filepath.Join(e.t.TempDir(), "batch.zip")
	if _, _, err := keyceremony.Export(e.vault, batch, path, 2, func(int, int) {}); err != nil {
		e.t.Fatal(err)
	}
	return path
}
