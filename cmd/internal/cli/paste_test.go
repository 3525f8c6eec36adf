package cli_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/pool"
	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/keyceremony/registry"
)

// TestHintsHaveTheValuesOfTheCommand: what a person is told to type next is about their own files.
func TestHintsHaveTheValuesOfTheCommand(t *testing.T) {
	for _, c := range []struct {
		args []string
		err  error
		want string
	}{
		{[]string{"vault", "show", "--vault", "mon coffre"}, custody.ErrNotCosigned, "`bailiff ledger cosign --vault 'mon coffre'`"},
		{[]string{"vault", "show", "--vault", "l'étude"}, custody.ErrNotCosigned, `--vault 'l'\''étude'`},
		{[]string{"vault", "show", "--vault", "d/étude-1"}, custody.ErrNotCosigned, "`bailiff ledger cosign --vault d/étude-1`"},
		{[]string{"vault", "show"}, custody.ErrNotCosigned, "`bailiff ledger cosign --vault vault`"},
		{[]string{"vault", "show", "--vault", "v"}, custody.ErrDamaged, "`bailiff vault verify --vault other-copy`"},
		{[]string{"vault", "show", "--tokens", "mes jetons"}, cli.ErrNoTokens, "`bailiff token list 'mes jetons'`"},
		{[]string{"vault", "show", "--vault", "v"}, fault.At("c03", fault.At("31415926", token.ErrPIN)), "`bailiff token show 31415926`"},
	} {
		var out bytes.Buffer
		a := &cli.App{Name: "bailiff", Out: &out, Err: &out, Lang: wording.English}
		leaf := a.Leaf("vault show", "", func([]string) error { return c.err })
		leaf.Flags().String("vault", "", "")
		leaf.Flags().String("tokens", "", "")
		a.Main(a.Root(a.Group("vault", leaf)), c.args)
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: %s", c.args, out.String())
		}
	}
}

// TestHintsHaveTheTokensOfTheCommand: what is to be typed next, or again, works with the tokens that the person named, and with whatever
// else they gave the same command; what belongs to one run is not repeated.
func TestHintsHaveTheTokensOfTheCommand(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"run", "--vault", "v", "--tokens", "mes jetons"}, "`bailiff ledger cosign --vault v --tokens 'mes jetons'`"},
		{[]string{"run", "--token", "a.token", "--token", "b.token"}, "`bailiff ledger cosign --vault vault --token a.token --token b.token`"},
		{[]string{"run", "--vault", "v", "--bailiff", "M. X", "--confirm", "y"}, "`bailiff ledger cosign --vault v`"},
		{[]string{"ledger", "cosign", "--vault", "v", "--bailiff", "M. X", "--confirm", "y"}, "`bailiff ledger cosign --vault v --bailiff 'M. X'`"},
	} {
		var out bytes.Buffer
		a := &cli.App{Name: "bailiff", Out: &out, Err: &out, Lang: wording.English}
		run := a.Leaf("run", "", func([]string) error { return custody.ErrNotCosigned })
		cosign := a.Leaf("ledger cosign", "", func([]string) error { return custody.ErrNotCosigned })
		for _, leaf := range []*cobra.Command{run, cosign} {
			leaf.Flags().StringArray("token", nil, "")
			for _, flag := range []string{"vault", "tokens", "bailiff", "confirm"} {
				leaf.Flags().String(flag, "", "")
			}
		}
		a.Main(a.Root(run, a.Group("ledger", cosign)), c.args)
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: %s", c.args, out.String())
		}
	}
}

// TestHintsNameTheMember: the command that prints a member's key is about the member who was asked for.
func TestHintsNameTheMember(t *testing.T) {
	for want, args := range map[string][]string{
		"pool key member-0007 ":   {"key", "member-0007"},
		"pool key 'Zoé Exemple' ": {"new", "--member", "Zoé Exemple"},
		"pool key member-0001 ":   {"show", "something"},
	} {
		var out bytes.Buffer
		a := &cli.App{Name: "bailiff-platform", Out: &out, Err: &out, Lang: wording.French}
		pool.AddErrors(a)
		act := func([]string) error { return registry.ErrOtherKey }
		order := a.Leaf("new", "", act)
		order.Flags().String("member", "", "")
		a.Main(a.Root(a.Leaf("key", "", act, "MEMBER"), order, a.Leaf("show", "", act, "[FILE]")), args)
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q: %s", args, out.String())
		}
	}
}

// TestEveryRefusalNamesAnObject: of the command line, where the error has none. What is about a token, this machine or what
// was typed says so in its sentence.
func TestEveryRefusalNamesAnObject(t *testing.T) {
	own := regexp.MustCompile(`^(attestation|checkup|cli|generator|image|keypair|machine|piv|rig|secret|soft|token|words)\.`)
	named := 0
	first, _ := newApp(wording.French)
	for _, r := range first.Rows() {
		if own.MatchString(r.ID) {
			continue
		}
		for _, l := range []wording.Lang{wording.French, wording.English} {
			a, out := newApp(l)
			leaf := a.Leaf("act", "", func([]string) error { return r.Err }, "[FILE]")
			args := []string{"act", "object"}
			for _, flag := range []string{"vault", "order", "policy", "script", "database", "kit"} {
				leaf.Flags().String(flag, "", "")
				args = append(args, "--"+flag, "object")
			}
			a.Main(a.Root(leaf), args)
			lines := strings.Split(out.String(), "\n")
			if want := a.T("error.prefix") + "object" + a.T("error.colon"); !strings.HasPrefix(lines[0], want) {
				t.Errorf("%s: %q names no object", r.ID, lines[0])
			}
			if len(lines) < 2 || !strings.HasPrefix(lines[1], a.T("hint.prefix")) {
				t.Errorf("%s: %q has no hint", r.ID, lines)
			}
			named++
		}
	}
	if named < 400 {
		t.Errorf("%d rows only: is this test broken?", named)
	}
}
