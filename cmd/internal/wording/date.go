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
