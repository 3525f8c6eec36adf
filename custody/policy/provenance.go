package policy

import (
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Provenance is where the keys of one token of the policy were born.
type Provenance struct {
	Custodian    string
	Index        int
	Kind, Serial string
	Statements   *attestation.Statements // what it proved of its keys; nil: nothing, which only a rehearsal allows
}

// Origin says in a word where a token's keys were born.
type Origin string

// The origins. A production policy has the first only.
const (
	OriginGenuine  Origin = "genuine"   // in a device, as one of the maker's roots attests
	OriginTestRoot Origin = "test-root" // as the published test root attests, which anybody can do
	OriginNone     Origin = "none"      // in a device that attests nothing
	OriginSoftware Origin = "software"  // in a file
)

// Origin says where the token's keys were born.
func (p *Provenance) Origin() Origin {
	switch {
	case p.Kind == token.KindSoft:
		return OriginSoftware
	case p.Statements == nil:
		return OriginNone
	case p.Statements.Test:
		return OriginTestRoot
	}
	return OriginGenuine
}
