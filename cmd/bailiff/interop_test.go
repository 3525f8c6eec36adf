package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/custody/secret"
	"bailiff/release"
	"bailiff/release/order"
)

// The tests in this file hold stock programs against what a real vault gives away, and follow
// docs/formats.md, "By hand".

const formatsPage = "../../docs/formats.md"

// interop is a vault with two officers, and its public batch, unpacked by unzip.
type interop struct {
	*estate
	keys         []*order.SecretKey // of the officers
	batch        string
	zip, public  string
	fingerprints []string
	numbers      []int
	page         *page
	stock        *stock
}

func newInterop(t *testing.T) *interop {
	t.Helper()
	x := &interop{page: readPage(t, formatsPage)}
	var officers []policy.Certificate
	for _, name := range []string{"Denise Éluard <denise@example.org>", "Robert"} {
		officers = append(officers, x.newOfficer(t, name))
	}
	x.estate = newEstate(t, officers...)
	x.batch = x.newBatch(3, 16<<10)
	x.zip, x.public = x.export(x.batch), filepath.Join(t.TempDir(), "public")
	x.fingerprints, x.numbers = x.published(x.batch)
	x.stock = newStock(t, t.TempDir(), "vault="+x.bench.Path, "batch="+x.vault.BatchPath(x.batch), "public="+x.public,
		"list="+absolute(t, "../../custody/words/french.txt"))
	x.stock.run("", "unzip", "-q", x.zip, "-d", x.public)
	return x
}

func (x *interop) newOfficer(t *testing.T, name string) policy.Certificate {
	t.Helper()
	lock := secret.From([]byte("correct horse"))
	private, certificate, err := order.NewOfficer(name, lock, time.Now().Add(-2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	key, err := order.OpenSecretKey(secret.From(private), lock)
	if err != nil {
		t.Fatal(err)
	}
	officer, err := order.ReadCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	x.keys = append(x.keys, key)
	return policy.Certificate{Fingerprint: officer.Fingerprint, Name: officer.Name, Binary: officer.Certificate}
}

// byHand follows the page under a heading; what it prints must contain each wanted text so often.
func (x *interop) byHand(heading string, blocks int, want map[string]int, env ...string) {
	x.t.Helper()
	steps := slices.Concat(x.page.under("By hand", 1), x.page.under(heading, blocks))
	out, err := x.stock.follow(steps, env...)
	if err != nil {
		x.t.Errorf("%s: %v\n%s", heading, err, out)
		return
	}
	for text, times := range want {
		if n := strings.Count(out, text); n != times {
			x.t.Errorf("%s: %q stands there %d times, want %d:\n%s", heading, text, n, times, out)
		}
	}
}

func TestStockPrograms(t *testing.T) {
	t.Parallel()
	x := newInterop(t)
	signed := x.newOrder(t)
	x.run(t, "archives", (*interop).archives)
	x.run(t, "public keys", (*interop).publicKeys)
	x.run(t, "release", func(x *interop, t *testing.T) { x.release(t, signed) })
	x.run(t, "order", func(x *interop, t *testing.T) { x.order(t, signed) })
	x.run(t, "ledger", (*interop).ledger)
	x.run(t, "anchor", (*interop).anchor)
	x.run(t, "sealed batch", (*interop).sealedBatch)
	x.run(t, "public batch", (*interop).publicBatch)
	x.run(t, "sample", (*interop).sample)
	x.page.wholeRead()
}

// run runs a subtest, to which whatever fails belongs.
func (x *interop) run(t *testing.T, name string, f func(*interop, *testing.T)) {
	t.Run(name, func(t *testing.T) {
		y, e, s, p := *x, *x.estate, *x.stock, *x.page
		e.t, s.t, p.t = t, t, t
		y.estate, y.stock, y.page = &e, &s, &p
		f(&y, t)
	})
}

func (x *interop) archives(t *testing.T) {
	const read = `import sys, zipfile
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None and all(z.read(name) for name in z.namelist()), path
        print(len(z.namelist()))`
	volumes, err := filepath.Glob(filepath.Join(x.vault.BatchPath(x.batch), "*.zip"))
	if err != nil || len(volumes) < 2 {
		t.Fatalf("%d volumes (%v), want several", len(volumes), err)
	}
	for _, path := range append(volumes, x.zip) {
		if out := x.stock.run("", "unzip", "-t", path); !strings.Contains(out, "No errors detected") {
			t.Errorf("unzip -t says\n%s", out)
		}
	}
	x.stock.run("", "/usr/bin/python3", append([]string{"-c", read, x.zip}, volumes...)...)
	out := x.stock.run("", "sha256sum", x.zip)
	if exports := x.vault.State.Batch(x.batch).Exports; len(exports) != 1 || exports[0] != "sha256:"+out[:64] {
		t.Errorf("the ledger has %q, sha256sum says %s", exports, out)
	}
}

// gpg takes every key of the public batch, armored and binary, and has nothing to remark.
func (x *interop) publicKeys(t *testing.T) {
	for _, suffix := range []string{"asc", "pgp"} {
		s := newStock(t, x.public)
		s.run("", "sh", "-c", "gpg --batch --list-keys 2>/dev/null") // makes the keyring, and says so
		paths, err := filepath.Glob(filepath.Join(x.public, "keys", "*."+suffix))
		if err != nil || len(paths) != len(x.fingerprints) {
			t.Fatalf("%d keys (%v), want %d", len(paths), err, len(x.fingerprints))
		}
		s.run("", "gpg", append([]string{"--batch", "--quiet", "--import"}, paths...)...)
		listed := s.run("", "gpg", "--batch", "--with-colons", "--list-keys")
		for i, fingerprint := range x.fingerprints {
			uid := fmt.Sprintf("bailiff batch %s key %06d (REHEARSAL)", x.batch, x.numbers[i])
			if !strings.Contains(listed, "fpr:::::::::"+strings.ToUpper(fingerprint)+":") || !strings.Contains(listed, uid) {
				t.Errorf("gpg does not list %s, %s:\n%s", fingerprint, uid, listed)
			}
		}
	}
}

// newOrder writes order.txt and order.sig for the first key, signed by both officers.
func (x *interop) newOrder(t *testing.T) string {
	t.Helper()
	now := x.bench.Now()
	o := &order.Order{
		Vault: x.bench.Anchor.Vault, Mode: record.Rehearsal, Number: "2026-000123", Roster: x.vault.Policy.Roster,
		Batch: x.batch, KeyNumber: x.numbers[0], Key: x.fingerprints[0], Member: "M-4711", Reason: order.Death,
		Papers: []order.Paper{
			{Type: "death-certificate", Date: "2026-11-01", Digest: [32]byte{1}, Issuer: "Mairie de Lyon 3e"},
			{Type: "proof-of-heirship", Date: "2026-11-10", Digest: [32]byte{2}, Issuer: "Me Éloïse Girard, notaire"},
		},
		Checkers: []string{"Anne Petit", "Karim Haddad"}, Recipient: "Camille Bernard",
		Issued: now, NotBefore: now, Expires: now.Add(90 * 24 * time.Hour),
	}
	text, err := o.Format()
	if err != nil {
		t.Fatal(err)
	}
	var signatures []byte
	for _, key := range x.keys {
		sig, err := order.Sign(text, key, x.bench.Now())
		if err != nil {
			t.Fatal(err)
		}
		signatures = order.AppendSignature(signatures, sig)
	}
	dir := t.TempDir()
	writeText(t, filepath.Join(dir, "order.txt"), string(text))
	writeText(t, filepath.Join(dir, "order.sig"), string(signatures))
	return dir
}

// release carries out the order; gpg then reads with the kit what sq encrypted to the published key.
func (x *interop) release(t *testing.T, signed string) {
	text, signatures := readText(t, filepath.Join(signed, "order.txt")), readText(t, filepath.Join(signed, "order.sig"))
	examined, err := release.Receive(x.vault, []byte(text), []byte(signatures), x.bench.Now())
	if err != nil {
		t.Fatal(err)
	}
	kit := filepath.Join(t.TempDir(), "kit")
	run := release.Release{
		Vault: x.vault, Examined: examined, Table: x.bench.Seat(t, x.vault, 1, 2, 4), Kit: kit,
		Office: "Étude exemple", Contact: []string{"1 rue Exemple"}, Said: func(release.Milestone, string) {},
	}
	if err := run.Run(); err != nil {
		t.Fatal(err)
	}
	key := fmt.Sprintf("keys/%06d-%s.asc", x.numbers[0], x.fingerprints[0])
	sealed := x.stock.run(letter, "sq", "encrypt", "--recipient-cert", filepath.Join(x.public, key))
	lines := strings.Split(strings.TrimSpace(readText(t, filepath.Join(kit, "words.txt"))), "\n")
	heir := newStock(t, kit)
	heir.run("", "sh", "-c", "gpg --batch --list-keys 2>/dev/null")
	gpg := []string{"--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", lines[len(lines)-1]}
	heir.run("", "gpg", append(gpg, "--import", "private-key.asc")...)
	if got := heir.run(sealed, "gpg", append(gpg, "--decrypt")...); got != letter {
		t.Errorf("the heir reads %q", got)
	}
}

func (x *interop) order(t *testing.T, signed string) {
	digest := func(name string) string {
		return x.stock.run("", "sha256sum", filepath.Join(signed, name))[:64]
	}
	intent := x.vault.State.Orders["2026-000123"].Intent
	if intent.Get("order-digest") != "sha256:"+digest("order.txt") || intent.Get("signature-digest") != "sha256:"+digest("order.sig") {
		t.Error("the ledger's digests of the order are not those of sha256sum")
	}
	want := map[string]int{digest("order.txt"): 1, digest("order.sig"): 1}
	for _, officer := range x.vault.Policy.Officers {
		want[strings.ToUpper(officer.Fingerprint)] = 1
	}
	x.byHand("Check an order", 1, want, "order="+signed)
	roster := filepath.Join(x.bench.Path, "policies", "000000-officers.pgp")
	for _, args := range [][]string{{"-n", "3", "order.txt"}, {"-n", "1", "order.sig"}} {
		_, _, err := x.stock.try("", "sqv", "--keyring", roster, args[0], args[1], filepath.Join(signed, "order.sig"), filepath.Join(signed, args[2]))
		if err == nil {
			t.Errorf("sqv %q accepts the signatures", args)
		}
	}
}

func (x *interop) ledger(t *testing.T) {
	_, raw, err := x.vault.Log.Entry(0)
	if err != nil {
		t.Fatal(err)
	}
	leaf := ledger.LeafHash(raw)
	entry, err := ledger.ParseEntry(raw)
	if err != nil {
		t.Fatal(err)
	}
	x.byHand("Check an entry", 1, map[string]int{hex.EncodeToString(leaf[:]): 1, hex.EncodeToString(entry.Personal[:]): 2}, "entry=000000/000000000000")
	sizes, err := x.vault.Log.Checkpoints()
	if err != nil || len(sizes) < 4 {
		t.Fatalf("%d checkpoints, %v", len(sizes), err)
	}
	for _, size := range []int64{sizes[0], sizes[len(sizes)-1]} {
		x.checkpoint(t, size)
	}
}

func (x *interop) checkpoint(t *testing.T, size int64) {
	t.Helper()
	path := filepath.Join(x.bench.Path, "ledger", "checkpoints", fmt.Sprintf("%012d.txt", size))
	root, err := x.vault.Log.RootAt(size)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{hex.EncodeToString(root[:]): 2, "Signature Verified Successfully": 1}
	const heading = "Check a checkpoint"
	for _, c := range []string{"c01", "c02", "c04"} {
		x.byHand(heading, 2, want, "checkpoint="+path, "c="+c, "index=1")
	}
	// With another root the cosignature does not verify.
	lines := strings.SplitAfter(readText(t, path), "\n")
	lines[2] = base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\n"
	forged := filepath.Join(t.TempDir(), "forged.txt")
	writeText(t, forged, strings.Join(lines, ""))
	steps := slices.Concat(x.page.under("By hand", 1), x.page.under(heading, 2))
	if out, err := x.stock.follow(steps, "checkpoint="+forged, "c=c01", "index=1"); err == nil || !strings.Contains(out, "Signature Verification Failure") {
		t.Errorf("openssl accepts a forged checkpoint: %v\n%s", err, out)
	}
}

func (x *interop) anchor(t *testing.T) {
	words, err := x.bench.Anchor.Words()
	if err != nil {
		t.Fatal(err)
	}
	digest, err := x.vault.Policy.Digest()
	if err != nil {
		t.Fatal(err)
	}
	x.byHand("Check an anchor", 2, map[string]int{
		"\n" + words + "\n": 1, "signer": 0, hex.EncodeToString(x.bench.Anchor.PolicyEntry[:]): 2,
		hex.EncodeToString(digest[:]): 2, hex.EncodeToString(x.vault.Policy.Roster[:]): 2,
	})
}

func (x *interop) sealedBatch(t *testing.T) {
	b, state, err := x.vault.Published(x.batch)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := b.Record(x.numbers[1])
	if err != nil {
		t.Fatal(err)
	}
	leaf := rec.Leaf()
	root := strings.TrimPrefix(state.Sealed.Get("root"), "sha256:")
	x.byHand("Check a sealed batch", 3, map[string]int{
		strings.TrimPrefix(state.Sealed.Get("manifest"), "sha256:"): 1, "records.txt: OK": 1, "tree.bin: OK": 1, "root: sha256:" + root: 2, "differ": 0, ".zip: OK": len(b.Manifest().Volumes),
		"public.pgp: OK": 1, "key.pgp: OK": 1, ".age: OK": 5, hex.EncodeToString(leaf[:]): 1,
	}, "number="+record.FormatKeyNumber(rec.Number))
}

func (x *interop) publicBatch(t *testing.T) {
	const heading = "Check a public batch"
	root := strings.TrimPrefix(x.vault.State.Batch(x.batch).Sealed.Get("root"), "sha256:")
	listed := readText(t, filepath.Join(x.public, "batch.txt"))
	for _, folder := range []string{"keys", "entries"} {
		proofs, err := filepath.Glob(filepath.Join(x.public, folder, "*.proof"))
		if err != nil || len(proofs) < 3 {
			t.Fatalf("%d proofs, %v", len(proofs), err)
		}
		for _, path := range proofs {
			proof, err := ledger.ParseProof([]byte(readText(t, path)))
			if err != nil {
				t.Fatal(err)
			}
			// As computed and stated: in batch.txt and from its leaves, and of the proof.
			want := map[string]int{root: 2, hex.EncodeToString(proof.Root[:]): 2}
			if hex.EncodeToString(proof.Root[:]) == root {
				want[root] = 4
			}
			for _, key := range []string{"burnt", "leaves", "policy", "reserve-list"} {
				_, after, _ := strings.Cut(listed, "\n"+key+": sha256:")
				want[after[:64]] = 2
			}
			x.byHand(heading, 1, want, "proof="+path)
		}
	}
}

// sample draws again what the ledger says was drawn, and the known answers.
func (x *interop) sample(t *testing.T) {
	const heading = "Check a sample"
	state := x.vault.State.Batch(x.batch)
	checkpoint, _, err := x.vault.Covered(state.Sealed.Number)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(x.bench.Path, "ledger", "checkpoints", fmt.Sprintf("%012d.txt", checkpoint.Size))
	x.byHand(heading, 1, map[string]int{state.Sampled.Get("numbers") + "\n": 1},
		"checkpoint="+path, "dice="+thrown, fmt.Sprint("total=", state.Total()), "count=2")

	vectors := 0
	for block := range strings.SplitSeq(readText(t, "../../testdata/sample.txt"), "\n\n") {
		if strings.HasPrefix(block, "checkpoint: ") {
			vectors++
			x.drawnAgain(t, block)
		}
	}
	if vectors == 0 {
		t.Error("no vector in testdata/sample.txt")
	}
}

// drawnAgain holds the page against one known answer.
func (x *interop) drawnAgain(t *testing.T, vector string) {
	t.Helper()
	var checkpoint, numbers string
	values := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(vector) + "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		values[key] = value
		if key == "checkpoint" {
			checkpoint += value + "\n"
		}
	}
	for n := range strings.FieldsSeq(values["numbers"]) {
		numbers += " " + strings.Repeat("0", 6-len(n)) + n
	}
	path := filepath.Join(t.TempDir(), "checkpoint.txt")
	writeText(t, path, checkpoint+"\n— a cosignature\n")
	x.byHand("Check a sample", 1, map[string]int{strings.TrimSpace(numbers) + "\n": 1},
		"checkpoint="+path, "dice="+values["dice"], "total="+values["keys"], "count="+values["sample"])
}
