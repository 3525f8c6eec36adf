package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/cards"
	"bailiff/cmd/internal/cli/pool"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/seal"
	"bailiff/custody/share"
	tokens "bailiff/custody/token"
	"bailiff/release/order"
)

// newApp is a program that knows every error: those of all programs.
func newApp(l wording.Lang) (*cli.App, *bytes.Buffer) {
	var out bytes.Buffer
	a := &cli.App{Name: "bailiff", Out: &out, Err: &out, Lang: l}
	pool.AddErrors(a)
	cards.AddErrors(a)
	return a, &out
}

// sentinel is an exported error as the source has it.
type sentinel struct{ pkg, id, text, where string }

var kebabs = []*regexp.Regexp{regexp.MustCompile(`([a-z0-9])([A-Z])`), regexp.MustCompile(`([A-Z]+)([A-Z][a-z])`)}

// kebab writes WrongShare as wrong-share, ZipCRC as zip-crc, UTF8 as utf8.
func kebab(name string) string {
	for _, k := range kebabs {
		name = k.ReplaceAllString(name, "$1-$2")
	}
	return strings.ToLower(name)
}

// sentinels reads the source of the packages for `var ErrX = errors.New("…")`.
func sentinels(t *testing.T, dirs ...string) []sentinel {
	t.Helper()
	var out []sentinel
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			found, err := sentinelsOf(path)
			out = append(out, found...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func sentinelsOf(path string) ([]sentinel, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out []sentinel
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.VAR {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if !name.IsExported() || !strings.HasPrefix(name.Name, "Err") {
					continue
				}
				text, err := newText(spec, i)
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", path, name.Name, err)
				}
				out = append(out, sentinel{file.Name.Name, idOf(file.Name.Name, strings.TrimPrefix(name.Name, "Err")), text, path})
			}
		}
	}
	return out, nil
}

// idOf is the id of a package's sentinel. Ids are promised: some name the package in which their sentinel stood first.
func idOf(pkg, name string) string {
	switch pkg {
	case "strictzip":
		pkg, name = "vault", "Zip"+name
	case "batch":
		pkg = "vault"
	case "keyvalue":
		pkg = "record"
	case "officer":
		pkg = "order"
	case "piv":
		if name == "Object" {
			name = "Record"
		}
	case "table":
		pkg = "cli"
	}
	return pkg + "." + kebab(name)
}

// newText returns the text in errors.New("text").
func newText(spec *ast.ValueSpec, i int) (string, error) {
	if i < len(spec.Values) {
		if call, ok := spec.Values[i].(*ast.CallExpr); ok && len(call.Args) == 1 {
			if text, ok := call.Args[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
				return strconv.Unquote(text.Value)
			}
		}
	}
	return "", errors.New("a sentinel is made by errors.New of a text")
}

// ofParts are the packages whose texts begin with the part of an order or of a kit that is at fault.
var ofParts = []string{"order", "officer", "handover"}

// TestEverySentinelHasARow fails for a new sentinel of a package that a person cannot be told of.
func TestEverySentinelHasARow(t *testing.T) {
	a, _ := newApp(wording.English)
	byText := map[string]string{}
	for _, r := range a.Rows() {
		byText[r.Err.Error()] = r.ID
	}
	found := sentinels(t, "../../../custody", "../../../keyceremony", "../../../release", ".")
	if len(found) < 200 {
		t.Fatalf("found %d sentinels only: is this test broken?", len(found))
	}
	texts := map[string]string{}
	for _, s := range found {
		if other := texts[s.text]; other != "" {
			t.Errorf("%s and %s have the same text %q", other, s.id, s.text)
		}
		texts[s.text] = s.id
		if !slices.Contains(ofParts, s.pkg) && !strings.HasPrefix(s.text, s.pkg+": ") {
			t.Errorf("%s: %q does not begin with its package, %s", s.where, s.text, s.pkg)
		}
		if got := byText[s.text]; got != s.id {
			t.Errorf("%s: no row %s for %q (got %q)", s.where, s.id, s.text, got)
		}
	}
}

func TestEveryRowHasItsSentences(t *testing.T) {
	a, _ := newApp(wording.English)
	ids := map[string]bool{}
	for _, r := range a.Rows() {
		if ids[r.ID] {
			t.Errorf("%s: two rows", r.ID)
		}
		ids[r.ID] = true
		if r.Exit < cli.ExitFailure || r.Exit > cli.ExitDeclined {
			t.Errorf("%s: exit %d", r.ID, r.Exit)
		}
	}
	for id, text := range a.Sentences() {
		checkSentence(t, id, text)
	}
	if len(a.Sentences()) != 2*(len(ids)+1) {
		t.Errorf("%d sentences of %d errors and the unexpected one", len(a.Sentences()), len(ids))
	}
}

// english is the punctuation of English in a French sentence.
var english = regexp.MustCompile(`'| [:;?!]|[^\x{a0}][;?!]|[^\x{a0}]:( |$)`)

// checkSentence holds what is said of an error to its form: there, in two languages, one line, begins in lower case since it
// follows names, no full stop, no argument but the technical text.
func checkSentence(t *testing.T, id string, text wording.Text) {
	t.Helper()
	if text.Fr == text.En || strings.Contains(text.Fr, "%") != strings.Contains(text.En, "%") {
		t.Errorf("%s: %q and %q", id, text.Fr, text.En)
	}
	for _, s := range []string{text.Fr, text.En} {
		technical := strings.HasPrefix(id, "error.") && strings.HasSuffix(s, ": %s")
		switch {
		case strings.TrimSpace(s) != s || s == "" || strings.ContainsAny(s, "\n\t") || strings.HasSuffix(s, "."):
			t.Errorf("%s: %q is not one bare sentence", id, s)
		case strings.Contains(strings.TrimSuffix(s, ": %s"), "%") || strings.Contains(s, "%") && !technical:
			t.Errorf("%s: %q takes the wrong arguments", id, s)
		}
	}
	if english.MatchString(withoutCode(text.Fr)) {
		t.Errorf("%s: %q: French wants ’ and a no-break space before : ; ? !", id, text.Fr)
	}
}

// withoutCode takes out what stands between backquotes.
func withoutCode(s string) string { return regexp.MustCompile("`[^`]*`").ReplaceAllString(s, "") }

// TestExitCodesNeverChange compares the table with testdata/exit-codes.txt. A line there is a
// promise to scripts: new ones are added, none is changed.
func TestExitCodesNeverChange(t *testing.T) {
	a, _ := newApp(wording.English)
	lines := []string{fmt.Sprintf("unexpected %d", cli.ExitFailure)}
	for _, r := range a.Rows() {
		lines = append(lines, fmt.Sprintf("%s %d", r.ID, r.Exit))
	}
	slices.Sort(lines)
	golden, err := os.ReadFile("testdata/exit-codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSuffix(string(golden), "\n"), "\n")
	for _, l := range want {
		if !slices.Contains(lines, l) {
			t.Errorf("%q was promised and is not so any more", l)
		}
	}
	for _, l := range lines {
		if !slices.Contains(want, l) {
			t.Errorf("%q is not in testdata/exit-codes.txt", l)
		}
	}
}

// TestRowsAreReached: no row stands behind a more general one that takes its errors.
func TestRowsAreReached(t *testing.T) {
	a, _ := newApp(wording.English)
	for _, r := range a.Rows() {
		want := strings.TrimSuffix(r.Said.En, "%s")
		if f := a.Explain(r.Err); a.ID(r.Err) != r.ID || !strings.HasPrefix(f.Error, want) || f.Exit != r.Exit {
			t.Errorf("%s is told as %s: %q, exit %d", r.ID, a.ID(r.Err), f.Error, f.Exit)
		}
	}
}

func TestExplain(t *testing.T) {
	wrong := fault.At("000042", fault.At("c03", share.ErrWrongShare))
	for _, c := range []struct {
		name string
		lang wording.Lang
		err  error
		want string
		exit int
	}{
		{"objects first", wording.English, wrong, "000042: c03: this custodian’s share is wrong: it is not the one that was committed to", cli.ExitDamaged},
		{"in French", wording.French, wrong, "000042\u00a0: c03\u00a0: la part de ce dépositaire est fausse", cli.ExitDamaged},
		{"no object", wording.English, order.ErrExpired, "the order has expired", cli.ExitOrder},
		{"hostile object", wording.English, fault.At("a\x1b[2J\u202e\n", keyvalue.ErrLine), `a\u{001B}[2J\u{202E}\u{000A}: a line`, cli.ExitMalformed},
		{"last PIN try", wording.English, fault.At("12345678", &tokens.PINError{}), "12345678: the token’s PIN is locked", cli.ExitToken},
		{"wrong PIN", wording.English, &tokens.PINError{Tries: 2}, "wrong PIN", cli.ExitToken},
		{"missing file", wording.English, fault.At("x", fmt.Errorf("opening: %w", fs.ErrNotExist)), "x: there is no such file", cli.ExitStorage},
		{"damaged token without state", wording.English, fmt.Errorf("%w: %w", tokens.ErrDamaged, fs.ErrNotExist), "the token is damaged", cli.ExitToken},
		{"papers by name and code", wording.French, fault.At("2026-000123", fault.At("death-certificate, mandate", order.ErrMissingPaper)), "2026-000123\u00a0: acte de décès (death-certificate), mandat (mandate)\u00a0: l’ordre ne cite pas", cli.ExitOrder},
		{"no such papers", wording.English, fault.At("death-certificate, \a", order.ErrMissingPaper), `death-certificate, \u{0007}: the order does not`, cli.ExitOrder},
		{"a reason by name and code", wording.English, fault.At("incapacity", order.ErrNoRule), "incapacity of the member (incapacity): ", cli.ExitOrder},
		{"a defect", wording.French, seal.ErrDataKey, "le programme se contredit\u00a0: seal: ", cli.ExitDamaged},
		{"unexpected", wording.English, fault.At("x", errors.New("strange\a")), `x: unexpected error: strange\u{0007}`, cli.ExitFailure},
	} {
		a, _ := newApp(c.lang)
		f := a.Explain(c.err)
		if !strings.HasPrefix(f.Error, c.want) || f.Exit != c.exit || f.Hint == "" {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	a, _ := newApp(wording.English)
	if f := a.Explain(wrong); f.Hint != a.Sentences()["hint.share.wrong-share"].En {
		t.Errorf("the hint is %q", f.Hint)
	}
}

func TestFail(t *testing.T) {
	err := fault.At("c03", share.ErrWrongShare)
	a, out := newApp(wording.French)
	if code := a.Fail(err); code != cli.ExitDamaged {
		t.Errorf("exit %d", code)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) != 3 || lines[2] != "" || !strings.HasPrefix(lines[0], "erreur\u00a0: c03\u00a0: ") || !strings.HasPrefix(lines[1], "conseil\u00a0: ") {
		t.Errorf("printed %q", lines)
	}
	a, out = newApp(wording.English)
	a.JSON = true
	if code := a.Fail(err); code != cli.ExitDamaged {
		t.Errorf("exit %d with --json", code)
	}
	var f map[string]any
	if err := json.Unmarshal(out.Bytes(), &f); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Fatalf("%v: %q", err, out)
	}
	if f["exit"] != float64(cli.ExitDamaged) || !strings.HasPrefix(f["error"].(string), "c03: ") || f["hint"] == "" || len(f) != 3 {
		t.Errorf("%v", f)
	}
}

// TestWord: what the ledger records of a refusal is one word that it takes, and comes back as a sentence.
func TestWord(t *testing.T) {
	a, _ := newApp(wording.French)
	form := regexp.MustCompile(`^[a-z][a-z-]{0,39}$`)
	for _, r := range a.Rows() {
		if w := a.Word(r.Err); !form.MatchString(w) {
			t.Errorf("%s: %q", r.ID, w)
		}
	}
	if w := a.Word(fault.At("2026-000123", order.ErrExpired)); w != "order-expired" {
		t.Errorf("an expired order is %q", w)
	}
	if w := a.Word(errors.New("strange")); w != "unexpected" {
		t.Errorf("an unknown error is %q", w)
	}
	for recorded, want := range map[string]string{
		"order-expired": "l’ordre a expiré", "vault-batch-key": "le programme se contredit\u00a0: vault-batch-key", "of-later\a": `of-later\u{0007}`,
	} {
		if got := a.Refusal(recorded); got != want {
			t.Errorf("%s is %q", recorded, got)
		}
	}
}

// TestWhatAKernelRefuses: each reason for which a kernel refuses to open, read or write a file has a sentence.
func TestWhatAKernelRefuses(t *testing.T) {
	a, _ := newApp(wording.English)
	for _, refusal := range []syscall.Errno{
		syscall.ENOENT, syscall.EACCES, syscall.EPERM, syscall.EEXIST, syscall.ENOTDIR, syscall.ELOOP, syscall.ENAMETOOLONG,
		syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.EFBIG, syscall.EMFILE,
	} {
		if id := a.ID(fault.At("file", &fs.PathError{Op: "write", Path: "file", Err: refusal})); id == "unexpected" {
			t.Errorf("%v: %s", refusal, id)
		}
	}
}
