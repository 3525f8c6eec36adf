package main

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/record"
	"bailiff/release/order"
)

// orderNew writes an order for officers to sign.
func orderNew(t *tool) *cobra.Command {
	f := &orderFlags{}
	var c *cobra.Command
	c = t.Leaf("order new", strings.Join([]string{
		"bailiff-platform order new --out order.txt --number 2026-000123 --vault VAULT-ID --mode production",
		"  --roster officers.pgp --batch b20261121-7f3a9c --key-number 000042 --key FINGERPRINT --member member-0001",
		"  --reason death --paper 'death-certificate|Mairie exemple|2026-11-01|acte.pdf' --checker 'A. Exemple' --checker 'B. Exemple'",
		"  --recipient 'C. Exemple' --recipient-born 1980-02-29 --not-before 30 --expires 120",
	}, " \\\n"), func([]string) error { return t.newOrder(c, f) })
	for _, s := range f.strings() {
		c.Flags().StringVar(s.into, s.name, "", t.T("flag.order-new."+s.name))
	}
	c.Flags().StringArrayVar(&f.papers, "paper", nil, t.T("flag.order-new.paper"))
	c.Flags().StringArrayVar(&f.checkers, "checker", nil, t.T("flag.order-new.checker"))
	c.Flags().IntVar(&f.wait, "not-before", 0, t.T("flag.order-new.not-before"))
	c.Flags().IntVar(&f.expires, "expires", 0, t.T("flag.order-new.expires"))
	return t.Require(c, "out", "number", "vault", "mode", "roster", "batch", "key-number", "key", "member", "reason", "paper", "checker", "recipient")
}

type orderFlags struct {
	out, number, vault, mode, roster, batch, keyNumber, key, member, reason, recipient, born, replaces, why string
	papers, checkers                                                                                        []string
	wait, expires                                                                                           int // days from now; expires 0: lifetime
}

type stringFlag struct {
	name string
	into *string
}

func (f *orderFlags) strings() []stringFlag {
	return []stringFlag{
		{"out", &f.out}, {"number", &f.number}, {"vault", &f.vault}, {"mode", &f.mode}, {"roster", &f.roster}, {"batch", &f.batch},
		{"key-number", &f.keyNumber}, {"key", &f.key}, {"member", &f.member}, {"reason", &f.reason},
		{"recipient", &f.recipient}, {"recipient-born", &f.born}, {"replaces", &f.replaces}, {"replaces-why", &f.why},
	}
}

func (t *tool) newOrder(c *cobra.Command, f *orderFlags) error {
	if err := f.check(c); err != nil {
		return err
	}
	number, err := record.KeyNumber(f.keyNumber)
	if err != nil {
		return cli.BadValue(c, "key-number")
	}
	roster, err := t.rosterDigest(f.roster)
	if errors.Is(err, record.ErrValue) {
		return cli.BadValue(c, "roster")
	}
	if err != nil {
		return err
	}
	papers, err := t.papers(c, f.papers)
	if err != nil {
		return err
	}
	issued := t.Now().UTC().Truncate(time.Second)
	o := &order.Order{
		Vault: f.vault, Mode: f.mode, Number: f.number, Replaces: f.replaces, ReplacesWhy: f.why, Roster: roster,
		Batch: f.batch, KeyNumber: number, Key: f.key, Member: f.member, Reason: order.Reason(f.reason), Papers: papers,
		Checkers: f.checkers, Recipient: f.recipient, RecipientBorn: f.born, Issued: issued,
		NotBefore: issued.AddDate(0, 0, f.wait), Expires: issued.AddDate(0, 0, f.lastDay()),
	}
	text, err := o.Format()
	if err != nil {
		return err
	}
	if err := t.disk.Create(f.out, text, 0o644); err != nil {
		return err
	}
	return t.Result(cli.DescribeOrder(o, nil), func() {
		t.ShowOrder(o, nil)
		t.Say("order.written", f.out)
	})
}
