package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestExitCodesAreDocumented holds the one documented table against what both programs show, in
// both languages.
func TestExitCodesAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/exit-codes.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^\| (\d+) \| (.+) \| (.+) \|$`).FindAllStringSubmatch(string(page), -1) {
		documented["en"] = append(documented["en"], m[1]+" "+m[2])
		documented["fr"] = append(documented["fr"], m[1]+" "+m[3])
	}
	if len(documented["en"]) != 14 {
		t.Fatalf("docs/exit-codes.md has %d codes", len(documented["en"]))
	}
	line := regexp.MustCompile(`(?m)^  (\d+) +(.+)$`)
	for _, program := range []string{"bailiff", "bailiff-platform"} {
		for lang, want := range documented {
			o, err := perform(t.TempDir(), program+" exit-codes --lang "+lang)
			if err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, m := range line.FindAllStringSubmatch(o.out, -1) {
				have = append(have, m[1]+" "+m[2])
			}
			if !slices.Equal(have, want) {
				t.Errorf("%s in %s:\n%s\ndocumented:\n%s", program, lang, strings.Join(have, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}
