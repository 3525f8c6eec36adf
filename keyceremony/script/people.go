package script

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

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
