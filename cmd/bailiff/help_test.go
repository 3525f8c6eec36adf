package main

import (
	"regexp"
	"strings"
	"testing"
)

// commands lists every command of both programs, the groups and the programs themselves included.
func commands() []string {
	return []string{
		"bailiff", "bailiff vault", "bailiff vault init", "bailiff vault show", "bailiff vault verify",
		"bailiff token", "bailiff token init", "bailiff token list", "bailiff token show", "bailiff token check",
		"bailiff token pin", "bailiff token unblock", "bailiff doctor",
		"bailiff ceremony", "bailiff ceremony run", "bailiff batch", "bailiff batch export",
		"bailiff order", "bailiff order verify", "bailiff order receive", "bailiff order show", "bailiff release", "bailiff release run", "bailiff release handover",
		"bailiff ledger", "bailiff ledger show", "bailiff ledger verify", "bailiff ledger prove", "bailiff ledger cosign", "bailiff version", "bailiff exit-codes",
		"bailiff-platform", "bailiff-platform version", "bailiff-platform exit-codes", "bailiff-platform batch", "bailiff-platform batch verify", "bailiff-platform batch import",
		"bailiff-platform pool", "bailiff-platform pool show", "bailiff-platform pool assign", "bailiff-platform pool key",
		"bailiff-platform pool reconcile",
		"bailiff-platform officer", "bailiff-platform officer new", "bailiff-platform order", "bailiff-platform order new",
		"bailiff-platform order sign", "bailiff-platform order verify", "bailiff-platform order show",
	}
}

// TestHelp asks every command for its help, in both languages: whole sentences, an example that
// names the command, flags with their explanations, no id of the catalogue, nothing unformatted.
func TestHelp(t *testing.T) {
	unsaid := regexp.MustCompile(`\b(help|about|flag|exit|usage)\.[a-z0-9]|%!|MISSING`)
	for _, line := range commands() {
		help := map[string]string{}
		for _, lang := range []string{"fr", "en"} {
			o, err := perform(t.TempDir(), line+" --help --lang "+lang)
			if err != nil || o.code != 0 || o.errors != "" {
				t.Fatalf("%s: %v, %+v", line, err, o)
			}
			if bad := unsaid.FindString(o.out); bad != "" {
				t.Errorf("%s in %s: %q in its help", line, lang, bad)
			}
			help[lang] = o.out
		}
		if !strings.Contains(help["fr"], "Utilisation\u00a0:") || !strings.Contains(help["en"], "Usage:") {
			t.Errorf("%s: no usage line in its help", line)
		}
		if help["fr"] == help["en"] {
			t.Errorf("%s: its help is the same in both languages", line)
		}
	}
}

// TestFirstScreen: what a program says by itself, and the line on which it was typed, stand on one screen of 80 × 24.
func TestFirstScreen(t *testing.T) {
	for _, line := range []string{"bailiff --lang fr", "bailiff --lang en", "bailiff-platform --lang fr", "bailiff-platform --lang en"} {
		o, err := perform(t.TempDir(), line)
		if err != nil || o.code != 0 {
			t.Fatalf("%s: %v, %+v", line, err, o)
		}
		lines := strings.Split(strings.TrimSuffix(o.out, "\n"), "\n")
		if len(lines) > 23 {
			t.Errorf("%s: %d lines", line, len(lines))
		}
		for _, l := range lines {
			if len([]rune(l)) > 80 {
				t.Errorf("%s: %q is wider than 80", line, l)
			}
		}
	}
}

// TestHelpListsEveryCommand walks the help texts from the programs down and finds the commands of
// the list, and no others.
func TestHelpListsEveryCommand(t *testing.T) {
	listed := regexp.MustCompile(`(?m)^  ([a-z-]+) +\S`)
	var found []string
	var walk func(line string)
	walk = func(line string) {
		found = append(found, line)
		o, err := perform(t.TempDir(), line+" --help --lang en")
		if err != nil {
			t.Fatal(err)
		}
		_, after, ok := strings.Cut(o.out, "\nCommands:\n")
		if !ok {
			return
		}
		after, _, _ = strings.Cut(after, "\n\n")
		for _, m := range listed.FindAllStringSubmatch(after, -1) {
			if m[1] != "help" && m[1] != "completion" {
				walk(line + " " + m[1])
			}
		}
	}
	walk("bailiff")
	walk("bailiff-platform")
	known := map[string]bool{}
	for _, c := range commands() {
		known[c] = true
	}
	for _, c := range found {
		if !known[c] {
			t.Errorf("%q is in the help and not in the list", c)
		}
		delete(known, c)
	}
	for c := range known {
		t.Errorf("%q is in no help", c)
	}
}

// TestHintOfWhatIsMissing: a command that lacks something is told with all that it lacks, so that the same is not said once more of what
// stands in the hint.
func TestHintOfWhatIsMissing(t *testing.T) {
	hint := regexp.MustCompile("complete the command, for example: `(.*)`\n")
	lines := append(commands(), "bailiff token init --soft", "bailiff token check --pin", "bailiff-platform order sign --key k --order o --signatures s",
		"bailiff-platform order sign --key k --order o --signatures s --public-batch b")
	hinted := 0
	for _, line := range lines {
		said := performed(t, line).errors
		m := hint.FindStringSubmatch(said)
		if m == nil {
			continue
		}
		hinted++
		if said := performed(t, regexp.MustCompile(`'[^']*'`).ReplaceAllString(m[1], "word")).errors; hint.MatchString(said) || strings.Contains(said, ".token:") {
			t.Errorf("%s: %q is refused in its turn: %s", line, m[1], said)
		}
	}
	if hinted < 15 {
		t.Errorf("%d hints only: is this test broken?", hinted)
	}
}

// performed is what a command said in English, in a folder of its own.
func performed(t *testing.T, line string) outcome {
	t.Helper()
	o, err := perform(t.TempDir(), line+" --lang en")
	if err != nil {
		t.Fatal(err)
	}
	return o
}
