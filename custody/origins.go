package custody

import (
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

// Origins verifies the attestations of all tokens of the policy, under [Host.Roots], at the times of
// their enrolments, and holds them to what the mode demands: see [token.Enrolment.CheckOrigin].
//
// [Open] does not: a root that is withdrawn in later years must not lock the keys that were sealed
// before. What seals new keys, and what verifies the vault, asks.
func (v *Vault) Origins() ([]policy.Provenance, error) {
	var all []policy.Provenance
	for _, c := range v.Policy.Custodians {
		for _, t := range c.Tokens {
			e, _, err := v.enrolment(c.ID, t.Index)
			if err != nil {
				return nil, err
			}
			s, err := e.CheckOrigin(v.Host.Roots)
			if err != nil {
				return nil, fault.At(enrolmentFile(c.ID, t.Index), fault.At(t.Serial, err))
			}
			all = append(all, policy.Provenance{Custodian: c.ID, Index: t.Index, Kind: t.Kind, Serial: t.Serial, Statements: s})
		}
	}
	return all, nil
}

// enrolment reads the enrolment of a token and holds it against the policy.
func (v *Vault) enrolment(custodian string, index int) (*token.Enrolment, []byte, error) {
	name := enrolmentFile(custodian, index)
	data, err := v.Host.Disk.Read(v.file(name), maxSmall)
	if err != nil {
		return nil, nil, err
	}
	e, err := token.ParseEnrolment(data)
	if err == nil {
		err = CheckEnrolment(v.Policy, custodian, index, e)
	}
	if err != nil {
		return nil, nil, fault.At(name, err)
	}
	return e, data, nil
}
