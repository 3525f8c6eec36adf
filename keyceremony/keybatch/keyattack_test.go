package keybatch_test

import (
	"bytes"
	"strings"

	"bailiff/custody/ledger"
	"bailiff/keyceremony/keybatch"
)

// What is done to the keys.
var keyAttacks = []attack{
	{"a leaf altered", func(f *forgery, _ map[string][]byte) {
		f.replace("leaves.txt", "reserve", "published")
	}, keybatch.ErrDigest, "leaves.txt"},
	{"a burnt key called published", func(f *forgery, _ map[string][]byte) {
		f.replace("leaves.txt", " burnt", " published")
		f.digests()
	}, keybatch.ErrRole, "leaves.txt"},
	{"a published key called burnt", func(f *forgery, _ map[string][]byte) {
		f.replace("leaves.txt", " published", " burnt")
		f.digests()
	}, keybatch.ErrRole, "leaves.txt"},
	{"a fingerprint altered in its leaf", func(f *forgery, _ map[string][]byte) {
		_, published := f.lines("published")
		old, fresh := strings.Fields(published[0])[1], strings.Repeat("0", 40)
		f.replace("leaves.txt", old, fresh)
		for _, ext := range []string{".asc", ".pgp", ".proof"} {
			name := f.key(0) + ext
			f.files[strings.Replace(name, old, fresh, 1)] = f.files[name]
		}
		for _, name := range f.names("keys/", "") {
			if strings.Contains(name, old) {
				delete(f.files, name)
			}
		}
		f.digests()
	}, keybatch.ErrFingerprint, strings.Repeat("0", 40)},
	{"a leaf twice", func(f *forgery, _ map[string][]byte) {
		_, published := f.lines("published")
		f.replace("leaves.txt", published[1][6:], published[0][6:])
		f.digests()
	}, keybatch.ErrRoot, "leaves.txt"},
	{"a leaf missing", func(f *forgery, _ map[string][]byte) {
		all, _ := f.lines("")
		f.files["leaves.txt"] = []byte(strings.Join(all[:len(all)-1], "\n") + "\n")
		f.digests()
	}, keybatch.ErrLeaves, "leaves.txt"},
	{"the last LF missing", func(f *forgery, _ map[string][]byte) {
		f.files["leaves.txt"] = bytes.TrimSuffix(f.files["leaves.txt"], []byte("\n"))
		f.digests()
	}, keybatch.ErrLeaves, "leaves.txt"},
	{"a burnt key smuggled in", func(f *forgery, _ map[string][]byte) {
		_, burnt := f.lines("burnt")
		name := "keys/" + strings.ReplaceAll(burnt[0][:6+1+40], " ", "-")
		for _, ext := range []string{".asc", ".pgp", ".proof"} {
			f.files[name+ext] = f.files[f.key(0)+ext]
		}
	}, keybatch.ErrNotPublished, "keys/"},
	{"a key of another batch", func(f *forgery, other map[string][]byte) {
		o := &forgery{f.t, other}
		f.setKey(0, other[o.key(0)+".pgp"])
	}, keybatch.ErrKey, ".pgp"},
	{"a key of another batch, in its own name", func(f *forgery, other map[string][]byte) {
		o := &forgery{f.t, other}
		f.files[o.key(0)+".asc"] = other[o.key(0)+".asc"]
	}, nil, ""},
	{"a key in another's place", func(f *forgery, _ map[string][]byte) { f.setKey(1, f.files[f.key(0)+".pgp"]) }, keybatch.ErrKey, ".pgp"},
	{"another armored key", func(f *forgery, _ map[string][]byte) {
		f.files[f.key(1)+".asc"] = f.files[f.key(0)+".asc"]
	}, keybatch.ErrArmor, ".asc"},
	{"armor without checksum", func(f *forgery, _ map[string][]byte) {
		name := f.key(0) + ".asc"
		text := string(f.files[name])
		from := strings.LastIndex(text, "\n=")
		f.files[name] = []byte(text[:from] + text[from+6:])
	}, keybatch.ErrArmor, ".asc"},
	{"armor with a comment", func(f *forgery, _ map[string][]byte) {
		f.replace(f.key(0)+".asc", "BLOCK-----\n", "BLOCK-----\nComment: hello\n")
	}, keybatch.ErrArmor, ".asc"},
	{"another key's proof", func(f *forgery, _ map[string][]byte) {
		f.files[f.key(1)+".proof"] = f.files[f.key(0)+".proof"]
	}, ledger.ErrProof, ".proof"},
	{"a proof of the ledger", func(f *forgery, _ map[string][]byte) {
		f.files[f.key(0)+".proof"] = f.files["entries/000000000000.proof"]
	}, ledger.ErrProof, ".proof"},
	{"a proof cut short", func(f *forgery, _ map[string][]byte) {
		name := f.key(0) + ".proof"
		f.files[name] = f.files[name][:len(f.files[name])-64-7]
	}, ledger.ErrProof, ".proof"},
}
