package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/seal"
	"bailiff/custody/testkit/needle"
)

// TestInvariant1NoSecretOnDisk: of a key that was opened, in proof or for an heir, no part that is
// not public was ever written under any name; nor was a share.
func TestInvariant1NoSecretOnDisk(t *testing.T) {
	s := play(t, empty)
	var written [][]byte
	s.disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpVerify { // before the unfinished file is renamed or removed
			data, err := os.ReadFile(path)
			check(t, err)
			written = append(written, data)
		}
		return nil
	}
	s.run(s.ceremony(s.open(), published))
	before := s.keep()
	v := s.open()
	check(t, s.release(v, s.order(v, 0, nil)).Run())
	check(t, v.Close())
	for name, data := range load(t, filepath.Dir(s.path)) {
		written = append(written, data, []byte(name))
	}
	s.disk = new(durable.Disk)
	all := bytes.Join(written, nil)
	s.set(before)
	v = s.open()
	number, fingerprint := s.key(v, batch.Published, 0)
	intent, err := s.intend(v, number, fingerprint, "c01 c02")
	check(t, err)
	check(t, v.Cosign(s.seat(v, 1, 2)))
	secrets, public := s.secrets(v, intent.Number, number)
	if len(secrets) < 80 || !bytes.Contains(all, public) {
		t.Fatal("the search finds nothing because it looks at nothing")
	}
	for _, secret := range secrets {
		if bytes.Contains(all, secret) {
			t.Fatal("a part of a private key or a share was written")
		}
	}
}

// secrets opens a key and returns what of it and of its shares is secret, in pieces that chance does not
// repeat ([needle.Windows]); and its public part.
func (s *scene) secrets(v *custody.Vault, authority int64, number int) (out [][]byte, public []byte) {
	s.Helper()
	batch := v.State.Batches[0].ID
	private, err := v.OpenKey(s.seat(v, 1, 2), authority, batch, number)
	check(s.T, err)
	s.Cleanup(private.Wipe)
	b, _, err := v.Published(batch)
	check(s.T, err)
	rec, err := b.Record(number)
	check(s.T, err)
	public, err = b.Public(rec)
	check(s.T, err)
	for i, custodian := range []string{"c01", "c02"} {
		file, err := b.Share(rec, custodian)
		check(s.T, err)
		share, err := seal.OpenShare(file, s.tokens[i])
		check(s.T, err)
		text := share.Format()
		s.Cleanup(share.Wipe)
		s.Cleanup(text.Wipe)
		out = append(out, share.Y.Expose(), text.Expose()[text.Len()-65:text.Len()-1])
	}
	return append(out, needle.Windows(s, private.Expose(), public)...), public
}

// intend records an intent, for an order that nobody signed.
func (s *scene) intend(v *custody.Vault, number int, fingerprint, opening string) (*ledger.Entry, error) {
	order := "x-" + fingerprint[:6]
	if v.State.Orders[order] == nil {
		_, err := v.Append(&ledger.OrderReceived{Order: order, Key: fingerprint, NotBefore: s.clock}, nil)
		check(s.T, err)
	}
	return v.Append(&ledger.ReleaseIntent{
		Order: order, Batch: v.State.Batches[0].ID, KeyNumber: number, Key: fingerprint, Opening: strings.Split(opening, " "),
	}, nil)
}

// TestInvariant8OneWayToOpen: no key opens without a cosigned entry for just that key, and
// nothing outside custody puts shares together; of the two packages in which it can be done, tests alone link
// custody/testkit/needle (.ci/arrows).
func TestInvariant8OneWayToOpen(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	st := v.State.Batches[0]
	number, fingerprint := s.key(v, batch.Published, 0)
	other, _ := s.key(v, batch.Published, 1)
	burnt, _ := s.key(v, batch.Burnt, 0)
	table := s.seat(v, 1, 2)
	open := func(what string, authority int64, number int, want error) {
		t.Helper()
		private, err := v.OpenKey(table, authority, st.ID, number)
		private.Wipe()
		s.refused(what, err, want)
	}
	intent := func(fingerprint, opening string) (*ledger.Entry, error) {
		return s.intend(v, number, fingerprint, opening)
	}
	for n := range v.Log.Size() {
		open("an entry that allows nothing", n, number, custody.ErrHistory)
	}
	open("the sample of a proved batch", st.Sampled.Number, burnt, custody.ErrHistory)
	open("no entry", -1, number, ledger.ErrNone)
	open("an entry to come", v.Log.Size(), number, ledger.ErrNone)
	_, err := intent(fingerprint, "c01 c02 c03")
	s.refused("more than k to open", err, custody.ErrQuorum)
	_, err = intent(fingerprint, "c01 c09")
	s.refused("a stranger to open", err, custody.ErrStranger)
	e, err := intent(strings.Repeat("ab", 20), "c01 c02")
	check(t, err)
	open("an intent that is not cosigned", e.Number, number, custody.ErrNotCosigned)
	check(t, v.Cosign(table))
	s.touches()
	open("an intent for another key", e.Number, number, custody.ErrHistory)
	open("another number", e.Number, other, custody.ErrHistory)
	check(t, v.Close())
	open("a vault that is not open for writing", e.Number, number, os.ErrPermission)

	s.set(s.proved)
	v = s.open()
	e, err = intent(fingerprint, "c01 c02")
	check(t, err)
	table = s.seat(v, 1, 3)
	check(t, v.Cosign(table))
	s.touches()
	open("others than those named", e.Number, number, custody.ErrQuorum)
	table = s.seat(v, 1, 2)
	private, err := v.OpenKey(table, e.Number, st.ID, number)
	check(t, err)
	private.Wipe()
	for _, call := range []string{"seal.OpenShare(", "seal.OpenKey(", "share.Combine("} {
		if found := callers(t, call); !slices.Equal(found, []string{"custody/opening.go", "custody/testkit/needle/open.go"}) {
			t.Errorf("%s in %v", call, found)
		}
	}
}

// callers returns the files of the program in which a call stands, in order.
func callers(t *testing.T, call string) (out []string) {
	t.Helper()
	for _, folder := range []string{"cmd", "custody", "keyceremony", "release"} {
		for name, data := range load(t, "../../"+folder) {
			if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && bytes.Contains(data, []byte(call)) {
				out = append(out, folder+"/"+name)
			}
		}
	}
	slices.Sort(out)
	return out
}
