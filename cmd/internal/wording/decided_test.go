package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
)

// suffixes are, for each prefix of a composed id, all that may follow: taken from the constants
// and functions that decide it.
func suffixes(t *testing.T) map[string][]string {
	modes := []string{keyvalue.Rehearsal, keyvalue.Production}
	var warned []string // the default profile excludes nobody
	for _, p := range keypair.Profiles()[1:] {
		warned = append(warned, string(p))
	}
	return map[string][]string{
		"kind.":             kindNames(),
		"field.":            fieldKeys(t),
		"touch.":            constants(t, "custody", "Act"),
		"progress.":         constants(t, "keyceremony", "Stage"),
		"ceremony.":         constants(t, "keyceremony", "Milestone"),
		"ceremony.profile.": warned,
		"release.":          constants(t, "release", "Milestone"),
		"reason.":           policy.ReasonNames(),
		"paper.":            policy.PaperTypes(),
		"price.":            literals(t, "cmd/bailiff/price.go", "priced"),
		"show.batch.":       literals(t, "cmd/bailiff/vault_show.go", "describeBatch"),
		"show.order.":       literals(t, "cmd/bailiff/vault_show.go", "orderState"),
		"flag.order-new.":   literals(t, "cmd/bailiff-platform/order_new.go", "strings"),
		"show.mode.":        modes,
		"order.mode.":       modes,
		"opening.mode.":     modes,
		"decision.mode.":    modes,
		"proved.mode.":      modes,
		"vault.review.":     modes,
		"vault.decided.":    modes,
		"object.mode.":      modes,
		"token.origin.":     constants(t, "custody/policy", "Origin"),
		"doubt.":            constants(t, "custody/policy", "DoubtKind"),
		"order-field.":      literals(t, "cmd/internal/cli/object.go", "orderFields"),
		"file.":             constants(t, "custody/filetype", "Type"),
		"pool.mode.":        modes,
		"card.touch.":       constants(t, "custody/token/piv", "Operation"),
		"card.preparation.": constants(t, "custody/token/piv", "Preparation"),
		"init.step.":        constants(t, "custody/token/piv", "Step"),
		"reader.use.":       constants(t, "cmd/bailiff", "use"),
		"doctor.of.":        constants(t, "custody/checkup", "Subject"),
		"doctor.well.":      constants(t, "custody/checkup", "Subject"),
	}
}

// constants lists the values of the string constants of a type.
func constants(t *testing.T, folder, typ string) []string {
	t.Helper()
	var out []string
	files, err := filepath.Glob(filepath.Join(module, folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				if id, ok := spec.Type.(*ast.Ident); ok && id.Name == typ {
					for _, v := range spec.Values {
						out = append(out, literal(v))
					}
				}
			}
			return true
		})
	}
	if len(out) == 0 {
		t.Fatalf("%s has no constants of type %s", folder, typ)
	}
	return out
}

var word = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// literals lists the words among the string literals in a function.
func literals(t *testing.T, path, function string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(module, path), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == function {
			ast.Inspect(fn, func(n ast.Node) bool {
				if e, ok := n.(ast.Expr); ok && word.MatchString(literal(e)) {
					found[literal(e)] = true
				}
				return true
			})
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s: %s has no literals", path, function)
	}
	return slices.Sorted(maps.Keys(found))
}

// kindNames are the kinds of entries.
func kindNames() (names []string) {
	for _, k := range ledger.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// fieldKeys are the keys that the fields of an entry have, by the forms of the ledger's acts.
func fieldKeys(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(module, "custody/ledger/[ae]*.go"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, path := range files {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:\bf\.[a-z]+\(|\b[a-z]+\(f, )"([a-z-]+)", `).FindAllStringSubmatch(string(source), -1) {
			seen[m[1]] = true
		}
	}
	if len(seen) < 20 {
		t.Fatalf("only %d keys found: is this test broken?", len(seen))
	}
	return slices.Collect(maps.Keys(seen))
}
