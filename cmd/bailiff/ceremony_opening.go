package main

import (
	"runtime"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/keypair"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

// smallSample is the share of defective keys beyond which a sample is said to prove little.
const smallSample = 0.10

// opening shows on one screen, before the first PIN, all that is read aloud and compared with paper: which script runs, by which
// program, where, by whom, before whom, what it makes and what it costs; and has it confirmed where somebody can answer. It refuses
// another script than the one that must be finished first. The file was read once: what people compare is what runs,
// whatever becomes of the file.
func (t *tool) opening(v *custody.Vault, s *script.Script) error {
	st, err := keyceremony.Resumable(v, s)
	if err != nil {
		return err
	}
	names, err := v.Names()
	if err != nil {
		names = nil // erased: the ids must do
	}
	t.Note("opening.mode." + s.Mode)
	t.Note("ceremony.script", record.FormatDigest(s.Digest))
	t.Note("opening.program", record.FormatDigest(v.Host.Software))
	t.Note("opening.place", s.Place)
	t.Note("opening.vault", v.Policy.Vault)
	if s.Bailiff != "" {
		t.Note("opening.bailiff", s.Bailiff)
	}
	if len(s.Witnesses) > 0 {
		t.Note("opening.witnesses", strings.Join(s.Witnesses, ", "))
	} else {
		t.Note("opening.no-witness")
	}
	t.Note("opening.custodians", strings.Join(people(v.Policy, names), ", "))
	t.sayCost(v, s, st)
	t.warnProfile(s.Profile)
	if !t.Terminal {
		return nil // a rehearsal that nobody watches; in production nobody could type a PIN
	}
	agreed, err := t.Agree("ask.opening")
	if err == nil && !agreed {
		err = cli.ErrDeclined
	}
	return err
}

// people are the custodians by name, where it can be read.
func people(p *policy.Policy, names *policy.Names) []string {
	out := p.IDs()
	if names != nil && len(names.Custodians) == len(out) {
		out = names.Custodians
	}
	return out
}

// sayCost says what a ceremony makes and costs, or what is left of one to be resumed, and what its sample will prove.
func (t *tool) sayCost(v *custody.Vault, s *script.Script, st *custody.BatchState) {
	if st != nil {
		price := v.ResumePrice(st)
		t.touches = price.Touches
		t.Note("ceremony.remaining", t.Lang.Count(st.Total()), price.Touches/price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
		return
	}
	price := custody.CeremonyPrice(v.Policy, s.Sample)
	t.touches = price.Touches
	t.Note("ceremony.keys", t.Lang.Count(s.Total()), t.Lang.Count(s.Publish), t.Lang.Count(s.Sample), t.Lang.Count(s.Reserve))
	t.Note("ceremony.price", price.Touches/price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
	processors := runtime.GOMAXPROCS(0)
	t.Note("ceremony.minutes", processors, t.Lang.Minutes(generator.Minutes(keypair.Profile(s.Profile), s.Total(), processors)))
	t.Note("ceremony.chance", s.Sample, t.Lang.Decimal(100*keyceremony.DefectBound(s.Sample)))
	t.sayLarger(s.Sample)
}

// sayLarger says of a sample that proves little which one would prove more.
func (t *tool) sayLarger(sample int) {
	if keyceremony.DefectBound(sample) > smallSample {
		t.Note("ceremony.larger", 100*smallSample, keyceremony.SampleFor(smallSample))
	}
}

// warnProfile says whom a profile other than the default excludes.
func (t *tool) warnProfile(profile string) {
	if profile != string(keypair.V4Curve25519) {
		t.Note("ceremony.profile." + profile)
	}
}
