package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/custody/fault"
)

// The ways in which a command line is refused; the object named is the word at fault.
var (
	ErrUsage   = errors.New("cli: the command line is wrong")
	ErrMissing = errors.New("cli: a flag or an argument is missing")
)

// Leaf makes a command that does something. Its help comes from the catalogue: `help.PATH` for
// the short form, `about.PATH` for the long; PATH is its words without the program's name.
func (a *App) Leaf(path, example string, run func(args []string) error, args ...string) *cobra.Command {
	words := strings.Fields(path)
	use := words[len(words)-1]
	for _, arg := range args {
		use += " " + arg
	}
	return &cobra.Command{
		Use: use, Short: a.T("help." + path), Long: a.T("about." + path), Example: indent(example),
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) > len(args) {
				return fault.At(given[len(args)], ErrUsage)
			}
			if len(given) < len(args) {
				return fault.At(args[len(given)], ErrMissing)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, given []string) error { return run(given) },
	}
}

// Group makes a command that only holds others.
func (a *App) Group(path string, children ...*cobra.Command) *cobra.Command {
	words := strings.Fields(path)
	cmd := &cobra.Command{
		Use: words[len(words)-1], Short: a.T("help." + path),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, given []string) error {
			if len(given) > 0 {
				return fault.At(given[0], ErrUsage)
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(children...)
	return cmd
}

// Root makes the program's command with its persistent flags, exit codes and templates.
func (a *App) Root(children ...*cobra.Command) *cobra.Command {
	root := a.Group(a.Name, children...)
	root.Long = a.T("about."+a.Name) + "\n\n" + a.exitCodes()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.PersistentFlags().String("lang", "", a.T("flag.lang"))
	root.PersistentFlags().BoolVar(&a.JSON, "json", false, a.T("flag.json"))
	root.SetUsageTemplate(a.usage())
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return fault.At(flagAtFault(err), ErrUsage)
	})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	a.translateDefaults(root)
	return root
}

func (a *App) translateDefaults(root *cobra.Command) {
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help", "completion":
			c.Short = a.T("help." + c.Name())
			c.Long = a.T("help." + c.Name())
		}
	}
	for _, c := range append(walk(root), root) {
		c.DisableFlagsInUseLine = true
		c.LocalFlags().VisitAll(a.sayDefault)
		c.InitDefaultHelpFlag()
		if f := c.Flags().Lookup("help"); f != nil {
			f.Usage = a.T("flag.help")
		}
	}
}

// sayDefault puts a flag's default into its description, in the person's language.
func (a *App) sayDefault(f *pflag.Flag) {
	switch f.DefValue {
	case "", "false", "0", "[]":
		return
	}
	f.Usage += " " + a.T("flag.default", f.DefValue)
	f.DefValue = ""
}

func walk(c *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, child := range c.Commands() {
		out = append(append(out, child), walk(child)...)
	}
	return out
}

// flagAtFault finds the flag in an error of the flag parser, which has no structure; what it
// finds is shown escaped.
func flagAtFault(err error) string {
	text := err.Error()
	if _, after, ok := strings.Cut(text, `" for "`); ok { // invalid argument "…" for "--flag" flag
		text = after
	}
	for w := range strings.FieldsSeq(text) {
		if strings.HasPrefix(w, "-") {
			return strings.Trim(w, `"':,`)
		}
	}
	return strings.Join(os.Args[1:], " ")
}

// usage is cobra's usage template in the person's language.
func (a *App) usage() string {
	return a.T("usage.usage") + `
{{if .Runnable}}  {{.UseLine}} ` + a.T("usage.options") + `
{{end}}{{if .HasAvailableSubCommands}}  {{.CommandPath}} …
{{end}}{{if .HasExample}}
` + a.T("usage.examples") + `
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
` + a.T("usage.commands") + `{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
` + a.T("usage.flags") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
` + a.T("usage.global") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`
}

func indent(example string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(example), "\n", "\n  ")
}

// Main runs a program and returns its exit code.
func (a *App) Main(root *cobra.Command, args []string) int {
	if err := a.checkLang(args); err != nil {
		return a.Fail(err)
	}
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		return a.Fail(err)
	}
	return 0
}

// Require makes flags mandatory: a missing one is a usage error that names it.
func (a *App) Require(c *cobra.Command, names ...string) *cobra.Command {
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		for _, name := range names {
			if !c.Flags().Changed(name) {
				return fault.At("--"+name, ErrMissing)
			}
		}
		return run(c, args)
	}
	return c
}
