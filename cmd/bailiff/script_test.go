package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"bailiff/custody/secret"
	"bailiff/release/officer"
)

// TestScripts runs the dialogues of testdata against the built programs. Each has a copy of the
// fixture in $WORK. Besides testscript's own commands there are
//
//	exits CODE PROGRAM ARG...          run it; it must end with that code
//	both CODE FR EN PROGRAM ARG...     the same in French and in English; FR and EN are each a whole line that it says, behind
//	                                   its "error:" or "hint:"; an empty one is not looked for
//	dialogue FILE CODE PROGRAM ARG...  the same at a terminal, with what FILE says (terminal_test.go)
//	damage FILE                        flip one bit in the middle of FILE
//	hold FILE                          hold FILE locked until the script ends
//	card VERB ...                      readers and software cards (script_card_test.go)
//	signed NAME OFFICERS [KEY=VALUE]   NAME.txt, NAME.sig: the fixture's order with other values
func TestScripts(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, f.environment()...)
			env.Vars = append(env.Vars, "LC_ALL=C.UTF-8", "TERM=xterm")
			env.Setenv("HOME", env.Getenv("TMPDIR")) // ykman 5 keeps settings there
			env.Values[deckKey{}] = new(deck)
			for _, folder := range []string{"officers", "wrapped"} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, folder), os.DirFS("../../release/officer/testdata/"+folder)); err != nil {
					return err
				}
			}
			return os.CopyFS(env.WorkDir, os.DirFS(os.Getenv(fixtureVariable)))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "both": both, "dialogue": dialogue, "damage": damage, "hold": hold, "signed": signed, "card": deal,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, not %s", code, args[0])
	}
}

func both(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: both CODE FR EN PROGRAM ARG...")
	}
	for i, lang := range []string{"fr", "en"} {
		exits(ts, false, append(append([]string{args[0]}, args[3:]...), "--lang", lang))
		said := strings.ReplaceAll(ts.ReadFile("stdout")+ts.ReadFile("stderr"), "\u00a0", " ")
		prefix := regexp.MustCompile(`(?m)^(erreur : |conseil : |error: |hint: )`)
		if want := args[1+i]; want != "" && !slices.Contains(strings.Split(prefix.ReplaceAllString(said, ""), "\n"), want) {
			ts.Fatalf("no line %q", want)
		}
	}
}

func damage(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	data[len(data)/2] ^= 1
	ts.Check(os.Remove(path))
	ts.Check(os.WriteFile(path, data, 0o644))
}

func hold(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR|os.O_CREATE, 0o644)
	ts.Check(err)
	ts.Defer(func() { _ = f.Close() })
	ts.Check(syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB))
}

// signed writes the fixture's order with some values changed. OFFICERS are names of key files,
// joined by commas, or `nobody`. A value that begins with @ is a time from now, such as @-48h; an
// empty one takes the lines away. `signed=@-1h` is when the officers sign.
func signed(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile("order.txt")
	now := time.Now()
	for _, change := range args[2:] {
		key, value, _ := strings.Cut(change, "=")
		if ago, ok := strings.CutPrefix(value, "@"); ok {
			d, err := time.ParseDuration(ago)
			ts.Check(err)
			value = time.Now().Add(d).UTC().Format(time.RFC3339)
			if key == "signed" {
				now = time.Now().Add(d)
				continue
			}
		}
		line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `: .*\n`)
		if !line.MatchString(text) {
			ts.Fatalf("the order has no %q", key)
		}
		if value != "" {
			value = key + ": " + value + "\n"
		}
		text = line.ReplaceAllLiteralString(text, value)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".txt"), []byte(text), 0o644))
	var signatures []byte
	for name := range strings.SplitSeq(args[1], ",") {
		if name != "nobody" {
			signatures = append(signatures, signature(ts, text, name, now)...)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".sig"), signatures, 0o644))
}

func signature(ts *testscript.TestScript, text, signer string, now time.Time) []byte {
	data, err := os.ReadFile(filepath.Join(ts.MkAbs("."), signer+".secret.asc"))
	ts.Check(err)
	key, err := officer.OpenSecretKey(secret.From(data), secret.From([]byte(passphrase)))
	ts.Check(err)
	sig, err := officer.Sign([]byte(text), key, now)
	ts.Check(err)
	return sig
}
