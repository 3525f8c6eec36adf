package registry_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/encoding"
	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/registry"
)

// platform is a pool with a batch, and copies of its files.
type platform struct {
	t    *testing.T
	path string
	b    made
	v    *batchtest.Vault
}

const journalEnd = ".assignments"

func newPlatform(t *testing.T, keys int) *platform {
	t.Helper()
	s := &platform{t: t, path: filepath.Join(t.TempDir(), "pool.db"), v: batchtest.NewVault(t, vaultID)}
	s.b = makeBatch(t, s.v, batchtest.Options{Batch: batchID, Publish: keys, Sample: 1, Reserve: 1})
	s.do(func(p *registry.Pool) error {
		pin(t, p, s.v.Anchor)
		_, err := s.b.into(t.Context(), p)
		return err
	})
	return s
}

// copied is another platform like this one.
func (s *platform) copied() *platform {
	s.t.Helper()
	other := *s
	other.path = filepath.Join(s.t.TempDir(), "pool.db")
	other.write("", s.read(""))
	other.write(journalEnd, s.read(journalEnd))
	return &other
}

// do opens the pool for as long as fn runs, as a command does.
func (s *platform) do(fn func(p *registry.Pool) error) {
	s.t.Helper()
	if err := s.try(fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *platform) try(fn func(p *registry.Pool) error) error {
	s.t.Helper()
	db := openPlain(s.t, s.path)
	defer db.Close()
	p, err := registry.Open(s.t.Context(), db, registry.SQLite, file(s.path))
	if err != nil {
		return err
	}
	return fn(p)
}

// assign gives a member a key, and returns its fingerprint.
func (s *platform) assign(member string) string {
	s.t.Helper()
	fingerprint, err := s.tryAssign(member)
	if err != nil {
		s.t.Fatalf("%s: %v", member, err)
	}
	return fingerprint
}

func (s *platform) tryAssign(member string) (fingerprint string, err error) {
	s.t.Helper()
	err = s.try(func(p *registry.Pool) error {
		k, err := p.Assign(s.t.Context(), member, now())
		if err == nil {
			fingerprint = k.Fingerprint
		}
		return err
	})
	return fingerprint, err
}

// refuses expects that nothing is assigned, and why.
func (s *platform) refuses(want error) {
	s.t.Helper()
	for _, member := range []string{"carol", "bob"} {
		if got, err := s.tryAssign(member); !errors.Is(err, want) {
			s.t.Errorf("%s was given %s, %v; want %v", member, got, err, want)
		}
	}
}

// reconcile expects the differences, each as "member" or "-" for what is withdrawn.
func (s *platform) reconcile(known registry.Known, found error, renewed bool, want ...string) {
	s.t.Helper()
	s.do(func(p *registry.Pool) error {
		var shown []string
		r, err := p.Reconcile(s.t.Context(), known, now(), func(r *registry.Reconciliation) error {
			for _, c := range r.Changes {
				shown = append(shown, orDash(c.Member))
			}
			return nil
		})
		if err != nil {
			return err
		}
		if !errors.Is(r.Found, found) || found == nil && r.Found != nil || r.Renewed != renewed || !slices.Equal(shown, want) {
			s.t.Errorf("found %v, renewed %v, changes %q; want %v, %v, %q", r.Found, r.Renewed, shown, found, renewed, want)
		}
		return nil
	})
}

// wontReconcile expects a refusal that names the object, and changes nothing.
func (s *platform) wontReconcile(known registry.Known, want error, object string) {
	s.t.Helper()
	before := s.read("") + s.read(journalEnd)
	err := s.try(func(p *registry.Pool) error {
		_, err := p.Reconcile(s.t.Context(), known, now(), agree)
		return err
	})
	if !errors.Is(err, want) || !strings.Contains(fmt.Sprint(err), object) {
		s.t.Errorf("%v; want %v of %s", err, want, object)
	}
	if s.read("")+s.read(journalEnd) != before {
		s.t.Error("something was changed")
	}
}

func agree(*registry.Reconciliation) error { return nil }

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (s *platform) read(end string) string {
	data, err := os.ReadFile(s.path + end)
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	return string(data)
}

func (s *platform) write(end, content string) {
	s.t.Helper()
	if err := os.WriteFile(s.path+end, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// holds expects who has which key.
func (s *platform) holds(want map[string]string) {
	s.t.Helper()
	s.do(func(p *registry.Pool) error {
		for member, fingerprint := range want {
			if k, err := p.KeyOf(context.Background(), member); err != nil || k.Fingerprint != fingerprint {
				s.t.Errorf("%s has %+v, %v; want %s", member, k, err, fingerprint)
			}
		}
		return nil
	})
}

// TestRestoredBackup: assign alice, copy the database, assign bob, restore the copy, assign carol: carol had bob's key.
func TestRestoredBackup(t *testing.T) {
	s := newPlatform(t, 4)
	alice := s.assign("alice")
	backup := s.read("")
	bob := s.assign("bob")
	s.write("", backup)
	s.refuses(registry.ErrRestored)
	s.refuses(registry.ErrRestored) // and goes on
	s.reconcile(registry.Known{}, registry.ErrRestored, false, "bob")
	carol := s.assign("carol")
	if carol == bob || carol == alice {
		t.Errorf("alice %s, bob %s, carol %s", alice, bob, carol)
	}
	s.holds(map[string]string{"alice": alice, "bob": bob, "carol": carol})
	s.reconcile(registry.Known{}, nil, false)
	s.write("", backup) // once more, further back
	s.refuses(registry.ErrRestored)
	s.reconcile(registry.Known{}, registry.ErrRestored, false, "bob", "carol")
	s.holds(map[string]string{"alice": alice, "bob": bob, "carol": carol})
}

// TestRestoredToTheBeginning: the backup is from before anything was assigned, or before the batch came in, or
// there is none and the batch is imported into a new database beside the old journal.
func TestRestoredToTheBeginning(t *testing.T) {
	s := newPlatform(t, 3)
	backup := s.read("")
	bob := s.assign("bob")
	s.write("", backup)
	s.refuses(registry.ErrRestored)
	s.reconcile(registry.Known{}, registry.ErrRestored, false, "bob")
	s.holds(map[string]string{"bob": bob})

	if err := os.Remove(s.path); err != nil {
		t.Fatal(err)
	}
	s.do(func(*registry.Pool) error { return nil })
	s.refuses(registry.ErrRestored)
	s.wontReconcile(registry.Known{}, registry.ErrNotImported, batchID)
	s.do(func(p *registry.Pool) error {
		pin(t, p, s.v.Anchor)
		_, err := s.b.into(t.Context(), p)
		return err
	})
	s.refuses(registry.ErrRestored)
	again := s.read("")
	s.reconcile(registry.Known{}, registry.ErrRestored, false, "-") // the key to the members' names is lost
	if carol := s.assign("carol"); carol == bob {
		t.Error("carol has bob's key")
	}
	s.write("", again)
	s.refuses(registry.ErrRestored)
	list := registry.Known{Claims: []registry.Claim{{Member: "bob", Fingerprint: bob}}}
	s.reconcile(list, registry.ErrRestored, false, "bob", "carol")
	s.holds(map[string]string{"bob": bob})
}

// TestJournalLost: without the journal, or with another than the database knows, nothing is assigned until somebody says
// what was given, or that nothing more shall be.
func TestJournalLost(t *testing.T) {
	type scene struct {
		alice, bob    string
		backup, older string // database and journal before bob
	}
	first := newPlatform(t, 5)
	var x scene
	x.alice = first.assign("alice")
	x.backup, x.older = first.read(""), first.read(journalEnd)
	x.bob = first.assign("bob")
	for name, c := range map[string]struct {
		break_ func(s *platform, c scene)
		want   error
	}{
		"missing": {func(s *platform, _ scene) {
			if err := os.Remove(s.path + journalEnd); err != nil {
				s.t.Fatal(err)
			}
		}, registry.ErrJournalMissing},
		"older": {func(s *platform, c scene) { s.write(journalEnd, c.older) }, registry.ErrJournal},
		"empty": {func(s *platform, _ scene) { s.write(journalEnd, "") }, registry.ErrJournal},
		"no more than its first line": {func(s *platform, c scene) {
			s.write(journalEnd, c.older[:strings.IndexByte(c.older, '\n')+1])
		}, registry.ErrJournal},
		"another's": {func(s *platform, c scene) {
			s.write(journalEnd, strings.Replace(c.older, "bailiff-assignments/1 ", "bailiff-assignments/1 0000", 1))
		}, registry.ErrJournal},
		"another pool's": {func(s *platform, _ scene) { s.write(journalEnd, newPlatform(s.t, 1).read(journalEnd)) }, registry.ErrJournal},
		"no journal":     {func(s *platform, _ scene) { s.write(journalEnd, "some other file") }, registry.ErrJournal},
		"damaged at its end": {func(s *platform, _ scene) {
			j := s.read(journalEnd)
			s.write(journalEnd, strings.Replace(j, "given 2 b", "given 2 c", 1))
		}, registry.ErrJournal},
		"damaged behind a restored database": {func(s *platform, c scene) {
			s.write("", c.backup)
			s.write(journalEnd, strings.Replace(s.read(journalEnd), "given 2 b", "given 2 c", 1))
		}, registry.ErrJournal},
	} {
		t.Run(name, func(t *testing.T) {
			s := first.copied()
			s.t = t
			c.break_(s, x)
			broken := s.read(journalEnd)
			s.refuses(c.want)
			s.wontReconcile(registry.Known{}, registry.ErrIncomplete, journalEnd)
			restored := strings.Contains(name, "restored")
			list := registry.Known{Complete: true, Claims: []registry.Claim{{Member: "alice", Fingerprint: x.alice}, {Member: "bob", Fingerprint: x.bob}}}
			var want []string
			if restored {
				want = []string{"bob"}
			}
			s.reconcile(list, c.want, true, want...)
			if broken != "" && s.read(journalEnd+".old-1") != broken {
				t.Error("what had the journal's name is gone")
			}
			carol := s.assign("carol")
			s.holds(map[string]string{"alice": x.alice, "bob": x.bob, "carol": carol})
			s.reconcile(registry.Known{}, nil, false)
			s.write("", x.backup) // the new journal is not that of the old backup
			s.refuses(registry.ErrJournal)
			s.reconcile(registry.Known{WithdrawFree: true}, registry.ErrJournal, true, "bob", "carol", "-", "-")
			s.holds(map[string]string{"alice": x.alice, "bob": x.bob, "carol": carol})
			if _, err := s.tryAssign("dora"); !errors.Is(err, registry.ErrEmpty) {
				t.Errorf("dora: %v", err)
			}
		})
	}
}

// TestRestoredWithoutMarks: when the journal lost the marks of what a database had, one entry more passes for a power cut and is
// finished, for its member; two do not.
func TestRestoredWithoutMarks(t *testing.T) {
	s := newPlatform(t, 4)
	s.assign("alice")
	backup := s.read("")
	bob := s.assign("bob")
	unmarked := func() {
		s.write(journalEnd, regexp.MustCompile(`kept [2-9]\n`).ReplaceAllString(s.read(journalEnd), ""))
	}
	unmarked()
	one := s.copied()
	one.write("", backup)
	if carol := one.assign("carol"); carol == bob {
		t.Error("carol has bob's key")
	}
	one.holds(map[string]string{"bob": bob})
	carol := s.assign("carol")
	unmarked()
	s.write("", backup)
	s.refuses(registry.ErrRestored)
	s.reconcile(registry.Known{}, registry.ErrRestored, false, "bob", "carol")
	s.holds(map[string]string{"bob": bob, "carol": carol})
}

// TestDamagedBefore: what is damaged in the journal before the place that the database knows does not stop assignments, and is
// noticed when the journal is wanted.
func TestDamagedBefore(t *testing.T) {
	s := newPlatform(t, 4)
	alice := s.assign("alice")
	backup := s.read("")
	bob := s.assign("bob")
	s.write(journalEnd, strings.Replace(s.read(journalEnd), "given 1 b", "given 1 c", 1))
	carol := s.assign("carol")
	s.wontReconcile(registry.Known{}, registry.ErrIncomplete, journalEnd)
	s.reconcile(registry.Known{Complete: true}, registry.ErrJournal, true)
	s.write("", backup)
	s.refuses(registry.ErrJournal)
	s.reconcile(registry.Known{Complete: true}, registry.ErrJournal, true, "bob", "carol")
	s.holds(map[string]string{"alice": alice, "bob": bob, "carol": carol})
}

// TestReconciledMeanwhile: what a person agreed to is done to the state that they saw, or not at all.
func TestReconciledMeanwhile(t *testing.T) {
	s := newPlatform(t, 3)
	s.assign("alice")
	if err := os.Remove(s.path + journalEnd); err != nil {
		t.Fatal(err)
	}
	err := s.try(func(p *registry.Pool) error {
		_, err := p.Reconcile(t.Context(), registry.Known{Complete: true}, now(), func(*registry.Reconciliation) error {
			s.reconcile(registry.Known{Complete: true}, registry.ErrJournalMissing, true)
			s.assign("bob")
			return nil
		})
		return err
	})
	if !errors.Is(err, registry.ErrBusy) {
		t.Errorf("%v", err)
	}
	s.assign("carol")
	s.reconcile(registry.Known{}, nil, false)
}

// TestWithdrawn: withdrawn keys stay so, after another restoration as well, are counted, and can still be said to be a member's.
func TestWithdrawn(t *testing.T) {
	s := newPlatform(t, 3)
	backup := s.read("")
	s.reconcile(registry.Known{WithdrawFree: true}, nil, false, "-", "-", "-")
	for range 2 {
		s.do(func(p *registry.Pool) error {
			stats, err := p.Show(t.Context())
			if err == nil && (stats.Free != 0 || stats.Withdrawn != 3 || stats.Batches[0].Withdrawn != 3 || stats.Assigned != 0) {
				t.Errorf("%+v", stats)
			}
			return err
		})
		if _, err := s.tryAssign("bob"); !errors.Is(err, registry.ErrEmpty) {
			t.Errorf("bob: %v", err)
		}
		s.write("", backup)
		s.refuses(registry.ErrRestored)
		s.reconcile(registry.Known{}, registry.ErrRestored, false, "-", "-", "-")
	}
	key := one(t, s.b, "published")
	s.reconcile(registry.Known{Claims: []registry.Claim{{Member: "bob", Fingerprint: key}}}, nil, false, "bob")
	s.write("", backup)
	s.reconcile(registry.Known{}, registry.ErrRestored, false, "bob", "-", "-")
	s.holds(map[string]string{"bob": key})
	s.do(func(p *registry.Pool) error {
		all, err := p.Show(t.Context())
		if err != nil {
			return err
		}
		if done := all.Reconciled; len(done) != 1 || done[0].Returned != 1 || done[0].Withdrawn != 2 || !done[0].Done.Equal(now()) {
			t.Errorf("%+v", done)
		}
		return nil
	})
}

// TestListRefused: a list that contradicts the pool changes nothing.
func TestListRefused(t *testing.T) {
	s := newPlatform(t, 3)
	alice, bob := s.assign("alice"), s.assign("bob")
	var burnt, reserve string
	for k := range s.b.Withheld() {
		if k.Role == "burnt" {
			burnt = k.Fingerprint
		} else {
			reserve = k.Fingerprint
		}
	}
	free := s.free()
	stranger := strings.Repeat("0", 40)
	for _, c := range []struct {
		claims []registry.Claim
		want   error
		object string
	}{
		{[]registry.Claim{{Member: "carol", Fingerprint: alice}}, registry.ErrConflict, alice},
		{[]registry.Claim{{Member: "alice", Fingerprint: bob}}, registry.ErrConflict, bob},
		{[]registry.Claim{{Member: "alice", Fingerprint: free}}, registry.ErrConflict, free},
		{[]registry.Claim{{Member: "carol", Fingerprint: free}, {Member: "dora", Fingerprint: free}}, registry.ErrConflict, free},
		{[]registry.Claim{{Fingerprint: alice}}, registry.ErrConflict, alice},
		{[]registry.Claim{{Member: "carol", Fingerprint: stranger}}, registry.ErrNotImported, stranger},
		{[]registry.Claim{{Member: "carol", Fingerprint: burnt}}, registry.ErrBurnt, burnt},
		{[]registry.Claim{{Member: "carol", Fingerprint: reserve}}, registry.ErrReserve, reserve},
	} {
		s.wontReconcile(registry.Known{Complete: true, Claims: c.claims}, c.want, c.object)
	}
	declined := errors.New("declined")
	before := s.read("")
	err := s.try(func(p *registry.Pool) error {
		_, err := p.Reconcile(t.Context(), registry.Known{WithdrawFree: true}, now(), func(*registry.Reconciliation) error { return declined })
		return err
	})
	if !errors.Is(err, declined) || s.read("") != before {
		t.Errorf("declined: %v", err)
	}
	s.reconcile(registry.Known{Claims: []registry.Claim{{Fingerprint: free}, {Fingerprint: free}, {Member: "bob", Fingerprint: bob}}}, nil, false, "-")
}

// free is the fingerprint of the last key of the batch.
func (s *platform) free() (fingerprint string) {
	for k, err := range s.b.Keys() {
		if err != nil {
			s.t.Fatal(err)
		}
		fingerprint = k.Fingerprint
	}
	return fingerprint
}

// TestForked: a key that two members have is told, not decided.
func TestForked(t *testing.T) {
	s := newPlatform(t, 3)
	s.assign("alice")
	database, journal := s.read(""), s.read(journalEnd)
	bob := s.assign("bob")
	ahead := s.read(journalEnd)
	s.write("", database)
	s.write(journalEnd, journal) // the whole machine was restored: nothing remembers
	if carol := s.assign("carol"); carol != bob {
		t.Fatalf("carol has %s", carol)
	}
	s.write(journalEnd, ahead) // the journal of the lost machine turns up
	s.refuses(registry.ErrJournal)
	s.wontReconcile(registry.Known{WithdrawFree: true}, registry.ErrConflict, bob)
}

func TestParseClaims(t *testing.T) {
	fingerprint := strings.Repeat("0a", 20)
	got, err := registry.ParseClaims([]byte("Zoé, 3rd," + strings.ToUpper(fingerprint) + "\r\n," + fingerprint + "\nlast," + fingerprint))
	want := []registry.Claim{{Member: "Zoé, 3rd", Fingerprint: fingerprint}, {Fingerprint: fingerprint}, {Member: "last", Fingerprint: fingerprint}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if marked, err := registry.ParseClaims([]byte("\ufefflast," + fingerprint + "\r\n")); err != nil || len(marked) != 1 || marked[0].Member != "last" {
		t.Errorf("behind a byte order mark: %v, %v", marked, err)
	}
	if got, err := registry.ParseClaims([]byte{0xff, 0xfe, 'a', 0, ',', 0}); got != nil || !errors.Is(err, encoding.ErrUTF16) {
		t.Errorf("UTF-16: %v, %v", got, err)
	}
	if got, err := registry.ParseClaims(nil); err != nil || len(got) != 0 {
		t.Errorf("an empty list: %+v, %v", got, err)
	}
	for _, bad := range []string{"\n", "bob\n", "bob;" + fingerprint, "bob," + fingerprint[1:], "bob," + fingerprint + ",", "bob, " + fingerprint, " bob," + fingerprint,
		strings.Repeat("b", registry.MaxMember+1) + "," + fingerprint, "member,fingerprint\n"} {
		good := "alice," + fingerprint + "\n"
		if got, err := registry.ParseClaims([]byte(good + bad)); got != nil || !errors.Is(err, registry.ErrList) || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("%q: %+v, %v", bad, got, err)
		}
	}
}
