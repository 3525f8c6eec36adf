package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/durable"
	"bailiff/custody/policy"
	"bailiff/keyceremony/registry"
	"bailiff/release/order"
)

// orderNew writes an order for officers to sign. What it says of vault and key comes from the pool.
func orderNew(t *tool) *cobra.Command {
	f := &orderFlags{}
	var c *cobra.Command
	c = t.Leaf("order new", strings.Join([]string{
		"bailiff-platform order new --out order.txt --number 2026-000123 --database sqlite:pool.db --member member-0001",
		"  --reason death --paper 'death-certificate|Mairie exemple|2026-11-01|acte.pdf'",
		"  --paper 'proof-of-heirship|Étude exemple|2026-11-05|notoriete.pdf'",
		"  --paper 'identity-document|Mairie exemple|2020-02-03|identite.pdf'",
		"  --checker 'A. Exemple' --checker 'B. Exemple'",
		"  --recipient 'C. Exemple' --recipient-born 1980-02-29",
	}, " \\\n"), func([]string) error { return t.newOrder(c, f) })
	c.Long += t.natures()
	for _, s := range f.strings() {
		c.Flags().StringVar(s.into, s.name, "", t.T("flag.order-new."+s.name))
	}
	c.Flags().StringVar(&f.database, "database", "", t.T("flag.database"))
	c.Flags().StringArrayVar(&f.papers, "paper", nil, t.T("flag.order-new.paper"))
	c.Flags().StringArrayVar(&f.checkers, "checker", nil, t.T("flag.order-new.checker"))
	c.Flags().IntVar(&f.wait, "not-before", 0, t.T("flag.order-new.not-before"))
	c.Flags().IntVar(&f.expires, "expires", 0, t.T("flag.order-new.expires"))
	return t.Require(c, "out", "number", "database", "member", "reason", "paper", "checker", "recipient")
}

type orderFlags struct {
	pooled
	out, number, key, member, reason, recipient, born, replaces, why string
	papers, checkers                                                 []string
	wait, expires                                                    int // days from now
}

type stringFlag struct {
	name string
	into *string
}

func (f *orderFlags) strings() []stringFlag {
	return []stringFlag{
		{"out", &f.out}, {"number", &f.number}, {"key", &f.key}, {"member", &f.member}, {"reason", &f.reason},
		{"recipient", &f.recipient}, {"recipient-born", &f.born}, {"replaces", &f.replaces}, {"replaces-why", &f.why},
	}
}

func (t *tool) newOrder(c *cobra.Command, f *orderFlags) error {
	if err := f.check(c); err != nil {
		return err
	}
	key, p, err := t.keyOf(f)
	if err != nil {
		return err
	}
	if err := f.days(c, p); err != nil {
		return err
	}
	papers, err := t.papers(f, p)
	if err != nil {
		return err
	}
	o := f.order(key, p, papers, t.Now().UTC().Truncate(time.Second))
	text, err := o.Format()
	if err != nil {
		return err
	}
	if err := o.CheckDraft(p, o.Issued); err != nil {
		return cli.NotWritten(err)
	}
	if err := durable.Free(f.out); err != nil {
		return err
	}
	if !t.JSON {
		t.ReadOrder(o, nil).Show() // who stops on a page has written nothing, and runs the same command again
	}
	if err := t.disk.Create(f.out, text, 0o644); err != nil {
		return err
	}
	return t.Result(cli.DescribeOrder(o, nil), func() { t.Say("order.written", f.out) })
}

// keyOf returns the member's key and the policy of its vault, as the pool has them.
func (t *tool) keyOf(f *orderFlags) (key *registry.Key, p *policy.Policy, err error) {
	err = f.with(t, reading, func(ctx context.Context, pool *registry.Pool) error {
		if key, err = pool.Given(ctx, f.member, f.key); err != nil {
			return err
		}
		p, err = pool.Policy(ctx, key.Vault)
		return err
	})
	return key, p, err
}

func (f *orderFlags) order(key *registry.Key, p *policy.Policy, papers []order.Paper, issued time.Time) *order.Order {
	return &order.Order{
		Vault: key.Vault, Mode: p.Mode, Number: f.number, Replaces: f.replaces, ReplacesWhy: f.why, Roster: p.Roster,
		Batch: key.Batch, KeyNumber: key.Number, Key: key.Fingerprint, Member: key.Member, Reason: f.reason, Papers: papers,
		Checkers: f.checkers, Recipient: f.recipient, RecipientBorn: f.born, Issued: issued,
		NotBefore: issued.AddDate(0, 0, f.wait), Expires: issued.AddDate(0, 0, f.expires),
	}
}
