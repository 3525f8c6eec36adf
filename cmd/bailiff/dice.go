package main

import (
	"errors"
	"slices"
	"strings"

	"bailiff/custody/keyvalue"
	"bailiff/keyceremony"
)

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
