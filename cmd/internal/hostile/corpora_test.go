package hostile

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// repository is the way to the root of the tree.
const repository = "../../../"

// corpus is a fuzz target and where its committed seeds come from.
type corpus struct {
	folder, target string
	good           []string // files of the good world; one with a * stands for all that match
	check          string   // whose hostile bytes are seeds, "" for none
	texts          []string // further seeds
	form           string   // of a seed, by default []byte(%q)
}

// seed is one file of a corpus.
type seed struct {
	name string
	data []byte
}

func corpora(w *world) []corpus {
	folder := strings.TrimSuffix(w.manifestFile(), "manifest.txt")
	kit := fmt.Sprintf("bailiff-kit/1\nvault: %s\nmode: rehearsal\norder: 2026-000123\nkey: %s\nprivate-key: sha256:%s\n",
		line(w.read("order.txt"), "vault: "), line(w.read("order.txt"), "key: "), strings.Repeat("0f", 32))
	leaf := "000001 " + strings.Repeat("a", 40) + " " + strings.Repeat("0a", 32) + " " + strings.Repeat("ff", 32) + " published\n"
	one, err := os.ReadFile(repository + "keyceremony/keybatch/testdata/one/batch.zip")
	w.must(err)
	frame := "\x00\x00\x00\x01\x00\x00\x00\x01a\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	return []corpus{
		{"custody/keyvalue", "FuzzParse", nil, "", []string{"bailiff-sample/1\nname: value\n", "bailiff-sample/1\nname: a\x1b[2J\n", "bailiff-sample/1\r\nname: a\r\n"}, ""},
		{"custody/policy", "FuzzParse", []string{policyFile, devicePolicyFile}, "policy", nil, ""},
		{"custody/policy", "FuzzParseAnchor", []string{anchorFile}, "anchor", nil, ""},
		{"custody/policy", "FuzzParseDraft", []string{"draft.toml"}, "draft", nil, ""},
		{"custody/ledger", "FuzzParseEntry", []string{"vault/ledger/entries/000000/*.txt"}, "entry", nil, ""},
		{"custody/ledger", "FuzzParsePersonal", []string{"vault/ledger/personal/000000/*.txt"}, "", []string{"bailiff-personal/1\nsalt: 00\n"}, ""},
		{"custody/ledger", "FuzzParseProof", []string{"proof.txt"}, "proof", nil, ""},
		{"custody/ledger", "FuzzOpenCheckpoint", []string{"checkpoint.txt"}, "", []string{"bailiff/vault/0\n1\n\n\n"}, ""},
		{"custody/strictzip", "FuzzOpen", []string{"batch.zip"}, "zip", nil, ""},
		{"custody/batch", "FuzzManifest", []string{folder + "manifest.txt"}, "manifest", nil, ""},
		{"custody/batch", "FuzzRecord", nil, "", []string{w.block(folder), strings.Replace(w.block(folder), "share: c01", "share: c02", 1)}, ""},
		{"custody/batch", "FuzzBurntList", nil, "", []string{string(unzip(w, w.read("batch.zip"), "burnt.txt")), "bailiff-burnt/1\nvault: 0\n"}, ""},
		{"custody/batch", "FuzzReserveList", []string{folder + "reserve.txt"}, "", []string{"bailiff-reserve/1\nvault: 0\n"}, ""},
		{"custody/batch", "FuzzTree", []string{folder + "tree.bin"}, "", []string{strings.Repeat("\x00", 128)}, ""},
		{"custody/share", "FuzzParse", []string{"shares/*.share"}, "share", nil, ""},
		{"custody/seal", "FuzzOpenShare", []string{"sealed/share-c01.age"}, "seal", nil, ""},
		{"custody/seal", "FuzzOpenKey", []string{"sealed/key.pgp"}, "sealed-key", nil, ""},
		{"custody/token", "FuzzEnrolment", []string{enrolmentFile, deviceFile}, "enrolment", nil, ""},
		{"custody/token/attestation", "FuzzParseChain", []string{chainFile}, "attestation", nil, "string(%q)"},
		{"custody/token/soft", "FuzzContents", []string{"tokens/*.token"}, "", []string{"bailiff-soft-token/1\nmode: production\n"}, ""},
		{"custody/token/soft", "FuzzState", []string{"tokens/*.state"}, "token", nil, ""},
		{"custody/words", "FuzzNormalize", nil, "", []string{"abaisser-abandon-zoologie", "abaisser abaiss\u0435r", "\x1b[2J"}, "string(%q)"},
		{"custody/words", "FuzzTyped", nil, "", []string{"abai, aban\u2212zoölogie", "\ufb01gure m\u0153lleux", "\ufdfa \x1b[2J"}, "string(%q)"},
		{"custody/words", "FuzzEncode", nil, "", []string{strings.Repeat("\x00", 17), "\xff"}, ""},
		{"keyceremony/script", "FuzzParse", []string{"script.toml"}, "script", nil, ""},
		{"custody/keypair", "FuzzCheck", []string{"sealed/public.pgp"}, "certificate", nil, ""},
		{"custody/keypair", "FuzzCheckProfiles", []string{"sealed/public.pgp", "officers/officer-1.asc"}, "certificate", nil, "byte('\\x00')\n[]byte(%q)"},
		{"keyceremony/generator", "FuzzParseKey", nil, "", []string{frame, frame + "\x00", "\x00\x00\x00\x01\xff\xff\xff\xff"}, ""},
		{"keyceremony/generator", "FuzzParseJob", nil, "", []string{"bailiff-job/1\n", strings.Repeat("\xff", 64)}, ""},
		{"keyceremony/keybatch", "FuzzHeader", nil, "", []string{string(unzip(w, w.read("batch.zip"), "batch.txt")), "bailiff-batch/1\n"}, ""},
		{"keyceremony/keybatch", "FuzzLeaves", nil, "", []string{leaf, strings.ToUpper(leaf)}, "[]byte(%q)\nint(1)"},
		{"keyceremony/keybatch", "FuzzVerify", nil, "", []string{string(one), strings.Replace(string(one), "rehearsal", "production", 1)}, ""},
		{"keyceremony/keybatch", "FuzzFile", nil, "", []string{string(unzip(w, one, "batch.txt")), "bailiff-batch/1\n"}, "byte('\\x00')\n[]byte(%q)"},
		{"keyceremony/registry", "FuzzParseClaims", nil, "", []string{"M-4711," + strings.Repeat("0A", 20) + "\r\n", "M-4711\n"}, ""},
		{"release/order", "FuzzParse", []string{"order.txt"}, "order", nil, ""},
		{"release/officer", "FuzzVerify", []string{"order.sig"}, "signatures", nil, ""},
		{"release/officer", "FuzzReadCertificate", []string{"officers/officer-1.asc"}, "certificate", nil, ""},
		{"release/officer", "FuzzReadRoster", []string{rosterFile}, "roster", nil, ""},
		{"release/handover", "FuzzParseLabel", nil, "", []string{kit, kit + kit}, ""},
		{"cmd/internal/wording", "FuzzEscape", nil, "", []string{"Camille Exemple", "Camille \u0415\u0445emple", "\x1b[2J\u202e"}, "string(%q)"},
		{"cmd/internal/cli", "FuzzWrap", nil, "", []string{"a text to be broken", "\u00a0\u202f\x1b[8m"}, "string(%q)\nint(40)"},
	}
}

// block is the first block of the batch's records.
func (w *world) block(folder string) string {
	w.Helper()
	text := string(w.read(folder + "records.txt"))
	first, _, _ := strings.Cut(text[1:], "key: ")
	return text[:1] + first
}

// maxSeed is the largest hostile case that becomes a seed, in bytes.
const maxSeed = 32 << 10

func (c *corpus) seeds(w *world, cases []vector) (out []seed) {
	w.Helper()
	add := func(name string, data []byte) {
		form := c.form
		if form == "" {
			form = "[]byte(%q)"
		}
		out = append(out, seed{slug(name), fmt.Appendf([]byte("go test fuzz v1\n"), form+"\n", data)})
	}
	for _, pattern := range c.good {
		files, err := fs.Glob(os.DirFS(w.dir), pattern)
		w.must(err)
		for _, f := range files {
			add("good "+filepath.Base(f), w.read(f))
		}
	}
	for i, text := range c.texts {
		add(fmt.Sprintf("text %d", i+1), []byte(text))
	}
	for _, v := range cases {
		if c.check != "" && v.check == c.check && v.file != "" && len(v.body) <= maxSeed {
			add("hostile "+v.title, v.body)
		}
	}
	return out
}

// TestSeeds: the committed seeds of the fuzz targets are those that follow from the vectors; -update writes
// them. A corpus holds at least one seed that is good and one that is not.
func TestSeeds(t *testing.T) {
	w := newWorld(t)
	cases := allVectors(t)
	for _, c := range corpora(w) {
		folder := repository + c.folder + "/testdata/fuzz/" + c.target + "/"
		seeds := c.seeds(w, cases)
		if len(seeds) < 2 {
			t.Errorf("%s has %d seeds", folder, len(seeds))
		}
		for _, s := range seeds {
			if *update {
				w.must(os.MkdirAll(folder, 0o755))
				w.must(os.WriteFile(folder+s.name, s.data, 0o644))
			}
			if have, err := os.ReadFile(folder + s.name); err != nil || !bytes.Equal(have, s.data) {
				t.Errorf("%s%s is not what follows from testdata; run with -update", folder, s.name)
			}
		}
	}
}
