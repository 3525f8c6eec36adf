package durable_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bailiff/custody/durable"
)

func TestLockHeldByThisProcess(t *testing.T) {
	var d, other durable.Disk
	path := filepath.Join(t.TempDir(), "vault.lock")
	lock, err := d.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := other.Lock(path); !errors.Is(err, durable.ErrLocked) || second != nil {
		t.Errorf("a second lock: %v", err)
	}
	if err := errors.Join(lock.Unlock(), lock.Unlock(), (*durable.Lock)(nil).Unlock()); err != nil {
		t.Error(err)
	}
	if info, err := os.Lstat(path); err != nil || info.Size() != 0 || info.Mode() != 0o600 {
		t.Errorf("the lock file did not stay: %v", err)
	}
	again, err := other.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Unlock(); err != nil { // of the one that is over: leaves the new one alone
		t.Error(err)
	}
	if _, err := d.Lock(path); !errors.Is(err, durable.ErrLocked) {
		t.Error(err)
	}
	if err := again.Unlock(); err != nil {
		t.Error(err)
	}
}

func TestLockHeldByAnotherProcess(t *testing.T) {
	var d durable.Disk
	path := filepath.Join(t.TempDir(), "vault.lock")
	kill := start(t, command(t, "lock", path), "held")
	before := time.Now()
	if _, err := d.Lock(path); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("held by a child: %v", err)
	}
	if waited := time.Since(before); waited > 2*time.Second {
		t.Errorf("waited %v", waited)
	}
	kill()
	lock, err := d.Lock(path)
	if err != nil {
		t.Fatalf("after the child was killed: %v", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Error(err)
	}
}

func TestLockRefusesWhatIsNoFile(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	for what, path := range things(t, dir) {
		if _, err := d.Lock(path); !errors.Is(err, durable.ErrNotRegular) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if snapshot(t, filepath.Join(dir, "nowhere")) != "" {
		t.Error("a symlink was followed")
	}
	broken := &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if op == durable.OpLock {
			return errBroken
		}
		return nil
	}}
	if _, err := broken.Lock(filepath.Join(dir, "vault.lock")); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

func TestLockIsExclusiveUnderPressure(t *testing.T) {
	var d durable.Disk
	path := filepath.Join(t.TempDir(), "vault.lock")
	var inside, taken atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				lock, err := d.Lock(path)
				if err != nil {
					continue
				}
				taken.Add(1)
				if inside.Add(1) != 1 {
					t.Error("two hold the lock")
				}
				inside.Add(-1)
				if err := lock.Unlock(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if taken.Load() == 0 {
		t.Error("nobody ever held the lock")
	}
}
