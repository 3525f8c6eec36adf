package main

import (
	"slices"
	"strings"

	"bailiff/custody/vault"
)

// How many dice the witnesses throw: 20 dice are 51 bits.
const (
	minDice = 20
	maxDice = 1000 // that a sample is drawn from
)

// throwDice asks for the witnesses' dice, unless the flag gave them, until they can be dice and, at a
// terminal, the witnesses have read them back.
func (t *tool) throwDice(given string) (string, error) {
	typed, ask := given, given == ""
	for {
		if ask {
			if !t.Terminal && given != "" {
				return "", vault.ErrSampleDice
			}
			var err error
			if typed, err = t.Line("ask.dice", minDice); err != nil {
				return "", err
			}
		}
		dice := []rune(strings.NewReplacer(" ", "", "-", "", ",", "").Replace(typed))
		right := t.checkDice(dice)
		if right {
			t.Note("ceremony.dice", grouped(dice), len(dice))
		}
		if right && ask {
			answer, err := t.Line("ask.dice-right", t.T("word.right"))
			if err != nil {
				return "", err
			}
			right = strings.EqualFold(answer, t.T("word.right"))
		}
		if right {
			return string(dice), nil
		}
		ask = true
	}
}

// checkDice tells whether these can be dice; if not it says why.
func (t *tool) checkDice(dice []rune) bool {
	wrong := slices.IndexFunc(dice, func(d rune) bool { return d < '1' || d > '6' })
	switch {
	case wrong >= 0:
		t.Note("note.bad-die", wrong+1, string(dice[wrong]))
	case len(dice) < minDice:
		t.Note("note.few-dice", minDice)
	case len(dice) > maxDice:
		t.Note("note.many-dice", maxDice)
	default:
		return true
	}
	return false
}

// grouped writes dice in fives, as people read them.
func grouped(dice []rune) string {
	var groups []string
	for five := range slices.Chunk(dice, 5) {
		groups = append(groups, string(five))
	}
	return strings.Join(groups, " ")
}
