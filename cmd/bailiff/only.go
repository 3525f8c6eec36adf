package main

import (
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
)

// only is the one value that a flag can have in a vault, where nobody gave it: of none, that is said; several are listed, and the hint
// has the command with the last of them.
func only(c *cobra.Command, flag string, values []string, none error) (string, error) {
	switch len(values) {
	case 0:
		return "", none
	case 1:
		return values[0], nil
	}
	last := values[len(values)-1]
	return "", fault.At("--"+flag, fault.At(strings.Join(values, ", "), cli.Meant(cli.ErrSeveralChoices, cli.Typed(c)+" "+cli.Paste("--"+flag, last))))
}

// complete are the batches of a vault that can be exported.
func complete(v *custody.Vault) (ids []string) {
	for _, b := range v.State.Batches {
		if b.Proved != nil && b.Abandoned == nil {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// awaiting are the orders of a vault whose kit is ready, and on record as handed over by nobody.
func awaiting(v *custody.Vault) (numbers []string) {
	for _, o := range v.State.Sorted() {
		if o.Delivered != nil && o.HandedOver == nil && o.ReplacedBy == "" {
			numbers = append(numbers, o.Number)
		}
	}
	return numbers
}
