package main

import (
	"fmt"
	"slices"
	"strings"
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
// says of the versions that this machine has, and the warnings of ceremony run must name whom a profile excludes.
func TestInteropMatrix(t *testing.T) {
	t.Parallel()
	page := readMatrix(t)
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
			for name, measured := range cells {
				if stated := page[p][name]; stated != measured {
					t.Errorf("%s: %s %q was measured, and the page has %q", interopPage, name, measured, stated)
				}
			}
		})
	}
}

// readMatrix reads the table of docs/interop.md: of each profile, what each program does with its keys.
func readMatrix(t *testing.T) map[keypair.Profile]map[string]string {
	t.Helper()
	var heading []string
	table := map[keypair.Profile]map[string]string{}
	for line := range strings.Lines(readText(t, interopPage)) {
		cells := strings.Split(strings.Trim(line, "| \n"), " | ")
		switch p := keypair.Profile(strings.Trim(cells[0], "`")); {
		case cells[0] == "profile" && heading == nil:
			heading = cells
		case slices.Contains(keypair.Profiles(), p) && len(cells) == len(heading) && table[p] == nil:
			table[p] = map[string]string{}
			for i, name := range heading[1:] {
				table[p][name] = cells[i+1]
			}
		}
	}
	if len(table) != len(keypair.Profiles()) {
		t.Fatalf("%s has a table of %d profiles", interopPage, len(table))
	}
	return table
}

// measure returns what each program does with the journey's keys, by its name.
func measure(j *journey) map[string]string {
	const plain = "Le coffre est ouvert.\n"
	all, cells := programs(j.t), map[string]string{}
	ours := all[0]
	message, err := ours.encrypt(j, plain)
	if err != nil {
		j.t.Fatal(err)
	}
	for _, q := range all {
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
		cells[q.name] = cell(refusal, noOpening)
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
func checkWarning(t *testing.T, p keypair.Profile, cells map[string]string) {
	t.Helper()
	if p == keypair.V4Curve25519 {
		for name, measured := range cells {
			if measured != reads {
				t.Errorf("the default profile excludes %s", name)
			}
		}
		return
	}
	for _, lang := range []wording.Lang{wording.French, wording.English} {
		warning := lang.Say("ceremony.profile." + string(p))
		for _, q := range programs(t) {
			named := q.warned != "" && strings.Contains(warning, q.warned)
			if named != (cells[q.name] != reads) {
				t.Errorf("%s: %s; named: %v\n%s", q.name, cells[q.name], named, warning)
			}
		}
	}
}
