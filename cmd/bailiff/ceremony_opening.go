package main

import (
	"errors"
	"runtime"
	"slices"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

// smallSample is the share of defective keys beyond which a sample is said to prove little.
const smallSample = 0.10

// opening shows, before the first PIN, all that is read aloud and compared with paper: which script runs, by which
// program, where, by whom, before whom, what it makes and what it costs; and has it confirmed where somebody can answer. Who sits there
// comes first: where all of it is more than a screen, what is compared and decided stands with the question. It refuses
// another script than the one that must be finished first. The file was read once: what people compare is what runs,
// whatever becomes of the file.
func (t *tool) opening(v *custody.Vault, s *script.Script) error {
	st, err := keyceremony.Resumable(v, s)
	if err != nil {
		return err
	}
	r := t.Reading(t.Err)
	r.Part("opening.mode." + s.Mode)
	r.Note("opening.place", s.Place)
	if s.Bailiff != "" {
		r.Note("opening.bailiff", s.Bailiff)
	}
	if len(s.Witnesses) > 0 {
		r.Note("opening.witnesses", strings.Join(s.Witnesses, ", "))
	} else {
		r.Note("opening.no-witness")
	}
	r.Part("opening.custodians", strings.Join(people(v.Policy, namesIn(v)), ", "))
	r.Part("opening.vault", v.Policy.Vault)
	r.Note("ceremony.script", keyvalue.FormatDigest(s.Digest))
	if made := madeBy(v, s); st == nil && made != "" {
		r.Note("opening.again", made)
	}
	r.Note("opening.program", keyvalue.FormatDigest(v.Host.Software))
	t.sayCost(r, v, s, st)
	t.readProfile(r, s.Profile)
	if !t.Terminal {
		r.Show() // a rehearsal that nobody watches; in production nobody could type a PIN
		return nil
	}
	return t.consent(r, "ask.opening")
}

// madeBy returns the last batch that a ceremony with this script made to its end, or "".
func madeBy(v *custody.Vault, s *script.Script) string {
	for _, b := range slices.Backward(v.State.Batches) {
		if b.Proved != nil && b.Opened.Act.Script == s.Digest {
			return b.ID
		}
	}
	return ""
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
func (t *tool) sayCost(r *cli.Reading, v *custody.Vault, s *script.Script, st *custody.BatchState) {
	if st != nil {
		price := v.ResumePrice(st)
		t.touches = price.Touches
		r.Note("ceremony.remaining", t.Lang.Count(st.Total()), price.Touches/price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
		return
	}
	price := custody.CeremonyPrice(v.Policy, s.Sample)
	t.touches = price.Touches
	r.Note("ceremony.keys", t.Lang.Count(s.Total()), t.Lang.Count(s.Publish), t.Lang.Count(s.Sample), t.Lang.Count(s.Reserve))
	r.Note("ceremony.price", price.Touches/price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
	processors := runtime.GOMAXPROCS(0)
	r.Note("ceremony.minutes", processors, t.Lang.Minutes(generator.Minutes(keypair.Profile(s.Profile), s.Total(), processors)))
	r.Note("ceremony.chance", s.Sample, t.Lang.Decimal(100*keyceremony.DefectBound(s.Sample)))
	t.readLarger(r, s.Sample)
}

// readLarger says of a sample that proves little which one would prove more.
func (t *tool) readLarger(r *cli.Reading, sample int) {
	if keyceremony.DefectBound(sample) > smallSample {
		r.Note("ceremony.larger", 100*smallSample, keyceremony.SampleFor(smallSample))
	}
}

// readProfile says whom a profile other than the default excludes.
func (t *tool) readProfile(r *cli.Reading, profile string) {
	if profile != string(keypair.V4Curve25519) {
		r.Note("ceremony.profile." + profile)
	}
}

// throwDice asks for the witnesses' dice, unless the flag gave them, until they can be dice and, at a
// terminal, the witnesses have read them back.
func (t *tool) throwDice(given string) (string, error) {
	typed, ask := given, given == ""
	for {
		if ask {
			var err error
			if typed, err = t.Line("ask.dice", keyceremony.MinDice); err != nil {
				return "", err
			}
		}
		dice := keyceremony.Thrown(typed)
		wrong := keyceremony.CheckDice(dice)
		if wrong != nil {
			t.sayDice(dice, wrong)
			if !t.Terminal {
				return "", wrong
			}
			ask = true
			continue
		}
		t.Note("ceremony.dice", grouped(dice), len(dice))
		if !ask {
			return dice, nil
		}
		right, err := t.Agree("ask.dice-right")
		if right || err != nil {
			return dice, err
		}
	}
}

// sayDice says why these cannot be dice that were thrown, and that all are typed again.
func (t *tool) sayDice(dice string, wrong error) {
	switch {
	case errors.Is(wrong, keyceremony.ErrDie):
		n := slices.IndexFunc([]rune(dice), func(d rune) bool { return d < '1' || d > '6' })
		t.Note("note.bad-die", n+1, string([]rune(dice)[n]))
	case errors.Is(wrong, keyceremony.ErrFewDice):
		t.Note("note.few-dice", keyceremony.MinDice)
	case errors.Is(wrong, keyceremony.ErrManyDice):
		t.Note("note.many-dice", keyceremony.MaxDice)
	default:
		t.Note("note.alike-dice")
	}
}

// grouped writes dice in fives, as people read them.
func grouped(dice string) string {
	var groups []string
	for five := range slices.Chunk([]rune(dice), 5) {
		groups = append(groups, string(five))
	}
	return strings.Join(groups, " ")
}

// How many key numbers stand in a line and on a screen.
const (
	numbersInLine   = 10
	linesOfScreen   = 12
	numbersOnScreen = numbersInLine * linesOfScreen
)

// showDrawn keeps dice and sample on the screen until the witnesses have noted them: the touches that follow would push them off. More
// numbers than fit are shown a screen at a time.
func (t *tool) showDrawn(dice string, sample []int) error {
	for page := range slices.Chunk(sample, numbersOnScreen) {
		t.Note("ceremony.dice", grouped(dice), len(dice))
		t.Note("ceremony.numbers", len(sample))
		for row := range slices.Chunk(page, numbersInLine) {
			t.Note("line", "  "+strings.Join(formatNumbers(row), " "))
		}
		if err := t.noted("ask.drawn"); err != nil {
			return err
		}
	}
	return nil
}

// noted waits until somebody at the terminal says yes.
func (t *tool) noted(prompt string) error {
	for t.Terminal {
		if yes, err := t.Agree(prompt); yes || err != nil {
			return err
		}
	}
	return nil
}

func formatNumbers(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = keyvalue.FormatKeyNumber(n)
	}
	return out
}
