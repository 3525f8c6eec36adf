package keybatch_test

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/keybatch"
)

// forgery is a public batch taken apart, for somebody on the way to alter.
type forgery struct {
	t     *testing.T
	files map[string][]byte
}

// names returns the names that have that beginning and end.
func (f *forgery) names(prefix, suffix string) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix) {
			out = append(out, name)
		}
	}
	return out
}

// replace replaces text in a file, once, and fails when it is not there.
func (f *forgery) replace(name, old, by string) {
	f.t.Helper()
	if !bytes.Contains(f.files[name], []byte(old)) {
		f.t.Fatalf("%s does not contain %q:\n%s", name, old, f.files[name])
	}
	f.files[name] = bytes.Replace(f.files[name], []byte(old), []byte(by), 1)
}

// header lets fn alter batch.txt after the digests in it were made to match the files again.
func (f *forgery) header(fn func(h *keybatch.Header)) {
	f.t.Helper()
	h, err := keybatch.ParseHeader(f.files["batch.txt"])
	if err != nil {
		f.t.Fatal(err)
	}
	h.Leaves, h.Burnt = sha256.Sum256(f.files["leaves.txt"]), sha256.Sum256(f.files["burnt.txt"])
	h.ReserveList = sha256.Sum256(f.files["reserve.txt"])
	h.Policy = sha256.Sum256(f.files["policy.txt"])
	fn(h)
	if f.files["batch.txt"], err = h.Format(); err != nil {
		f.t.Fatal(err)
	}
}

func (f *forgery) digests() { f.header(func(*keybatch.Header) {}) }

// lines returns the lines of leaves.txt, without LF, and those of one role.
func (f *forgery) lines(role string) (all, some []string) {
	all = strings.Split(strings.TrimSuffix(string(f.files["leaves.txt"]), "\n"), "\n")
	for _, line := range all {
		if strings.HasSuffix(line, " "+role) {
			some = append(some, line)
		}
	}
	return all, some
}

// key returns the name of a published key's files without their ending.
func (f *forgery) key(i int) string { return strings.TrimSuffix(f.names("keys/", ".pgp")[i], ".pgp") }

// setKey puts a binary key, and the armored one that belongs to it, in the place of the i-th.
func (f *forgery) setKey(i int, binary []byte) {
	f.t.Helper()
	f.files[f.key(i)+".pgp"], f.files[f.key(i)+".asc"] = binary, keypair.Armor(binary)
}

// attack is something that somebody on the way could do to the file.
type attack struct {
	name   string
	alter  func(f *forgery, other map[string][]byte) // other is a batch of another id, same vault
	want   error
	object string
}
