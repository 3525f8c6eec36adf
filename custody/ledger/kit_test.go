package ledger_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
)

const (
	vault = "5f0c4a1e9d3b72860a1b2c3d4e5f6071"
	other = "00000000000000000000000000000001"
	batch = "b20261121-7f3a9c"
	key   = "0123456789abcdef0123456789abcdef01234567"
)

var start = time.Date(2026, 11, 21, 21, 24, 55, 0, time.UTC)

// sum is a digest made from a letter, digest its form in a file.
func sum(c string) [32]byte { return sha256.Sum256([]byte(c)) }

func digest(c string) string { return keyvalue.FormatDigest(sum(c)) }

// fields turns key, value, key, value … into fields.
func fields(list ...string) []keyvalue.Field {
	var out []keyvalue.Field
	for i := 0; i+1 < len(list); i += 2 {
		out = append(out, keyvalue.Field{Key: list[i], Value: list[i+1]})
	}
	return out
}

// act is what one entry of the sample history records.
type act struct {
	ledger.Act
	personal []keyvalue.Field
}

// fields are those of the act, as its entry has them.
func (a act) fields() []keyvalue.Field { return ledger.Fields(a.Act) }

// acts is a history with every kind of the first format in it, each field of each kind, and both personal parts; what came
// since has its own examples ([TestHandedOver]).
func acts() []act {
	return []act{
		{&ledger.PolicyAdopted{Policy: sum("policy")}, fields(
			"about", "First policy", "place", "Étude, 1 rue de l’Échantillon", "legal-basis", "dépôt", "legal-basis", "suite",
			"custodian", "c01 Élodie Exemple", "custodian", "c02 Jean Témoin", "office", "office-1 Étude A",
			"location", "place-1 Coffre A", "officer", key+" Anne Agent")},
		{&ledger.CeremonyOpened{
			Batch: batch, Script: sum("script"), Software: sum("software"), Publish: 9, Sample: 2, Reserve: 1,
		}, nil},
		{&ledger.BatchSealed{Batch: batch, Keys: 12, Root: sum("root"), Manifest: sum("manifest")}, fields("about", "Present: two witnesses")},
		{&ledger.SampleChosen{Batch: batch, Dice: "1234566", Numbers: []int{3, 11}}, nil},
		{&ledger.BatchProved{Batch: batch, Published: 9, Burnt: sum("burnt"), Reserve: sum("reserve")}, nil},
		{&ledger.BatchExported{Batch: batch, File: sum("file")}, nil},
		{&ledger.BatchAbandoned{Batch: "b20261122-000000", Why: ledger.Interrupted}, nil},
		{&ledger.ReleaseRefused{Order: ledger.Unreadable, OrderDigest: sum("o"), Why: "order-expired"}, nil},
		{&ledger.ReleaseIntent{
			Order: "2026-000123", OrderDigest: sum("o"), SignatureDigest: sum("s"), Replaces: "2026-000122",
			Batch: batch, KeyNumber: 42, Key: key, Opening: []string{"c01", "c03"},
		}, fields("member", "M-4711", "recipient", "Jean Héritier", "recipient-born", "1970-01-31", "checker", "A", "checker", "B")},
		{opened(), nil},
		{&ledger.ReleaseDelivered{Order: "2026-000123", Key: key, Kit: sum("kit")}, nil},
		{&ledger.OrderReceived{
			Order: "2026-000124", OrderDigest: sum("o"), SignatureDigest: sum("s"), Replaces: "2026-000123",
			Key: key, Waiting: 30, NotBefore: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC),
		}, nil},
	}
}

// opened is an act that may come at any time, as far as the ledger knows.
func opened() *ledger.ReleaseOpened { return &ledger.ReleaseOpened{Order: "2026-000123", Key: key} }

// part returns the personal part of an act, with a salt made from its number.
func (a act) part(t testing.TB, number int) []byte {
	t.Helper()
	if a.personal == nil {
		return nil
	}
	data, err := ledger.FormatPersonal(sha256.Sum256([]byte{byte(number)}), a.personal)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// at is the time of the entry of that number in the sample history.
func at(number int) time.Time { return start.Add(time.Duration(number) * time.Minute) }

// history makes the sample ledger in a new folder, with a checkpoint over its first entry and
// one over its first five.
func history(t testing.TB) (*ledger.Log, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ledger")
	l, err := ledger.Create(&durable.Disk{}, dir, vault)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range acts() {
		if _, err := l.Append(a.Act, at(i), a.part(t, i)); err != nil {
			t.Fatalf("%s: %v", a.Kind(), err)
		}
		switch i {
		case 0:
			addCheckpoint(t, l, 1, "c01", "c02", "c03")
		case 4:
			addCheckpoint(t, l, 5, "c01", "c03")
		}
	}
	return l, dir
}

// sample opens a copy of the ledger in testdata, which is that of history: see TestExamples.
func sample(t testing.TB) (*ledger.Log, string) {
	t.Helper()
	dir := copyTo(t, files(t, "testdata/ledger"))
	return open(t, dir), dir
}

func open(t testing.TB, dir string) *ledger.Log {
	t.Helper()
	l, err := ledger.Open(&durable.Disk{}, dir, vault)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// private is the signing key of a token, made from its name.
func private(custodian string, index int) ed25519.PrivateKey {
	seed := sha256.Sum256(fmt.Appendf(nil, "%s/%d", custodian, index))
	return ed25519.NewKeyFromSeed(seed[:])
}

// public is the public half of the same key.
func public(custodian string, index int) token.SigningKey {
	key, err := token.Ed25519Key(private(custodian, index).Public().(ed25519.PublicKey))
	if err != nil {
		panic(err)
	}
	return key
}

// cosigners are three custodians; the second has two tokens.
func cosigners() []ledger.Cosigner {
	var out []ledger.Cosigner
	for _, c := range []ledger.Cosigner{{Custodian: "c01", Index: 1}, {Custodian: "c02", Index: 1}, {Custodian: "c02", Index: 2}, {Custodian: "c03", Index: 1}} {
		c.Key = public(c.Custodian, c.Index)
		out = append(out, c)
	}
	return out
}

// threshold is how many of the cosigners must sign.
const threshold = 2

func inForce(int64) ([]ledger.Cosigner, int, error) { return cosigners(), threshold, nil }

// sign makes the cosignature of a token at the start of the sample history.
func sign(body []byte, custodian string, index int) ledger.Signature {
	s := ledger.NewSignature(ledger.Cosigner{Custodian: custodian, Index: index, Key: public(custodian, index)}, start)
	s.Sig = ed25519.Sign(private(custodian, index), s.Message(body))
	return s
}

// checkpoint returns a checkpoint of the log, signed with the first token of each custodian.
func checkpoint(t testing.TB, l *ledger.Log, size int64, custodians ...string) []byte {
	t.Helper()
	root, err := l.RootAt(size)
	if err != nil {
		t.Fatal(err)
	}
	body := ledger.CheckpointBody(vault, size, root)
	var sigs []ledger.Signature
	for _, c := range custodians {
		sigs = append(sigs, sign(body, c, 1))
	}
	data, err := ledger.FormatCheckpoint(body, sigs)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func addCheckpoint(t testing.TB, l *ledger.Log, size int64, custodians ...string) {
	t.Helper()
	if err := l.AddCheckpoint(checkpoint(t, l, size, custodians...)); err != nil {
		t.Fatal(err)
	}
}

// files returns the names and contents of the files of a ledger, without the lock.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || info.Name() == "lock" {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// copyTo writes files into a new folder.
func copyTo(t testing.TB, all map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"entries", "personal", "checkpoints"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range all {
		write(t, dir, name, content)
	}
	return dir
}

// write puts content into a file of a ledger, over what is there.
func write(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// damages calls try with data in which one byte is altered, for every byte and each of the
// flips, then with data cut at every step bytes, then with a byte too many.
func damages(data string, flips []byte, step int, try func(what, damaged string)) {
	for i := range len(data) {
		for _, x := range flips {
			b := []byte(data)
			b[i] ^= x
			try(fmt.Sprintf("byte %d xor %#x", i, x), string(b))
		}
	}
	for i := 0; i < len(data); i += step {
		try(fmt.Sprintf("cut after %d bytes", i), data[:i])
	}
	try("an LF more", data+"\n")
}

// flips are the ways in which a byte is altered: a bit, the letter case, the high bit, all.
var flips = []byte{0x01, 0x20, 0x80, 0xff}

// without returns the list without its i-th element.
func without(list []keyvalue.Field, i int) []keyvalue.Field {
	return append(slices.Clone(list[:i]), list[i+1:]...)
}

func lines(data []byte) []string { return strings.SplitAfter(string(bytes.TrimSpace(data)), "\n") }
