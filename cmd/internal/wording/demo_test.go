package wording

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestDemoTexts holds the sentences of bailiff-demo against its source, and their French against
// the rules of the catalogue.
func TestDemoTexts(t *testing.T) {
	files, err := filepath.Glob("../../bailiff-demo/*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{"help.bailiff-demo": true, "about.bailiff-demo": true}
	id := regexp.MustCompile(`"((?:flag\.)?demo\.[a-z0-9.-]+)"`)
	for _, path := range files {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(source), -1) {
			named[m[1]] = true
		}
	}
	texts := demoTexts()
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		checkText(t, id, texts[id])
		if !named[id] {
			t.Errorf("the demo does not say %q", id)
		}
	}
	for id := range named {
		if !Has(id) {
			t.Errorf("the demo says %q, which is no sentence", id)
		}
	}
}
