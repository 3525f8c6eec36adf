package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/policy"
	"bailiff/release/officer"
)

// What vault show says of an officer's key as the years go by, in words: nothing of an end a year before it, then that
// it is near, then that it is over and what that means.
func TestOfficersAsTheYearsGoBy(t *testing.T) {
	roster := officer.Roster{Threshold: 2}
	for _, file := range []string{"officers/twoyears.asc", "officers/publiconly.asc", "officers/revoked.asc"} {
		data, err := os.ReadFile("../../release/officer/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		o, err := officer.ReadCertificate(data)
		if err != nil {
			t.Fatal(err)
		}
		roster.Officers = append(roster.Officers, *o)
	}
	names := &policy.Names{Officers: make([]string, 3)}
	program := &tool{App: &cli.App{Lang: wording.French}}
	for _, c := range []struct {
		day    string
		want   []string
		absent string
	}{
		{"2026-12-01", []string{
			"· clé Ed25519\u00a0; signe jusqu’au 29 novembre 2028 (UTC)", "· clé Ed25519, sans date de fin",
			"· Ne peut pas signer\u00a0: la clé de signature est révoquée.",
			"Attention\u00a0: après le 29 novembre 2028 (UTC), il restera moins de 2 responsables capables de signer. Ce coffre ne pourra plus recevoir aucun ordre.",
		}, "moins d’un an"},
		{"2027-12-01", []string{"· Attention\u00a0: cette clé prend fin dans moins d’un an\u00a0; ensuite, ses signatures ne compteront plus."}, "Ne peut plus"},
		{"2028-12-01", []string{
			"· Ne peut plus signer\u00a0: sa clé a pris fin le 29 novembre 2028 (UTC).",
			"Attention\u00a0: moins de 2 responsables peuvent signer. Ce coffre ne peut plus recevoir aucun ordre nouveau.",
		}, "prend fin dans"},
	} {
		now, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		program.Now = func() time.Time { return now }
		r := program.Reading(&said)
		program.readOfficers(r, officersShown{list: program.officers(names, roster.Standings(now)), threshold: 2})
		r.Show()
		lines := strings.Split(said.String(), "\n")
		for _, want := range c.want {
			if !slices.Contains(lines, want) {
				t.Errorf("%s: %q is not said:\n%s", c.day, want, strings.Join(lines, "\n"))
			}
		}
		if strings.Contains(strings.Join(lines, "\n"), c.absent) {
			t.Errorf("%s: %q is said:\n%s", c.day, c.absent, strings.Join(lines, "\n"))
		}
	}
}
