package main

import (
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
)

// onVault gives a command its --vault, which may be left out where exactly one vault lies in the current folder: that
// one is taken, and said. The other flags named must be given. See docs/decisions/0042-vault-in-sight.md for the commands that
// have their vault named all the same.
func (t *tool) onVault(c *cobra.Command, path *string, required ...string) *cobra.Command {
	c.Flags().StringVar(path, "vault", "", t.T("flag.vault-found"))
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		if !c.Flags().Changed("vault") {
			found, err := inSight()
			if err != nil {
				return err
			}
			if err := c.Flags().Set("vault", found); err != nil {
				return err
			}
			t.Note("vault.found", found)
		}
		return run(c, args)
	}
	return t.Require(c, required...)
}

// inSight is the one vault in the current folder.
func inSight() (string, error) {
	found, err := custody.Vaults(".")
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", fault.At("--vault", cli.ErrNoVault)
	case len(found) > 1:
		return "", fault.At(strings.Join(found, ", "), cli.ErrSeveralVaults)
	}
	return found[0], nil
}
