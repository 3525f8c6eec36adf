package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"bailiff/custody/secret"
	"bailiff/release/officer"
)

// The fixture is a folder with a 2-of-3 rehearsal vault, its tokens and officers, a proved batch
// of seven keys (four published), the public batch, a pool that gave two of its keys, and a signed order for the first. The
// tools made all of it, except that the officers' keys are older than a test can be.
const (
	fixtureVariable = "BAILIFF_TEST_FIXTURE"

	rightPIN   = "rehearse-4711"
	passphrase = "correct horse battery"
	dice       = "12345612345612345612"
)

// policyDraft is the fixture's policy; death needs two papers, a request a week.
const policyDraft = `mode = "rehearsal"
threshold = 2
profile = "v4-curve25519"
place = "Étude exemple, Paris"
legal-basis = "Dépôt, texte exemple."

[[custodian]]
name = "Anne Exemple"
office = "Étude Exemple"
place = "Paris"
tokens = ["tokens/c01.enrolment"]

[[custodian]]
name = "Bruno Exemple"
office = "Étude Modèle"
place = "Lyon"
tokens = ["tokens/c02.enrolment", "tokens/c02b.enrolment"]

[[custodian]]
name = "Chloé Exemple"
office = "Étude Spécimen"
place = "Lille"
tokens = ["tokens/c03.enrolment"]

[officers]
threshold = 2
certificates = ["officer-1.asc", "officer-2.asc", "officer-3.asc"]

[[reason]]
name = "death"
waiting-days = 0
papers = ["death-certificate", "proof-of-heirship"]

[[reason]]
name = "request"
waiting-days = 7
papers = ["member-request"]
`

// facts is what the scripts know of the fixture, as environment variables.
type facts struct {
	Vault, Words, Batch, KeyNumber, Key, Key2, Roster, Serial, Officer1, Officer2, Burnt, BurntNumber, Reserve, ReserveNumber string
}

func (f facts) environment() []string {
	return []string{
		"VAULT=" + f.Vault, "WORDS=" + f.Words, "BATCH=" + f.Batch, "NUMBER=" + f.KeyNumber, "KEY=" + f.Key, "KEY2=" + f.Key2, "ROSTER=" + f.Roster,
		"SERIAL=" + f.Serial, "OFFICER1=" + f.Officer1, "OFFICER2=" + f.Officer2, "PIN=" + rightPIN, "DICE=" + dice,
		"BURNT=" + f.Burnt, "BURNT_NUMBER=" + f.BurntNumber, "RESERVE=" + f.Reserve, "RESERVE_NUMBER=" + f.ReserveNumber,
	}
}

func readFacts() (f facts, err error) {
	data, err := os.ReadFile(filepath.Join(os.Getenv(fixtureVariable), "facts.json"))
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	return f, err
}

// maker runs commands in a folder until one fails.
type maker struct {
	dir, profile string
	tokens       string // the flags that name them
	err          error
}

func (m *maker) file(name, text string) {
	if m.err == nil {
		m.err = os.WriteFile(filepath.Join(m.dir, name), []byte(text), 0o644)
	}
}

// run runs a command line without quotes and decodes the JSON that it prints into result.
func (m *maker) run(result any, line string, more ...string) {
	if m.err != nil {
		return
	}
	words := append(strings.Fields(line), more...)
	cmd := exec.Command(words[0], append(words[1:], "--json")...)
	cmd.Dir = m.dir
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := err.(*exec.ExitError); ok {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		m.err = fmt.Errorf("%s: %w", line, err)
		return
	}
	if result != nil {
		m.err = json.Unmarshal(out, result)
	}
}

const usualProfile = "v4-curve25519"

func makeFixture(dir string) error { return makeFixtureOf(dir, usualProfile) }

// makeFixtureOf makes a fixture whose keys are of a profile.
func makeFixtureOf(dir, profile string) error {
	if err := os.MkdirAll(filepath.Join(dir, "tokens"), 0o755); err != nil {
		return err
	}
	m := &maker{dir: dir, profile: profile, tokens: allTokens}
	var f facts
	m.file("pins", "* "+rightPIN+"\n")
	m.file("wrong-pins", "* 0000\n")
	m.makeTokens(&f)
	return m.finish(&f)
}

// finish makes what follows the tokens.
func (m *maker) finish(f *facts) error {
	m.file("phrase", "* "+passphrase+"\n")
	m.file("acte.pdf", "acte exemple\n")
	m.file("notoriete.pdf", "acte de notoriété exemple\n")
	m.file("policy.toml", strings.Replace(policyDraft, usualProfile, m.profile, 1))
	m.makeOfficers()
	m.makeVault(f)
	m.makeBatch(f)
	m.makePool(f)
	signers := m.makeOrder("platform.db")
	f.Officer1, f.Officer2 = signers[0], signers[1]
	if m.err != nil {
		return m.err
	}
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(m.dir, "facts.json"), data, 0o644)
}

func (m *maker) makeTokens(f *facts) {
	for _, name := range []string{"c01", "c02", "c02b", "c03", "stranger"} {
		var made tokenMade
		m.run(&made, "bailiff token init --soft --pin-file pins --out tokens/"+name+".token")
		if name == "c01" {
			f.Serial = made.Serial
		}
	}
}

// makeOfficers makes keys that are a month old, so that a test can sign in the past.
func (m *maker) makeOfficers() {
	for _, name := range []string{"officer-1", "officer-2", "officer-3", "stranger"} {
		if m.err != nil {
			return
		}
		phrase := secret.From([]byte(passphrase))
		key, certificate, err := officer.NewKey("Officer Sample "+name, phrase, time.Now().AddDate(0, -1, 0))
		phrase.Wipe()
		m.err = err
		m.file(name+".secret.asc", string(key))
		m.file(name+".asc", string(certificate))
	}
}

const allTokens = " --pin-file pins --token tokens/c01.token --token tokens/c02.token --token tokens/c03.token"

func (m *maker) makeVault(f *facts) {
	var made founded
	m.run(&made, "bailiff vault init --vault vault --policy policy.toml"+m.tokens)
	f.Vault, f.Words = made.Vault, made.Words
	var shown vaultShown
	m.run(&shown, "bailiff vault show --vault vault")
	f.Roster = shown.Roster
}

// scriptFor is the reviewed script of a ceremony.
func scriptFor(vault string, publish int) string {
	return fmt.Sprintf("vault = %q\nmode = \"rehearsal\"\nprofile = \"v4-curve25519\"\npublish = %d\nsample = 2\nreserve = 1\n"+
		"place = \"Étude exemple, Paris\"\nwitnesses = [\"Premier Témoin Exemple\"]\n", vault, publish)
}

func (m *maker) makeBatch(f *facts) {
	m.file("script.toml", strings.Replace(scriptFor(f.Vault, 4), usualProfile, m.profile, 1))
	var done ceremonyDone
	m.run(&done, "bailiff ceremony run --vault vault --script script.toml --dice "+dice+m.tokens)
	f.Batch = done.Batch
	m.run(nil, "bailiff batch export --vault vault --out batch.zip --batch "+f.Batch)
	m.run(nil, "bailiff ledger cosign --vault vault"+m.tokens)
	if m.err != nil {
		return
	}
	leaves, err := exec.Command("unzip", "-p", filepath.Join(m.dir, "batch.zip"), "leaves.txt").Output()
	m.err = err
	for line := range strings.Lines(string(leaves)) {
		switch w := strings.Fields(line); w[4] {
		case "published":
			if f.Key == "" {
				f.KeyNumber, f.Key = w[0], w[1]
			}
		case "burnt":
			f.BurntNumber, f.Burnt = w[0], w[1]
		case "reserve":
			f.ReserveNumber, f.Reserve = w[0], w[1]
		}
	}
}

// makePool gives the first two keys of the batch to members.
func (m *maker) makePool(f *facts) {
	m.run(nil, "bailiff-platform batch import batch.zip --trust vault/trust.anchor --database sqlite:platform.db --rehearsal --anchor-words "+f.Words)
	m.run(nil, "bailiff-platform pool assign member-0001 --database sqlite:platform.db")
	var second struct{ Fingerprint string }
	m.run(&second, "bailiff-platform pool assign member-0002 --database sqlite:platform.db")
	f.Key2 = second.Fingerprint
}

// makeOrder writes the order for the key of member-0001 in a pool, and has two officers sign it.
func (m *maker) makeOrder(pool string) (signers [2]string) {
	m.run(nil, "bailiff-platform order new --out order.txt --number 2026-000123 --member member-0001 --reason death --database sqlite:"+pool,
		"--paper", "death-certificate|Mairie exemple|2026-11-01|acte.pdf", "--paper", "proof-of-heirship|Étude exemple|2026-11-05|notoriete.pdf",
		"--checker", "Alix Exemple", "--checker", "Basile Exemple", "--recipient", "Camille Exemple")
	for i := range signers {
		var signed struct{ Signer string }
		m.run(&signed, fmt.Sprintf("bailiff-platform order sign --order order.txt --signatures order.sig --passphrase-file phrase "+
			"--confirm 2026-000123 --key officer-%d.secret.asc --database sqlite:%s", i+1, pool))
		signers[i] = signed.Signer
	}
	return signers
}
