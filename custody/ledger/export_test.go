package ledger

import (
	"errors"
	"slices"
)

// Erased returns the numbers of the entries whose personal part is not there, ascending.
func (l *Log) Erased() (numbers []int64) {
	for e := range l.Entries() {
		if _, err := l.Personal(e.Number); errors.Is(err, ErrErased) {
			numbers = append(numbers, e.Number)
		}
	}
	return numbers
}

// PolicyFor returns the number of the entry whose policy is in force for a checkpoint of that
// size: the last policy entry that a checkpoint of smaller size covers, entry 0 for the first
// checkpoint. [ErrNone] when the ledger is empty.
func (l *Log) PolicyFor(size int64) (int64, error) {
	var policies []int64 // numbers of the policy entries, ascending
	for e, err := range l.Entries() {
		if err != nil {
			return 0, err
		}
		if _, policy := e.Act.(*PolicyAdopted); policy {
			policies = append(policies, e.Number)
		}
	}
	if len(policies) == 0 {
		return 0, ErrNone
	}
	before, _ := slices.BinarySearch(l.checkpoints, size)
	if before == 0 {
		return policies[0], nil
	}
	covered, _ := slices.BinarySearch(policies, l.checkpoints[before-1])
	return policies[covered-1], nil // at least entry 0 is covered
}
