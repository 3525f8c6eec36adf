package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keyvalue"
	"bailiff/release"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// ordered is a signed order.
type ordered struct{ text, signatures []byte }

// order has two officers sign an order for the n-th published key, altered by edit.
func (s *scene) order(v *custody.Vault, n int, edit func(*order.Order)) ordered {
	s.Helper()
	st := v.State.Batches[0]
	earlier := s.clock.AddDate(0, -3, 0).Format(time.DateOnly)
	o := &order.Order{
		Vault: s.anchor.Vault, Mode: keyvalue.Rehearsal, Number: "2026-000001", Roster: v.Policy.Roster, Batch: st.ID,
		Member: "M-4711", Reason: "death", Checkers: []string{"Anne Sample", "Karim Sample"}, Recipient: "Heir Sample",
		Papers: []order.Paper{
			{Type: "death-certificate", Date: earlier, Digest: [32]byte{1}, Issuer: "Town Sample"},
			{Type: "proof-of-heirship", Date: earlier, Digest: [32]byte{2}, Issuer: "Notary Sample"},
		},
		Issued: s.clock, NotBefore: s.clock, Expires: s.clock.AddDate(0, 1, 0),
	}
	o.KeyNumber, o.Key = s.key(v, batch.Published, n)
	if edit != nil {
		edit(o)
	}
	text, err := o.Format()
	check(s.T, err)
	out := ordered{text: text}
	for _, key := range s.officers[:2] {
		sig, err := officer.Sign(text, key, s.now())
		check(s.T, err)
		out.signatures = append(out.signatures, sig...)
	}
	return out
}

// key returns number and fingerprint of the n-th key of that role, from 0.
func (s *scene) key(v *custody.Vault, role batch.Role, n int) (int, string) {
	s.Helper()
	st := v.State.Batches[0]
	b, err := batch.Open(s.disk, v.BatchPath(st.ID))
	check(s.T, err)
	defer b.Close()
	for i, r := range st.Roles() {
		if r != role {
			continue
		}
		if n--; n < 0 {
			rec, err := b.Record(i + 1)
			check(s.T, err)
			return i + 1, rec.Fingerprint
		}
	}
	s.Fatal("no such key")
	return 0, ""
}

func (s *scene) examine(v *custody.Vault, o ordered) (*release.Examined, error) {
	return release.Examine(v, o.text, o.signatures, s.now())
}

func (s *scene) receive(v *custody.Vault, o ordered) (*release.Examined, error) {
	return release.Receive(v, o.text, o.signatures, s.now())
}

// release is a run of that order with c01 and c02 at the table.
func (s *scene) release(v *custody.Vault, o ordered) *release.Release {
	s.Helper()
	x, err := s.receive(v, o)
	check(s.T, err)
	return s.releaseOf(v, x)
}

func (s *scene) releaseOf(v *custody.Vault, x *release.Examined) *release.Release {
	s.Helper()
	return &release.Release{
		Vault: v, Examined: x, Table: s.seat(v, 1, 2), Kit: s.path + "-kit", Office: "Étude exemple", Contact: []string{"Rue Exemple 1"},
		Said: func(release.Milestone, string) {}, WordsInKit: true,
	}
}

// load reads all files below a folder; empty folders end in a slash.
func load(t testing.TB, root string) files {
	t.Helper()
	out := files{}
	check(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		if err == nil && d.IsDir() {
			out[name+"/"] = nil
			return nil
		}
		if err == nil {
			out[name], err = os.ReadFile(path)
		}
		return err
	}))
	return out
}

func store(t testing.TB, root string, all files) {
	t.Helper()
	for name, data := range all {
		path := filepath.Join(root, name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if name[len(name)-1] == '/' {
			check(t, os.MkdirAll(path, 0o755))
			continue
		}
		check(t, os.WriteFile(path, data, 0o600))
	}
}
