package script

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bailiff/custody/fault"
	"bailiff/custody/record"
)

// What the people of a script must be. The name of who is at fault stands before it.
var (
	ErrNoWitness = errors.New("script: a production ceremony has a witness")
	ErrNoBailiff = errors.New("script: a production ceremony names the bailiff who conducts it")
	ErrPartial   = errors.New("script: a witness is neither a custodian, nor the bailiff, nor another witness")
)

// checkPeople refuses in production a script that nobody answers for or nobody watches, and in either mode a witness who stands
// there in another capacity too, however the name is written.
func (s *Script) checkPeople() error {
	if s.Mode == record.Production && s.Bailiff == "" {
		return fault.At("bailiff", ErrNoBailiff)
	}
	if s.Mode == record.Production && len(s.Witnesses) == 0 {
		return fault.At("witnesses", ErrNoWitness)
	}
	return s.impartial([]string{s.Bailiff})
}

// CheckPeople holds the witnesses to the names of the vault's custodians: who opens shares cannot attest that it was done as
// the script says.
func (s *Script) CheckPeople(custodians []string) error { return s.impartial(custodians) }

// impartial refuses a witness who is one of others, or stands among the witnesses twice.
func (s *Script) impartial(others []string) error {
	var known []string
	for _, name := range others {
		known = append(known, folded(name))
	}
	for _, w := range s.Witnesses {
		if slices.Contains(known, folded(w)) {
			return fault.At(w, ErrPartial)
		}
		known = append(known, folded(w))
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
