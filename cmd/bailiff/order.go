package main

import (
	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/release"
)

// orderVerify tells whether an order could be carried out now; it records nothing.
func orderVerify(t *tool) *cobra.Command {
	var path string
	var flags cli.OrderFlags
	c := t.Leaf("order verify", "bailiff order verify --vault vault --order order.txt --signatures order.sig", func([]string) error {
		text, signatures, err := flags.Read()
		if err != nil {
			return err
		}
		v, err := custody.Open(t.host(), path, false)
		if err != nil {
			return err
		}
		defer v.Close()
		x, err := release.Examine(v, text, signatures, t.Now())
		if err != nil {
			return err
		}
		return t.Result(cli.DescribeOrder(x.Order, x.Signers), func() {
			t.ShowOrder(x.Order, x.Signers)
			t.Say("order.good")
		})
	})
	c.Flags().StringVar(&path, "vault", "", t.T("flag.vault"))
	flags.Add(t.App, c)
	return t.Require(c, "vault", "order", "signatures")
}

// orderShow shows an order in plain words, without verifying its signatures.
func orderShow(t *tool) *cobra.Command { return t.OrderShow("bailiff") }
