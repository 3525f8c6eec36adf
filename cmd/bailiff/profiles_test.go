package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/keypair"
)

// journey is what a profile's keys went through, on the built programs: a ceremony, the public batch, a
// platform's pool, a member, an order and its release. All of it lies in dir.
type journey struct {
	maker
	t       *testing.T
	profile keypair.Profile
	facts   facts
	key     string // file of the assigned public key, armored
	private string // file of the heir's private key, armored and locked
	words   string // that unlock it
	said    string // on standard error, before and during the ceremony
}

// newJourney makes the whole journey with a vault of its own and the fewest keys there can be.
func newJourney(t *testing.T, p keypair.Profile) *journey {
	t.Helper()
	j := &journey{maker: maker{dir: t.TempDir(), tokens: allTokens}, t: t, profile: p}
	j.err = os.Mkdir(filepath.Join(j.dir, "tokens"), 0o755)
	j.file("pins", "* "+rightPIN+"\n")
	j.file("phrase", "* "+passphrase+"\n")
	j.file("acte.pdf", "acte exemple\n")
	j.file("notoriete.pdf", "acte de notoriété exemple\n")
	j.file("policy.toml", j.ofProfile(policyDraft))
	j.makeTokens(&j.facts)
	j.makeOfficers()
	j.makeVault(&j.facts)
	j.file("script.toml", j.ofProfile(scriptFor(j.facts.Vault, 2)))
	j.ceremony()
	j.assign()
	j.makeOrder("pool.db")
	j.release()
	if j.err != nil {
		t.Fatal(j.err)
	}
	return j
}

// ofProfile puts the profile in the default's place.
func (j *journey) ofProfile(text string) string {
	return strings.Replace(text, string(keypair.V4Curve25519), string(j.profile), 1)
}

func (j *journey) ceremony() {
	if j.err != nil {
		return
	}
	cmd := exec.Command("bailiff", strings.Fields("ceremony run --json --lang en --vault vault --script script.toml --dice "+dice+allTokens)...)
	cmd.Dir = j.dir
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	j.said = said.String()
	if err != nil {
		j.t.Fatalf("ceremony run: %v\n%s", err, j.said)
	}
	var done ceremonyDone
	if j.err = json.Unmarshal(out, &done); j.err == nil {
		j.facts.Batch = done.Batch
	}
}

// assign imports the public batch and gives the one published key to a member.
func (j *journey) assign() {
	j.run(nil, "bailiff batch export --vault vault --out batch.zip --batch "+j.facts.Batch)
	j.run(nil, "bailiff ledger cosign --vault vault"+allTokens)
	j.run(nil, "bailiff vault verify --vault vault")
	j.run(nil, "bailiff-platform batch import batch.zip --trust vault/trust.anchor --database sqlite:pool.db --rehearsal --anchor-words "+j.facts.Words)
	var got struct {
		Fingerprint string
		KeyNumber   string `json:"key_number"`
		Armored     string
	}
	j.run(&got, "bailiff-platform pool assign member-0001 --database sqlite:pool.db")
	j.facts.Key, j.facts.KeyNumber = got.Fingerprint, got.KeyNumber
	j.file("key.asc", got.Armored)
	j.key = filepath.Join(j.dir, "key.asc")
}

func (j *journey) release() {
	j.run(nil, "bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit --confirm 2026-000123 --words-in-kit --pin-file pins "+
		"--token tokens/c01.token --token tokens/c03.token")
	if j.err != nil {
		return
	}
	j.private = filepath.Join(j.dir, "kit", "private-key.asc")
	var text []byte
	if text, j.err = os.ReadFile(filepath.Join(j.dir, "kit", "words.txt")); j.err == nil {
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		j.words = lines[len(lines)-1]
	}
}

// check tells whether the fingerprints have the profile's length, and whether whatever differs from the default
// was said before the ceremony.
func (j *journey) check() {
	j.t.Helper()
	if len(j.facts.Key) != j.profile.FingerprintSize() {
		j.t.Errorf("fingerprint %s has %d digits", j.facts.Key, len(j.facts.Key))
	}
	other := j.profile != keypair.V4Curve25519
	warned := strings.Index(j.said, "WARNING: profile "+string(j.profile))
	if opened := strings.Index(j.said, "The ceremony is open"); (warned >= 0) != other || opened < warned {
		j.t.Errorf("warned at %d, opened at %d; said:\n%s", warned, opened, j.said)
	}
	if !strings.Contains(j.said, "Making the keys, with ") || !strings.Contains(j.said, ": about 1 minute\n") {
		j.t.Errorf("the time that the keys take is not said:\n%s", j.said)
	}
}
