package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBuildWithoutCards builds bailiff without cgo: every command is there, and those that want a card
// say that this build reaches none.
func TestBuildWithoutCards(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "bailiff")
	build := exec.Command("../../.ci/build", dir, "bailiff")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if o, err := perform(dir, program+" version --lang en"); err != nil || !strings.Contains(o.out, "\nThis build reaches no smart cards: it knows software tokens only.\n") {
		t.Errorf("version: %v, %+v", err, o)
	}
	for _, line := range []string{
		"token list", "token show 20001001", "token init --rehearsal --out c01.enrolment",
		"token pin 20001001", "token unblock 20001001",
	} {
		o, err := perform(dir, program+" "+line+" --lang en")
		if err != nil || o.code != 11 || !strings.Contains(o.errors, "built without access to smart cards") {
			t.Errorf("%s: %v, %+v", line, err, o)
		}
	}
	o, err := perform(dir, program+" doctor --json")
	if err != nil || o.code != 11 {
		t.Fatalf("doctor: %v, %+v", err, o)
	}
	var found []examined
	if err := json.Unmarshal([]byte(o.out), &found); err != nil {
		t.Fatal(err)
	}
	last := found[len(found)-1]
	if last.Subject != "build" || last.OK || last.Amiss.Exit != 11 {
		t.Errorf("the last finding is %+v", last)
	}
}
