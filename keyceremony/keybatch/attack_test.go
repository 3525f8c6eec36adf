package keybatch_test

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/custody/token"
	"bailiff/custody/vault"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
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
	armored, err := keypair.Armor(binary)
	if err != nil {
		f.t.Fatal(err)
	}
	f.files[f.key(i)+".pgp"], f.files[f.key(i)+".asc"] = binary, armored
}

// attack is something that somebody on the way could do to the file.
type attack struct {
	name   string
	alter  func(f *forgery, other map[string][]byte) // other is a batch of another id, same vault
	want   error
	object string
}

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
		before := record.FormatDigest(sha256.Sum256(f.files["policy.txt"]))
		f.replace("policy.txt", "death 30", "death 3")
		f.replace("entries/000000000000.txt", before, record.FormatDigest(sha256.Sum256(f.files["policy.txt"])))
		f.digests()
	}, policy.ErrAnchor, "policy.txt"},
	{"an enrolment of another token", func(f *forgery, _ map[string][]byte) {
		f.files["enrolments/c01-2.txt"] = f.files["enrolments/c02-1.txt"]
	}, keybatch.ErrEnrolment, "c01-2"},
	{"an enrolment without proof", func(f *forgery, _ map[string][]byte) {
		f.replace("enrolments/c01-1.txt", "time: 2026", "time: 2025")
	}, token.ErrProof, "c01-1"},
}

var headerAttacks = []attack{
	{"the other vault in the header", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Vault = otherVault })
	}, keybatch.ErrVault, "batch.txt"},
	{"production in the header", func(f *forgery, _ map[string][]byte) {
		f.header(func(h *keybatch.Header) { h.Mode = record.Production })
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
}

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

// TestAnchors: a good file is refused under every anchor but its own.
func TestAnchors(t *testing.T) {
	v, other := batchtest.NewVault(t, vaultID), batchtest.NewVault(t, otherVault)
	twin := batchtest.NewVault(t, vaultID) // the same id, other custodians
	file := batchtest.Write(t, v.Batch(t, small()))
	for _, c := range []struct {
		name  string
		alter func(a *policy.Anchor)
		want  error
	}{
		{"another vault", func(a *policy.Anchor) { *a = *other.Anchor }, keybatch.ErrVault},
		{"other custodians", func(a *policy.Anchor) { *a = *twin.Anchor }, policy.ErrAnchor},
		{"another mode", func(a *policy.Anchor) { a.Mode = record.Production }, keybatch.ErrMode},
		{"another policy", func(a *policy.Anchor) { a.PolicyEntry[0]++ }, policy.ErrAnchor},
		{"a lower threshold", func(a *policy.Anchor) { a.Threshold-- }, policy.ErrAnchor},
		{"a signer more", func(a *policy.Anchor) { a.Signers = append(a.Signers, twin.Anchor.Signers[0]) }, policy.ErrAnchor},
		{"a signer less", func(a *policy.Anchor) { a.Signers = a.Signers[1:] }, policy.ErrAnchor},
	} {
		a := *v.Anchor
		a.Signers = slices.Clone(a.Signers)
		c.alter(&a)
		_, err := verify(&batchtest.Vault{Anchor: &a}, file)
		t.Run(c.name, func(t *testing.T) { wantError(t, err, c.want, "") })
	}
}

// TestCosigners: k-1 custodians are too few, two tokens of one custodian among them.
func TestCosigners(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	c := v.Batch(t, small())
	for _, who := range []string{"c01-1", "c01-2", "c03-1"} {
		c.Checkpoint = v.Checkpoint(t, who)
		_, err := verify(v, batchtest.Write(t, c))
		wantError(t, err, ledger.ErrTooFew, "checkpoint.txt")
	}
	for _, who := range [][]string{{"c01-2", "c03-1"}, {"c01-1", "c02-1", "c03-1"}} {
		c.Checkpoint = v.Checkpoint(t, who...)
		if _, err := verify(v, batchtest.Write(t, c)); err != nil {
			t.Errorf("%v: %v", who, err)
		}
	}
}

// TestCeremonies: what a ceremony that was wrong, though cosigned, could have left behind.
func TestCeremonies(t *testing.T) {
	value := func(kind ledger.Kind, key, value string) func(ledger.Kind, []record.Field) {
		return func(k ledger.Kind, fields []record.Field) {
			for i := range fields {
				if k == kind && fields[i].Key == key {
					fields[i].Value = value
				}
			}
		}
	}
	for _, c := range []struct {
		name  string
		alter func(o *batchtest.Options)
		want  error
	}{
		{"a key twice", func(o *batchtest.Options) {
			o.AlterKeys = func(k []keybatch.Key) { k[5].Public, k[5].Fingerprint = k[0].Public, k[0].Fingerprint }
		}, keybatch.ErrDuplicate},
		{"a key with another user ID", func(o *batchtest.Options) {
			o.AlterKeys = func(k []keybatch.Key) {
				for i := range k[:3] {
					k[i].Public, k[i+3].Public = k[i+3].Public, k[i].Public
					k[i].Fingerprint, k[i+3].Fingerprint = k[i+3].Fingerprint, k[i].Fingerprint
				}
			}
		}, keypair.ErrUserID},
		{"fingerprints swapped", func(o *batchtest.Options) {
			o.AlterKeys = func(k []keybatch.Key) {
				for i := range k[:3] {
					k[i].Fingerprint, k[i+3].Fingerprint = k[i+3].Fingerprint, k[i].Fingerprint
				}
			}
		}, keybatch.ErrFingerprint},
		{"a sample that is not the burnt list", func(o *batchtest.Options) {
			o.AlterEntry = value(ledger.SampleChosen, "numbers", "000001 000002")
			o.AlterBurnt = func(l *vault.BurntList) { l.Keys[0].Number, l.Keys[1].Number = 3, 4 }
		}, keybatch.ErrBurntList},
		{"a burnt list of other fingerprints", func(o *batchtest.Options) {
			o.AlterBurnt = func(l *vault.BurntList) { l.Keys[0].Fingerprint = strings.Repeat("0", 40) }
		}, keybatch.ErrBurntList},
		{"a burnt list of another batch", func(o *batchtest.Options) {
			o.AlterBurnt = func(l *vault.BurntList) { l.Batch = otherBatch }
		}, keybatch.ErrBatch},
		{"a burnt list of another vault", func(o *batchtest.Options) {
			o.AlterBurnt = func(l *vault.BurntList) { l.Vault = otherVault }
		}, keybatch.ErrVault},
		{"another burnt digest", func(o *batchtest.Options) {
			o.AlterEntry = value(ledger.BatchProved, "burnt", record.FormatDigest([32]byte{}))
		}, keybatch.ErrBurntList},
		{"fewer sampled than burnt", func(o *batchtest.Options) {
			o.AlterEntry = value(ledger.SampleChosen, "numbers", "000001")
		}, keybatch.ErrCounts},
		{"more published", func(o *batchtest.Options) {
			o.AlterEntry = value(ledger.BatchProved, "published", "4")
		}, keybatch.ErrCounts},
		{"another root", func(o *batchtest.Options) {
			o.AlterEntry = value(ledger.BatchSealed, "root", record.FormatDigest([32]byte{}))
		}, keybatch.ErrRoot},
		{"a proof of another batch", func(o *batchtest.Options) {
			o.AlterEntry = value(ledger.BatchProved, "batch", otherBatch)
		}, keybatch.ErrBatch},
		{"keys from the future", func(o *batchtest.Options) {
			o.AlterTimes = func(created *time.Time) { *created = created.Add(time.Hour) }
		}, keybatch.ErrTime},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, o := batchtest.NewVault(t, vaultID), small()
			c.alter(&o)
			_, err := verify(v, batchtest.Write(t, v.Batch(t, o)))
			wantError(t, err, c.want, "")
		})
	}
}
