package cli

import (
	"github.com/spf13/cobra"

	"bailiff/cmd/internal/build"
	"bailiff/custody/keyvalue"
)

// shownVersion is the JSON of version.
type shownVersion struct {
	Digest string `json:"digest"`
	build.Build
	Cards *bool `json:"cards,omitempty"` // of a program that uses tokens: whether it reaches smart cards
}

// Version makes the command that tells which build of the program runs. digest is the program's; cards, unless
// nil, whether it reaches smart cards.
func (a *App) Version(digest func() ([32]byte, error), cards *bool) *cobra.Command {
	return a.Leaf("version", a.Name+" version", func([]string) error {
		sum, err := digest()
		if err != nil {
			return err
		}
		v := shownVersion{keyvalue.FormatDigest(sum), build.Running(), cards}
		return a.Result(v, func() { a.sayVersion(&v) })
	})
}

func (a *App) sayVersion(v *shownVersion) {
	a.Say("version.line", a.Name, v.Digest, v.Go)
	switch v.Tree {
	case build.Clean:
		a.Say("version.clean", v.Version, v.Commit)
	case build.Changed:
		a.Say("version.changed", v.Version, v.Commit)
	default:
		a.Say("version.unknown", v.Version)
	}
	if v.Erasing {
		a.Say("version.erasing")
	} else {
		a.Say("version.not-erasing")
	}
	switch {
	case v.Cards == nil:
	case *v.Cards:
		a.Say("version.cards")
	default:
		a.Say("version.no-cards")
	}
}
