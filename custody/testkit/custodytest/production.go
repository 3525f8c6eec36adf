package custodytest

import (
	"crypto/rand"
	"testing"

	"bailiff/custody"
	"bailiff/custody/keyvalue"
	"bailiff/custody/machine"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
)

// Production is a table of production: devices in memory instead of software tokens, which a maker
// attests whom the host's roots know, and no other.
type Production struct {
	*Bench  // without Tokens and Files
	Maker   *attestationtest.Authority
	Devices []*tokentest.Device // one of each custodian
	setup   Setup
}

// NewProduction makes devices and a host on a fit machine, but no vault.
func NewProduction(t testing.TB, s Setup) *Production {
	t.Helper()
	p := &Production{Bench: prepare(t, &s), Maker: attestationtest.NewMaker(t, "Maker Sample")}
	p.setup = s
	p.Host.Roots = p.Maker.Roots(t)
	p.Host.Machine = func() (machine.State, error) { return machine.State{Locked: true, Erasing: true, Scope: 1}, nil }
	for i := range s.Custodians {
		d := tokentest.NewDevice(t, uint32(20_000_001+i), rand.Text(), token.Ed25519)
		d.Attest(t, p.Maker, nil)
		p.Devices = append(p.Devices, d)
	}
	return p
}

// All returns the devices of all custodians.
func (p *Production) All() []token.Token {
	out := make([]token.Token, len(p.Devices))
	for i, d := range p.Devices {
		out[i] = d
	}
	return out
}

// Enrolments are those of the devices, by custodian, for a vault of the mode.
func (p *Production) Enrolments(t testing.TB, mode string) [][]*token.Enrolment {
	t.Helper()
	var out [][]*token.Enrolment
	for _, d := range p.Devices {
		e, err := token.Enrol(d, mode, p.Now())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, []*token.Enrolment{e})
	}
	return out
}

// Build makes policy, names and roster of a vault of the mode, or the error of that.
func (p *Production) Build(t testing.TB, mode string) (custody.Founding, error) {
	t.Helper()
	f := custody.Founding{Tokens: p.All(), Enrolments: p.Enrolments(t, mode)}
	id, err := custody.NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := p.Draft(p.setup)
	d.Mode = mode
	f.Policy, f.Names, f.Roster, err = d.Build(id, f.Enrolments, p.setup.Officers, p.Host.Roots)
	return f, err
}

// Init makes the vault.
func (p *Production) Init(t testing.TB) *policy.Anchor {
	t.Helper()
	f, err := p.Build(t, keyvalue.Production)
	if err != nil {
		t.Fatal(err)
	}
	if p.Anchor, err = custody.Init(p.Host, p.Path, f); err != nil {
		t.Fatal(err)
	}
	return p.Anchor
}

// Seat puts the devices of those custodians at the table; none means all. Custodians count from 1.
func (p *Production) Seat(t testing.TB, v *custody.Vault, custodians ...int) custody.Quorum {
	t.Helper()
	chosen := p.All()
	if len(custodians) > 0 {
		chosen = nil
		for _, c := range custodians {
			chosen = append(chosen, p.Devices[c-1])
		}
	}
	table, err := v.Seat(chosen)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
