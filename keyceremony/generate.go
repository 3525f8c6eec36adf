package keyceremony

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/keyceremony/generator"
)

// generate returns the function that fills a batch with the keys that the generator makes.
func (c *Ceremony) generate(id string, created time.Time) func(*batch.Writer) error {
	return func(w *batch.Writer) error {
		policy, err := c.Vault.Policy.Format()
		if err != nil {
			return err
		}
		total := c.Script.Total()
		job := generator.Job{Policy: policy, Batch: id, Created: created, From: 1, To: total}
		for k, err := range c.Generator.Generate(job) {
			if err != nil {
				return err
			}
			if err := w.Add(k); err != nil {
				return err
			}
			c.Progress(StageGenerate, k.Number, total)
		}
		return nil
	}
}

// What a sealed batch takes on its disk, in bytes: its ledger entries and lists; for each key, by profile, its two halves and what
// lists say of it; for each key and token, a share. Measured, and rounded up.
const (
	spaceOfBatch = 4 << 20
	spaceOfShare = 700
)

func spaceOfKey(p keypair.Profile) int64 {
	switch p {
	case keypair.V6Curve25519:
		return 3000
	case keypair.V6PostQuantum:
		return 31_000
	case keypair.RSA3072:
		return 7000
	case keypair.RSA4096:
		return 9000
	}
	return 2000
}

// Space returns how many bytes a batch of that many keys takes, sealed to that many tokens of all custodians together.
func Space(p keypair.Profile, keys, tokens int) int64 {
	return spaceOfBatch + int64(keys)*(spaceOfKey(p)+int64(tokens)*spaceOfShare)
}

// room refuses a ceremony whose batch its disk cannot hold.
func (c *Ceremony) room() error {
	tokens := 0
	for _, custodian := range c.Vault.Policy.Custodians {
		tokens += len(custodian.Tokens)
	}
	return c.Vault.Host.Disk.Space(c.Vault.Path, Space(keypair.Profile(c.Script.Profile), c.Script.Total(), tokens))
}

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
