package custody_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

// full is a token that remembers as many vaults as it can.
type full struct{ token.Token }

func (full) Head(string) (token.Head, error)   { return token.Head{}, nil }
func (full) KeepHead(string, token.Head) error { return token.ErrHeads }
func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// refuse records a refusal: an act that anybody with the vault can do.
func refuse(v *custody.Vault) error {
	_, err := v.Append(&ledger.ReleaseRefused{Order: ledger.Unreadable, Why: "malformed"}, nil)
	return err
}

// TestInit: what would make a vault that does not open is refused before anybody signs, and
// leaves nothing behind; what is not ours is not removed.
func TestInit(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 3}
	b := custodytest.Prepare(t, &s)
	signed := 0
	b.Host.Notice = func(custody.Event) { signed++ }
	for what, c := range map[string]struct {
		edit func(*custody.Founding)
		want error
	}{
		"a custodian is absent":    {func(f *custody.Founding) { f.Tokens = f.Tokens[:2] }, custody.ErrQuorum},
		"a token twice":            {func(f *custody.Founding) { f.Tokens[2] = f.Tokens[1] }, custody.ErrTwice},
		"another roster":           {func(f *custody.Founding) { f.Roster = []byte("x") }, custody.ErrDamaged},
		"enrolments out of order":  {func(f *custody.Founding) { f.Enrolments[0], f.Enrolments[1] = f.Enrolments[1], f.Enrolments[0] }, custody.ErrDamaged},
		"an enrolment is missing":  {func(f *custody.Founding) { f.Enrolments = f.Enrolments[:2] }, custody.ErrDamaged},
		"not the first policy":     {func(f *custody.Founding) { f.Policy.Number, f.Policy.Previous = 1, &[32]byte{} }, policy.ErrPrevious},
		"a quorum that is none":    {func(f *custody.Founding) { f.Policy.Threshold = 1 }, policy.ErrQuorum},
		"production, soft tokens":  {func(f *custody.Founding) { f.Policy.Mode = keyvalue.Production }, policy.ErrSoftToken},
		"a token without memory":   {func(f *custody.Founding) { f.Tokens[2] = full{f.Tokens[2]} }, token.ErrHeads},
		"a name that is no text":   {func(f *custody.Founding) { f.Names.Place = "a\x1b" }, keyvalue.ErrControl},
		"names longer than a file": {func(f *custody.Founding) { f.Names.LegalBasis = longText() }, keyvalue.ErrTooLarge},
	} {
		f := b.Founding(t, s)
		c.edit(&f)
		_, err := custody.Init(b.Host, b.Path, f)
		wantError(t, what, err, c.want)
		if _, err := os.Lstat(b.Path); signed != 0 || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %d signatures; %v", what, signed, err)
		}
	}
	if err := os.WriteFile(filepath.Join(b.Path+".part", "diary.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "somebody's folder", err, custody.ErrUnknownFile)
	if err := os.Remove(filepath.Join(b.Path+".part", "diary.txt")); err != nil {
		t.Fatal(err)
	}
	if _, err := custody.Init(b.Host, b.Path, b.Founding(t, s)); err != nil {
		t.Fatal(err)
	}
	_, err = custody.Init(b.Host, b.Path, b.Founding(t, s))
	wantError(t, "a vault is there", err, durable.ErrExists)
	if report, err := b.Open(t, false).Verify(func(int, int) {}); err != nil || report.Uncosigned != 0 {
		t.Errorf("%v %+v", err, report)
	}
}

// longText is more than a personal part may hold.
func longText() []string {
	line := strings.Repeat("x", 60_000)
	out := make([]string, 400)
	for i := range out {
		out[i] = line
	}
	return out
}

// TestOpen: nothing is made where no vault is; two cannot write; a reader cannot; and a policy
// that not every custodian has signed opens nothing.
func TestOpen(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	empty := t.TempDir()
	_, err := custody.Open(b.Host, empty, true)
	wantError(t, "no vault", err, custody.ErrNoVault)
	file := filepath.Join(empty, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	_, err = custody.Open(b.Host, file, false)
	wantError(t, "a file", err, custody.ErrNoVault)
	if err := os.MkdirAll(filepath.Join(empty, "policies", "000000.policy"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = custody.Open(b.Host, empty, true)
	wantError(t, "a folder for a policy", err, durable.ErrNotRegular)
	if _, err := os.Lstat(filepath.Join(empty, "vault.lock")); err == nil {
		t.Error("a lock was made where no vault is")
	}
	v := b.Open(t, true)
	_, err = custody.Open(b.Host, b.Path, true)
	wantError(t, "a second writer", err, durable.ErrLocked)
	reader := b.Open(t, false)
	wantError(t, "a reader's entry", refuse(reader), fs.ErrPermission)
	wantError(t, "a reader's checkpoint", reader.Cosign(b.Seat(t, reader)), fs.ErrPermission)
	wantError(t, "a reader's sweep", reader.Sweep(), fs.ErrPermission)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	wantError(t, "after closing", refuse(v), fs.ErrPermission)
	if err := os.Remove(filepath.Join(b.Path, "ledger/checkpoints/000000000001.txt")); err != nil {
		t.Fatal(err)
	}
	_, err = custody.Open(b.Host, b.Path, true)
	wantError(t, "a policy that nobody signed", err, custody.ErrNotCosigned)
}

// TestCosign: k custodians, each once; every token has kept the head before the first one signs,
// and a rolled-back copy is noticed by any of them.
func TestCosign(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	var kept []int64
	v.Host.Notice = func(custody.Event) {
		kept = nil
		for _, tok := range b.Tokens[:2] {
			h, err := tok.Head(v.Policy.Vault)
			if err != nil {
				t.Error(err)
			}
			kept = append(kept, h.Size)
		}
	}
	if err := v.Cosign(b.Seat(t, v, 1, 2)); err != nil || kept != nil {
		t.Errorf("nothing to sign: %v %v", err, kept)
	}
	if err := refuse(v); err != nil {
		t.Fatal(err)
	}
	wantError(t, "one custodian", v.Cosign(b.Seat(t, v, 3)), custody.ErrQuorum)
	table := b.Seat(t, v, 1, 2)
	table[1].Heads = full{}
	wantError(t, "a token without memory", v.Cosign(table), ledger.ErrFork)
	if err := v.Cosign(b.Seat(t, v, 1, 2)); err != nil || len(kept) != 2 || kept[0] != 2 || kept[1] != 2 {
		t.Errorf("%v; kept before the last signature: %v", err, kept)
	}
	if _, _, err := v.Covered(1); err != nil {
		t.Error(err)
	}
	_, _, err := v.Covered(2)
	wantError(t, "an entry to come", err, custody.ErrNotCosigned)
	_, _, err = v.Covered(-1)
	wantError(t, "an entry that never was", err, custody.ErrNotCosigned)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"entries/000000/000000000001.txt", "checkpoints/000000000002.txt"} {
		if err := os.Remove(filepath.Join(b.Path, "ledger", name)); err != nil {
			t.Fatal(err)
		}
	}
	v = b.Open(t, true)
	wantError(t, "a copy from before", v.CheckHeads(b.Seat(t, v, 3, 1)), ledger.ErrStale)
	if objects := fault.Objects(v.CheckHeads(b.Seat(t, v, 3, 1))); len(objects) == 0 || objects[0] != "c01" {
		t.Errorf("who noticed: %v", objects)
	}
	b.Forward(-time.Hour)
	wantError(t, "a clock behind the ledger", refuse(v), ledger.ErrClock)
}

// TestAbandonKeepsWhatMayBeCosigned: while a checkpoint cannot be read, the batch that it may cover
// is not removed, and no entry says that it was.
func TestAbandonKeepsWhatMayBeCosigned(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: disk})
	v := b.Open(t, true)
	batch, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	if err != nil {
		t.Fatal(err)
	}
	v.State.Batch(batch).Sealed = ledger.WithAct(&ledger.Entry{Number: 1}, new(ledger.BatchSealed)) // this one
	if err := v.Cosign(b.Seat(t, v, 1, 2)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(v.BatchPath(batch), 0o700); err != nil {
		t.Fatal(err)
	}
	size := v.Log.Size()
	wantError(t, "a cosigned root", v.Abandon(batch), custody.ErrHistory)
	disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRead && strings.Contains(path, "checkpoints") {
			return fs.ErrInvalid
		}
		return nil
	}
	wantError(t, "a checkpoint that cannot be read", v.Abandon(batch), fs.ErrInvalid)
	if _, err := os.Lstat(v.BatchPath(batch)); err != nil || v.Log.Size() != size {
		t.Error("the batch was abandoned")
	}
}

// TestPrice: every price is what its act is known to ask for, and minutes are rounded up.
func TestPrice(t *testing.T) {
	p := &policy.Policy{Threshold: 3, Custodians: make([]policy.Custodian, 5)}
	for what, c := range map[string]struct {
		got  custody.Price
		want custody.Price
	}{
		"ceremony": {custody.CeremonyPrice(p, 10), custody.Price{Custodians: 5, Touches: 65}},
		"release":  {custody.ReleasePrice(p), custody.Price{Custodians: 3, Touches: 9}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", what, c.got, c.want)
		}
	}
	if m := (custody.Price{Touches: 13}).Minutes(); m != 2 {
		t.Errorf("13 touches take %d minutes", m)
	}
}

// TestSettled: a writer syncs what an earlier run may have left unsynced before it builds on it.
func TestSettled(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	synced := map[string]bool{}
	b.Host.Disk = &durable.Disk{Hook: func(op durable.Op, path string) error {
		if name, err := filepath.Rel(b.Path, path); err == nil && op == durable.OpSyncDir {
			synced[name] = true
		}
		return nil
	}}
	if err := b.Open(t, false).Close(); err != nil || len(synced) != 0 {
		t.Errorf("a reader synced %v: %v", synced, err)
	}
	if err := b.Open(t, true).Close(); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"..", "ledger", "ledger/entries", "ledger/entries/000000", "ledger/personal", "ledger/personal/000000", "ledger/checkpoints"} {
		if !synced[folder] {
			t.Errorf("%s is not synced", folder)
		}
	}
}
