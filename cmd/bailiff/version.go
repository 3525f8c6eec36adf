package main

import (
	"github.com/spf13/cobra"

	"bailiff/custody/token/piv"
)

// version shows what runs.
func version(t *tool) *cobra.Command {
	cards := piv.Linked
	return t.Version(t.running.Digest, &cards)
}
