package ledger_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/ledger"
	"bailiff/custody/testkit/stocktest"
)

var update = flag.Bool("update", false, "write the example files anew")

// examples are the files in testdata: the sample ledger, and a proof in it.
func examples(t *testing.T) map[string]string {
	l, dir := history(t)
	p, err := l.Prove(2, 5)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"proof.txt": string(proof)}
	for name, content := range files(t, dir) {
		out["ledger/"+name] = content
	}
	return out
}

// TestExamples: the formats are frozen, so the same acts give the same bytes for ever, and the
// files that were written first still open.
func TestExamples(t *testing.T) {
	want := examples(t)
	if *update {
		for name, content := range want {
			write(t, "testdata", name, content)
		}
	}
	got := files(t, "testdata")
	maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasPrefix(name, "fuzz/") || name == "mixed-checkpoint.txt" }) // which ECDSA made, never twice alike
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], want[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("testdata has %d files, want %d", len(got), len(want))
	}
	l := open(t, "testdata/ledger")
	if err := l.VerifyCheckpoints(inForce); err != nil {
		t.Error(err)
	}
	p, err := ledger.ParseProof([]byte(got["proof.txt"]))
	if err != nil {
		t.Fatal(err)
	}
	root, err := l.RootAt(5)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Shows(ledger.LeafHash([]byte(got["ledger/entries/000000/000000000002.txt"])), ledger.LedgerTree, 5, root); err != nil {
		t.Error(err)
	}
}

// TestHashesByHand runs the shell commands of docs/formats.md.
func TestHashesByHand(t *testing.T) {
	l := open(t, "testdata/ledger")
	const entry = "testdata/ledger/entries/000000/000000000000.txt"
	data, err := os.ReadFile(entry)
	if err != nil {
		t.Fatal(err)
	}
	leaf := ledger.LeafHash(data)
	if got := shell(t, `(printf '\0'; cat `+entry+`) | sha256sum`); got != hex.EncodeToString(leaf[:]) {
		t.Errorf("leaf hash by hand %s, ours %x", got, leaf)
	}
	e, _, err := l.Entry(0)
	if err != nil {
		t.Fatal(err)
	}
	if got := shell(t, `sha256sum testdata/ledger/personal/000000/000000000000.txt`); got != hex.EncodeToString(e.Personal[:]) {
		t.Errorf("digest of the personal part by hand %s, in the entry %x", got, *e.Personal)
	}
}

// TestCosignatureByHand verifies a cosignature of an example with openssl.
func TestCosignatureByHand(t *testing.T) {
	note, err := filepath.Abs("testdata/ledger/checkpoints/000000000001.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := cosigners()[0]
	der := append([]byte{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00}, c.Key.Public().(ed25519.PublicKey)...) // RFC 8410 §4
	dir := t.TempDir()
	write(t, dir, "key.der", string(der))
	out := shell(t, `cd `+dir+` && cp `+note+` note && sed '/^$/,$d' note > body &&
		grep /c01/1 note | cut -d' ' -f3 | base64 -d > line && tail -c 64 line > sig &&
		time=$((16#$(tail -c +5 line | head -c 8 | od -An -tx1 | tr -d ' \n'))) &&
		(printf 'cosignature/v1\ntime %d\n' $time; cat body) > message &&
		openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -in message -sigfile sig`)
	if out != "Signature" { // Signature Verified Successfully, and exit status 0
		t.Errorf("openssl said %q", out)
	}
}

// shell runs a command and returns the first word that it prints.
func shell(t *testing.T, command string) string {
	t.Helper()
	out := strings.Fields(stocktest.Run(t, exec.Command("bash", "-c", command)))
	if len(out) == 0 {
		t.Fatalf("%s: prints nothing", command)
	}
	return out[0]
}
