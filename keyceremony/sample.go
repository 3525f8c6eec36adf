package keyceremony

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"bailiff/custody/fault"
)

// How many dice the witnesses throw: 20 dice are 51 bits.
const (
	MinDice = 20
	MaxDice = 1000 // that a sample is drawn from
)

// minFaces: that twenty fair dice show less than three different faces happens once in two hundred million throws.
const minFaces = 3

// Why what was typed cannot be thrown dice.
var (
	ErrDie       = errors.New("keyceremony: not a digit from 1 to 6") // its number, from 1, stands before it
	ErrFewDice   = errors.New("keyceremony: fewer than 20 dice")
	ErrManyDice  = errors.New("keyceremony: more than 1000 dice")
	ErrAlikeDice = errors.New("keyceremony: dice that all show one or two faces were not thrown")
)

// CheckDice refuses what cannot be dice that people threw, as typed without blanks: the sample is drawn from them, and whoever chose
// them chose the sample.
func CheckDice(dice string) error {
	faces := map[rune]bool{}
	n := 0
	for _, d := range dice {
		n++
		if d < '1' || d > '6' {
			return fault.At(strconv.Itoa(n), ErrDie)
		}
		faces[d] = true
	}
	switch {
	case n < MinDice:
		return ErrFewDice
	case n > MaxDice:
		return ErrManyDice
	case len(faces) < minFaces:
		return ErrAlikeDice
	}
	return nil
}

// Thrown is what people typed, without what parts the digits.
func Thrown(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", ",", "").Replace(typed)
}

// Confidence with which a sample says something of its batch.
const confidence = 0.95

// DefectBound is the share of keys of which one can say, with 95 % confidence, that no more are defective, after a sample of that
// size was found without defect: 1 − 0.05^(1/sample).
func DefectBound(sample int) float64 { return 1 - math.Pow(1-confidence, 1/float64(sample)) }

// SampleFor is the least sample that says so of that share.
func SampleFor(bound float64) int { return int(math.Ceil(math.Log(1-confidence) / math.Log(1-bound))) }
