package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/keypair"
)

const interopPage = "../../docs/interop.md"

// What a program does with the keys of a profile, as docs/interop.md says it.
const (
	reads        = "yes"
	refuses      = "refuses"
	encryptsOnly = "encrypts only"
	decryptsOnly = "decrypts only"
)

// TestInteropMatrix takes the keys of each profile through a whole journey and holds every program against
// them: can it encrypt to the public key, can it open with the kit? What comes out must be what docs/interop.md
// says, and the warnings of ceremony run must name whom a profile excludes.
func TestInteropMatrix(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	rows := map[keypair.Profile]string{}
	t.Run("profiles", func(t *testing.T) {
		for _, p := range keypair.Profiles() {
			t.Run(string(p), func(t *testing.T) {
				t.Parallel()
				j := newJourney(t, p)
				j.check()
				if ofVersion6(p) {
					j.recovered()
				}
				cells := measure(j)
				checkWarning(t, p, cells)
				mu.Lock()
				defer mu.Unlock()
				rows[p] = tableRow(append([]string{"`" + string(p) + "`"}, cells...))
			})
		}
	})
	heading := []string{"profile"}
	for _, q := range programs() {
		heading = append(heading, q.name)
	}
	table := tableRow(heading) + "|" + strings.Repeat("---|", len(heading)) + "\n"
	for _, p := range keypair.Profiles() {
		table += rows[p]
	}
	if !strings.Contains(readText(t, interopPage), "\n"+table+"\n") {
		t.Errorf("%s does not have what was measured:\n%s", interopPage, table)
	}
}

func tableRow(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

// measure returns what each program does with the journey's keys.
func measure(j *journey) (cells []string) {
	const plain = "Le coffre est ouvert.\n"
	ours := programs()[0]
	message, err := ours.encrypt(j, plain)
	if err != nil {
		j.t.Fatal(err)
	}
	for _, q := range programs() {
		theirs, refusal := q.encrypt(j, plain)
		if refusal == nil {
			if got, err := ours.decrypt(j, theirs); err != nil || got != plain {
				j.t.Errorf("what %s encrypted gives %q, %v", q.name, got, err)
			}
		}
		got, noOpening := q.decrypt(j, message)
		if noOpening == nil && got != plain {
			j.t.Errorf("%s opens %q", q.name, got)
		}
		cells = append(cells, cell(refusal, noOpening))
		if refusal != nil || noOpening != nil {
			j.t.Logf("%s: %.200q, %.200q", q.name, fmt.Sprint(refusal), fmt.Sprint(noOpening))
		}
	}
	return cells
}

func cell(encrypting, decrypting error) string {
	switch {
	case encrypting == nil && decrypting == nil:
		return reads
	case encrypting == nil:
		return encryptsOnly
	case decrypting == nil:
		return decryptsOnly
	}
	return refuses
}

// checkWarning tells whether the profile's warning names exactly the programs that do not read its keys.
func checkWarning(t *testing.T, p keypair.Profile, cells []string) {
	t.Helper()
	if p == keypair.V4Curve25519 {
		for i, q := range programs() {
			if cells[i] != reads {
				t.Errorf("the default profile excludes %s", q.name)
			}
		}
		return
	}
	for _, lang := range []wording.Lang{wording.French, wording.English} {
		warning := lang.Say("ceremony.profile." + string(p))
		for i, q := range programs() {
			named := q.warned != "" && strings.Contains(warning, q.warned)
			if named != (cells[i] != reads) {
				t.Errorf("%s: %s; named: %v\n%s", q.name, cells[i], named, warning)
			}
		}
	}
}
