package durable_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"bailiff/custody/durable"
)

// A writer at work keeps its unfinished file, at each of its operations.
func TestWriterAtWorkIsNotDisturbed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	var other durable.Disk
	tries := 0
	disk := &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if op == durable.OpCreate || op == durable.OpSyncDir {
			return nil
		}
		tries++
		if err := other.Create(path, []byte("another"), 0o600); !errors.Is(err, durable.ErrLocked) {
			t.Errorf("at %s: %v", op, err)
		}
		return nil
	}}
	if err := disk.Create(path, []byte(small), 0o600); err != nil || tries != 4 || snapshot(t, path) != small {
		t.Errorf("%v, %d tries, %q", err, tries, snapshot(t, path))
	}
}

func TestConcurrentCreatorsOfOneName(t *testing.T) {
	for range 30 {
		path := filepath.Join(t.TempDir(), "target")
		var d durable.Disk
		var won atomic.Int32
		var group sync.WaitGroup
		for worker := range 8 {
			group.Go(func() {
				data := bytes.Repeat([]byte{'a' + byte(worker)}, 3000)
				err := d.Create(path, data, 0o600)
				if err == nil && won.Add(1) == 1 && snapshot(t, path) != string(data) {
					t.Error("the winner's file is another's")
				}
				if err != nil && !errors.Is(err, durable.ErrExists) && !errors.Is(err, durable.ErrLocked) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if won.Load() != 1 || snapshot(t, filepath.Dir(path)) != "directory: target" {
			t.Fatalf("%d won; %s", won.Load(), snapshot(t, filepath.Dir(path)))
		}
	}
}

func TestConcurrentReplacersLeaveOneOfTheirs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	var d durable.Disk
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for range 30 {
				data := bytes.Repeat([]byte{'a' + byte(worker)}, 3000)
				if err := d.Replace(path, data, 0o600); err != nil && !errors.Is(err, durable.ErrLocked) {
					t.Error(err)
				}
				got, err := d.Read(path, 3000)
				if err == nil && (len(got) != 3000 || bytes.Count(got, got[:1]) != 3000) {
					t.Errorf("a mixture: %.40q", got)
				}
			}
		})
	}
	group.Wait()
}
