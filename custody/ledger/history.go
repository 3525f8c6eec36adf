package ledger

import (
	"slices"

	"bailiff/custody/fault"
)

// AddCheckpoint puts a checkpoint into the ledger, durably. It must be of this vault, in the one
// form there is ([ErrCheckpoint]), for more entries than any checkpoint before ([ErrOld]) but no
// more than there are ([ErrStale]), with the root of this ledger ([ErrFork]). Its cosignatures
// are not verified here: the caller has done so with [OpenCheckpoint] and the policy in force.
func (l *Log) AddCheckpoint(data []byte) error {
	n, err := parseNote(data, l.vault)
	if err != nil {
		return err
	}
	name := checkpointName(n.size)
	if err := l.checkBody(n.body); err != nil {
		return fault.At(name, err)
	}
	if n.size <= l.covered() {
		return fault.At(name, ErrOld)
	}
	lock, err := l.begin()
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }() // it ends with the process at the latest
	if err := l.disk.Create(l.path(name), data, perm); err != nil {
		l.failed = true
		return err
	}
	l.checkpoints = append(l.checkpoints, n.size)
	return nil
}

// checkBody compares what a checkpoint states with the entries.
func (l *Log) checkBody(b body) error {
	if b.size > l.Size() {
		return ErrStale
	}
	root, err := l.RootAt(b.size)
	if err == nil && root != b.root {
		err = ErrFork
	}
	return err
}

// readCheckpoint reads the checkpoint of that size and compares it with the entries.
func (l *Log) readCheckpoint(size int64) ([]byte, error) {
	name := checkpointName(size)
	data, err := l.read(name, maxCheckpoint)
	if err != nil {
		return nil, err
	}
	n, err := parseNote(data, l.vault)
	if err == nil && n.size != size {
		err = ErrNumber
	}
	if err == nil {
		err = l.checkBody(n.body)
	}
	if err != nil {
		return nil, fault.At(name, err)
	}
	return data, nil
}

// Checkpoint returns the bytes of the checkpoint of that size, or [ErrNone]. Its body is of this
// ledger; its signatures are not verified.
func (l *Log) Checkpoint(size int64) ([]byte, error) {
	if _, ok := slices.BinarySearch(l.checkpoints, size); !ok {
		return nil, fault.At(checkpointName(size), ErrNone)
	}
	return l.readCheckpoint(size)
}

// Checkpoints returns the sizes of all checkpoints, ascending; [ErrReopen] when that is not known
// because a write failed.
func (l *Log) Checkpoints() ([]int64, error) {
	if l.failed {
		return nil, ErrReopen
	}
	return slices.Clone(l.checkpoints), nil
}

// Cosigned returns the largest size that has a checkpoint, 0 when there is none; [ErrReopen] as
// for Checkpoints.
func (l *Log) Cosigned() (int64, error) {
	if l.failed {
		return 0, ErrReopen
	}
	return l.covered(), nil
}

func (l *Log) covered() int64 {
	if len(l.checkpoints) == 0 {
		return 0
	}
	return l.checkpoints[len(l.checkpoints)-1]
}

// VerifyCheckpoints verifies the cosignatures of all checkpoints, in the order of their sizes.
// It asks cosigners who may sign a checkpoint of that size, and how many custodians must.
// The first error names the checkpoint.
func (l *Log) VerifyCheckpoints(cosigners func(size int64) ([]Cosigner, int, error)) error {
	for _, size := range l.checkpoints {
		if err := l.verifyCheckpoint(size, cosigners); err != nil {
			return fault.At(checkpointName(size), err)
		}
	}
	return nil
}

func (l *Log) verifyCheckpoint(size int64, cosigners func(size int64) ([]Cosigner, int, error)) error {
	data, err := l.read(checkpointName(size), maxCheckpoint)
	if err != nil {
		return err
	}
	list, threshold, err := cosigners(size)
	if err != nil {
		return err
	}
	cp, err := OpenCheckpoint(data, l.vault, list, threshold)
	if err != nil {
		return err
	}
	if cp.Size != size {
		return ErrNumber
	}
	return l.checkBody(body{size: cp.Size, root: cp.Root})
}
