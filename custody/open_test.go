package custody_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

func replaced(old, with string) func(data []byte) []byte {
	return func(data []byte) []byte { return bytes.Replace(data, []byte(old), []byte(with), 1) }
}

func lessALine(data []byte) []byte { return data[:bytes.LastIndexByte(data[:len(data)-1], '\n')+1] }

func flipped(data []byte) []byte { data[len(data)/2] ^= 1; return data }

// TestOpenRefusesDamage: a vault of which one file is another, damaged or gone is opened by nobody, and the file is named.
func TestOpenRefusesDamage(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	must(t, refuse(v), v.Cosign(b.Seat(t, v)), v.Close())
	for what, d := range map[string]struct {
		file       string
		edit       func(data []byte) []byte
		want, gone error
	}{
		"a policy by which nobody waits": {"policies/000000.policy", replaced("request 8", "request 0"), custody.ErrDamaged, custody.ErrNoVault},
		"no policy at all":               {"policies/000000.policy", replaced("bailiff-policy/1", "diary"), keyvalue.ErrFormat, custody.ErrNoVault},
		"other officers":                 {"policies/000000-officers.pgp", flipped, custody.ErrDamaged, fs.ErrNotExist},
		"another enrolment":              {"policies/000000-c02-1.enrolment", replaced("rehearsal", "production"), token.ErrMode, fs.ErrNotExist},
		"another first entry":            {"ledger/entries/000000/000000000000.txt", replaced("2026-11-21", "2026-11-20"), ledger.ErrFork, ledger.ErrGap},
		"a policy that two signed":       {"ledger/checkpoints/000000000001.txt", lessALine, ledger.ErrTooFew, custody.ErrNotCosigned},
	} {
		path, named := filepath.Join(b.Path, filepath.FromSlash(d.file)), filepath.Base(d.file)
		if d.want == ledger.ErrFork {
			named = "checkpoints/" // which was signed
		}
		good, err := os.ReadFile(path)
		must(t, err, os.Remove(path), os.WriteFile(path, d.edit(slices.Clone(good)), 0o600))
		for _, write := range []bool{false, true} {
			v, err := custody.Open(b.Host, b.Path, write)
			if wantError(t, what, err, d.want); v != nil || !strings.Contains(strings.Join(fault.Objects(err), " "), named) {
				t.Errorf("%s: named are %q", what, fault.Objects(err))
			}
			must(t, os.Remove(path))
			_, err = custody.Open(b.Host, b.Path, write)
			wantError(t, what+", or none", err, d.gone)
			must(t, os.WriteFile(path, d.edit(slices.Clone(good)), 0o600))
		}
		must(t, os.Remove(path), os.WriteFile(path, good, 0o600))
	}
	must(t, b.Open(t, true).Close())
	must(t, os.RemoveAll(filepath.Join(b.Path, "ledger/entries/000000")), os.RemoveAll(filepath.Join(b.Path, "ledger/checkpoints")),
		os.Mkdir(filepath.Join(b.Path, "ledger/checkpoints"), 0o755))
	_, err := custody.Open(b.Host, b.Path, false)
	wantError(t, "a ledger of nothing", err, custody.ErrDamaged)
}

// TestOpenHoldsSuccession: entries that custodians would have had to refuse make no vault, though each is whole.
func TestOpenHoldsSuccession(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	_, err := v.Log.Append(&ledger.BatchAbandoned{Batch: "b20261121-000000", Why: ledger.Interrupted}, b.Now(), nil)
	must(t, err, v.Close())
	_, err = custody.Open(b.Host, b.Path, false)
	wantError(t, "a batch that never was", err, custody.ErrHistory)
}

// TestCheckEnrolment: an enrolment is of one token, of one custodian, in one place of the policy.
func TestCheckEnrolment(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2}
	b := custodytest.Prepare(t, &s)
	f := b.Founding(t, s)
	good := f.Enrolments[0][0]
	stranger := *good
	stranger.Serial = "99999999"
	other := *good
	other.SigningKey = f.Enrolments[1][0].SigningKey
	for what, c := range map[string]struct {
		custodian string
		index     int
		e         *token.Enrolment
		want      error
	}{
		"that one":              {"c01", 1, good, nil},
		"another custodian's":   {"c02", 1, good, custody.ErrDamaged},
		"another place":         {"c01", 2, good, custody.ErrDamaged},
		"a token of nobody":     {"c01", 1, &stranger, custody.ErrDamaged},
		"another signing key":   {"c01", 1, &other, custody.ErrDamaged},
		"the other custodian's": {"c02", 1, f.Enrolments[1][0], nil},
	} {
		wantError(t, what, custody.CheckEnrolment(f.Policy, c.custodian, c.index, c.e), c.want)
	}
}

// TestVaults: the folders that hold a vault; not one that is being made, nor what only looks like one.
func TestVaults(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c.part", "link"} {
		must(t, os.MkdirAll(filepath.Join(dir, name, "policies"), 0o700))
	}
	policy := func(name string) string { return filepath.Join(dir, name, "policies", "000000.policy") }
	must(t, os.WriteFile(policy("b"), nil, 0o600), os.WriteFile(policy("c.part"), nil, 0o600), os.Symlink(policy("b"), policy("link")),
		os.Symlink("b", filepath.Join(dir, "d")), os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	if names, err := custody.Vaults(dir); err != nil || !slices.Equal(names, []string{"b"}) {
		t.Errorf("%q, %v", names, err)
	}
	_, err := custody.Vaults(filepath.Join(dir, "none"))
	wantError(t, "no folder", err, fs.ErrNotExist)
}
