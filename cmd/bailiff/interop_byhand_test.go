package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
)

// The tests in this file follow docs/formats.md, "By hand", on the vault of interop_test.go.

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

// olderCard follows the page for a checkpoint that is signed with both kinds of key.
func (x *interop) olderCard(t *testing.T) {
	card := tokentest.NewDevice(t, 5, "ledger", token.ECDSAP256) // whose checkpoint that is
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "policies"), 0o755); err != nil {
		t.Fatal(err)
	}
	line := fmt.Sprintf("token: c04 1 piv 5 %s %s 82\n", token.FormatSealingKey(card.SealingKey()), card.SigningKey())
	writeText(t, filepath.Join(folder, "policies", "000000.policy"), line)
	path, err := filepath.Abs("../../custody/ledger/testdata/mixed-checkpoint.txt")
	if err != nil {
		t.Fatal(err)
	}
	id := sha256.Sum256(card.SigningKey().PKIX())
	steps := slices.Concat(x.page.under("By hand", 1), x.page.under("Check a cosignature by an older card", 1))
	out, err := x.stock.follow(steps, "vault="+folder, "checkpoint="+path, "c=c04", "index=1")
	if err != nil || !strings.Contains(out, "Verified OK") || strings.Count(out, hex.EncodeToString(id[:4])) != 2 {
		t.Errorf("%v\n%s", err, out)
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
	root, manifest := hex.EncodeToString(state.Sealed.Act.Root[:]), hex.EncodeToString(state.Sealed.Act.Manifest[:])
	x.byHand("Check a sealed batch", 3, map[string]int{
		manifest: 1, "records.txt: OK": 1, "tree.bin: OK": 1, "root: sha256:" + root: 2, "differ": 0, ".zip: OK": len(b.Manifest().Volumes),
		"public.pgp: OK": 1, "key.pgp: OK": 1, ".age: OK": 5, hex.EncodeToString(leaf[:]): 1,
	}, "number="+keyvalue.FormatKeyNumber(rec.Number))
}

func (x *interop) publicBatch(t *testing.T) {
	const heading = "Check a public batch"
	sealed := x.vault.State.Batch(x.batch).Sealed.Act
	root := hex.EncodeToString(sealed.Root[:])
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
	var numbers []string
	for _, n := range state.Sampled.Act.Numbers {
		numbers = append(numbers, keyvalue.FormatKeyNumber(n))
	}
	x.byHand(heading, 1, map[string]int{strings.Join(numbers, " ") + "\n": 1},
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
