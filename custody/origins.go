package custody

import (
	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Origin is where the keys of one token of the policy were born.
type Origin struct {
	Custodian, Serial string
	Index             int
	Statements        *attestation.Statements // nil: nothing is stated, which only a rehearsal allows
}

// Origins verifies the attestations of all tokens of the policy, under [Host.Roots], at the times of
// their enrolments, and holds them to what the mode demands: see [token.Enrolment.CheckOrigin].
//
// [Open] does not: a root that is withdrawn in later years must not lock the keys that were sealed
// before. What seals new keys, and what verifies the vault, asks.
func (v *Vault) Origins() ([]Origin, error) {
	var all []Origin
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
			all = append(all, Origin{Custodian: c.ID, Index: t.Index, Serial: t.Serial, Statements: s})
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
