package batch

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
)

// MaxKeys is the largest number of keys in a batch: key numbers have six digits.
const MaxKeys = 999_999

const (
	sampleLabel = "bailiff-sample/1\n"
	maxDice     = 1000
)

// The ways in which a sample cannot be drawn.
var (
	ErrSampleCheckpoint = errors.New("batch: a sample is drawn from something else than the text of a checkpoint up to its blank line")
	ErrSampleDice       = errors.New("batch: the dice of a sample are not 1 to 1000 digits from 1 to 6")
	ErrSampleCount      = errors.New("batch: it does not hold as many keys as the sample")
)

// Sample draws count of the key numbers 1 to total, ascending (docs/formats.md, "Sample, burnt,
// reserve"). body is the text of the cosigned checkpoint that covers the batch, up to and with
// the last LF before its blank line; dice is what was thrown in the room after that. Neither the
// ceremony's software, which fixed the root, nor the throwers, who did so after it, can choose
// the keys alone.
func Sample(body []byte, dice string, total, count int) ([]int, error) {
	if !bytes.HasSuffix(body, []byte("\n")) || body[0] == '\n' || bytes.Contains(body, []byte("\n\n")) {
		return nil, ErrSampleCheckpoint
	}
	if err := checkDice(dice); err != nil {
		return nil, err
	}
	if total < 1 || total > MaxKeys || count < 0 || count > total {
		return nil, ErrSampleCount
	}
	seed := sha256.Sum256(slices.Concat([]byte(sampleLabel), body, []byte(dice)))
	chosen := make(map[int]bool, count)
	for i := uint64(0); len(chosen) < count; i++ {
		block := sha256.Sum256(binary.BigEndian.AppendUint64(seed[:], i))
		for j := 0; j < len(block) && len(chosen) < count; j += 8 {
			v := binary.BigEndian.Uint64(block[j:])
			if v <= lastFair(uint64(total)) {
				chosen[int(v%uint64(total))+1] = true
			}
		}
	}
	numbers := make([]int, 0, count)
	for n := range chosen {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers, nil
}

// lastFair is the largest number below 2^64 - (2^64 mod total), so that v mod total is uniform
// over the v up to it.
func lastFair(total uint64) uint64 {
	rest := (^uint64(0)%total + 1) % total // 2^64 mod total
	return ^uint64(0) - rest
}

func checkDice(dice string) error {
	if len(dice) == 0 || len(dice) > maxDice {
		return ErrSampleDice
	}
	for i := range len(dice) {
		if dice[i] < '1' || dice[i] > '6' {
			return ErrSampleDice
		}
	}
	return nil
}
