package main

import (
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/stocktest"
	"bailiff/release"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// The tests in this file hold stock programs against what a real vault gives away, and follow
// docs/formats.md, "By hand".

const formatsPage = "../../docs/formats.md"

// interop is a vault with two officers, and its public batch, unpacked by unzip.
type interop struct {
	*estate
	keys         []*officer.SecretKey // of the officers
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
	private, certificate, err := officer.NewKey(name, lock, time.Now().Add(-2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	key, err := officer.OpenSecretKey(secret.From(private), lock)
	if err != nil {
		t.Fatal(err)
	}
	appointed, err := officer.Appoint(certificate, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	x.keys = append(x.keys, key)
	return appointed
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
	x.run(t, "older card", (*interop).olderCard)
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
	if exports := x.vault.State.Batch(x.batch).Exports; len(exports) != 1 || hex.EncodeToString(exports[0][:]) != out[:64] {
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
		s.silent("", "gpg", append([]string{"--batch", "--quiet", "--import"}, paths...)...)
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
		Vault: x.bench.Anchor.Vault, Mode: keyvalue.Rehearsal, Number: "2026-000123", Roster: x.vault.Policy.Roster,
		Batch: x.batch, KeyNumber: x.numbers[0], Key: x.fingerprints[0], Member: "M-4711", Reason: "death",
		Papers: []order.Paper{
			{Type: "death-certificate", Date: "2026-11-01", Digest: [32]byte{1}, Issuer: "Mairie de Lyon 3e"},
			{Type: "proof-of-heirship", Date: "2026-11-10", Digest: [32]byte{2}, Issuer: "Me Éloïse Exemple, notaire"},
		},
		Checkers: []string{"Anne Exemple", "Karim Modèle"}, Recipient: "Camille Exemple",
		Issued: now, NotBefore: now, Expires: now.Add(90 * 24 * time.Hour),
	}
	text, err := o.Format()
	if err != nil {
		t.Fatal(err)
	}
	var signatures []byte
	for _, key := range x.keys {
		sig, err := officer.Sign(text, key, x.bench.Now())
		if err != nil {
			t.Fatal(err)
		}
		signatures = append(signatures, sig...)
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
		Office: "Étude exemple", Contact: []string{"1 rue Exemple"}, WordsInKit: true, Said: func(release.Milestone, string) {},
	}
	if err := run.Run(); err != nil {
		t.Fatal(err)
	}
	key := fmt.Sprintf("keys/%06d-%s.asc", x.numbers[0], x.fingerprints[0])
	encrypting := stocktest.FindSq(t).Encrypt(filepath.Join(x.public, key))
	sealed := x.stock.run(letter, encrypting[0], encrypting[1:]...)
	lines := strings.Split(strings.TrimSpace(readText(t, filepath.Join(kit, "words.txt"))), "\n")
	heir := newStock(t, kit)
	heir.run("", "sh", "-c", "gpg --batch --list-keys 2>/dev/null")
	gpg := []string{"--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", lines[len(lines)-1]}
	heir.silent("", "gpg", append(gpg, "--import", "private-key.asc")...)
	if got := heir.silent(sealed, "gpg", append(gpg, "--decrypt")...); got != letter {
		t.Errorf("the heir reads %q", got)
	}
}

func (x *interop) order(t *testing.T, signed string) {
	digest := func(name string) string {
		return x.stock.run("", "sha256sum", filepath.Join(signed, name))[:64]
	}
	intent := x.vault.State.Orders["2026-000123"].Intent
	if hex.EncodeToString(intent.Act.OrderDigest[:]) != digest("order.txt") || hex.EncodeToString(intent.Act.SignatureDigest[:]) != digest("order.sig") {
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
