package main

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
)

// room is a folder with all that it holds, to the depth that a newcomer sees.
type room struct {
	name  string
	lines [kinds]int
}

func rooms(files []file) []room {
	byName := map[string]*room{}
	for _, f := range files {
		name := strings.Join(head(strings.Split(path.Dir(f.path), "/"), 2), "/")
		if byName[name] == nil {
			byName[name] = &room{name: name}
		}
		byName[name].lines[f.kind] += f.lines
	}
	var out []room
	for _, r := range byName {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b room) int { return cmp.Compare(a.name, b.name) })
	return out
}

func head(words []string, n int) []string { return words[:min(n, len(words))] }

type size struct {
	what string
	of   []int // ascending
}

func sizes(files []file) []size {
	lines, functions := size{what: "lines of a file"}, size{what: "lines of a function"}
	for _, f := range files {
		if f.kind == product {
			lines.of = append(lines.of, f.lines)
			functions.of = append(functions.of, f.functions...)
		}
	}
	slices.Sort(lines.of)
	slices.Sort(functions.of)
	return []size{lines, functions}
}

// at is the value that so many of a hundred do not exceed.
func at(ascending []int, percent int) int {
	if len(ascending) == 0 {
		return 0
	}
	return ascending[max(0, (len(ascending)*percent+99)/100-1)]
}

// change is something that a successor will change; whoever changes the thing of its example opens the files that speak of it.
type change struct {
	what    string
	example *regexp.Regexp
}

var changes = []change{
	{"the text of an error (an order has expired)", regexp.MustCompile(`\border\.ErrExpired\b|\bErrExpired\s*=`)},
	{"a field of an order (recipient-born)", regexp.MustCompile(`\bRecipientBorn\b|"recipient-born"`)},
	{"a command (release handover)", regexp.MustCompile(`\breleaseHandover\b|"release handover"|"(handover|command\.release handover)[.a-z-]*"`)},
	{"a kind of entry (kit-handed-over)", regexp.MustCompile(`\bKitHandedOver\b|kit-handed-over`)},
	{"a key profile (v6-mldsa65-mlkem768)", regexp.MustCompile(`\bV6PostQuantum\b|v6-mldsa65-mlkem768`)},
	{"a database (SQLite)", regexp.MustCompile(`(?i)\bsqlite\b`)},
	{"a printed page (the heir's letter)", regexp.MustCompile(`\bLetter(File)?\b|"letter\.`)},
}

func (c *change) count(files []file) (inProduct, inTests int) {
	for _, f := range files {
		switch {
		case !c.example.Match(f.text):
		case f.kind == product:
			inProduct++
		case f.kind == test:
			inTests++
		}
	}
	return inProduct, inTests
}
