package main

import (
	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/machine"
	"bailiff/custody/reviewed"
	"bailiff/custody/strictzip"
	"bailiff/keyceremony"
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
		return filetype.Instead(err, data, filetype.Script)
	}
	v, err := custody.Open(host, r.vault, true)
	if err != nil {
		return err
	}
	defer v.Close()
	if err := (&keyceremony.Ceremony{Vault: v, Script: s}).Check(); err != nil {
		return err
	}
	if r.dice != "" && v.Policy.Mode != keyvalue.Rehearsal {
		return fault.At("--dice", cli.ErrRehearsal) // dice known before the root is fixed prove nothing
	}
	state, err := t.lookAtMachine(v)
	if err != nil {
		return err
	}
	if err := t.expect(v.Policy, namesIn(v), &r.tokens, len(v.Policy.Custodians)); err != nil {
		return err
	}
	if err := t.opening(v, s); err != nil {
		return err
	}
	table, leave, err := t.sit(v, &r.tokens, len(v.Policy.Custodians))
	if err != nil {
		return err
	}
	defer leave()
	return t.carryOut(v, s, table, r.dice, state)
}

func (t *tool) carryOut(v *custody.Vault, s *script.Script, table custody.Quorum, dice string, state machine.State) error {
	stages := map[keyceremony.Stage]func(int, int){}
	for _, stage := range []keyceremony.Stage{keyceremony.StageGenerate, keyceremony.StageVerify, keyceremony.StageProve} {
		stages[stage] = t.Progress("progress." + string(stage))
	}
	c := &keyceremony.Ceremony{
		Vault: v, Script: s, Table: table, Generator: processes(s.Profile), MaxVolume: strictzip.MaxSize,
		Dice:     func() (string, error) { return t.throwDice(dice) },
		Progress: func(stage keyceremony.Stage, done, total int) { stages[stage](done, total) },
		Drawn:    t.showDrawn,
		Said:     t.sayMilestone,
	}
	batch, err := c.Run()
	if err != nil {
		return err
	}
	shown := describeBatch(v.State.Batch(batch))
	bound := keyceremony.DefectBound(shown.Burnt)
	out := ceremonyDone{Batch: batch, Published: shown.Published, Burnt: shown.Burnt, Reserve: shown.Reserve, Confidence: bound, Machine: state}
	return t.Result(out, func() {
		t.Say("ceremony.done", batch, shown.Published, shown.Burnt, shown.Reserve)
		t.Say("ceremony.confidence", shown.Burnt, t.Lang.Decimal(100*bound))
	})
}

// sayMilestone says a step that is durable, and minds what an interruption costs from then on.
func (t *tool) sayMilestone(m keyceremony.Milestone, batch string) {
	t.Note("ceremony."+string(m), batch)
	switch m {
	case keyceremony.Opened:
		t.Losing("interrupted.generating")
	case keyceremony.Sealed, keyceremony.Resumed:
		t.Losing("interrupted.sealed")
	case keyceremony.Proved:
		t.LosingNothing()
	}
}
