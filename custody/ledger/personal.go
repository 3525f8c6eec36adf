package ledger

import (
	"encoding/hex"
	"regexp"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

const personalFormat = "bailiff-personal/1"

// What a personal part holds after its about lines, by kind. Long text is folded into repeated
// lines.
var (
	policyPersonal = []spec{
		{"place", some, keyvalue.CheckText}, {"legal-basis", some, keyvalue.CheckText},
		{"custodian", some, named(keyvalue.CheckCustodian)},
		{"office", some, named(numberOf("office"))}, {"location", some, named(numberOf("place"))},
		{"officer", some, named(keyvalue.CheckFingerprint)},
	}
	intentPersonal = []spec{
		{"member", once, keyvalue.CheckText}, {"recipient", once, keyvalue.CheckText},
		{"recipient-born", maybe, keyvalue.CheckDate}, {"checker", some, keyvalue.CheckText},
	}
	ceremonyPersonal = []spec{
		{"venue", once, keyvalue.CheckText}, {"bailiff", maybe, keyvalue.CheckText}, {"witness", many, keyvalue.CheckText},
	}
	handoverPersonal = []spec{
		{"bailiff", once, keyvalue.CheckText}, {"handed-to", once, keyvalue.CheckText},
	}
	aboutPersonal = []spec{{"about", many, keyvalue.CheckText}}
)

// FormatPersonal writes a personal part: what an entry says about people, kept out of it so
// that it can be erased. The salt is 32 random bytes; without them the digest in the entry
// would let anyone who guesses the text confirm it for ever. The fields are any number of
// about, then those of one kind (docs/formats.md, "Personal part").
func FormatPersonal(salt [32]byte, fields []keyvalue.Field) ([]byte, error) {
	all := append([]keyvalue.Field{{Key: "salt", Value: hex.EncodeToString(salt[:])}}, fields...)
	data, err := keyvalue.Format(personalFormat, all)
	if err != nil {
		return nil, err
	}
	if _, _, err := ParsePersonal(data); err != nil {
		return nil, err
	}
	return data, nil
}

// ParsePersonal reads a personal part of any kind and returns its salt and its other fields.
func ParsePersonal(data []byte) (salt [32]byte, fields []keyvalue.Field, err error) {
	return parsePersonal(data, func(next string) []spec {
		for _, k := range kinds {
			if len(k.personal) > 0 && k.personal[0].key == next {
				return k.personal
			}
		}
		return nil
	})
}

// checkPersonal reports whether data is a personal part that an entry of this kind may have.
func checkPersonal(k Kind, data []byte) error {
	_, _, err := parsePersonal(data, func(string) []spec {
		return rows[k].personal
	})
	return fault.At("personal", err)
}

// parsePersonal reads a personal part whose grammar after the about lines is found from the
// key that comes next.
func parsePersonal(data []byte, grammar func(next string) []spec) (salt [32]byte, fields []keyvalue.Field, err error) {
	r, err := keyvalue.Parse(personalFormat, data)
	if err != nil {
		return salt, nil, err
	}
	copy(salt[:], r.Hex("salt", len(salt)))
	fields = readFields(r, aboutPersonal)
	fields = append(fields, readFields(r, grammar(r.Next()))...)
	if err := r.Close(); err != nil {
		return [32]byte{}, nil, err
	}
	return salt, fields, nil
}

// named checks a value that is an identifier, a space, and a name.
func named(id func(string) error) func(string) error {
	return func(s string) error {
		word, name, ok := strings.Cut(s, " ")
		if !ok || id(word) != nil || keyvalue.CheckText(name) != nil {
			return keyvalue.ErrValue
		}
		return nil
	}
}

// numberOf checks that a value is the word, a hyphen, and a number from 1 to 99.
func numberOf(word string) func(string) error {
	form := regexp.MustCompile("^" + word + "-[1-9][0-9]?$")
	return func(s string) error {
		if !form.MatchString(s) {
			return keyvalue.ErrValue
		}
		return nil
	}
}

// occurs says how often a field may stand in a record.
type occurs int

const (
	once  occurs = iota // exactly one
	maybe               // none or one
	many                // any number, adjoining
	some                // one or more, adjoining
)

// spec is the rule for one field; a list of them, in order, is the grammar of a record.
type spec struct {
	key   string
	times occurs
	check func(string) error
}

// readFields takes the fields of the grammar from r, in order.
func readFields(r *keyvalue.Reader, grammar []spec) []keyvalue.Field {
	out := make([]keyvalue.Field, 0, len(grammar))
	for _, s := range grammar {
		n := 0
		for r.Next() == s.key && (n == 0 || s.times >= many) {
			out = append(out, keyvalue.Field{Key: s.key, Value: r.Checked(s.key, s.check)})
			n++
		}
		if n == 0 && (s.times == once || s.times == some) {
			r.Fail(s.key, keyvalue.ErrMissing)
		}
	}
	return out
}
