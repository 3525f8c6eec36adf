package cli

import (
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bailiff/custody/fault"
)

// The commands in the sentences of the catalogue are whole: they run as they stand, with the values of an
// example. Where the person's own command has a value for the same flag, that stands there instead, and of a token its
// serial number: a hint is there to be pasted.

var (
	quotedCommand = regexp.MustCompile("`bailiff[^`]*`")
	sampleValue   = regexp.MustCompile(`--([a-z-]+) ([^ ` + "`" + `]+)`)
	serialNumber  = regexp.MustCompile(`^[0-9]{6,12}$`)
)

// samples are the values of the examples, by flag.
var samples = map[string][]string{
	"vault": {"coffre", "vault"}, "policy": {"policy.toml"}, "script": {"script.toml"}, "order": {"order.txt"}, "signatures": {"order.sig"},
	"kit": {"pli", "kit"}, "key": {"officer-1.secret.asc"}, "database": {"sqlite:pool.db"}, "trust": {"trust.anchor"},
}

// The token, the member and the folder of tokens of the examples.
const (
	sampleSerial = "20001001"
	sampleMember = "member-0001"
	sampleFolder = "token list tokens"
)

// paste puts the person's own values into the commands of a sentence, which is a hint about err unless that is nil.
func (a *App) paste(sentence string, err error) string {
	if !strings.Contains(sentence, "`bailiff") {
		return sentence
	}
	return quotedCommand.ReplaceAllStringFunc(sentence, func(command string) string {
		command = sampleValue.ReplaceAllStringFunc(command, func(sample string) string {
			m := sampleValue.FindStringSubmatch(sample)
			if own := a.given(m[1]); own != "" && slices.Contains(samples[m[1]], m[2]) {
				return "--" + m[1] + " " + shellWord(own)
			}
			return sample
		})
		objects := fault.Objects(err)
		if i := slices.IndexFunc(objects, serialNumber.MatchString); i >= 0 {
			command = strings.ReplaceAll(command, " "+sampleSerial, " "+objects[i])
		}
		if own := a.given("tokens"); own != "" {
			command = strings.Replace(command, sampleFolder, strings.TrimSuffix(sampleFolder, "tokens")+shellWord(own), 1)
		}
		if own := a.member(); own != "" {
			command = strings.Replace(command, " "+sampleMember, " "+shellWord(own), 1)
		}
		return strings.TrimSuffix(command, "`") + a.besides(command) + "`"
	})
}

// besides are the flags of the command that runs that belong to a command in a sentence too, though no sentence has them: with which
// tokens, and where it is the same command that is to run again, whatever else the person gave.
func (a *App) besides(command string) (flags string) {
	words := strings.Fields(strings.Trim(command, "`"))
	if a.running == nil || words[0] != a.running.Root().Name() {
		return ""
	}
	meant, _, err := a.running.Root().Find(words[1:])
	if err != nil {
		return ""
	}
	a.running.Flags().Visit(func(f *pflag.Flag) {
		carried := slices.Contains(ofTokens, f.Name) || meant == a.running && !slices.Contains(ofOneRun, f.Name)
		if carried && meant.Flags().Lookup(f.Name) != nil && !slices.Contains(words, "--"+f.Name) {
			flags += asTyped(f)
		}
	})
	return flags
}

// The flags that say with which tokens, and those that are given anew each time.
var (
	ofTokens = []string{"token", "tokens", "pin-file", "wait"}
	ofOneRun = []string{"confirm", "dice", "json", "lang"}
)

// member is the one that the command which runs is about, or "": a key must never be asked for under another's name.
func (a *App) member() string {
	if own := a.given("member"); own != "" || a.running == nil {
		return own
	}
	if strings.Contains(a.running.Use, " "+a.argument("MEMBER")) {
		return a.running.Flags().Arg(0)
	}
	return ""
}

// given is the value that the command which runs has for a flag, or "".
func (a *App) given(flag string) string {
	if a.running == nil {
		return ""
	}
	f := a.running.Flags().Lookup(flag)
	if f == nil || f.Value.Type() != "string" {
		return ""
	}
	return f.Value.String()
}

// plainWord is what a shell takes as it stands.
var plainWord = regexp.MustCompile(`^[\pL\pN_./:@%+=,-]+$`)

// shellWord quotes a word for a shell, if it needs that.
func shellWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// requiredFlag marks a flag that its command demands.
const requiredFlag = "bailiff_required"

// Required are the flags that a command demands.
func Required(c *cobra.Command) []string {
	var out []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[requiredFlag] != nil {
			out = append(out, f.Name)
		}
	})
	return out
}

// Quote is a word as a shell reads it back.
func Quote(word string) string { return shellWord(word) }

// Paste is a command line that can be pasted into a shell as it stands.
func Paste(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = Quote(w)
	}
	return strings.Join(quoted, " ")
}
