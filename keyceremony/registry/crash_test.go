package registry_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bailiff/custody/durable"
	"bailiff/keyceremony/registry"
	"bailiff/keyceremony/registry/journal"
)

var errDisk = errors.New("the disk broke")

// struckFile is the journal beside a database, on a disk that does something at its n-th operation, from 0, and later ones.
func struckFile(path string, n int, strike func(op durable.Op) error) *journal.File {
	f := file(path)
	f.Disk = &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if n--; n < 0 {
			return strike(op)
		}
		return nil
	}}
	return f
}

// struck assigns with a journal that is struck.
func (s *platform) struck(member string, f *journal.File) error {
	db := openPlain(s.t, s.path)
	defer db.Close()
	p, err := registry.Open(s.t.Context(), db, registry.SQLite, f)
	if err == nil {
		_, err = p.Assign(s.t.Context(), member, now())
	}
	return err
}

// The operations of an assignment on the journal: it is locked, written, synced; then it is written that the database has it.
const operations = 4

// TestJournalFails: whatever operation on the journal fails, with nothing, a part or all of a line written, no key
// is given twice and none is lost.
func TestJournalFails(t *testing.T) {
	first := newPlatform(t, 3)
	alice := first.assign("alice")
	for n := range operations {
		for _, short := range []int{-1, 0, 1, 5, 40, 200, 1 << 20} {
			s := first.copied()
			ops := 0
			err := s.struck("bob", struckFile(s.path, n, func(op durable.Op) error {
				ops++
				if short >= 0 && op == durable.OpWrite {
					return durable.ShortWrite{N: short}
				}
				return errDisk
			}))
			if ops == 0 {
				t.Fatalf("operation %d: there is none", n)
			}
			told := err == nil
			if told != (n == operations-1) {
				t.Errorf("operation %d, %d bytes written: %v", n, short, err)
			}
			s.settles(alice, told, fmt.Sprintf("operation %d, %d bytes written", n, short))
		}
	}
	s := first.copied()
	if err := s.struck("bob", struckFile(s.path, operations, func(op durable.Op) error { return errors.New(string(op)) })); err != nil {
		t.Errorf("an operation more: %v", err)
	}
}

// settles expects that after an assignment to bob was struck all three keys can be given, each to one member. told is whether
// bob was told of a key.
func (s *platform) settles(alice string, told bool, when string) {
	s.t.Helper()
	carol := s.assign("carol")
	bob, err := s.tryAssign("bob")
	if errors.Is(err, registry.ErrAssigned) {
		s.do(func(p *registry.Pool) error {
			k, err := p.KeyOf(s.t.Context(), "bob")
			bob = k.Fingerprint
			return err
		})
	} else if err != nil || told {
		s.t.Errorf("%s: bob: %v", when, err)
	}
	if alice == bob || alice == carol || bob == carol || bob == "" {
		s.t.Errorf("%s: alice %s, bob %s, carol %s", when, alice, bob, carol)
	}
	s.reconcile(registry.Known{}, nil, false)
	if j := s.read(journalEnd); strings.Count(j, "given ") < 3 {
		s.t.Errorf("%s: the journal is\n%s", when, j)
	}
}

// TestKilledAssigning: a program that is killed before any operation on the journal.
func TestKilledAssigning(t *testing.T) {
	first := newPlatform(t, 3)
	alice := first.assign("alice")
	for n := range operations {
		s := first.copied()
		err := child(t, "struck", s.path, "BAILIFF_TEST_AT="+strconv.Itoa(n)).Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("operation %d: %v", n, err)
		}
		s.settles(alice, false, fmt.Sprintf("killed before operation %d", n))
	}
}

// TestChildIsKilled is killed by itself for TestKilledAssigning. Alone it does nothing.
func TestChildIsKilled(t *testing.T) {
	if os.Getenv(childVar) != "struck" {
		return
	}
	n, err := strconv.Atoi(os.Getenv("BAILIFF_TEST_AT"))
	if err != nil {
		t.Fatal(err)
	}
	s := &platform{t: t, path: os.Getenv(poolVar)}
	err = s.struck("bob", struckFile(s.path, n, func(durable.Op) error {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}))
	t.Errorf("still alive: %v", err)
}

// The same member again, after a crash or a failure behind which the journal has the key, gets that key.
func TestTheSameAgain(t *testing.T) {
	s := newPlatform(t, 2)
	err := s.struck("bob", struckFile(s.path, 2, func(durable.Op) error { return errDisk }))
	if !errors.Is(err, errDisk) || strings.Count(s.read(journalEnd), "given ") != 1 {
		t.Fatalf("%v\n%s", err, s.read(journalEnd))
	}
	// What is in the journal, and may be in the kernel's memory alone, is made durable before the database has it.
	if err := s.struck("bob", struckFile(s.path, 1, func(durable.Op) error { return errDisk })); !errors.Is(err, errDisk) {
		t.Errorf("finished without a sync: %v", err)
	}
	s.assign("bob")
	if _, err := s.tryAssign("bob"); !errors.Is(err, registry.ErrAssigned) {
		t.Error(err)
	}
	s.assign("carol")
}

// TestKilledAtAnyTime: assigning programs are killed at random, SQLite's work included; what any of them was told, and what
// the pool says in the end, is one key a member and one member a key, with no key lost.
func TestKilledAtAnyTime(t *testing.T) {
	const rounds, keys = 25, 25*each + 1
	s := newPlatform(t, keys)
	given := map[string]string{} // fingerprint to member
	killed := 0
	for round := range rounds {
		out, dead := killedAfter(t, child(t, "assign", s.path, "BAILIFF_TEST_NAME="+strconv.Itoa(round)), rand.IntN(each/2))
		if dead {
			killed++
		}
		for line := range strings.Lines(out) {
			if w := strings.Fields(line); len(w) == 3 && w[0] == "given" && strings.HasSuffix(line, "\n") {
				if given[w[1]] != "" {
					t.Errorf("%s was given to %s and %s", w[1], given[w[1]], w[2])
				}
				given[w[1]] = w[2]
			}
		}
	}
	if killed < rounds/2 || len(given) < rounds/2 {
		t.Errorf("%d of %d were killed, %d keys given: nothing was tested", killed, rounds, len(given))
	}
	s.assign("last")
	s.reconcile(registry.Known{}, nil, false)
	s.do(func(p *registry.Pool) error {
		for fingerprint, member := range given {
			if k, err := p.Key(t.Context(), fingerprint); err != nil || k.Member != member {
				t.Errorf("%s: %+v, %v", fingerprint, k, err)
			}
		}
		stats, err := p.Show(t.Context())
		if err != nil || stats.Free+stats.Assigned != keys || stats.Assigned > len(given)+clients*rounds {
			t.Errorf("%+v, %v; %d were told", stats, err, len(given))
		}
		t.Logf("%d programs killed, %d keys told, %d assigned", killed, len(given), stats.Assigned)
		return nil
	})
}

// killedAfter starts a program, kills it at some time after it has told of some keys, and returns all that it told, and whether
// it was killed before its end.
func killedAfter(t *testing.T, cmd *exec.Cmd, told int) (out string, killed bool) {
	t.Helper()
	pipe, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	for n := 0; n <= told; {
		line, err := lines.ReadString('\n')
		if out += line; strings.HasPrefix(line, "given ") {
			n++
		}
		if err != nil {
			break
		}
	}
	time.Sleep(time.Duration(rand.IntN(5000)) * time.Microsecond)
	_ = cmd.Process.Kill()
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Error(err)
	}
	return out + string(rest), cmd.Wait() != nil
}

// TestReconcileFails: whatever fails while a restored or bereft pool is reconciled, it assigns nothing until that is done again.
func TestReconcileFails(t *testing.T) {
	first := newPlatform(t, 4)
	backup := first.read("")
	bob, carol := first.assign("bob"), first.assign("carol")
	first.write("", backup)
	for _, lost := range []bool{false, true} {
		for n := range 40 {
			s := first.copied()
			if lost {
				s.write(journalEnd, "x"+s.read(journalEnd))
			}
			known := registry.Known{Complete: true, Claims: []registry.Claim{{Member: "bob", Fingerprint: bob}, {Member: "carol", Fingerprint: carol}, {Fingerprint: s.free()}}}
			db := openPlain(t, s.path)
			hit := false
			f := struckFile(s.path, n, func(durable.Op) error { hit = true; return errDisk })
			p, err := registry.Open(t.Context(), db, registry.SQLite, f)
			if err == nil {
				_, err = p.Reconcile(t.Context(), known, now(), agree)
			}
			if e := db.Close(); e != nil {
				t.Fatal(e)
			}
			if !hit {
				if err != nil || n < 3 {
					t.Errorf("%d operations: %v", n, err)
				}
				break
			}
			if d, err := s.tryAssign("dora"); err == nil && (d == bob || d == carol || d == s.free()) {
				t.Errorf("lost %v, operation %d: dora has %s", lost, n, d)
			}
			s.do(func(p *registry.Pool) error {
				_, err := p.Reconcile(t.Context(), known, now(), agree)
				return err
			})
			s.holds(map[string]string{"bob": bob, "carol": carol})
			if _, err := s.tryAssign("erik"); err != nil && !errors.Is(err, registry.ErrEmpty) {
				t.Errorf("lost %v, operation %d: %v", lost, n, err)
			}
		}
	}
}
