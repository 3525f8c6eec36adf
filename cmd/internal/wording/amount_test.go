package wording_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"bailiff/cmd/internal/wording"
)

func TestAmounts(t *testing.T) {
	for n, want := range map[int][2]string{0: {"0", "0"}, 999: {"999", "999"}, 9000: {"9\u202f000", "9,000"}, 1234567: {"1\u202f234\u202f567", "1,234,567"}} {
		if fr, en := wording.French.Count(n), wording.English.Count(n); fr != want[0] || en != want[1] {
			t.Errorf("%d: %q, %q", n, fr, en)
		}
	}
	for n, want := range map[int]string{0: "1 minute", 1: "1 minute", 3: "3 minutes", 59: "59 minutes", 60: "1\u00a0h", 61: "1\u00a0h\u00a001", 750: "12\u00a0h\u00a030"} {
		if got := wording.French.Minutes(n); got != want || wording.English.Minutes(n) != want {
			t.Errorf("%d minutes: %q", n, got)
		}
	}
}

func TestMoment(t *testing.T) {
	for utc, want := range map[string][2]string{
		"2026-12-30T15:47:06Z": {"30 décembre 2026 à 16\u00a0h\u00a047", "30 December 2026, 16:47"},
		"2026-07-01T22:30:00Z": {"2 juillet 2026 à 0\u00a0h\u00a030", "2 July 2026, 00:30"},
		"2026-12-31T23:05:00Z": {"1er janvier 2027 à 0\u00a0h\u00a005", "1 January 2027, 00:05"},
		"2026-03-29T00:59:59Z": {"29 mars 2026 à 1\u00a0h\u00a059", "29 March 2026, 01:59"},
		"2026-03-29T01:00:00Z": {"29 mars 2026 à 3\u00a0h\u00a000", "29 March 2026, 03:00"},
		"2026-10-25T00:59:59Z": {"25 octobre 2026 à 2\u00a0h\u00a059", "25 October 2026, 02:59"},
		"2026-10-25T01:00:00Z": {"25 octobre 2026 à 2\u00a0h\u00a000", "25 October 2026, 02:00"},
	} {
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := wording.French.Moment(at); got != want[0]+" (heure de Paris, "+utc+")" {
			t.Errorf("%s: %q", utc, got)
		}
		if got := wording.English.Moment(at); got != want[1]+" (Paris time, "+utc+")" {
			t.Errorf("%s: %q", utc, got)
		}
	}
}

// TestParisIsWhereItIs holds the rule against the table of time zones, hour by hour over years of both kinds.
func TestParisIsWhereItIs(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for at := time.Date(2024, 1, 1, 0, 30, 0, 0, time.UTC); at.Year() < 2030; at = at.Add(time.Hour) {
		want := wording.French.Date(time.Date(at.In(paris).Year(), at.In(paris).Month(), at.In(paris).Day(), 0, 0, 0, 0, time.UTC))
		if got := wording.French.Moment(at); got != want+at.In(paris).Format(" à 15\u00a0h\u00a004")+" (heure de Paris, "+at.Format(time.RFC3339)+")" && at.In(paris).Hour() > 9 {
			t.Fatalf("%s: %s", at, got)
		}
	}
}
