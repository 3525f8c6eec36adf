package main

import (
	"path/filepath"
	"strings"

	"bailiff/custody/keypair"
)

// recovered follows docs/recovery.md for the journey's key, which is of version 6: what the page prints must be
// the fingerprint and then the letter, and what it locks must open with its passphrase.
func (j *journey) recovered() {
	j.t.Helper()
	message, err := goEncrypt(j, letter)
	if err != nil {
		j.t.Fatal(err)
	}
	sealed := filepath.Join(j.t.TempDir(), "letter.asc")
	writeText(j.t, sealed, message)
	s := &stranger{
		t: j.t, shell: "sh", vault: filepath.Join(j.dir, "vault"), batch: j.facts.Batch, fingerprint: j.facts.Key, message: sealed,
		holders: []holder{{"c01", filepath.Join(j.dir, "tokens/c01.token")}, {"c03", filepath.Join(j.dir, "tokens/c03.token")}},
		kept:    j.t.TempDir(), pin: rightPIN,
	}
	p := readPage(j.t, recoveryPage)
	steps := append(s.sections(p), p.under("4. Combine, open, import", 3)[0])
	six, clear := p.under("A key of version 6", 3), p.under("5. Hand over, clear", 2)
	steps = append(steps, "modules="+absolute(j.t, "../../.cache/openpgpjs/node_modules"), six[0],
		"printf '"+heirsWords+"\\n' |\n"+six[1], six[2], `cp heir.asc "$kept"`, clear[1])
	screen := s.atTerminal(steps, s.pins())
	if _, after, found := strings.Cut(screen, "\n"+j.facts.Key+"\n"); !found || !strings.Contains("\n"+after, "\n"+letter) {
		j.t.Errorf("not the fingerprint and then the letter:\n%s", screen)
	}
	if !strings.Contains(screen, "ExperimentalWarning") {
		j.t.Errorf("Node.js does not warn between them, as it does elsewhere:\n%s", screen)
	}
	heir := *j
	heir.private, heir.words = filepath.Join(s.kept, "heir.asc"), heirsWords
	if got, err := goDecrypt(&heir, message); err != nil || got != letter {
		j.t.Errorf("the heir reads %q, %v", got, err)
	}
}

// ofVersion6 tells whether gpg does not read the profile's keys.
func ofVersion6(p keypair.Profile) bool { return p.FingerprintSize() == 64 }
