package release_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/machine"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/release"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// TestCheck: what can be refused is refused before a token is asked and before anything is recorded, by Check and by Run.
func TestCheck(t *testing.T) {
	b := newBench(t, keyvalue.Production)
	s := b.order(t, nil)
	good := b.run(t, s)
	other := newBench(t, keyvalue.Rehearsal)
	unreceived, err := b.examine(b.order(t, func(o *order.Order) { o.Number = "2026-000002" }))
	must(t, err)
	size, asked := b.v.Log.Size(), 0
	b.v.Host.Notice = func(custody.Event) { asked++ }
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	unfit := func(state machine.State, err error) func(*release.Release) {
		return func(r *release.Release) {
			v := *r.Vault
			v.Host.Machine = func() (machine.State, error) { return state, err }
			x, err := release.Examine(&v, s.text, s.signatures, b.Now())
			must(t, err)
			r.Vault, r.Examined = &v, x
		}
	}
	for what, c := range map[string]struct {
		spoil func(r *release.Release)
		want  error
	}{
		"examined for another vault":      {func(r *release.Release) { r.Vault = other.v }, custody.ErrHistory},
		"not received":                    {func(r *release.Release) { r.Examined = unreceived }, custody.ErrNotReceived},
		"an unfit machine":                {unfit(machine.Unknown(), nil), machine.ErrCoreDumps},
		"a machine that says nothing":     {unfit(machine.State{}, fs.ErrInvalid), fs.ErrInvalid},
		"words in the kit, in production": {func(r *release.Release) { r.WordsInKit = true }, handover.ErrNoWords},
		"an office of two lines":          {func(r *release.Release) { r.Office = "a\nb" }, handover.ErrInfo},
		"no folder":                       {func(r *release.Release) { r.Kit = filepath.Join(file+"s", "kit") }, fs.ErrNotExist},
		"a file for a folder":             {func(r *release.Release) { r.Kit = filepath.Join(file, "kit") }, fs.ErrNotExist},
		"a name longer than may be":       {func(r *release.Release) { r.Kit += strings.Repeat("x", 300) }, syscall.ENAMETOOLONG},
		"something where the kit is to":   {func(r *release.Release) { r.Kit = file }, durable.ErrExists},
	} {
		r := *good
		c.spoil(&r)
		wantError(t, what, r.Check(), c.want)
		wantError(t, what+", run", r.Run(), c.want)
	}
	r := *good
	r.Table = r.Table[:1]
	must(t, r.Check()) // which needs no table
	wantError(t, "one custodian", r.Run(), custody.ErrQuorum)
	r.Table = b.Seat(t, b.v, 1, 2)
	r.Table[1].Heads = remembers{size: size + 1}
	wantError(t, "a custodian who remembers more", r.Run(), ledger.ErrStale)
	if b.v.Log.Size() != size || asked != 0 {
		t.Errorf("%d entries, %d tokens asked", b.v.Log.Size()-size, asked)
	}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}

// TestKitPutThereMeanwhile: what another program puts in the kit's place while the tokens are asked what they remember is found
// before anything is recorded.
func TestKitPutThereMeanwhile(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	r := b.run(t, b.order(t, nil))
	size := b.v.Log.Size()
	r.Table[0].Heads = remembers{size: size, root: b.v.Log.Root(), asked: func() { must(t, os.WriteFile(r.Kit, nil, 0o600)) }}
	wantError(t, "a file", r.Run(), durable.ErrExists)
	if b.v.Log.Size() != size {
		t.Error("something was recorded")
	}
}

// remembers is a custodian's memory of a ledger.
type remembers struct {
	size  int64
	root  [32]byte
	asked func()
}

func (r remembers) Head(string) (token.Head, error) {
	if r.asked != nil {
		r.asked()
	}
	return token.Head{Size: r.size, Root: r.root}, nil
}

func (remembers) KeepHead(string, token.Head) error { return nil }

// TestCheckOfWhatChanged: since the order was examined another one took its key.
func TestCheckOfWhatChanged(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	late := b.run(t, b.order(t, func(o *order.Order) { o.Number = "2026-000002" }))
	b.begin(t, s)
	wantError(t, "the later order", late.Check(), custody.ErrKeyTaken)
}

// TestEarlierKit: only the kit of this very order, of which the ledger says that its key was opened, may lie where the kit is to come.
func TestEarlierKit(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	r := b.run(t, s)
	b.lose(t, r)
	r = b.run(t, s)
	wantError(t, "all but delivered", r.Check(), nil)
	kept := b.v.State.Orders["2026-000001"].Opened
	b.v.State.Orders["2026-000001"].Opened = nil
	wantError(t, "nothing was opened", r.Check(), durable.ErrExists)
	b.v.State.Orders["2026-000001"].Opened = kept

	path := filepath.Join(r.Kit, handover.LabelFile)
	text, err := os.ReadFile(path)
	must(t, err)
	for what, c := range map[string]struct{ old, with string }{
		"another order": {"2026-000001", "2026-000002"},
		"another vault": {b.v.Policy.Vault, "000102030405060708090a0b0c0d0e0f"},
		"another key":   {b.keys[0].fingerprint, b.keys[1].fingerprint},
		"no record":     {"bailiff-kit/1", "bailiff-kit/2"},
	} {
		must(t, errors.Join(os.Remove(path), os.WriteFile(path, bytes.ReplaceAll(text, []byte(c.old), []byte(c.with)), 0o400)))
		wantError(t, what, r.Check(), durable.ErrExists)
	}
	must(t, errors.Join(os.Remove(path), os.WriteFile(path, text, 0o400)))
	must(t, errors.Join(os.Rename(r.Kit, r.Kit+"-true"), b.lookalike(t, r.Kit)))
	wantError(t, "a kit of this order with another key", r.Check(), durable.ErrExists)
	must(t, errors.Join(os.RemoveAll(r.Kit), os.Rename(r.Kit+"-true", r.Kit)))
	// Another order of this vault finds the kit of this one.
	other := b.order(t, func(o *order.Order) {
		o.Number, o.KeyNumber, o.Key = "2026-000003", b.keys[1].number, b.keys[1].fingerprint
	})
	b.begin(t, other)
	must(t, b.v.Cosign(r.Table))
	_, err = b.v.Append(&ledger.ReleaseOpened{Order: "2026-000003", Key: b.keys[1].fingerprint}, nil)
	must(t, err)
	wantError(t, "the kit of another order", b.run(t, other).Check(), durable.ErrExists)
}

// lookalike makes a kit of the first order, which is whole, with another key.
func (b *bench) lookalike(t *testing.T, dir string) error {
	t.Helper()
	other := compose(t, b.batch, b.keys[0].number, b.Now(), true)
	kit, err := handover.Build(other.Private, secret.From([]byte("abaisser")), handover.Info{
		Vault: b.v.Policy.Vault, Mode: b.v.Policy.Mode, Order: "2026-000001", Key: other.Fingerprint,
		Recipient: "Heir Sample", Office: "Étude exemple", Date: b.Now(),
	})
	must(t, err)
	return kit.Write(b.Host.Disk, dir, true)
}

// TestFullDisk: a full stick, or a full disk of the vault, is noticed before a token is asked and before the key is open.
func TestFullDisk(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	r := b.run(t, b.order(t, nil))
	size, asked := b.v.Log.Size(), 0
	b.v.Host.Notice = func(custody.Event) { asked++ }
	for _, full := range []string{r.Kit, b.Path} {
		b.Host.Disk.Hook = func(op durable.Op, path string) error {
			if op == durable.OpSpace && path == full {
				return durable.ErrSpace
			}
			return nil
		}
		wantError(t, full, r.Check(), durable.ErrSpace)
		wantError(t, full+", run", r.Run(), durable.ErrSpace)
	}
	if b.v.Log.Size() != size || asked != 0 {
		t.Errorf("%d entries, %d tokens asked", b.v.Log.Size()-size, asked)
	}
}
