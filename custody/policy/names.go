package policy

import (
	"fmt"
	"strings"

	"bailiff/custody/keyvalue"
)

// Names is the personal side of a policy: what its pseudonyms stand for.
type Names struct {
	Place      string   // where the vault is kept
	LegalBasis []string // lines
	Custodians []string // by custodian id
	Offices    []string // by office number
	Locations  []string // by place number
	Officers   []string // in the order of the policy's officers
}

// Fields returns the personal part of a policy's entry, without its salt.
func (n *Names) Fields(p *Policy) []keyvalue.Field {
	f := []keyvalue.Field{{Key: "place", Value: n.Place}}
	for _, line := range n.LegalBasis {
		f = append(f, keyvalue.Field{Key: "legal-basis", Value: line})
	}
	add := func(key, id, name string) { f = append(f, keyvalue.Field{Key: key, Value: id + " " + name}) }
	for i, name := range n.Custodians {
		add("custodian", keyvalue.FormatCustodian(i+1), name)
	}
	for i, name := range n.Offices {
		add("office", fmt.Sprintf("office-%d", i+1), name)
	}
	for i, name := range n.Locations {
		add("location", fmt.Sprintf("place-%d", i+1), name)
	}
	for i, name := range n.Officers {
		add("officer", p.Officers[i].Fingerprint, name)
	}
	return f
}

// ParseNames reads back what [Names.Fields] wrote.
func ParseNames(fields []keyvalue.Field) *Names {
	n := new(Names)
	for _, f := range fields {
		_, name, _ := strings.Cut(f.Value, " ")
		switch f.Key {
		case "place":
			n.Place = f.Value
		case "legal-basis":
			n.LegalBasis = append(n.LegalBasis, f.Value)
		case "custodian":
			n.Custodians = append(n.Custodians, name)
		case "office":
			n.Offices = append(n.Offices, name)
		case "location":
			n.Locations = append(n.Locations, name)
		case "officer":
			n.Officers = append(n.Officers, name)
		}
	}
	return n
}
