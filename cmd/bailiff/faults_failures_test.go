package main_test

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
)

// Every operation on the disk fails in turn, in every act. The points at which an act is struck are
// generated: a run on a sound disk counts the operations, and each of them then fails in each way.

var errKilled = errors.New("the process is gone")

// failure is a way in which an operation on the disk fails.
type failure struct {
	kind string // for the histogram
	// strike tells what becomes of operation i of a run when number at is struck; nil lets it be.
	strike func(i, at int, op durable.Op) error
	fits   func(op durable.Op) bool // operations that can fail so
	kills  bool                     // nothing reaches the disk, and nobody is asked anything, from there on
}

func everyOp(durable.Op) bool { return true }

func writes(op durable.Op) bool { return op == durable.OpWrite }

// needsRoom tells whether an operation can find the disk full.
func needsRoom(op durable.Op) bool {
	return slices.Contains([]durable.Op{durable.OpCreate, durable.OpWrite, durable.OpSync, durable.OpRename, durable.OpSyncDir, durable.OpMkdir, durable.OpLock}, op)
}

// shortThen cuts a write short after n bytes, and fails it with that error.
func shortThen(n int, err error) error { return fmt.Errorf("%w: %w", err, durable.ShortWrite{N: n}) }

// failures are the ways in which each operation fails. A process that is killed after an operation
// leaves what one leaves that is killed before the next, so that each kill comes before one.
func failures() []failure {
	short := func(n int) func(int, int, durable.Op) error {
		return func(i, at int, _ durable.Op) error {
			if i == at {
				return shortThen(n, unix.ENOSPC)
			}
			return nil
		}
	}
	return []failure{
		{"EIO", func(i, at int, _ durable.Op) error {
			if i == at {
				return unix.EIO
			}
			return nil
		}, everyOp, false},
		{"EIO for good", func(i, at int, _ durable.Op) error {
			if i >= at {
				return unix.EIO
			}
			return nil
		}, func(op durable.Op) bool { return op != durable.OpRead }, false}, // to a reader, as EIO above
		{"ENOSPC", func(i, at int, op durable.Op) error {
			if i >= at && needsRoom(op) {
				return unix.ENOSPC
			}
			return nil
		}, needsRoom, false},
		{"short write", short(1), writes, false},
		{"short write", short(150), writes, false},
		{"short write", short(1 << 30), writes, false},
		{"kill", func(i, at int, _ durable.Op) error {
			if i >= at {
				return errKilled
			}
			return nil
		}, everyOp, true},
		{"kill", func(i, at int, _ durable.Op) error {
			switch {
			case i == at:
				return shortThen(150, errKilled)
			case i > at:
				return errKilled
			}
			return nil
		}, writes, true},
	}
}
