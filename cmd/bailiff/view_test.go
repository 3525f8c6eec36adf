package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// view is what a person sees of a terminal: its last rows, and nothing of what has left it. It knows what the programs write: text,
// ends of lines, and the sequences with which a form is drawn and a line erased.
type view struct {
	rows, columns int
	lines         [][]rune
	row, column   int
}

var sequence = regexp.MustCompile(`^\x1b(?:\[([?0-9;]*)([A-Za-z])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])`)

// seen returns the rows of a terminal that was written to.
func seen(text string, rows, columns int) []string {
	v := &view{rows: rows, columns: columns, lines: make([][]rune, 1)}
	for len(text) > 0 {
		if m := sequence.FindStringSubmatch(text); m != nil {
			v.control(m[1], m[2])
			text = text[len(m[0]):]
			continue
		}
		c, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		v.write(c)
	}
	var out []string
	for _, line := range v.lines[v.top():] {
		out = append(out, strings.TrimRight(string(line), " "))
	}
	return out
}

// top is the number of the first row in sight.
func (v *view) top() int { return max(0, len(v.lines)-v.rows) }

func (v *view) write(c rune) {
	switch {
	case c == '\r':
		v.column = 0
	case c == '\n':
		v.row++
	case c < ' ':
	default:
		if v.column == v.columns {
			v.write('\r')
			v.write('\n')
		}
		line := v.lines[v.row]
		for len(line) <= v.column {
			line = append(line, ' ')
		}
		line[v.column] = c
		v.lines[v.row] = line
		v.column++
	}
	for v.row >= len(v.lines) {
		v.lines = append(v.lines, nil)
	}
}

func (v *view) control(argument, verb string) {
	n, _ := strconv.Atoi(argument)
	switch verb {
	case "A":
		v.row = max(v.top(), v.row-max(n, 1))
	case "B":
		v.row = min(len(v.lines)-1, v.row+max(n, 1))
	case "C":
		v.column = min(v.columns-1, v.column+max(n, 1))
	case "D":
		v.column = max(0, v.column-max(n, 1))
	case "G":
		v.column = max(n, 1) - 1
	case "K":
		v.erase(n)
	case "J":
		v.erase(n)
		if n == 0 {
			v.lines = v.lines[:v.row+1]
		}
	}
}

// erase takes away what stands behind the cursor, or with 2 the whole line.
func (v *view) erase(n int) {
	from := v.column
	if n == 2 {
		from = 0
	}
	if line := v.lines[v.row]; len(line) > from {
		v.lines[v.row] = line[:from]
	}
}

func TestSeen(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"a\r\nb\r\nc\r\nd", []string{"b", "c", "d"}},
		{"abcdefg", []string{"abcde", "fg"}},
		{"abc\r\x1b[Kde", []string{"de"}},
		{"a\r\nb\x1b[1A\x1b[2K\rc", []string{"c", "b"}},
		{"\x1b[?25l\x1b[1;31ma\x1b[0m", []string{"a"}},
		{"a\r\nb\r\n\x1b[2A\x1b[J", []string{""}},
	} {
		if got := seen(c.text, 3, 5); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
