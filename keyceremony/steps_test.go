package keyceremony_test

import (
	"crypto/ecdh"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/machine"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

var errLost = errors.New("lost")

// farther is what a custodian remembers who has signed more than there is.
type farther struct{}

func (farther) Head(string) (token.Head, error)   { return token.Head{Size: 1000}, nil }
func (farther) KeepHead(string, token.Head) error { return nil }

// TestRefusedBeforeItBegins: what is known to be wrong is refused before anything is recorded, made or asked for.
func TestRefusedBeforeItBegins(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)})
	for what, tt := range map[string]struct {
		edit func(c *keyceremony.Ceremony)
		want error
	}{
		"another vault's script":      {func(c *keyceremony.Ceremony) { c.Script.Vault = strings.Repeat("0", 32) }, script.ErrVault},
		"a machine that is not known": {func(c *keyceremony.Ceremony) { c.Vault.Host.Machine = unknown }, errLost},
		"somebody is absent":          {func(c *keyceremony.Ceremony) { c.Table = c.Table[:1] }, custody.ErrQuorum},
		"an older copy of the vault":  {func(c *keyceremony.Ceremony) { c.Table[1].Heads = farther{} }, ledger.ErrStale},
		"what cannot be swept":        {litter(t), errLost},
		"a ceremony of nothing":       {func(c *keyceremony.Ceremony) { c.Script.Publish = 0 }, custody.ErrHistory},
	} {
		c := newCeremony(t, b, newScript(b, 3, 1, 1))
		c.Said = func(m keyceremony.Milestone, _ string) { t.Errorf("%s: %s", what, m) }
		c.Dice = func() (string, error) { t.Errorf("%s: dice are thrown", what); return dice, nil }
		tt.edit(c)
		before := c.Vault.Log.Size()
		if batch, err := c.Run(); batch != "" || !errors.Is(err, tt.want) {
			t.Errorf("%s: %q %v, want %v", what, batch, err, tt.want)
		}
		if c.Vault.Log.Size() != before {
			t.Errorf("%s: %d entries more", what, c.Vault.Log.Size()-before)
		}
		b.Host.Disk.Hook = nil
		if err := c.Vault.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func unknown() (machine.State, error) { return machine.State{}, errLost }

// litter leaves the folder of an abandoned batch that cannot be removed.
func litter(t *testing.T) func(c *keyceremony.Ceremony) {
	return func(c *keyceremony.Ceremony) {
		id, err := c.Vault.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
		if err := errors.Join(err, c.Vault.Abandon(id), os.Mkdir(c.Vault.BatchPath(id), 0o700)); err != nil {
			t.Fatal(err)
		}
		c.Vault.Host.Disk.Hook = func(op durable.Op, path string) error {
			if op == durable.OpRemove && strings.HasPrefix(path, c.Vault.BatchPath(id)) {
				return errLost
			}
			return nil
		}
	}
}

// tired is a token that fails once, at its nth operation of a kind.
type tired struct {
	token.Token
	signs, opens *int
}

func (f tired) Sign(m []byte) ([]byte, error) {
	if *f.signs--; *f.signs == 0 {
		return nil, errLost
	}
	return f.Token.Sign(m)
}

func (f tired) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	if *f.opens--; *f.opens == 0 {
		return nil, errLost
	}
	return f.Token.ECDH(peer)
}

// noKeys is a generator that has none.
type noKeys struct{}

func (noKeys) Generate(generator.Job) iter.Seq2[batch.SealedKey, error] {
	return func(yield func(batch.SealedKey, error) bool) { yield(batch.SealedKey{}, errLost) }
}

// TestEachStepThatFails: a ceremony ends at the step that fails, and says of none that it is done; the next run goes on there.
func TestEachStepThatFails(t *testing.T) {
	type words = []keyceremony.Milestone
	const abandoned, resumed, opened = keyceremony.Abandoned, keyceremony.Resumed, keyceremony.Opened
	const sealed, sampled, proved = keyceremony.Sealed, keyceremony.Sampled, keyceremony.Proved
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	for what, tt := range map[string]struct {
		signs, opens int
		dice         func() (string, error)
		generator    generator.Generator
		first, then  words
	}{
		"no keys":                  {generator: noKeys{}, first: words{opened}, then: words{abandoned, opened, sealed, sampled, proved}},
		"the root is not signed":   {signs: 1, first: words{opened}, then: words{abandoned, opened, sealed, sampled, proved}},
		"no dice":                  {dice: func() (string, error) { return dice, errLost }, first: words{opened, sealed}, then: words{resumed, sampled, proved}},
		"dice that are none":       {dice: func() (string, error) { return "7", nil }, first: words{opened, sealed}, then: words{resumed, sampled, proved}},
		"the sample is not signed": {signs: 2, first: words{opened, sealed}, then: words{resumed, sampled, proved}},
		"a share does not open":    {opens: 1, first: words{opened, sealed, sampled}, then: words{resumed, proved}},
		"the proof is not signed":  {signs: 3, first: words{opened, sealed, sampled}, then: words{resumed, proved}},
	} {
		c := newCeremony(t, b, newScript(b, 2, 1, 1))
		whole := *c
		var said words
		c.Said = func(m keyceremony.Milestone, _ string) { said = append(said, m) }
		c.Table = slices.Clone(c.Table)
		c.Table[1].Token = tired{c.Table[1].Token, &tt.signs, &tt.opens}
		if tt.dice != nil {
			c.Dice = tt.dice
		}
		if tt.generator != nil {
			c.Generator = tt.generator
		}
		if _, err := c.Run(); err == nil || what != "dice that are none" && !errors.Is(err, errLost) {
			t.Errorf("%s: %v", what, err)
		}
		if !slices.Equal(said, tt.first) {
			t.Errorf("%s: said %v, want %v", what, said, tt.first)
		}
		otherScript(t, &whole, what, slices.Contains(tt.then, resumed))
		said = nil
		whole.Said = c.Said
		if slices.Contains(tt.first, sampled) || what == "the sample is not signed" {
			whole.Dice = func() (string, error) { t.Errorf("%s: thrown again", what); return dice, nil }
		}
		if _, err := whole.Run(); err != nil || !slices.Equal(said, tt.then) {
			t.Errorf("%s: the next run said %v, want %v: %v", what, said, tt.then, err)
		}
		if err := c.Vault.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// otherScript: a ceremony that must be gone on with is not gone on with by another script; nothing is recorded.
func otherScript(t *testing.T, c *keyceremony.Ceremony, what string, bound bool) {
	t.Helper()
	other := *c.Script
	other.Digest[0] ^= 1
	before := c.Vault.Log.Size()
	st, err := keyceremony.Resumable(c.Vault, &other)
	if bound != errors.Is(err, keyceremony.ErrOtherScript) || st != nil {
		t.Errorf("%s: another script: %v, %v", what, st, err)
	}
	if !bound {
		return
	}
	d := *c
	d.Script = &other
	if _, err := d.Run(); !errors.Is(err, keyceremony.ErrOtherScript) || c.Vault.Log.Size() != before {
		t.Errorf("%s: the ceremony of another script: %v", what, err)
	}
}

// TestCheckpointsThatCannotBeRead: whether a root is cosigned is not known then; nothing is abandoned, thrown or signed for it.
func TestCheckpointsThatCannotBeRead(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	c := newCeremony(t, b, newScript(b, 2, 1, 1))
	blind := func(op durable.Op, path string) error {
		if op == durable.OpRead && strings.Contains(path, "checkpoints") {
			return errLost
		}
		return nil
	}
	c.Dice = func() (string, error) {
		disk.Hook = blind
		return dice, nil
	}
	if _, err := c.Run(); !errors.Is(err, errLost) {
		t.Fatal(err)
	}
	size := c.Vault.Log.Size()
	if st, err := keyceremony.Resumable(c.Vault, c.Script); st != nil || !errors.Is(err, errLost) {
		t.Errorf("to be resumed: %v, %v", st, err)
	}
	if _, err := c.Run(); !errors.Is(err, errLost) || c.Vault.Log.Size() != size {
		t.Errorf("%d entries more: %v", c.Vault.Log.Size()-size, err)
	}
}

// TestBatchThatCannotBeAbandoned: no ceremony begins beside the folder of an unfinished one that cannot be removed.
func TestBatchThatCannotBeAbandoned(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	c := newCeremony(t, b, newScript(b, 2, 1, 1))
	id, err := c.Vault.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	if err := errors.Join(err, os.Mkdir(c.Vault.BatchPath(id), 0o700)); err != nil {
		t.Fatal(err)
	}
	disk.Hook = func(op durable.Op, _ string) error {
		if op == durable.OpRemove {
			return errLost
		}
		return nil
	}
	c.Said = func(m keyceremony.Milestone, _ string) { t.Error("said", m) }
	if _, err := c.Run(); !errors.Is(err, errLost) {
		t.Error(err)
	}
}

// TestExportRefuses: nothing of a batch is written that is not proved, over what is there, or without something that belongs to it;
// and nothing is recorded of it then.
func TestExportRefuses(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	c := newCeremony(t, b, newScript(b, 2, 1, 1))
	v, dir := c.Vault, t.TempDir()
	path := filepath.Join(dir, "batch.zip")
	refused := func(what, batch, path string, want error) {
		t.Helper()
		before := v.Log.Size()
		verified, written, err := keyceremony.Export(v, batch, path, 1, nil)
		if verified != nil || written != (durable.Written{}) || !errors.Is(err, want) || v.Log.Size() != before {
			t.Errorf("%s: %v, %d entries more", what, err, v.Log.Size()-before)
		}
	}
	c.Dice = func() (string, error) {
		refused("a batch without a proof", v.State.Unfinished().ID, path, custody.ErrPublished)
		return dice, nil
	}
	batch, err := c.Run()
	if err != nil {
		t.Fatal(err)
	}
	refused("no batch", "b20261121-000000", path, custody.ErrNoBatch)
	if err := os.WriteFile(path, []byte("diary"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a file that is there", batch, path, durable.ErrExists)
	for _, name := range []string{
		"000000.policy", "000000-c01-1.enrolment", "000000-c02-1.enrolment", "records.txt", "000000000000.txt", "000000000002.txt",
		"000000000003.txt", "000000000004.txt", "000000000005.txt", "public.bin", "public-0001.zip",
	} {
		read := false
		disk.Hook = func(op durable.Op, p string) error {
			if op == durable.OpRead && filepath.Base(p) == name {
				read = true
				return errLost
			}
			return nil
		}
		out := filepath.Join(dir, name)
		if _, _, err := keyceremony.Export(v, batch, out, 1, nil); !read || !errors.Is(err, errLost) {
			t.Errorf("without %s: read %v, %v", name, read, err)
		}
		if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("without %s: a file is there", name)
		}
	}
	disk.Hook = func(op durable.Op, p string) error {
		if strings.HasPrefix(p, filepath.Join(dir, "other.zip")) && op == durable.OpCreate {
			return errLost
		}
		return nil
	}
	if _, _, err := keyceremony.Export(v, batch, filepath.Join(dir, "other.zip"), 1, nil); !errors.Is(err, errLost) {
		t.Errorf("a file that cannot be written: %v", err)
	}
}
