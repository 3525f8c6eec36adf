package keybatch_test

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

// TestAttacks: what somebody who carries the file can do to it, without a custodian's token.
func TestAttacks(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	other := unzip(t, batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: otherBatch, Publish: 3, Sample: 2, Reserve: 1})))
	files := unzip(t, batchtest.Write(t, v.Batch(t, small())))
	if _, err := verify(v, rezip(t, files)); err != nil {
		t.Fatalf("the file is refused before anything is done to it: %v", err)
	}
	for _, a := range slices.Concat(attacks, headerAttacks, keyAttacks) {
		t.Run(a.name, func(t *testing.T) {
			f := &forgery{t, maps.Clone(files)}
			a.alter(f, other)
			got, err := verify(v, rezip(t, f.files))
			if got != nil || err == nil {
				t.Fatal("accepted")
			}
			if a.want != nil {
				wantError(t, err, a.want, a.object)
			}
		})
	}
}

// What is done to the ledger's side of the file.
var attacks = []attack{
	{"a file is missing", func(f *forgery, _ map[string][]byte) { delete(f.files, "burnt.txt") }, keybatch.ErrMissing, "burnt.txt"},
	{"no header", func(f *forgery, _ map[string][]byte) { delete(f.files, "batch.txt") }, keybatch.ErrMissing, "batch.txt"},
	{"a file more", func(f *forgery, _ map[string][]byte) { f.files["readme.txt"] = []byte("hello") }, keybatch.ErrUnexpected, "readme.txt"},
	{"a file after the last", func(f *forgery, _ map[string][]byte) { f.files["z"] = nil }, keybatch.ErrUnexpected, "z"},
	{"a proof is missing", func(f *forgery, _ map[string][]byte) { delete(f.files, f.key(1)+".proof") }, keybatch.ErrMissing, ".proof"},
	{"the last key is missing", func(f *forgery, _ map[string][]byte) {
		for _, ext := range []string{".asc", ".pgp", ".proof"} {
			delete(f.files, f.names("keys/", ext)[2])
		}
	}, keybatch.ErrMissing, ".asc"},
	{"an enrolment is missing", func(f *forgery, _ map[string][]byte) { delete(f.files, "enrolments/c01-2.txt") }, keybatch.ErrMissing, "c01-2"},
	{"a token more", func(f *forgery, _ map[string][]byte) {
		f.files["enrolments/c03-2.txt"] = f.files["enrolments/c03-1.txt"]
	}, keybatch.ErrUnexpected, "c03-2"},
	{"an entry's proof is missing", func(f *forgery, _ map[string][]byte) { delete(f.files, f.names("entries/", ".proof")[2]) }, keybatch.ErrMissing, ".proof"},
	{"an entry is missing", func(f *forgery, _ map[string][]byte) { delete(f.files, f.names("entries/", ".txt")[2]) }, keybatch.ErrEntries, "entries"},
	{"an entry twice", func(f *forgery, _ map[string][]byte) {
		f.files["entries/000000000099.txt"] = f.files[f.names("entries/", ".txt")[3]]
	}, keybatch.ErrEntries, "entries"},
	{"entries swapped", func(f *forgery, _ map[string][]byte) {
		n := f.names("entries/", ".txt")
		f.files[n[1]], f.files[n[2]] = f.files[n[2]], f.files[n[1]]
	}, keybatch.ErrEntries, ""},
	{"an entry under another number", func(f *forgery, _ map[string][]byte) {
		n := f.names("entries/", ".txt")
		f.files["entries/000000000099.txt"] = f.files[n[3]]
		delete(f.files, n[3])
	}, keybatch.ErrEntryNumber, "99"},
	{"entries' proofs swapped", func(f *forgery, _ map[string][]byte) {
		n := f.names("entries/", ".proof")
		f.files[n[1]], f.files[n[2]] = f.files[n[2]], f.files[n[1]]
	}, keybatch.ErrEntryNumber, ".proof"},
	{"an entry altered", func(f *forgery, _ map[string][]byte) { f.replace(f.names("entries/", ".txt")[2], "dice: 3", "dice: 4") }, ledger.ErrProof, ".proof"},
	{"an entry of another batch", func(f *forgery, other map[string][]byte) {
		f.replace(f.names("entries/", ".txt")[3], batchID, otherBatch)
	}, keybatch.ErrBatch, ""},
	{"an entry of another vault", func(f *forgery, _ map[string][]byte) {
		f.replace(f.names("entries/", ".txt")[3], vaultID, otherVault)
	}, keybatch.ErrVault, ""},
	{"an entry from before", func(f *forgery, _ map[string][]byte) {
		f.replace(f.names("entries/", ".txt")[3], "time: 2026", "time: 2025")
	}, keybatch.ErrTime, ""},
	{"another checkpoint", func(f *forgery, other map[string][]byte) {
		f.files["checkpoint.txt"] = other["checkpoint.txt"]
	}, ledger.ErrProof, "entries/000000000000.proof"},
	{"a signature more", func(f *forgery, _ map[string][]byte) {
		text := string(f.files["checkpoint.txt"])
		f.files["checkpoint.txt"] = []byte(text + text[strings.LastIndex(text, "—"):])
	}, ledger.ErrTwice, "checkpoint.txt"},
	{"a signature less", func(f *forgery, _ map[string][]byte) {
		text := string(f.files["checkpoint.txt"])
		f.files["checkpoint.txt"] = []byte(text[:strings.LastIndex(text, "—")])
	}, ledger.ErrTooFew, "checkpoint.txt"},
	{"the policy altered", func(f *forgery, _ map[string][]byte) { f.replace("policy.txt", "death 30", "death 3") }, keybatch.ErrDigest, "policy.txt"},
	{"the policy altered with its digest", func(f *forgery, _ map[string][]byte) {
		f.replace("policy.txt", "death 30", "death 3")
		f.digests()
	}, keybatch.ErrPolicyEntry, "entries/000000000000.txt"},
	{"the policy altered with its entry", func(f *forgery, _ map[string][]byte) {
		before := keyvalue.FormatDigest(sha256.Sum256(f.files["policy.txt"]))
		f.replace("policy.txt", "death 30", "death 3")
		f.replace("entries/000000000000.txt", before, keyvalue.FormatDigest(sha256.Sum256(f.files["policy.txt"])))
		f.digests()
	}, policy.ErrAnchor, "policy.txt"},
	{"an enrolment of another token", func(f *forgery, _ map[string][]byte) {
		f.files["enrolments/c01-2.txt"] = f.files["enrolments/c02-1.txt"]
	}, keybatch.ErrEnrolment, "c01-2"},
	{"an enrolment without proof", func(f *forgery, _ map[string][]byte) {
		f.replace("enrolments/c01-1.txt", "time: 2026", "time: 2025")
	}, token.ErrProof, "c01-1"},
}

// TestReserveFingerprints: whoever carries the file cannot put another fingerprint in a reserve's place,
// neither in leaves.txt, nor in the list, nor in both.
func TestReserveFingerprints(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	file := batchtest.Write(t, v.Batch(t, small()))
	for _, c := range []struct {
		name   string
		places []string
		want   error
		object string
	}{
		{"in leaves.txt", []string{"leaves.txt"}, keybatch.ErrReserveList, "reserve.txt"},
		{"in reserve.txt", []string{"reserve.txt"}, keybatch.ErrReserveList, "batch.txt"},
		{"in both", []string{"leaves.txt", "reserve.txt"}, keybatch.ErrReserveList, "batch.txt"},
	} {
		f := &forgery{t, unzip(t, file)}
		_, reserves := f.lines(keybatch.RoleReserve)
		own := strings.Fields(reserves[0])[1]
		for _, place := range c.places {
			f.replace(place, own, strings.Repeat("ab", 20))
		}
		f.digests()
		_, err := verify(v, rezip(t, f.files))
		wantError(t, err, c.want, c.object)
	}
}

// What is done to batch.txt.
var headerAttacks = []attack{
	{"the other vault in the header", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Vault = otherVault })
	}, keybatch.ErrVault, "batch.txt"},
	{"production in the header", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Mode = keyvalue.Production })
	}, keybatch.ErrMode, "batch.txt"},
	{"another batch in the header", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Batch = otherBatch })
	}, keybatch.ErrBatch, ""},
	{"another total", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Keys++; h.Published++ })
	}, keybatch.ErrCounts, "batch.txt"},
	{"another share of reserves", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Reserve--; h.Published++ })
	}, keybatch.ErrCounts, "batch.txt"},
	{"another share of burnt keys", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Sample--; h.Reserve++ })
	}, keybatch.ErrCounts, "batch.txt"},
	{"counts that do not add up", func(f *forgery, _ map[string][]byte) {
		f.replace("batch.txt", "published: 3", "published: 4")
	}, keybatch.ErrCounts, "batch.txt"},
	{"another root", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Root[0]++ })
	}, keybatch.ErrRoot, "batch.txt"},
	{"another manifest", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Manifest[0]++ })
	}, keybatch.ErrManifest, "batch.txt"},
	{"keys dated after the ceremony", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Created = h.Created.Add(24 * time.Hour) })
	}, keybatch.ErrTime, "batch.txt"},
	{"keys dated otherwise", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Created = h.Created.Add(-time.Second) })
	}, keypair.ErrCreated, ".pgp"},
	{"another burnt list", func(f *forgery, other map[string][]byte) {
		f.files["burnt.txt"] = other["burnt.txt"]
		f.digests()
	}, keybatch.ErrBurntList, "batch.txt"},
	{"another reserve list", func(f *forgery, other map[string][]byte) {
		f.files["reserve.txt"] = other["reserve.txt"]
		f.digests()
	}, keybatch.ErrReserveList, "batch.txt"},
	{"a reserve list altered", func(f *forgery, _ map[string][]byte) {
		f.replace("reserve.txt", "key: ", "key: 1")
	}, keybatch.ErrDigest, "reserve.txt"},
	{"no reserve list", func(f *forgery, _ map[string][]byte) { delete(f.files, "reserve.txt") }, keybatch.ErrMissing, "reserve.txt"},
}
