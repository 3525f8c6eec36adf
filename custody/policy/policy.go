// Package policy states who may do what with a vault: the custodians with their tokens, k of n;
// the officers who sign orders, m of them; what each reason of release demands; rehearsal or
// production.
//
// People write a TOML draft ([ParseDraft]); a vault keeps the text bailiff-policy/1
// ([Policy.Format], docs/formats.md "Policy"), which bears pseudonyms only; names stand in the
// personal part of the ledger's entry ([Names]).
//
// Whoever could change a policy unseen could name custodians of their own. So its digest is the
// first entry of the ledger, cosigned by every custodian, and the trust anchor ([Anchor]) is
// derived from it.
package policy

import (
	"crypto/ecdh"
	"crypto/sha256"
	"errors"

	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Bounds of a policy.
const (
	MaxCustodians = 16
	MaxTokens     = 3 // of one custodian
	MaxOfficers   = 16
	MaxWaiting    = 3650 // days

	// MaxSize bounds the record, in bytes: 48 attestations of at most 16,500 each leave 100,000 for
	// all else, which no policy needs.
	MaxSize = 900_000
)

// Profile and sealing that this version knows.
const (
	ProfileV4Curve25519 = "v4-curve25519"
	SealingP256Tag      = "p256tag"
)

// The ways in which a policy can be refused; the error that wraps one names the object.
var (
	ErrQuorum       = errors.New("policy: the threshold must be at least 2, at most the number of custodians, and more than half of them")
	ErrCustodians   = errors.New("policy: between 2 and 16 custodians, numbered c01, c02 and so on")
	ErrTokens       = errors.New("policy: a custodian has one to three tokens, numbered 1, 2, 3")
	ErrSharedToken  = errors.New("policy: two tokens bear the same serial or key")
	ErrConcentrated = errors.New("policy: one office or one place could gather a quorum alone")
	ErrOfficers     = errors.New("policy: between 2 and 16 officers, in the order of their fingerprints, of whom at least 2 sign")
	ErrReasons      = errors.New("policy: a reason or a paper that none of the lists in docs/formats.md has")
	ErrNoReason     = errors.New("policy: no reason for which a key may be released")
	ErrReasonTwice  = errors.New("policy: a reason, or a paper of one reason, stands twice")
	ErrReasonOrder  = errors.New("policy: reasons and papers stand in the order of the lists in docs/formats.md")
	ErrWaiting      = errors.New("policy: a reason waits between 0 and 3650 days")
	ErrProfile      = errors.New("policy: unknown key profile or sealing")
	ErrSoftToken    = errors.New("policy: a software token in a production policy")
	ErrSigningKey   = errors.New("policy: a P-256 signing key in a production policy")
	ErrMode         = errors.New("policy: a token enrolled for the other mode")
	ErrPrevious     = errors.New("policy: the first policy names no previous one, every other does")
)

// Policy is what the vault keeps. All of it may be published.
type Policy struct {
	Vault             string
	Number            int    // 0 for the first
	Mode              string // keyvalue.Rehearsal or keyvalue.Production
	Threshold         int    // k
	Profile           string // of the OpenPGP keys
	Sealing           string
	OfficersThreshold int // m
	Reasons           []Reason
	Custodians        []Custodian // n, in the order of their ids
	Officers          []Officer   // in the order of their fingerprints
	Roster            [32]byte    // SHA-256 of the officers' binary certificates, concatenated
	Previous          *[32]byte   // SHA-256 of the policy before; nil in number 0
}

// Reason is a lawful reason of release and what it demands.
type Reason struct {
	Name        string   // one of ReasonNames
	WaitingDays int      // between the order's issue and its not-before time
	Papers      []string // required paper types
}

// Custodian is a person, by pseudonym, with the numbers of office and place.
type Custodian struct {
	ID            string
	Office, Place int // from 1; equal numbers are one office or one place
	Tokens        []Token
}

// Token is one token of a custodian.
type Token struct {
	Index        int // 1 to 3
	Kind, Serial string
	SealingKey   *ecdh.PublicKey // P-256
	SigningKey   token.SigningKey
	Slot         byte               // of the sealing key; 0 for a token without slots
	Attestation  *attestation.Chain // nil: none
}

// Enrolled reports whether e is the enrolment of this token in a policy of that mode.
func (t *Token) Enrolled(mode string, e *token.Enrolment) bool {
	return e.Kind == t.Kind && e.Mode == mode && e.Serial == t.Serial && e.Slot == t.Slot &&
		e.SealingKey.Equal(t.SealingKey) && e.SigningKey == t.SigningKey && sameChain(e.Attestation, t.Attestation)
}

// sameChain reports whether two attestations, which may be nil, are the same to the byte.
func sameChain(a, b *attestation.Chain) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Format() == b.Format()
}

// Officer is somebody who may sign orders.
type Officer struct {
	Fingerprint string   // of the primary key
	Certificate [32]byte // SHA-256 of the binary certificate
}

// ReasonNames lists the reasons of release in the order in which a policy states them.
func ReasonNames() []string { return []string{"death", "incapacity", "request", "wind-down"} }

// PaperTypes lists the types of papers that an order may name.
func PaperTypes() []string {
	return []string{
		"death-certificate", "proof-of-heirship", "family-record", "identity-document",
		"medical-certificate", "court-order", "mandate", "member-request", "wind-down-notice",
	}
}

// Digest returns the SHA-256 of the policy's record.
func (p *Policy) Digest() ([32]byte, error) {
	b, err := p.Format()
	return sha256.Sum256(b), err
}

// IDs returns the custodians' ids in order.
func (p *Policy) IDs() []string {
	out := make([]string, len(p.Custodians))
	for i, c := range p.Custodians {
		out[i] = c.ID
	}
	return out
}

// Custodian returns the custodian of that id, or nil.
func (p *Policy) Custodian(id string) *Custodian {
	for i := range p.Custodians {
		if p.Custodians[i].ID == id {
			return &p.Custodians[i]
		}
	}
	return nil
}

// Holder tells which custodian enrolled the token of that kind and serial.
func (p *Policy) Holder(kind, serial string) (*Custodian, *Token, bool) {
	for i := range p.Custodians {
		c := &p.Custodians[i]
		for j := range c.Tokens {
			if t := &c.Tokens[j]; t.Kind == kind && t.Serial == serial {
				return c, t, true
			}
		}
	}
	return nil, nil, false
}

// Reason returns what the policy demands for a reason, or nil when it allows no such release.
func (p *Policy) Reason(name string) *Reason {
	for i := range p.Reasons {
		if p.Reasons[i].Name == name {
			return &p.Reasons[i]
		}
	}
	return nil
}

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
