// Package script reads the reviewed input of a ceremony: how many key pairs, for which vault,
// of which profile, before which witnesses.
//
// A script is a TOML file, decoded strictly (package reviewed); docs/script-example.toml is one.
// Its SHA-256 stands in the ledger's ceremony-opened entry. Whoever could slip a change past the
// reviewers could shrink the sample or the batch; so nothing has a default. Only a rehearsal may leave out `bailiff`.
package script

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/reviewed"
)

// Bounds of a script.
const (
	MaxPublish = 100_000
	MaxSample  = 1_000
	MaxReserve = 10_000
	MinSample  = 2

	// MaxPublishPQ is the bound for post-quantum keys, 33 kB each in a public batch, which is one file of
	// less than 2 GiB.
	MaxPublishPQ = 50_000
)

// The ways in which a script can be refused.
var (
	ErrCounts  = errors.New("script: publish is 1 to 100000, sample 2 to 1000, reserve 0 to 10000")
	ErrBulk    = errors.New("script: a public batch of this key profile holds at most 50000 keys")
	ErrVault   = errors.New("script: written for another vault")
	ErrMode    = errors.New("script: written for the other mode")
	ErrProfile = errors.New("script: the policy names another key profile")
)

// Script is what the reviewers agreed on.
type Script struct {
	File      string   // its name, for errors; "" for one that lies in no file
	Digest    [32]byte // SHA-256 of the file
	Vault     string   // vault id
	Mode      string
	Profile   string
	Publish   int // key pairs to be published
	Sample    int // key pairs opened in proof, and burnt
	Reserve   int // key pairs kept unpublished for later drills
	Place     string
	Bailiff   string // who conducts it and answers for it; "" in a rehearsal that names none
	Witnesses []string
}

type file struct {
	Vault     string   `toml:"vault"`
	Mode      string   `toml:"mode"`
	Profile   string   `toml:"profile"`
	Publish   int      `toml:"publish"`
	Sample    int      `toml:"sample"`
	Reserve   int      `toml:"reserve"`
	Place     string   `toml:"place"`
	Bailiff   string   `toml:"bailiff,optional"`
	Witnesses []string `toml:"witnesses"`
}

// Parse reads a script; name is the file's, for errors.
func Parse(name string, data []byte) (*Script, error) {
	var f file
	if err := reviewed.Decode(name, data, &f); err != nil {
		return nil, err
	}
	s := &Script{
		File: name, Digest: sha256.Sum256(data), Vault: f.Vault, Mode: f.Mode, Profile: f.Profile,
		Publish: f.Publish, Sample: f.Sample, Reserve: f.Reserve, Place: f.Place, Bailiff: f.Bailiff, Witnesses: f.Witnesses,
	}
	if err := s.check(); err != nil {
		return nil, fault.At(name, err)
	}
	return s, nil
}

func (s *Script) check() error {
	if err := keyvalue.CheckVaultID(s.Vault); err != nil {
		return fault.At("vault", err)
	}
	if err := keyvalue.CheckMode(s.Mode); err != nil {
		return fault.At("mode", err)
	}
	if keypair.Profile(s.Profile).Check() != nil {
		return fault.At("profile", policy.ErrProfile)
	}
	if err := keyvalue.CheckText(s.Place); err != nil {
		return fault.At("place", err)
	}
	if err := keyvalue.CheckText(s.Bailiff); s.Bailiff != "" && err != nil {
		return fault.At("bailiff", err)
	}
	for i, w := range s.Witnesses {
		if err := keyvalue.CheckText(w); err != nil {
			return fault.At(fmt.Sprintf("witness %d", i+1), err)
		}
	}
	if err := s.checkPeople(); err != nil {
		return err
	}
	counts := s.Publish >= 1 && s.Publish <= MaxPublish && s.Sample >= MinSample && s.Sample <= MaxSample && s.Reserve >= 0 && s.Reserve <= MaxReserve
	if !counts {
		return ErrCounts
	}
	if keypair.Profile(s.Profile) == keypair.V6PostQuantum && s.Publish > MaxPublishPQ {
		return fault.At("publish", ErrBulk)
	}
	return nil
}

// Total returns the number of key pairs that the ceremony generates.
func (s *Script) Total() int { return s.Publish + s.Sample + s.Reserve }

// CheckAgainst checks that the script is meant for the vault with that policy.
func (s *Script) CheckAgainst(p *policy.Policy) error {
	switch {
	case s.Vault != p.Vault:
		return s.at(fault.At(s.Vault, ErrVault))
	case s.Mode != p.Mode:
		return s.at(fault.At(s.Mode, ErrMode))
	case s.Profile != p.Profile:
		return s.at(fault.At(s.Profile, ErrProfile))
	}
	return nil
}

// at names the file.
func (s *Script) at(err error) error {
	if s.File == "" {
		return err
	}
	return fault.At(s.File, err)
}

// Personal returns the fields of the personal part of the ceremony's first entry.
func (s *Script) Personal() []keyvalue.Field {
	f := []keyvalue.Field{{Key: "venue", Value: s.Place}}
	if s.Bailiff != "" {
		f = append(f, keyvalue.Field{Key: "bailiff", Value: s.Bailiff})
	}
	for _, w := range s.Witnesses {
		f = append(f, keyvalue.Field{Key: "witness", Value: w})
	}
	return f
}

// KeyTime returns the creation time of a ceremony's keys: its start, a minute back, so that no
// tool whose clock runs late takes a key for one from the future.
func KeyTime(start time.Time) time.Time { return start.UTC().Truncate(time.Second).Add(-time.Minute) }

// What the people of a script must be. The name stands before it.
var (
	ErrNoWitness = errors.New("script: a production ceremony has a witness")
	ErrNoBailiff = errors.New("script: a production ceremony names the bailiff who conducts it")
	ErrPartial   = errors.New("script: a witness is neither a custodian, nor the bailiff, nor another witness")
)

// checkPeople refuses in production a script that nobody answers for or nobody watches, and in either mode a witness who stands
// there in another capacity too, however the name is written.
func (s *Script) checkPeople() error {
	if s.Mode == keyvalue.Production && s.Bailiff == "" {
		return fault.At("bailiff", ErrNoBailiff)
	}
	if s.Mode == keyvalue.Production && len(s.Witnesses) == 0 {
		return fault.At("witnesses", ErrNoWitness)
	}
	return s.impartial([]person{{s.Bailiff, "bailiff"}})
}

// CheckPeople compares the witnesses with the names of the vault's custodians: who opens shares cannot attest that it was done as
// the script says. What it refuses names the file, the witness, and who that is besides.
func (s *Script) CheckPeople(custodians []string) error {
	others := make([]person, len(custodians))
	for i, name := range custodians {
		others[i] = person{name, keyvalue.FormatCustodian(i + 1)}
	}
	return s.at(s.impartial(others))
}

// person is somebody with a part in the ceremony: `c01`, `bailiff`, `witness 1`.
type person struct{ name, part string }

// impartial refuses a witness who is one of others, or stands among the witnesses twice.
func (s *Script) impartial(others []person) error {
	known := map[string]string{}
	for _, o := range others {
		known[folded(o.name)] = o.part
	}
	for i, w := range s.Witnesses {
		if part, ok := known[folded(w)]; ok {
			return fault.At(w, fault.At(part, ErrPartial))
		}
		known[folded(w)] = fmt.Sprintf("witness %d", i+1)
	}
	return nil
}

// titles are words before a name that are none of it.
var titles = []string{"me", "maitre", "m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms", "miss", "dr"}

// folded is what is left of a name when accents, case, marks, titles and the order of its words do not count.
func folded(name string) string {
	plain := strings.Map(func(c rune) rune {
		switch {
		case unicode.Is(unicode.Mn, c):
			return -1
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			return unicode.ToLower(c)
		}
		return ' '
	}, norm.NFKD.String(name))
	words := slices.DeleteFunc(strings.Fields(plain), func(w string) bool { return slices.Contains(titles, w) })
	slices.Sort(words)
	return strings.Join(words, " ")
}
