// Package clitest holds what is said of commands against the commands that there are. Only tests use it.
//
// If it is wrong, a person who is stuck is told to type what the program refuses.
package clitest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/cards"
	"bailiff/cmd/internal/cli/pool"
	"bailiff/cmd/internal/wording"
)

// Catalogue holds every command of a program that a sentence of the catalogue, or of an error, tells somebody to type, in both languages,
// and every example of a help. Such commands stand in backquotes; one outside of them would not be looked at.
func Catalogue(t *testing.T, root *cobra.Command) {
	t.Helper()
	quoted := regexp.MustCompile("`(" + root.Name() + " [^`]*)`")
	loose := regexp.MustCompile(`\b` + root.Name() + ` (` + strings.Join(names(root), "|") + `) [a-z]`)
	found := 0
	for id, text := range sentences() {
		if strings.HasPrefix(id, "about.") {
			continue // what such a text quotes are commands by name
		}
		for _, s := range []string{text.Fr, text.En} {
			for _, m := range quoted.FindAllStringSubmatch(s, -1) {
				found++
				if err := Parses(root, unquoted(m[1])); err != nil {
					t.Errorf("%s: %q cannot be typed as it stands: %v", id, m[1], err)
				}
			}
			if at := loose.FindString(quoted.ReplaceAllString(s, "")); at != "" {
				t.Errorf("%s: a command outside of backquotes: %q", id, s)
			}
		}
	}
	for _, c := range walk(root) {
		for line := range strings.SplitSeq(strings.ReplaceAll(c.Example, "\\\n", ""), "\n") {
			if line = unquoted(line); strings.HasPrefix(line, root.Name()+" ") {
				found++
				if err := Parses(root, line); err != nil {
					t.Errorf("example %q: %v", line, err)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no command was found: is this test broken?")
	}
}

// sentences are those of the catalogue and those of every error, of whichever program.
func sentences() map[string]wording.Text {
	a, all := &cli.App{}, wording.All()
	pool.AddErrors(a)
	cards.AddErrors(a)
	maps.Copy(all, a.Sentences())
	return all
}

// unquoted is a line of which each argument is one word: what stands in quotes becomes x. What follows a pipe is
// another program's.
func unquoted(line string) string {
	line, _, _ = strings.Cut(strings.TrimSpace(line), " | ")
	return regexp.MustCompile(`'[^']*'`).ReplaceAllString(line, "x")
}

func names(root *cobra.Command) []string {
	var out []string
	for _, c := range root.Commands() {
		out = append(out, c.Name())
	}
	return out
}

func walk(c *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{c}
	for _, child := range c.Commands() {
		out = append(out, walk(child)...)
	}
	return out
}

// Parses reports why a command line, such as `bailiff vault show --vault vault`, is not one that can be typed as it
// stands: a command or a flag that there is not, an argument too many or too few, a flag that is demanded and missing, unless
// its help is asked for. It runs nothing.
func Parses(root *cobra.Command, line string) error {
	words := strings.Fields(line)
	if len(words) == 0 || words[0] != root.Name() {
		return fmt.Errorf("no command of %s", root.Name())
	}
	c, rest, err := root.Find(words[1:])
	if err != nil {
		return err
	}
	if c.HasSubCommands() && c != root {
		return fmt.Errorf("%s holds other commands and does nothing", c.CommandPath())
	}
	var given []string
	flags := pflag.NewFlagSet(c.Name(), pflag.ContinueOnError)
	flags.AddFlagSet(c.Flags())
	flags.AddFlagSet(root.PersistentFlags())
	err = flags.ParseAll(rest, func(f *pflag.Flag, value string) error {
		given = append(given, f.Name)
		return f.Value.Set(value)
	})
	if err != nil {
		return err
	}
	for _, name := range cli.Required(c) {
		if !slices.Contains(given, name) && !slices.Contains(given, "help") {
			return fmt.Errorf("--%s is missing", name)
		}
	}
	if c == root {
		return cobra.NoArgs(c, flags.Args())
	}
	return c.Args(c, flags.Args())
}
