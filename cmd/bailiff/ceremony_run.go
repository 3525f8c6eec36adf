package main

import (
	"math"
	"runtime"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/machine"
	"bailiff/custody/record"
	"bailiff/custody/reviewed"
	"bailiff/custody/vault"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

// ceremonyRun runs, or resumes, a reviewed script.
func ceremonyRun(t *tool) *cobra.Command {
	var r ceremonyFlags
	c := t.Leaf("ceremony run",
		"bailiff ceremony run --vault vault --script script.toml\nbailiff ceremony run --vault vault --script script.toml --token tokens/c01.token --token tokens/c02.token --token tokens/c03.token",
		func([]string) error { return t.runCeremony(&r) })
	c.Flags().StringVar(&r.script, "script", "", t.T("flag.script"))
	c.Flags().StringVar(&r.dice, "dice", "", t.T("flag.dice"))
	r.tokens.add(t, c)
	return t.onVault(c, &r.vault, "script")
}

type ceremonyFlags struct {
	vault, script, dice string
	tokens              tokenFlags
}

// ceremonyDone is the JSON of ceremony run.
type ceremonyDone struct {
	Batch      string  `json:"batch"`
	Published  int     `json:"published"`
	Burnt      int     `json:"burnt"`
	Reserve    int     `json:"reserve"`
	Confidence float64 `json:"defect_bound"`

	Machine machine.State `json:"machine"`
}

func (t *tool) runCeremony(r *ceremonyFlags) error {
	host := t.host()
	var err error
	if host.Software, err = t.running.Digest(); err != nil {
		return err
	}
	data, err := host.Disk.Read(r.script, reviewed.MaxSize)
	if err != nil {
		return err
	}
	s, err := script.Parse(r.script, data)
	if err != nil {
		return err
	}
	v, err := custody.Open(host, r.vault, true)
	if err != nil {
		return err
	}
	defer v.Close()
	if err := s.CheckAgainst(v.Policy); err != nil {
		return err
	}
	if r.dice != "" && v.Policy.Mode != record.Rehearsal {
		return fault.At("--dice", cli.ErrRehearsal) // dice known before the root is fixed prove nothing
	}
	state, err := t.lookAtMachine(v)
	if err != nil {
		return err
	}
	if err := t.quote(v, s); err != nil {
		return err
	}
	table, leave, err := t.sit(v, &r.tokens, len(v.Policy.Custodians))
	if err != nil {
		return err
	}
	defer leave()
	return t.carryOut(v, s, table, r.dice, state)
}

// quote prints which script runs, and what the ceremony costs before it begins, or what is left of one to be resumed.
// It refuses another script than the one that must be finished first. The file was read once: what people
// compare is what runs, whatever becomes of the file.
func (t *tool) quote(v *custody.Vault, s *script.Script) error {
	st, err := keyceremony.Resumable(v, s)
	if err != nil {
		return err
	}
	t.Note("ceremony.script", record.FormatDigest(s.Digest))
	if st != nil {
		price := v.ResumePrice(st)
		t.Note("ceremony.remaining", st.Total(), price.Custodians, price.Touches, price.Minutes())
		return nil
	}
	price := custody.CeremonyPrice(v.Policy, s.Sample)
	t.Note("ceremony.price", s.Total(), price.Custodians, price.Touches, price.Minutes())
	if t.warnProfile(s.Profile) {
		processors := runtime.GOMAXPROCS(0)
		t.Note("ceremony.minutes", s.Total(), processors, generator.Minutes(keypair.Profile(s.Profile), s.Total(), processors))
	}
	return nil
}

// warnProfile says whom a profile other than the default excludes.
func (t *tool) warnProfile(profile string) bool {
	other := profile != string(keypair.V4Curve25519)
	if other {
		t.Note("ceremony.profile." + profile)
	}
	return other
}

func (t *tool) carryOut(v *custody.Vault, s *script.Script, table custody.Table, dice string, state machine.State) error {
	stages := map[keyceremony.Stage]func(int, int){}
	for _, stage := range []keyceremony.Stage{keyceremony.StageGenerate, keyceremony.StageVerify, keyceremony.StageProve} {
		stages[stage] = t.Progress("progress." + string(stage))
	}
	c := &keyceremony.Ceremony{
		Vault: v, Script: s, Table: table, Generator: processes(s.Profile), MaxVolume: vault.MaxVolume,
		Dice:     func() (string, error) { return t.throwDice(dice) },
		Progress: func(stage keyceremony.Stage, done, total int) { stages[stage](done, total) },
		Said:     func(m keyceremony.Milestone, batch string) { t.sayMilestone(v, m, batch) },
	}
	batch, err := c.Run()
	if err != nil {
		return err
	}
	shown := describeBatch(v.State.Batch(batch))
	bound := defectBound(shown.Burnt)
	out := ceremonyDone{Batch: batch, Published: shown.Published, Burnt: shown.Burnt, Reserve: shown.Reserve, Confidence: bound, Machine: state}
	return t.Result(out, func() {
		t.Say("ceremony.done", batch, shown.Published, shown.Burnt, shown.Reserve)
		t.Say("ceremony.confidence", shown.Burnt, t.Lang.Decimal(100*bound))
	})
}

// sayMilestone says a step that is durable and, of the sample, which keys the dice chose.
func (t *tool) sayMilestone(v *custody.Vault, m keyceremony.Milestone, batch string) {
	t.Note("ceremony."+string(m), batch)
	if m != keyceremony.Sampled {
		return
	}
	for _, n := range v.State.Batch(batch).Sample() {
		t.Note("ceremony.number", record.FormatKeyNumber(n))
	}
}

// defectBound is the share of keys of which one can say, with 95 % confidence, that no more are
// defective, after a sample of that size was found without defect: 1 − 0.05^(1/sample).
func defectBound(sample int) float64 { return 1 - math.Pow(0.05, 1/float64(sample)) }
