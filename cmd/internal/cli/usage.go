package cli

import (
	"errors"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/custody/fault"
)

// The ways in which a command line is refused; the object named is the word at fault.
var (
	ErrUsage          = errors.New("cli: the command line is wrong")
	ErrMissing        = errors.New("cli: a flag or an argument is missing")
	ErrUnknownCommand = errors.New("cli: there is no such command")
	ErrUnknownFlag    = errors.New("cli: there is no such flag")
	ErrNoValue        = errors.New("cli: a flag without its value")
	ErrNumber         = errors.New("cli: a whole number is expected")
	ErrTooMany        = errors.New("cli: an argument too many")
	ErrNoVault        = errors.New("cli: no vault is named, and none lies in the current folder")
	ErrSeveralVaults  = errors.New("cli: no vault is named, and several lie in the current folder")
	ErrNoBatch        = errors.New("cli: the vault has no batch that a ceremony completed")
	ErrNoKit          = errors.New("cli: the vault has no kit that is still to be handed over")
	ErrSeveralChoices = errors.New("cli: several things in the vault can be the value of this flag")
	ErrBare           = errors.New("cli: what stands here is the value of a flag")
)

// misspelt is ErrUnknownCommand with the commands that may be meant.
type misspelt struct{ near []string }

func (m *misspelt) Error() string { return ErrUnknownCommand.Error() }
func (m *misspelt) Unwrap() error { return ErrUnknownCommand }

// unknown names a word that is no command of c.
func unknown(c *cobra.Command, word string) error {
	c.SuggestionsMinimumDistance = 2
	return fault.At(word, &misspelt{c.SuggestionsFor(word)})
}

// meant is an error of the command line with what should be typed instead.
type meant struct {
	err  error
	line string
}

func (m *meant) Error() string { return m.err.Error() }
func (m *meant) Unwrap() error { return m.err }

// Meant is err with what should be typed instead, which its hint shows.
func Meant(err error, line string) error { return &meant{err, line} }

// tooMany names an argument that its command does not take. A folder may be meant as the vault.
func tooMany(c *cobra.Command, word string) error {
	vault := c.Flags().Lookup("vault")
	if info, err := os.Stat(word); err != nil || !info.IsDir() || vault == nil || vault.Changed {
		return fault.At(word, ErrTooMany)
	}
	return fault.At(word, Meant(ErrBare, Typed(c)+" --vault "+shellWord(word)))
}

// Typed is the command that runs with its flags, as a person types it.
func Typed(c *cobra.Command) string {
	line := c.CommandPath()
	c.Flags().Visit(func(f *pflag.Flag) { line += asTyped(f) })
	return line
}

// asTyped is a flag with its value, or values, as a person types it.
func asTyped(f *pflag.Flag) (typed string) {
	if f.Value.Type() == "bool" {
		return " --" + f.Name
	}
	values := []string{f.Value.String()}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		values = list.GetSlice()
	}
	for _, value := range values {
		typed += " --" + f.Name + " " + shellWord(value)
	}
	return typed
}

// hint is what to do about an error: the sentence of its row, or a likely command.
func (a *App) hint(err error, row errorRow) string {
	if m, ok := errors.AsType[*meant](err); ok {
		return a.T("suggest.line", m.line)
	}
	if errors.Is(err, ErrMissing) {
		if example := a.completed(err); example != "" {
			return a.T("suggest.example", example)
		}
	}
	if m, ok := errors.AsType[*misspelt](err); ok && len(m.near) > 0 {
		return a.T("suggest.command", strings.Join(m.near, ", "))
	}
	if d, ok := errors.AsType[*dayError](err); ok {
		return a.T("suggest.day", d.day.Format(time.DateOnly), a.Lang.Date(d.day))
	}
	if d, ok := errors.AsType[*draft](err); ok {
		return a.draftHint(d)
	}
	return row.hint.In(a.Lang)
}

// flagError names the flag in an error of the flag parser, and what is wrong with it. Behind a word that is
// no command, the word is at fault and not its flags.
func flagError(c *cobra.Command, err error) error {
	if before := c.Flags().Args(); c.HasSubCommands() && len(before) > 0 {
		return unknown(c, before[0])
	}
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if short := e.GetSpecifiedShortnames(); short != "" {
			return fault.At("-"+short, ErrUnknownFlag)
		}
		return fault.At("--"+e.GetSpecifiedName(), ErrUnknownFlag)
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return fault.At("--"+e.GetFlag().Name, ErrNoValue)
	}
	if e, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return fault.At(e.GetSpecifiedFlag(), ErrUnknownFlag)
	}
	e, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		return fault.At(err.Error(), ErrUsage)
	}
	where := "--" + e.GetFlag().Name + " " + e.GetValue()
	if strings.Contains(e.GetFlag().Value.Type(), "int") {
		return fault.At(where, ErrNumber)
	}
	return fault.At(where, &ValueError{ErrValue, bare(e.GetFlag().Usage)})
}

// argument is the name of an argument in the person's language.
func (a *App) argument(name string) string {
	if inner, ok := optional(name); ok {
		return "[" + a.argument(inner) + "]"
	}
	switch name {
	case "SERIAL":
		return a.T("argument.serial")
	case "TOKEN":
		return a.T("argument.token")
	case "FOLDER":
		return a.T("argument.folder")
	case "FILE":
		return a.T("argument.file")
	case "MEMBER":
		return a.T("argument.member")
	}
	return name
}

// optional takes the brackets off the name of an argument that may be left out.
func optional(name string) (inner string, ok bool) {
	inner, ok = strings.CutPrefix(name, "[")
	return strings.TrimSuffix(inner, "]"), ok
}

// takes checks the number of arguments against their names, of which the optional ones come last.
func takes(names []string) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if len(given) > len(names) {
			return tooMany(c, given[len(names)])
		}
		if len(given) < len(names) {
			if _, ok := optional(names[len(given)]); !ok {
				return fault.At(names[len(given)], ErrMissing)
			}
		}
		return nil
	}
}

// gather is what a command does that only holds others.
func gather(c *cobra.Command, given []string) error {
	if len(given) > 0 {
		return unknown(c, given[0])
	}
	return c.Help()
}
