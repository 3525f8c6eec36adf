package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/checkup"
	"bailiff/custody/token/piv"
)

// doctor tells what this machine has and lacks, thing by thing.
func doctor(t *tool) *cobra.Command {
	var vault string
	c := t.Leaf("doctor", "bailiff doctor\nbailiff doctor --vault vault", func([]string) error {
		return t.diagnose(vault)
	})
	c.Flags().StringVar(&vault, "vault", "", t.T("flag.vault"))
	return t.Require(c)
}

// examined is a line of the JSON of doctor.
type examined struct {
	Subject string       `json:"subject"`
	Object  string       `json:"object,omitempty"`
	OK      bool         `json:"ok"`
	Amiss   *cli.Failure `json:"amiss,omitempty"`
}

func (t *tool) diagnose(vault string) error {
	p, _, err := t.policyOf(vault)
	if err != nil {
		return err
	}
	found := checkup.Machine(t.machine())
	found = append(found, checkup.Network(checkup.ReaderFiles))
	found = append(found, checkup.Cards(context.Background(), new(piv.Readers), p, t.Now())...)
	var amiss error
	list := make([]examined, len(found))
	for i, f := range found {
		list[i] = examined{Subject: string(f.Subject), Object: f.Object, OK: f.Err == nil}
		if f.Err != nil {
			told := t.Explain(f.Err)
			list[i].Amiss = &told
			if amiss == nil {
				amiss = f.Err
			}
		}
	}
	err = t.Result(list, func() {
		for i := range found {
			t.sayFinding(&found[i], list[i])
		}
		if amiss == nil {
			t.Say("doctor.fine")
		}
	})
	if err != nil {
		return err
	}
	return amiss
}

// The marks before what was looked at, the same in every language.
const (
	markWell  = "ok"
	markAmiss = "!!"
)

// sayFinding is one line for what is well, and one more for what to do about what is not.
func (t *tool) sayFinding(f *checkup.Finding, shown examined) {
	what := t.T("doctor.of." + string(f.Subject))
	if f.Object != "" {
		what += " " + wording.Escape(f.Object)
	}
	if f.Err != nil {
		t.Say("doctor.line", markAmiss, what, shown.Amiss.Error)
		if f.Seen != nil && slices.Contains(f.Seen.Fitness.Unfit, f.Err) {
			t.Say("reader.use.none")
		}
		t.Say("card.todo", shown.Amiss.Hint)
		return
	}
	t.Say("doctor.line", markWell, what, t.well(f))
}

// well is what there is to say of a thing that is as it should be.
func (t *tool) well(f *checkup.Finding) string {
	switch {
	case f.Subject == checkup.Reader && f.State == piv.Empty:
		return t.T("doctor.empty")
	case f.Subject == checkup.Token && f.Seen.Custodian != "":
		return t.T("doctor.enrolled", f.Seen.Custodian)
	}
	return t.T("doctor.well." + string(f.Subject))
}
