package wording

import (
	"fmt"
	"time"
)

// Date writes a day as people do: 1er décembre 2028, 1 December 2028. It is the day of UTC, which the sentence says.
func (l Lang) Date(t time.Time) string {
	t = t.UTC()
	if l != French {
		return t.Format("2 January 2006")
	}
	months := [...]string{
		"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
	}
	day := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %d", day, months[t.Month()-1], t.Year())
}

// Moment writes an instant as people in France read it, with the time of Paris, and behind it the same in UTC as the
// records have it: 30 décembre 2026 à 16 h 47 (heure de Paris, 2026-12-30T15:47:06Z).
func (l Lang) Moment(t time.Time) string {
	paris := t.UTC().Add(parisOffset(t))
	utc := t.UTC().Format(time.RFC3339)
	if l != French {
		return fmt.Sprintf("%s, %s (Paris time, %s)", l.Date(paris), paris.Format("15:04"), utc)
	}
	return fmt.Sprintf("%s à %d\u00a0h\u00a0%02d (heure de Paris, %s)", l.Date(paris), paris.Hour(), paris.Minute(), utc)
}

// parisOffset is what the clocks of Paris are ahead of UTC: an hour more from the last Sunday of March to that of October, 01:00
// UTC (directive 2000/84/EC). It asks no table of time zones, which a machine without a network may lack.
func parisOffset(t time.Time) time.Duration {
	year := t.UTC().Year()
	if t.Before(lastSunday(year, time.March)) || !t.Before(lastSunday(year, time.October)) {
		return time.Hour
	}
	return 2 * time.Hour
}

// lastSunday is 01:00 UTC of the last Sunday of a month of 31 days.
func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}
