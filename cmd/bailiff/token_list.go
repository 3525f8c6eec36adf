package main

import (
	"cmp"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bailiff/custody"
	"bailiff/custody/fault"
)

// tokenList lists what is in the readers, or the software tokens of a folder, and, with a vault, who
// holds each.
func tokenList(t *tool) *cobra.Command {
	var path string
	c := t.Leaf("token list", "bailiff token list\nbailiff token list --vault vault\nbailiff token list tokens --vault vault", func(args []string) error {
		if len(args) == 0 {
			return t.listReaders(path)
		}
		return t.listTokens(args[0], path)
	}, "[FOLDER]")
	c.Flags().StringVar(&path, "vault", "", t.T("flag.vault"))
	return t.Require(c)
}

// tokenHeld is a token of a list with its holder.
type tokenHeld struct {
	tokenMade
	Custodian string `json:"custodian,omitempty"`
	Error     string `json:"error,omitempty"` // why it cannot be read; nothing but its path is known then
}

func (t *tool) listTokens(folder, vaultPath string) error {
	var v *custody.Vault
	if vaultPath != "" {
		var err error
		if v, err = custody.Open(t.host(), vaultPath, false); err != nil {
			return err
		}
		defer v.Close()
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return fault.At(folder, err)
	}
	var first error // of the tokens that cannot be read; the others are listed all the same
	list := []tokenHeld{}
	for _, f := range files {
		if filepath.Ext(f.Name()) != ".token" {
			continue
		}
		file := filepath.Join(folder, f.Name())
		shown, err := t.describe(file)
		if err != nil {
			first = cmp.Or(first, err)
			list = append(list, tokenHeld{tokenMade: tokenMade{Token: file}, Error: t.Explain(err).Error})
			continue
		}
		held := tokenHeld{tokenMade: *shown}
		if v != nil {
			if c, _, ok := v.Policy.Holder(shown.Kind, shown.Serial); ok {
				held.Custodian = c.ID
			}
		}
		list = append(list, held)
	}
	err = t.Result(list, func() {
		for _, h := range list {
			t.sayHeld(h)
		}
		t.Say("token.count", len(list))
	})
	return cmp.Or(err, first)
}

func (t *tool) sayHeld(h tokenHeld) {
	switch {
	case h.Error != "":
		t.Say("token.unread", h.Error)
	case h.Custodian == "":
		t.Say("token.line", h.Serial, h.Tries, h.Token)
	default:
		t.Say("token.held", h.Serial, h.Tries, h.Token, h.Custodian)
	}
}
