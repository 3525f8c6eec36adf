package policy

import (
	"errors"
	"fmt"
	"strings"

	"bailiff/custody/keyvalue"
	"bailiff/custody/likeness"
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

// ErrUnconfirmed says that a policy holds something that is seldom meant, and that nobody confirmed it.
var ErrUnconfirmed = errors.New("policy: something in it must be confirmed by name")

// DoubtKind is what is seldom meant.
type DoubtKind string

// The kinds of doubt. Each of them takes from k of n, or from m officers, what they are there for: that several persons in
// several houses must agree.
const (
	OneCustodian  DoubtKind = "one-custodian"   // two custodians who may be one person
	OneOfficer    DoubtKind = "one-officer"     // two officers who may be one person, or have one address
	OfficerInSeat DoubtKind = "officer-in-seat" // a custodian who may be an officer
	OneOffice     DoubtKind = "one-office"      // two offices that may be one, written in two ways
	OnePlace      DoubtKind = "one-place"       // the same of places
	TwoAlphabets  DoubtKind = "two-alphabets"   // a name with letters of two alphabets in one word
)

// Doubt is something of a policy that is allowed once somebody has confirmed it by name.
type Doubt struct {
	Kind     DoubtKind
	ID, Name string
	// The other one; both are "" of TwoAlphabets.
	OtherID, OtherName string
}

// Confirms reports whether what somebody typed is one of the names that the doubt is about, as somebody who reads would say.
func (d Doubt) Confirms(typed string) bool {
	return likeness.Same(typed, d.Name) || d.OtherName != "" && likeness.Same(typed, d.OtherName)
}

// named is somebody or something with a name.
type named struct{ id, name, address string }

// Doubts returns what must be confirmed of a policy before it is signed, in the order in which people see it.
func (p *Policy) Doubts(n *Names) []Doubt {
	custodians, officers := n.custodians(), n.officers(p)
	offices, places := houses("office", n.Offices), houses("place", n.Locations)
	out := among(OneCustodian, custodians, samePerson)
	out = append(out, among(OneOfficer, officers, samePerson)...)
	for _, c := range custodians {
		for _, o := range officers {
			if samePerson(c, o) {
				out = append(out, Doubt{OfficerInSeat, c.id, c.name, o.id, o.name})
			}
		}
	}
	out = append(out, among(OneOffice, offices, sameHouse)...)
	out = append(out, among(OnePlace, places, sameHouse)...)
	for _, list := range [][]named{custodians, officers, offices, places} {
		for _, x := range list {
			if likeness.Mixed(x.name) != "" {
				out = append(out, Doubt{Kind: TwoAlphabets, ID: x.id, Name: x.name})
			}
		}
	}
	return out
}

func samePerson(a, b named) bool {
	return likeness.Near(a.name, b.name) || a.address != "" && strings.EqualFold(a.address, b.address)
}

func sameHouse(a, b named) bool { return likeness.Near(a.name, b.name) }

// among compares each with those behind it.
func among(kind DoubtKind, list []named, same func(a, b named) bool) (out []Doubt) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if same(a, b) {
				out = append(out, Doubt{kind, a.id, a.name, b.id, b.name})
			}
		}
	}
	return out
}

func (n *Names) custodians() (out []named) {
	for i, name := range n.Custodians {
		out = append(out, named{id: keyvalue.FormatCustodian(i + 1), name: name})
	}
	return out
}

// officers parts their user IDs: `Name (comment) <address>`.
func (n *Names) officers(p *Policy) (out []named) {
	for i, id := range n.Officers {
		name, address, _ := strings.Cut(id, "<")
		name, _, _ = strings.Cut(name, "(")
		if name = strings.TrimSpace(name); name == "" {
			name = id
		}
		out = append(out, named{p.Officers[i].Fingerprint, name, strings.TrimSuffix(address, ">")})
	}
	return out
}

func houses(what string, names []string) (out []named) {
	for i, name := range names {
		out = append(out, named{id: fmt.Sprintf("%s-%d", what, i+1), name: name})
	}
	return out
}
