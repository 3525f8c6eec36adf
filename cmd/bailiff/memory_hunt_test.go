package main

import (
	"fmt"
	"slices"
	"strings"
)

// finding is a secret that was found, in one form in one place.
type finding struct {
	kind, name, form, where string
	live                    bool // in the locked memory that holds secrets in use
}

// kindsOf counts the findings of each kind.
func kindsOf(found []finding) map[string]int {
	out := map[string]int{}
	for _, f := range found {
		out[f.kind]++
	}
	return out
}

// describe lists findings for a person, without repeating those that differ in their address only.
func describe(found []finding) string {
	lines := map[string]int{}
	for _, f := range found {
		lines[fmt.Sprintf("%s: %s in %s", f.name, f.form, f.where)]++
	}
	var out []string
	for line, n := range lines {
		out = append(out, fmt.Sprintf("\t%s (%d)", line, n))
	}
	slices.Sort(out)
	if len(out) > 40 {
		out = append(out[:40], fmt.Sprintf("\tand %d more", len(out)-40))
	}
	return strings.Join(out, "\n")
}
