package cli_test

import (
	"errors"
	"strings"
	"syscall"
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/fault"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/words"
)

func TestWrap(t *testing.T) {
	long := strings.Repeat("x", 30)
	for _, c := range []struct {
		name, text, want string
		width            int
	}{
		{"no terminal", "one two three four five six seven", "one two three four five six seven", 0},
		{"it fits", "one two three four", "one two three four", 18},
		{"at blanks", "one two three four five six seven", "one two three four\n  five six seven", 20},
		{"within a margin", "  one two three four five", "  one two three four\n    five", 20},
		{"each line", "one\none two three four five", "one\none two three four\n  five", 20},
		{"no-break space", "le numéro de la série\u00a0: 1", "le numéro de la\n  série\u00a0: 1", 20},
		{"letters, not bytes", "éééé éééé éééé ééééé", "éééé éééé éééé ééééé", 20},
		{"a command", "so type `bailiff vault show --vault v`, then go on", "so type\n`bailiff vault show --vault v`,\n  then go on", 20},
		{"a command on its own line", "so:\n  bailiff vault show --vault v", "so:\n  bailiff vault show --vault v", 20},
		{"two commands", "`bailiff a b` or `bailiff c`", "`bailiff a b` or\n  `bailiff c`", 20},
		{"a quote that is never closed", "see `bailiff and so on and on", "see\n`bailiff and so on and on", 20},
		{
			"twelve words", "abaisser-abandon-abdiquer-abeille-abolir-aborder-aboutir-aboyer-abrasif-abreuver-abriter-abroger",
			"abaisser-abandon-abdiquer-abeille-abolir-aborder-\naboutir-aboyer-abrasif-abreuver-abriter-abroger", 80,
		},
		{"too wide for a line", "at " + long + " of it", "at\n" + long + "\n  of it", 20},
	} {
		if got := cli.Wrap(c.text, c.width); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzWrap: nothing is lost, and no line is too wide but one of a single word.
func FuzzWrap(f *testing.F) {
	f.Add("one two three four five six seven", 20)
	f.Add("  a  b\n\nc", 21)
	f.Fuzz(func(t *testing.T, text string, width int) {
		defer fuzztest.Bounded(t, 64*len(text))()
		if width < 20 || width > 200 || strings.Contains(text, "\r") {
			return
		}
		got := cli.Wrap(text, width)
		if have, want := strings.Fields(got), strings.Fields(text); strings.Join(have, "") != strings.Join(want, "") {
			t.Errorf("%q became %q", text, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if len([]rune(line)) > width && strings.Contains(strings.Trim(line, " "), " ") && !strings.Contains(line, "`bailiff") && !strings.HasPrefix(line, "  bailiff") {
				t.Errorf("%q is wider than %d", line, width)
			}
		}
	})
}

// TestObjects: lines and words are counted in the language of the sentence.
func TestObjects(t *testing.T) {
	err := fault.At("p.toml", fault.At("line 14", fault.At("word 3", words.ErrUnknownWord)))
	for lang, want := range map[wording.Lang]string{
		wording.French: "p.toml\u00a0: ligne 14\u00a0: mot 3\u00a0: ", wording.English: "p.toml: line 14: word 3: ",
	} {
		a, _ := newApp(lang)
		if got := a.Explain(err).Error; !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	a, _ := newApp(wording.French)
	if got := a.Explain(fault.At("line of mine", words.ErrUnknownWord)).Error; !strings.HasPrefix(got, "line of mine\u00a0: ") {
		t.Errorf("a file’s name became %q", got)
	}
}

// TestInterrupted: one sentence, and the code of a person who declined.
func TestInterrupted(t *testing.T) {
	a, out := newApp(wording.French)
	if code := a.Fail(cli.ErrInterrupted); code != cli.ExitDeclined || out.String() != a.T("interrupted")+"\n" {
		t.Errorf("exit %d, %q", code, out)
	}
}

// TestPINFile: what is no regular file is a matter of the disk, and is not read.
func TestPINFile(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(dir+"/fifo", 0o600); err != nil {
		t.Fatal(err)
	}
	a, _ := newApp(wording.English)
	for _, path := range []string{dir, dir + "/fifo", dir + "/none", dir + "/" + strings.Repeat("n", 300)} {
		if _, err := cli.ReadPINs(path); err == nil || a.Explain(err).Exit != cli.ExitStorage {
			t.Errorf("%.80s: %v", path, err)
		}
	}
	if a.Explain(fault.At("x", errors.Join(syscall.ELOOP))).Exit != cli.ExitStorage {
		t.Error("a loop of links")
	}
}
