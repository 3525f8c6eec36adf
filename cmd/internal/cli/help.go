package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/custody/fault"
)

// helpCommand is `help`, which refuses what is no command.
func (a *App) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help " + a.T("argument.command"), Short: a.T("help.help"), Long: a.T("help.help"),
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, given []string) error {
			asked, rest, err := c.Root().Find(given)
			switch {
			case err != nil || asked == nil:
				return unknown(c.Root(), strings.Join(given, " "))
			case len(rest) > 0 && asked.HasSubCommands():
				return unknown(asked, rest[0])
			case len(rest) > 0:
				return fault.At(rest[0], ErrTooMany)
			}
			return asked.Help()
		},
		ValidArgsFunction: func(c *cobra.Command, given []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var names []cobra.Completion
			if asked, _, err := c.Root().Find(given); err == nil {
				for _, child := range asked.Commands() {
					if child.IsAvailableCommand() && strings.HasPrefix(child.Name(), begun) {
						names = append(names, cobra.CompletionWithDesc(child.Name(), child.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// showHelp prints a command's help, broken at the terminal's width.
func (a *App) showHelp(c *cobra.Command, _ []string) {
	text := c.UsageString()
	if about := strings.TrimSpace(c.Long); about != "" {
		text = about + "\n\n" + text
	} else if c.Short != "" {
		text = c.Short + "\n\n" + text
	}
	fmt.Fprint(a.Out, a.wrapHelp(text, width(a.Out)))
}

// translateDefaults puts what the libraries say into the person's language.
func (a *App) translateDefaults(root *cobra.Command) {
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			a.translateCompletion(c)
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

// translateCompletion leaves the shells of the systems that the programs are made for.
func (a *App) translateCompletion(c *cobra.Command) {
	c.Short, c.Long = a.T("help.completion"), a.T("help.completion")
	c.Args, c.RunE = cobra.ArbitraryArgs, gather
	for _, shell := range c.Commands() {
		name := shell.Name()
		switch name {
		case "bash", "zsh":
			shell.Example = fmt.Sprintf("  source <(%s completion %s)", a.Name, name)
		case "fish":
			shell.Example = fmt.Sprintf("  %s completion fish | source", a.Name)
		default:
			c.RemoveCommand(shell)
			continue
		}
		shell.Short, shell.Long = a.T("completion.shell", name), a.T("completion.shell", name)
		shell.Args = takes(nil)
		if f := shell.Flags().Lookup("no-descriptions"); f != nil {
			f.Usage = a.T("flag.no-descriptions")
		}
	}
}

// sayDefault puts a flag's default into its description, in the person's language, and leaves the
// library nothing to say of it.
func (a *App) sayDefault(f *pflag.Flag) {
	switch f.DefValue {
	case "", "false", "0", "0s", "[]":
		return
	}
	f.Usage += " " + a.T("flag.default", f.DefValue)
	f.DefValue = ""
	if strings.Contains(f.Value.Type(), "int") {
		f.DefValue = "0"
	}
}

// bareFlags takes the quotes, which name a flag's argument in the help, out of what a shell shows
// when it completes.
func bareFlags(root *cobra.Command) {
	for _, c := range append(walk(root), root) {
		for _, flags := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags()} {
			flags.VisitAll(func(f *pflag.Flag) { f.Usage = bare(f.Usage) })
		}
	}
}

// bare is the help of a flag without those quotes.
func bare(usage string) string { return strings.ReplaceAll(usage, "`", "") }

func walk(c *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, child := range c.Commands() {
		out = append(append(out, child), walk(child)...)
	}
	return out
}

// usage is cobra's usage template in the person's language.
func (a *App) usage() string {
	columns := fmt.Sprint(width(a.Out))
	return a.T("usage.usage") + `
{{if .HasAvailableSubCommands}}  {{.CommandPath}} ` + a.T("argument.command") + ` ` + a.T("usage.options") + `
{{else}}  {{.UseLine}} ` + a.T("usage.options") + `
{{end}}{{if .HasExample}}
` + a.T("usage.examples") + `
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
` + a.T("usage.commands") + `{{range .Commands}}{{if and (or .IsAvailableCommand (eq .Name "help")) (ne .Name "completion")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
` + a.T("usage.flags") + `
{{.LocalFlags.FlagUsagesWrapped ` + columns + ` | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
` + a.T("usage.global") + `
{{.InheritedFlags.FlagUsagesWrapped ` + columns + ` | trimTrailingWhitespaces}}
{{end}}`
}
