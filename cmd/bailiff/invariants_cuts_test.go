package main_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/keyceremony"
	"bailiff/keyceremony/script"
	"bailiff/release"
	"bailiff/release/handover"
)

var errPower = errors.New("power cut")

// cut makes the disk fail from its n-th chosen operation on, or, with once, at that one alone. It
// returns how many were chosen so far.
func (s *scene) cut(n int, once bool, chosen func(durable.Op, string) bool) (seen *int) {
	seen = new(int)
	s.disk = &durable.Disk{Hook: func(op durable.Op, path string) error {
		here := chosen(op, path)
		if here {
			*seen++
		}
		if *seen > n && (!once || here && *seen == n+1) {
			return errPower
		}
		return nil
	}}
	return seen
}

func naming(op durable.Op, _ string) bool { return op == durable.OpRename || op == durable.OpSyncDir }

// TestInvariant6LedgerFirst: whichever write of the ledger fails, no token opens anything; what is
// exported is recorded before it exists.
func TestInvariant6LedgerFirst(t *testing.T) {
	s := play(t, proved)
	changing := func(op durable.Op, _ string) bool { return op != durable.OpRead }
	failures, done := 0, false
	for n := 0; !done; n++ {
		s.set(s.proved)
		s.disk = new(durable.Disk)
		v := s.open()
		s.touches()
		run := s.release(v, s.order(v, 0, nil))
		opening := false
		v.Host.Notice = func(e custody.Event) { opening = opening || e.Act == custody.ActOpen }
		seen := s.cut(n, true, changing)
		v.Host.Disk.Hook = s.disk.Hook // the vault's own disk
		err := run.Run()
		if done = opening; done {
			break // the ledger was written whole
		}
		failures++
		if !errors.Is(err, errPower) {
			t.Fatalf("operation %d of %d: %v", n, *seen, err)
		}
		if ecdh, _ := s.touches(); ecdh != 0 {
			t.Fatalf("operation %d failed, and a key was opened", n)
		}
		check(t, v.Close())
	}
	if failures < 12 {
		t.Errorf("only %d operations before the key was opened", failures)
	}
	out := s.path + ".zip"
	s.set(s.proved)
	s.cut(0, true, func(op durable.Op, _ string) bool { return op == durable.OpCreate })
	v := s.open()
	_, _, err := keyceremony.Export(v, v.State.Batches[0].ID, out, 1, func(int, int) {})
	if _, missing := os.Lstat(out); !errors.Is(err, errPower) || missing == nil {
		t.Errorf("export without its entry: %v", err)
	}
}

// TestInvariant7PowerCuts: after a power cut at any name that a release makes, the same order
// carries it to the same end, and every opening has a cosigned intent of its own.
func TestInvariant7PowerCuts(t *testing.T) {
	s := play(t, proved)
	for n, done := 0, false; !done; n++ {
		s.set(s.proved)
		check(t, os.RemoveAll(s.path+"-kit"))
		s.disk = new(durable.Disk)
		v := s.open()
		o := s.order(v, 0, nil)
		s.touches()
		s.cut(n, false, naming)
		v.Host.Disk.Hook = s.disk.Hook
		x, err := s.receive(v, o)
		if err == nil {
			err = s.releaseOf(v, x).Run()
		}
		if done = err == nil; !done && !errors.Is(err, errPower) {
			t.Fatalf("cut %d: %v", n, err)
		}
		check(t, v.Close())
		s.disk = new(durable.Disk)
		v = s.open()
		if _, err := s.examine(v, o); err == nil {
			check(t, s.release(v, o).Run())
		} else if !errors.Is(err, custody.ErrUsed) && !errors.Is(err, release.ErrAwaitsCosignature) {
			t.Fatalf("cut %d: resuming: %v", n, err)
		}
		check(t, v.Cosign(s.seat(v, 1, 2)))
		s.ended(v, n)
		check(t, v.Close())
		if done && n < 20 {
			t.Errorf("only %d cuts", n)
		}
	}
}

// ended looks at a vault after its one release.
func (s *scene) ended(v *custody.Vault, n int) {
	s.Helper()
	counts := map[ledger.Kind]int{}
	for e, err := range v.Log.Entries() {
		check(s.T, err)
		counts[e.Act.Kind()]++
	}
	ecdh, _ := s.touches()
	if counts["order-received"] != 1 || counts["release-opened"] != 1 || counts["release-delivered"] != 1 || ecdh < 2 || ecdh > 2*counts["release-intent"] {
		s.Errorf("cut %d: %v, %d openings", n, counts, ecdh)
	}
	kit, err := handover.Check(s.disk, s.path+"-kit")
	check(s.T, err)
	if v.State.Orders["2026-000001"].Delivered.Act.Kit != kit.PrivateKey {
		s.Errorf("cut %d: the ledger names another kit", n)
	}
}

// TestCeremonyPowerCuts: after a power cut at any name that a ceremony makes, the vault opens, the
// same script ends in a proved batch, and nothing unproved can leave.
func TestCeremonyPowerCuts(t *testing.T) {
	s := play(t, empty)
	for n, done := 0, false; !done; n++ {
		s.set(s.empty)
		s.disk = new(durable.Disk)
		v := s.open()
		c := s.ceremony(v, 1)
		s.cut(n, false, naming)
		v.Host.Disk.Hook = s.disk.Hook
		_, err := c.Run()
		if done = err == nil; !done && !errors.Is(err, errPower) {
			t.Fatalf("cut %d: %v", n, err)
		}
		check(t, v.Close())
		s.disk = new(durable.Disk)
		v = s.open()
		s.clock = s.clock.Add(time.Hour)
		for _, st := range v.State.Batches {
			if _, _, err := v.Published(st.ID); err == nil && v.State.Unfinished() != nil {
				t.Fatalf("cut %d: published and unfinished", n)
			}
		}
		again := s.ceremony(v, 1)
		batch := s.run(again)
		v = s.open()
		report, err := v.Verify(func(int, int) {})
		check(t, err)
		if _, _, err := v.Published(batch); err != nil || report.UnfinishedBatch != "" || report.Uncosigned != 0 {
			t.Fatalf("cut %d: %v %+v", n, err, report)
		}
		check(t, v.Close())
		if done && n < 20 {
			t.Errorf("only %d cuts", n)
		}
	}
}

// TestCeremonyCounts: a ceremony that would prove or publish nothing never begins.
func TestCeremonyCounts(t *testing.T) {
	s := play(t, empty)
	v := s.open()
	for _, c := range []custody.Ceremony{
		{Publish: 3, Reserve: 1}, {Sample: 2, Reserve: 1}, {Publish: 1, Sample: custody.MaxSample + 1}, {Publish: batch.MaxKeys, Sample: 2},
	} {
		if _, err := v.OpenCeremony(c); !errors.Is(err, custody.ErrHistory) && !errors.Is(err, keyvalue.ErrValue) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if script.MaxSample > custody.MaxSample {
		t.Error("a script may ask for a larger sample than the vault takes")
	}
}
