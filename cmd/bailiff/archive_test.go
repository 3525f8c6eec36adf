package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
)

// The golden archive: a small vault of each profile, as version 1 of the formats left it, with
// its tokens, two orders (one carried out, one not), a kit, the public batch, and a letter to
// each of the two keys. It is never made anew: what stands there must open for ever.
const archive = "../../testdata/archive/1"

// freeze makes an archive. Only a new version of the formats asks for one, in a folder of its own.
var freeze = flag.String("freeze", "", "folder into which a new archive is written")

// archived is what a test must know of an archived vault; beside it lie its files.
type archived struct {
	Profile keypair.Profile
	Words   string // of the anchor
	Key     string // fingerprint of the key that the waiting order names
	Letter  string // what the letters say
}

const archivedLetter = "If you read this, it opened.\n"

// TestArchive opens, verifies and releases from every archived vault, with the programs of today.
func TestArchive(t *testing.T) {
	if *freeze != "" {
		for _, p := range keypair.Profiles() {
			makeArchive(t, p, filepath.Join(*freeze, string(p)))
		}
	}
	folders, err := os.ReadDir(archive)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, folder := range folders {
		if folder.IsDir() {
			found++
			t.Run(folder.Name(), func(t *testing.T) {
				t.Parallel()
				openArchive(t, filepath.Join(archive, folder.Name()))
			})
		}
	}
	if found != 5 {
		t.Errorf("%d archived vaults, not 5", found)
	}
}

// makeArchive goes through the journey of a profile with two published keys. The second one's order
// waits until somebody carries it out, in fifty years if need be.
func makeArchive(t *testing.T, p keypair.Profile, into string) {
	j := newJourney(t, p)
	a := archived{Profile: p, Words: j.facts.Words, Letter: archivedLetter}
	j.letter("letter-1.asc", j.key)
	var got struct {
		Fingerprint string
		KeyNumber   string `json:"key_number"`
		Armored     string
	}
	j.run(&got, "bailiff-platform pool assign member-0002 --database sqlite:pool.db")
	a.Key = got.Fingerprint
	j.file("key-2.asc", got.Armored)
	j.letter("letter-2.asc", filepath.Join(j.dir, "key-2.asc"))
	j.run(nil, "bailiff-platform order new --out order-2.txt --number 2026-000124 --database sqlite:pool.db --member member-0002 --reason death",
		"--paper", "death-certificate|Mairie exemple|2026-11-01|acte.pdf", "--paper", "proof-of-heirship|Étude exemple|2026-11-05|notoriete.pdf",
		"--checker", "Alix Exemple", "--checker", "Basile Exemple", "--recipient", "Camille Exemple")
	j.everlasting()
	facts, err := json.MarshalIndent(a, "", "\t")
	if err != nil || j.err != nil {
		t.Fatal(err, j.err)
	}
	j.file("archive.json", string(facts)+"\n")
	for _, pattern := range []string{"pool.db*", "phrase", "*.secret.asc", "stranger.asc", "tokens/stranger.*", "tokens/*.lock", "vault/vault.lock", "vault/ledger/lock"} {
		names, err := filepath.Glob(filepath.Join(j.dir, pattern))
		if err != nil || names == nil {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, name := range names {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.CopyFS(into, os.DirFS(j.dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(into, "SHA256SUMS"), []byte(sums(t, into)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// everlasting has the second order expire in a hundred years. Our own program signs none that lasts so long; gpg does.
func (j *journey) everlasting() {
	if j.err != nil {
		return
	}
	text, err := os.ReadFile(filepath.Join(j.dir, "order-2.txt"))
	if err != nil {
		j.err = err
		return
	}
	expires := "expires: " + keyvalue.FormatTime(time.Now().AddDate(100, 0, 0)) + "\n"
	j.file("order-2.txt", regexp.MustCompile(`(?m)^expires: .*\n`).ReplaceAllLiteralString(string(text), expires))
	home, err := os.MkdirTemp("", "gpg") // a socket's path is short
	if err != nil {
		j.err = err
		return
	}
	defer os.RemoveAll(home)
	var signatures []byte
	for i := range 2 {
		key := fmt.Sprintf("officer-%d", i+1)
		for _, args := range [][]string{
			{"--import", key + ".secret.asc"},
			{"--pinentry-mode", "loopback", "--passphrase", passphrase, "--local-user", key, "--digest-algo", "SHA512", "--output", key + ".sig", "--detach-sign", "order-2.txt"},
		} {
			cmd := exec.Command("gpg", append([]string{"--batch", "--quiet", "--homedir", home}, args...)...)
			cmd.Dir = j.dir
			if out, err := cmd.CombinedOutput(); err != nil {
				j.err = fmt.Errorf("gpg %q: %w\n%s", args, err, out)
				return
			}
		}
		sig, err := os.ReadFile(filepath.Join(j.dir, key+".sig"))
		j.err = errors.Join(j.err, err, os.Remove(filepath.Join(j.dir, key+".sig")))
		signatures = append(signatures, sig...)
	}
	j.file("order-2.sig", string(signatures))
	_ = exec.Command("gpgconf", "--homedir", home, "--kill", "gpg-agent").Run()
}

// letter encrypts the letter to a public key.
func (j *journey) letter(name, key string) {
	if j.err != nil {
		return
	}
	own := j.key
	j.key = key
	message, err := goEncrypt(j, archivedLetter)
	j.key, j.err = own, err
	j.file(name, message)
}

// sums lists the files of an archived vault as sha256sum does.
func sums(t *testing.T, dir string) string {
	var out strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == "SHA256SUMS" {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, path))
		fmt.Fprintf(&out, "%x  %s\n", sha256.Sum256(b), path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// openArchive does with a copy of an archived vault all that its owners could want of it.
func openArchive(t *testing.T, dir string) {
	frozen, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	if string(frozen) != sums(t, dir) {
		t.Fatalf("%s is not as it was frozen; sha256sum -c SHA256SUMS names the files", dir)
	}
	j := &journey{maker: maker{dir: t.TempDir()}, t: t}
	if err := os.CopyFS(j.dir, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	var a archived
	text, err := os.ReadFile(filepath.Join(dir, "archive.json"))
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	j.profile = a.Profile
	j.run(nil, "bailiff vault verify --vault vault")
	j.run(nil, "bailiff-platform batch verify batch.zip --trust vault/trust.anchor")
	j.run(nil, "bailiff-platform batch import batch.zip --trust vault/trust.anchor --database sqlite:pool.db --rehearsal --anchor-words "+a.Words)
	j.run(nil, "bailiff-platform pool assign member-0003 --database sqlite:pool.db")
	j.file("heirs.pdf", "notoriété exemple\n")
	j.run(nil, "bailiff-platform order new --out order-3.txt --number 2026-000125 --database sqlite:pool.db --member member-0003 --reason death",
		"--paper", "death-certificate|Mairie exemple|2026-11-01|acte.pdf", "--paper", "proof-of-heirship|Étude exemple|2026-11-05|heirs.pdf",
		"--checker", "Alix Exemple", "--checker", "Basile Exemple", "--recipient", "Camille Exemple") // by the policy that came with the batch
	j.heir("kit", "letter-1.asc", a.Letter)
	again := "bailiff release run --vault vault --words-in-kit --pin-file pins --token tokens/c02b.token --token tokens/c03.token "
	if err := must(j.dir, 8, again+"--order order.txt --signatures order.sig --kit another --confirm 2026-000123", nil); err != nil {
		t.Errorf("the order that was carried out: %v", err)
	}
	j.run(nil, again+"--order order-2.txt --signatures order-2.sig --kit kit-2 --confirm 2026-000124")
	j.heir("kit-2", "letter-2.asc", a.Letter)
	j.run(nil, "bailiff vault verify --vault vault")
	if j.err != nil {
		t.Error(j.err)
	}
}

// heir opens a letter with a kit.
func (j *journey) heir(kit, letter, want string) {
	if j.err != nil {
		return
	}
	j.private = filepath.Join(j.dir, kit, "private-key.asc")
	var typed, message []byte
	if typed, j.err = os.ReadFile(filepath.Join(j.dir, kit, "words.txt")); j.err != nil {
		return
	}
	lines := strings.Split(strings.TrimSpace(string(typed)), "\n")
	j.words = lines[len(lines)-1]
	if message, j.err = os.ReadFile(filepath.Join(j.dir, letter)); j.err != nil {
		return
	}
	got, err := goDecrypt(j, string(message))
	if j.err = err; err == nil && got != want {
		j.err = fmt.Errorf("%s opens to %q", letter, got)
	}
}
