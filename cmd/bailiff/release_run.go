package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/machine"
	"bailiff/release"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// releaseRun carries out, or resumes, a signed order.
func releaseRun(t *tool) *cobra.Command {
	var r releaseFlags
	c := t.Leaf("release run",
		"bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit\nbailiff release run --vault vault --order order.txt --signatures order.sig --kit kit --token tokens/c01.token --token tokens/c02.token",
		func([]string) error { return t.runRelease(&r) })
	r.order.Add(t.App, c)
	c.Flags().StringVar(&r.kit, "kit", "", t.T("flag.kit"))
	c.Flags().StringVar(&r.office, "office", "", t.T("flag.office"))
	c.Flags().StringArrayVar(&r.contact, "contact", nil, t.T("flag.contact"))
	c.Flags().StringVar(&r.confirm, "confirm", "", t.T("flag.confirm"))
	c.Flags().BoolVar(&r.wordsInKit, "words-in-kit", false, t.T("flag.words-in-kit"))
	r.tokens.add(t, c)
	return t.onVault(c, &r.vault, "order", "signatures", "kit")
}

type releaseFlags struct {
	vault, kit, office, confirm string
	contact                     []string
	wordsInKit                  bool
	order                       cli.OrderFlags
	tokens                      tokenFlags
}

func (t *tool) runRelease(r *releaseFlags) error {
	text, signatures, err := r.order.Read()
	if err != nil {
		return err
	}
	v, err := custody.Open(t.host(), r.vault, true)
	if err != nil {
		return err
	}
	defer v.Close()
	x, err := release.Receive(v, text, signatures, t.Now())
	if err != nil {
		return t.refuse(v, text, err)
	}
	if x.Waited(t.Now()) != nil {
		return t.tellVerified(x)
	}
	state, err := t.lookAtMachine(v)
	if err != nil {
		return err
	}
	run, err := t.newRelease(v, x, r)
	if err != nil {
		return err
	}
	if err := t.expect(v.Policy, namesIn(v), &r.tokens, v.Policy.Threshold); err != nil {
		return err
	}
	if err := t.readDecision(v, x, handover.Telephone(r.contact) != ""); err != nil {
		return err
	}
	if err := t.Confirm(r.confirm, x.Order.Number, "ask.release", x.Order.Number); err != nil {
		return err
	}
	table, leave, err := t.sit(v, &r.tokens, v.Policy.Threshold)
	if err != nil {
		return err
	}
	defer leave()
	run.Table = table
	if err := run.Run(); err != nil {
		return err
	}
	return t.showReleased(run, state)
}

// readDecision has an order read, and right above the question whether to carry it out, what is decided.
func (t *tool) readDecision(v *custody.Vault, x *release.Examined, telephone bool) error {
	price := custody.ReleasePrice(v.Policy)
	t.touches = price.Touches
	r := t.ReadOrder(x.Order, t.signedBy(x))
	if !telephone {
		r.Part("release.no-telephone")
	}
	r.ReadDecision(x.Order, names(x))
	r.Note("release.price", price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
	return r.Ask("ask.release", x.Order.Number)
}

// names are those who signed an order, by name or, where that was erased, by their key.
func names(x *release.Examined) []string {
	return signers(x, func(name, _ string) string { return name })
}

// signedBy are those who signed an order, by the name in the vault's roster, where it can be read, and by their key.
func (t *tool) signedBy(x *release.Examined) []string {
	return signers(x, func(name, fingerprint string) string { return t.T("order.officer", name, fingerprint) })
}

func signers(x *release.Examined, shown func(name, fingerprint string) string) []string {
	out := slices.Clone(x.Signers)
	known := x.Officers()
	for i, fingerprint := range out {
		if name := known[fingerprint]; name != "" {
			out[i] = shown(name, fingerprint)
		}
	}
	return out
}

// refuse records that an order was refused, and returns why it was. An order that another
// vault's officers wrote, or nobody's, is recorded just the same. What the order cannot help,
// a disk or a clock, is not.
func (t *tool) refuse(v *custody.Vault, text []byte, cause error) error {
	switch t.Explain(cause).Exit {
	case cli.ExitMalformed, cli.ExitDamaged, cli.ExitQuorum, cli.ExitOrder, cli.ExitPolicy:
	default:
		return cause
	}
	if errors.Is(cause, ledger.ErrClock) {
		return cause
	}
	number := ledger.Unreadable
	if o, err := order.Parse(text); err == nil {
		number = o.Number
	}
	if err := release.Refuse(v, text, number, t.Word(cause)); err != nil {
		return err
	}
	t.Note("refused.recorded")
	return cause
}

// released is the JSON of release run.
type released struct {
	Order string `json:"order"`
	Key   string `json:"key"`
	Kit   string `json:"kit"`

	Machine machine.State `json:"machine"`
}

// newRelease prepares a release and checks what can be checked before anybody is asked anything.
func (t *tool) newRelease(v *custody.Vault, x *release.Examined, r *releaseFlags) (*release.Release, error) {
	switch {
	case r.wordsInKit && v.Policy.Mode != keyvalue.Rehearsal:
		return nil, fault.At("--words-in-kit", cli.ErrRehearsal)
	case !r.wordsInKit && !t.Terminal:
		return nil, fault.At("--words-in-kit", cli.ErrNoTerminal) // nobody could copy the words
	}
	office := r.office
	if office == "" {
		names, err := v.Names()
		if err != nil {
			return nil, fault.At("--office", cli.ErrMissing)
		}
		office = names.Place
	}
	run := &release.Release{
		Vault: v, Examined: x, Kit: r.kit, Office: office, Contact: r.contact,
		ShowWords: t.showWords, AskWords: t.askWords, WordsInKit: r.wordsInKit,
		Said: func(m release.Milestone, object string) { t.Note("release."+string(m), object) },
	}
	if err := run.Check(); err != nil {
		return nil, err
	}
	return run, noneUnfinished(v)
}

// showReleased says that the kit is ready, which is not yet that it was handed over, and what remains to be done.
func (t *tool) showReleased(run *release.Release, state machine.State) error {
	o := run.Examined.Order
	out := released{Order: o.Number, Key: o.Key, Kit: run.Kit, Machine: state}
	return t.Result(out, func() {
		t.Say("release.done", out.Kit)
		t.Say("release.of", out.Order, out.Key)
		if run.WordsInKit {
			t.Say("release.words-in-kit")
		}
		t.Say("release.remains", o.Recipient)
		t.Say("line", "  "+cli.Paste("bailiff", "release", "handover", "--vault", run.Vault.Path, "--number", o.Number))
	})
}
