package cli

import (
	"strings"
	"testing"
)

// No page is higher than the screen, no part is torn that fits on one, and the last part has room for the question below it.
func TestPages(t *testing.T) {
	for _, c := range []struct {
		parts []int // lines
		room  int
		want  string // lines of each part of each page
	}{
		{[]int{3, 3}, 2, "3 3"},
		{[]int{3, 3, 1}, 2, "3 3 1"},
		{[]int{3, 3, 2}, 2, "3 3|2"},
		{[]int{8, 1}, 0, "8|1"},
		{[]int{4, 4, 4}, 5, "4 4|4"},
		{[]int{4, 4, 2}, 8, "4 4|2"},
		{[]int{20}, 0, "8|8|4"},
	} {
		a := &App{Out: new(strings.Builder), Err: new(strings.Builder)}
		r := a.Reading(a.Err)
		for _, lines := range c.parts {
			r.Part("line", "x")
			for range lines - 1 {
				r.Note("line", "x")
			}
		}
		var pages []string
		for _, page := range r.pages(9, 80, c.room) {
			var sizes []string
			for _, p := range page {
				sizes = append(sizes, string(rune('0'+p.height(80))))
			}
			pages = append(pages, strings.Join(sizes, " "))
		}
		if got := strings.Join(pages, "|"); got != c.want {
			t.Errorf("%v with room for %d: %s, want %s", c.parts, c.room, got, c.want)
		}
	}
}

// A sentence takes as many rows as it has on the terminal.
func TestHeight(t *testing.T) {
	for text, want := range map[string]int{
		"":                        1,
		"short":                   1,
		strings.Repeat("x", 80):   1,
		strings.Repeat("x", 81):   2,
		"a\nb":                    2,
		strings.Repeat("ab ", 60): 3,
	} {
		if got := height(text, 80); got != want {
			t.Errorf("%q: %d rows, want %d", text, got, want)
		}
	}
}
