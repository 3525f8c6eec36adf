package cli

import (
	"errors"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/custody/fault"
	"bailiff/custody/machine"
)

// Leaf makes a command that does something. Its help comes from the catalogue: `help.PATH` for
// the short form, `about.PATH` for the long; PATH is its words without the program's name.
func (a *App) Leaf(path, example string, run func(args []string) error, args ...string) *cobra.Command {
	words := strings.Fields(path)
	use := words[len(words)-1]
	names := make([]string, len(args))
	for i, arg := range args {
		names[i] = a.argument(arg)
		use += " " + names[i]
	}
	return &cobra.Command{
		Use: use, Short: a.T("help." + path), Long: a.T("about." + path), Example: wrapExample(indent(example), width(a.Out)),
		Args: takes(names),
		RunE: func(_ *cobra.Command, given []string) error { return run(given) },
	}
}

// Group makes a command that only holds others.
func (a *App) Group(path string, children ...*cobra.Command) *cobra.Command {
	words := strings.Fields(path)
	cmd := &cobra.Command{
		Use: words[len(words)-1], Short: a.T("help." + path),
		Args: cobra.ArbitraryArgs,
		RunE: gather,
	}
	cmd.AddCommand(children...)
	return cmd
}

// Root makes the program's command with its persistent flags, table of exit codes and templates.
func (a *App) Root(children ...*cobra.Command) *cobra.Command {
	root := a.Group(a.Name, append(children, a.exitCodesCommand())...)
	root.Long = a.T("about." + a.Name)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.PersistentFlags().String("lang", "", a.T("flag.lang"))
	root.PersistentFlags().BoolVar(&a.JSON, "json", false, a.T("flag.json"))
	root.SetUsageTemplate(a.usage())
	root.SetHelpFunc(a.showHelp)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(a.helpCommand())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	a.translateDefaults(root)
	return root
}

func indent(example string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(example), "\n", "\n  ")
}

// Main runs a program and returns its exit code.
func (a *App) Main(root *cobra.Command, args []string) int {
	if err := machine.Kernel(); err != nil {
		return a.Fail(err)
	}
	if err := a.checkLang(args); err != nil {
		return a.Fail(err)
	}
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		bareFlags(root)
	}
	root.LocalFlags().VisitAll(a.sayDefault) // those that a program added to it
	c, _, err := root.Find(args)
	switch {
	case err == nil && c.Hidden: // a program's child, which ends with it
		signal.Ignore(os.Interrupt)
	case !a.OwnSignals:
		a.watch()
	}
	a.running = c
	root.SetArgs(args)
	err = a.told(root.Execute())
	switch {
	case err == nil:
		return 0
	case errors.Is(err, NotYet()):
		return ExitNotYet
	}
	return a.Fail(err)
}

// Require makes flags mandatory: a missing one is a usage error that names it, and so is one, of
// these or any other, that is given without a value.
func (a *App) Require(c *cobra.Command, names ...string) *cobra.Command {
	for _, name := range names {
		_ = c.Flags().SetAnnotation(name, requiredFlag, []string{"true"}) // fails for a flag that there is not
	}
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		for _, name := range names {
			if !c.Flags().Changed(name) {
				return fault.At("--"+name, ErrMissing)
			}
		}
		if name := emptyFlag(c.Flags()); name != "" {
			return fault.At("--"+name, ErrNoValue)
		}
		return run(c, args)
	}
	return c
}

// emptyFlag names a flag that was given an empty value.
func emptyFlag(flags *pflag.FlagSet) (name string) {
	flags.Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		if slices.Contains(values, "") {
			name = f.Name
		}
	})
	return name
}
