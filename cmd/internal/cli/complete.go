package cli

import (
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/custody/fault"
)

// eitherFlag marks a flag of which, or of one that stands beside it, its command demands one.
const eitherFlag = "bailiff_either"

// Either says that a command demands one of these flags: a hint has the first, where the person gave none.
func Either(c *cobra.Command, names ...string) {
	_ = c.Flags().SetAnnotation(names[0], eitherFlag, names) // fails for a flag that there is not
}

// examples are those of the command that runs, each in one line. Those that have every flag which its person typed come first.
func (a *App) examples() []string {
	if a.running == nil {
		return nil
	}
	var like, other []string
	for example := range strings.Lines(strings.ReplaceAll(a.running.Example, "\\\n", " ")) {
		example = strings.Join(strings.Fields(example), " ")
		if a.hasTyped(example) {
			like = append(like, example)
		} else {
			other = append(other, example)
		}
	}
	return append(like, other...)
}

// hasTyped reports whether an example has every flag that the person typed.
func (a *App) hasTyped(example string) bool {
	words, has := strings.Fields(example), true
	a.running.Flags().Visit(func(f *pflag.Flag) { has = has && slices.Contains(words, "--"+f.Name) })
	return has
}

// exampleFlag is a flag of an example with its value.
var exampleFlag = regexp.MustCompile(` --([a-z-]+)(?: ('[^']*'|[^-' ][^ ]*))?`)

// completed is the command that runs with what its person typed, and what err, or the next error, calls missing as the examples have
// it; where that does not do, an example.
func (a *App) completed(err error) string {
	examples := a.examples()
	if len(examples) == 0 {
		return ""
	}
	words, _, _ := strings.Cut(examples[0], " --")
	if words != a.running.CommandPath() || a.running.Flags().NArg() > 0 {
		return examples[0] // it has arguments
	}
	line, missing := Typed(a.running), a.lacking(err)
	for _, example := range examples {
		of := missing // an example has a flag several times
		for _, m := range exampleFlag.FindAllStringSubmatch(example, -1) {
			if slices.Contains(of, m[1]) {
				line += m[0]
				missing = slices.DeleteFunc(slices.Clone(missing), func(name string) bool { return name == m[1] })
			}
		}
	}
	if len(missing) > 0 {
		return examples[0]
	}
	return line
}

// lacking are the flags that the command which runs demands and its person did not give, and those that an error names.
func (a *App) lacking(err error) (names []string) {
	names = slices.DeleteFunc(Required(a.running), a.running.Flags().Changed)
	for _, object := range fault.Objects(err) {
		if name, ok := strings.CutPrefix(object, "--"); ok && !slices.Contains(names, name) && a.running.Flags().Lookup(name) != nil {
			names = append(names, name)
		}
	}
	a.running.Flags().VisitAll(func(f *pflag.Flag) {
		either := f.Annotations[eitherFlag]
		if len(either) > 0 && !slices.ContainsFunc(either, a.running.Flags().Changed) && !slices.ContainsFunc(names, func(name string) bool { return slices.Contains(either, name) }) {
			names = append(names, f.Name)
		}
	})
	return names
}
