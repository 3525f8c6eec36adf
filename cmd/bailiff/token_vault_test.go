//go:build cgo

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// whole runs a command line that must end with the code, and returns what it printed.
func (s *seatScene) whole(code int, line string) outcome {
	s.Helper()
	o, err := perform(s.dir, line)
	if err != nil || o.code != code {
		s.Fatalf("%s: %v, %+v", line, err, o)
	}
	return o
}

// TestTokensOfAVault: whose each token in the readers is, and whether it is still the enrolled one.
func TestTokensOfAVault(t *testing.T) {
	s := newSeatScene(t)
	s.putIn(0, anne)
	s.putIn(1, outsider)
	s.putIn(2, spare)
	var list []readerShown
	if err := json.Unmarshal([]byte(s.whole(0, "bailiff token list --vault vault --json").out), &list); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"c01", "", "c02"} {
		if r := list[i]; r.Custodian != want || len(r.Amiss) > 0 || want != "" && r.Slot != "82" || r.Use != useRehearsal {
			t.Errorf("reader %d: %+v", i, r)
		}
	}
	words := s.whole(0, "bailiff token list --vault vault --lang fr").out
	for _, want := range []string{"- Dépositaire c01 (Anne Exemple)\u00a0; ses clés enrôlées y sont (9c et 82).", "- N’appartient à aucun dépositaire de ce coffre."} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in\n%s", want, words)
		}
	}
	o := s.whole(0, "bailiff token check --serial "+spare+" --vault vault --pin --pin-file pins --lang en")
	if !strings.Contains(o.out, "sealing key in 82, custodian c02:\nok: it is the enrolled token") {
		t.Errorf("%s", o.out)
	}
	s.whole(6, "bailiff token check --serial "+outsider+" --vault vault")
	var found []examined
	o, err := perform(s.dir, "bailiff doctor --vault vault --json")
	if err == nil {
		err = json.Unmarshal([]byte(o.out), &found)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Subject == "token" && f.OK != (f.Object != outsider) {
			t.Errorf("%+v", f)
		}
	}
}

// TestTokenIsAnother: a card with the serial of an enrolled one, and other keys, as after a reset.
func TestTokenIsAnother(t *testing.T) {
	s := newSeatScene(t)
	s.putIn(0, anne)
	before := s.whole(0, "bailiff token check --enrolment tokens/c01.enrolment --lang en").out
	if !strings.Contains(before, "ok: it is the enrolled token") {
		t.Errorf("%s", before)
	}
	s.takeOut(anne)
	elsewhere := t.TempDir()
	if err := os.Mkdir(filepath.Join(elsewhere, "cards"), 0o755); err != nil {
		t.Fatal(err)
	}
	empty, err := s.card(elsewhere, anne)
	if err == nil {
		err = empty.Insert(0)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = empty.Remove() })
	after := s.whole(6, "bailiff token check --enrolment tokens/c01.enrolment --lang en")
	for _, slot := range []string{"9c", "82"} {
		if want := "!!: " + anne + ": " + slot + ": there is no key in this slot"; !strings.Contains(after.out, want) {
			t.Errorf("no %q in\n%s", want, after.out)
		}
	}
	codes := []byte("* 271828\n*.puk 31415926\n")
	if err := os.WriteFile(filepath.Join(s.dir, "codes"), codes, 0o644); err != nil {
		t.Fatal(err)
	}
	s.whole(0, "bailiff token init --rehearsal --pin-file codes --out again.enrolment")
	o := s.whole(6, "bailiff token check --enrolment tokens/c01.enrolment --lang en")
	if !strings.Contains(o.out, anne+": 9c: there is another key in this slot than the enrolled one") {
		t.Errorf("%s", o.out)
	}
	list := s.whole(0, "bailiff token list --vault vault --lang en").out
	if !strings.Contains(list, "- Custodian c01 (Anne Exemple), sealing key in 82; amiss:\n- because: "+anne+": 9c: there is another key") {
		t.Errorf("%s", list)
	}
}
