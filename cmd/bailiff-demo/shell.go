package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
)

// failure says that a tool failed, which has been shown already.
type failure struct{ exit int }

func (f *failure) Error() string { return fmt.Sprintf("exit code %d", f.exit) }

// invocation is a command line and what goes with it.
type invocation struct {
	program string
	args    []string
	stdin   []byte
	env     []string // besides the demo's
}

// answer is what a program answered.
type answer struct {
	out, err []byte
	exit     int
}

// exec runs a program in the demo's directory. Its standard input is no terminal.
func (d *demo) exec(ctx context.Context, l invocation) (*answer, error) {
	program := l.program
	if strings.HasPrefix(program, "bailiff") {
		program = filepath.Join(d.bin, program)
	}
	c := exec.CommandContext(ctx, program, l.args...)
	var out, diag bytes.Buffer
	hear, leave := d.tokens.attend(l)
	c.Dir, c.Stdout, c.Stderr = d.dir, &out, io.MultiWriter(&diag, hear)
	c.Env = append(append([]string{}, d.env...), l.env...)
	if l.stdin != nil {
		c.Stdin = bytes.NewReader(l.stdin)
	}
	err := c.Run()
	missed := leave()
	a := &answer{out: out.Bytes(), err: diag.Bytes()}
	if ctx.Err() != nil {
		return nil, cli.ErrDeclined // somebody stopped the demo
	}
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		a.exit, err = e.ExitCode(), nil
	}
	return a, errors.Join(fault.At(l.program, err), missed)
}

// do shows a command line, runs it, and shows those lines of its answer that say the named
// sentences of the catalogue. It stops the demo when the program fails.
func (d *demo) do(ctx context.Context, l invocation, show ...string) (*answer, error) {
	d.prompt(l.program, l.args...)
	a, err := d.exec(ctx, l)
	if err != nil {
		return nil, err
	}
	if a.exit != 0 {
		return nil, d.stopped(a)
	}
	for _, id := range show {
		if err := d.show(a, id); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// tool runs one of the two tools and shows the lines of its answer that say the named sentences.
func (d *demo) tool(ctx context.Context, show []string, program string, args ...string) error {
	_, err := d.do(ctx, invocation{program: program, args: args}, show...)
	return err
}

// ask runs a tool unseen, for an id that a person would have read in an earlier answer.
func (d *demo) ask(ctx context.Context, into any, program string, args ...string) error {
	a, err := d.exec(ctx, invocation{program: program, args: append(args, "--json")})
	if err != nil {
		return err
	}
	if a.exit != 0 {
		return d.stopped(a)
	}
	return fault.At(program, json.Unmarshal(a.out, into))
}

// refused runs a tool that must refuse the order, and shows its error and its hint.
func (d *demo) refused(ctx context.Context, program string, args ...string) error {
	d.prompt(program, args...)
	a, err := d.exec(ctx, invocation{program: program, args: args})
	switch {
	case err != nil:
		return err
	case a.exit == 0:
		return fault.At(program, errNotRefused)
	case a.exit != cli.ExitOrder:
		return d.stopped(a)
	}
	for _, text := range a.complaint() {
		d.reply(text)
	}
	return nil
}

// complaint returns the two lines, error and hint, at the end of a tool's standard error.
func (a *answer) complaint() []string {
	lines := strings.Split(strings.TrimSpace(string(a.err)), "\n")
	return lines[max(0, len(lines)-2):]
}

// stopped passes on the error of a tool that failed, with its hint.
func (d *demo) stopped(a *answer) error {
	text := a.complaint()
	if !d.JSON {
		fmt.Fprintln(d.Err, strings.Join(text, "\n"))
		return &failure{a.exit}
	}
	f := cli.Failure{Error: strings.TrimPrefix(text[0], d.T("error.prefix")), Exit: a.exit}
	if len(text) > 1 {
		f.Hint = strings.TrimPrefix(text[1], d.T("hint.prefix"))
	}
	out, err := json.Marshal(f)
	fmt.Fprintln(d.Err, string(out))
	return errors.Join(&failure{a.exit}, err)
}

// show prints the lines of an answer that say a sentence of the catalogue, of which there must be
// one.
func (d *demo) show(a *answer, id string) error {
	found := pattern(d.T(id)).FindAllString(string(a.err)+string(a.out), -1)
	if len(found) == 0 {
		return fault.At(id, errSilent)
	}
	for _, text := range found {
		d.reply(text)
	}
	return nil
}

func (d *demo) reply(text string) { d.line("     " + strings.TrimSpace(text)) }

// pattern matches what a sentence of the catalogue becomes with any arguments.
func pattern(sentence string) *regexp.Regexp {
	verb := regexp.MustCompile(`%(\\\[\d+\\\])?[\\.\d]*[a-z%]`) // as QuoteMeta leaves it
	text := verb.ReplaceAllStringFunc(regexp.QuoteMeta(sentence), func(v string) string {
		if strings.HasSuffix(v, "d") {
			return `\d+`
		}
		return `.*`
	})
	return regexp.MustCompile(`(?m)^` + text + `$`)
}

// width is that of a shown command line, after which it is broken.
const width = 96

// prompt shows a command as it is typed.
func (d *demo) prompt(program string, args ...string) {
	text, used := "   $ "+program, 5+len(program)
	for i, arg := range args {
		word := cli.Quote(arg)
		need := 1 + len(word)
		if strings.HasPrefix(arg, "--") && i+1 < len(args) {
			need += 1 + len(cli.Quote(args[i+1]))
		}
		if used+need > width && !follows(args, i) {
			text, used = text+" \\\n       ", 8
		}
		text += " " + word
		used += 1 + len(word)
	}
	d.line(text)
}

// follows tells whether an argument is the value of the flag before it.
func follows(args []string, i int) bool {
	return i > 0 && strings.HasPrefix(args[i-1], "--") && !strings.HasPrefix(args[i], "--")
}
