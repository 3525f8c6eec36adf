package policy

import (
	"crypto/sha256"
	"slices"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/reviewed"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Draft is the TOML file that people write and review; docs/policy-example.toml is one.
type Draft struct {
	Mode       string           `toml:"mode"`
	Threshold  int              `toml:"threshold"`
	Profile    string           `toml:"profile"`
	Place      string           `toml:"place"`       // where the vault is kept
	LegalBasis string           `toml:"legal-basis"` // the office's own words
	Custodian  []DraftCustodian `toml:"custodian"`
	Officers   DraftOfficers    `toml:"officers"`
	Reason     []DraftReason    `toml:"reason"`
}

// DraftCustodian names a custodian and the enrolment files of their tokens, relative to the
// draft.
type DraftCustodian struct {
	Name   string   `toml:"name"`
	Office string   `toml:"office"`
	Place  string   `toml:"place"`
	Tokens []string `toml:"tokens"`
}

// DraftOfficers says how many officers sign an order, and where their certificates are.
type DraftOfficers struct {
	Threshold    int      `toml:"threshold"`
	Certificates []string `toml:"certificates"`
}

// DraftReason says what a reason of release demands.
type DraftReason struct {
	Name        string   `toml:"name"`
	WaitingDays int      `toml:"waiting-days"`
	Papers      []string `toml:"papers"`
}

// ParseDraft decodes a draft strictly. The name of the file is for errors.
func ParseDraft(name string, data []byte) (*Draft, error) {
	d := new(Draft)
	if err := reviewed.Decode(name, data, d); err != nil {
		return nil, err
	}
	texts := map[string]string{"place": d.Place}
	for i, line := range d.basisLines() {
		texts["legal-basis: "+keyvalue.FormatKeyNumber(i+1)] = line
	}
	for i, c := range d.Custodian {
		id := keyvalue.FormatCustodian(i + 1)
		texts[id+": name"], texts[id+": office"], texts[id+": place"] = c.Name, c.Office, c.Place
	}
	for where, text := range texts {
		if err := keyvalue.CheckText(text); err != nil {
			return nil, fault.At(name, fault.At(where, err))
		}
	}
	return d, nil
}

// basisLines folds the legal basis into lines, as the personal part keeps it.
func (d *Draft) basisLines() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(d.LegalBasis), "\n"), func(s string) bool { return s == "" })
}

// Certificate is an officer's certificate as the draft's reader found it.
type Certificate struct {
	Fingerprint string
	Name        string // first user ID, for people
	Binary      []byte
}

// Build makes the first policy of a vault from a draft, the enrolments of each custodian's
// tokens in the draft's order, and the officers' certificates. It returns the policy, the names
// that go into the personal part, and the roster's bytes. Attestations must verify under roots,
// nil being those of the mode: see [token.Enrolment.CheckOrigin].
func (d *Draft) Build(vault string, enrolments [][]*token.Enrolment, officers []Certificate, roots *attestation.Roots) (*Policy, *Names, []byte, error) {
	if err := keyvalue.CheckMode(d.Mode); err != nil { // before the tokens are held against it
		return nil, nil, nil, fault.At("mode", err)
	}
	p := &Policy{
		Vault: vault, Mode: d.Mode, Threshold: d.Threshold, Profile: d.Profile, Sealing: SealingP256Tag,
		OfficersThreshold: d.Officers.Threshold,
	}
	names := &Names{Place: d.Place, LegalBasis: d.basisLines()}
	for _, r := range d.Reason {
		p.Reasons = append(p.Reasons, Reason(r))
	}
	for i, c := range d.Custodian {
		office, place := index(&names.Offices, c.Office), index(&names.Locations, c.Place)
		member := Custodian{ID: keyvalue.FormatCustodian(i + 1), Office: office, Place: place}
		for j, e := range enrolments[i] {
			if e.Mode != d.Mode {
				return nil, nil, nil, fault.At(e.Serial, ErrMode)
			}
			member.Tokens = append(member.Tokens, Token{
				Index: j + 1, Kind: e.Kind, Serial: e.Serial, Slot: e.Slot,
				SealingKey: e.SealingKey, SigningKey: e.SigningKey, Attestation: e.Attestation,
			})
		}
		p.Custodians = append(p.Custodians, member)
		names.Custodians = append(names.Custodians, c.Name)
	}
	roster := p.addOfficers(officers, names)
	if err := p.Check(); err != nil {
		return p, names, roster, err
	}
	return p, names, roster, checkOrigins(enrolments, roots)
}

func checkOrigins(enrolments [][]*token.Enrolment, roots *attestation.Roots) error {
	for _, e := range slices.Concat(enrolments...) {
		if _, err := e.CheckOrigin(roots); err != nil {
			return fault.At(e.Serial, err)
		}
	}
	return nil
}

func (p *Policy) addOfficers(officers []Certificate, names *Names) (roster []byte) {
	officers = slices.SortedFunc(slices.Values(officers), func(a, b Certificate) int { return strings.Compare(a.Fingerprint, b.Fingerprint) })
	for _, o := range officers {
		p.Officers = append(p.Officers, Officer{Fingerprint: o.Fingerprint, Certificate: sha256.Sum256(o.Binary)})
		names.Officers = append(names.Officers, o.Name)
		roster = append(roster, o.Binary...)
	}
	p.Roster = sha256.Sum256(roster)
	return roster
}

// index returns the number, from 1, of name in list, and adds it when it is new. Names that
// differ in case or blanks only are one.
func index(list *[]string, name string) int {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	for i, known := range *list {
		if fold(known) == fold(name) {
			return i + 1
		}
	}
	*list = append(*list, name)
	return len(*list)
}
