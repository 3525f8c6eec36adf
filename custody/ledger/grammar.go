package ledger

import (
	"bailiff/custody/keyvalue"
)

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
