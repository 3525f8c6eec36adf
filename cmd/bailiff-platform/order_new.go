package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/record"
	"bailiff/release/order"
)

// orderNew writes an order for officers to sign.
func orderNew(t *tool) *cobra.Command {
	f := &orderFlags{}
	c := t.Leaf("order new", strings.Join([]string{
		"bailiff-platform order new --out order.txt --number 2026-000123 --vault VAULT-ID --mode production",
		"  --roster officers.pgp --batch b20261121-7f3a9c --key-number 000042 --key FINGERPRINT --member member-0001",
		"  --reason death --paper 'death-certificate|Mairie exemple|2026-11-01|acte.pdf' --checker 'A. Exemple' --checker 'B. Exemple'",
		"  --recipient 'C. Exemple' --not-before 30 --expires 120",
	}, " \\\n"), func([]string) error { return t.newOrder(f) })
	for _, s := range f.strings() {
		c.Flags().StringVar(s.into, s.name, "", t.T("flag.order-new."+s.name))
	}
	c.Flags().StringArrayVar(&f.papers, "paper", nil, t.T("flag.order-new.paper"))
	c.Flags().StringArrayVar(&f.checkers, "checker", nil, t.T("flag.order-new.checker"))
	c.Flags().IntVar(&f.wait, "not-before", 0, t.T("flag.order-new.not-before"))
	c.Flags().IntVar(&f.expires, "expires", 30, t.T("flag.order-new.expires"))
	return t.Require(c, "out", "number", "vault", "mode", "roster", "batch", "key-number", "key", "member", "reason", "paper", "checker", "recipient")
}

type orderFlags struct {
	out, number, vault, mode, roster, batch, keyNumber, key, member, reason, recipient, born, replaces, why string
	papers, checkers                                                                                        []string
	wait, expires                                                                                           int // days from now
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

func (t *tool) newOrder(f *orderFlags) error {
	number, err := record.KeyNumber(f.keyNumber)
	if err != nil {
		return fault.At("--key-number", err)
	}
	roster, err := t.rosterDigest(f.roster)
	if err != nil {
		return err
	}
	papers, err := t.papers(f.papers)
	if err != nil {
		return err
	}
	issued := t.Now().UTC().Truncate(time.Second)
	o := &order.Order{
		Vault: f.vault, Mode: f.mode, Number: f.number, Replaces: f.replaces, ReplacesWhy: f.why, Roster: roster,
		Batch: f.batch, KeyNumber: number, Key: f.key, Member: f.member, Reason: order.Reason(f.reason), Papers: papers,
		Checkers: f.checkers, Recipient: f.recipient, RecipientBorn: f.born, Issued: issued,
		NotBefore: issued.AddDate(0, 0, f.wait), Expires: issued.AddDate(0, 0, f.expires),
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

// papers reads each --paper: type|issuer|date|FILE, the file being hashed, or type|issuer|date|sha256:….
func (t *tool) papers(values []string) ([]order.Paper, error) {
	var out []order.Paper
	for i, v := range values {
		where := fmt.Sprintf("--paper %d", i+1)
		parts := strings.Split(v, "|")
		if len(parts) != 4 {
			return nil, fault.At(where, cli.ErrUsage)
		}
		digest, err := record.Digest(parts[3])
		if err != nil {
			if digest, err = t.hashFile(parts[3]); err != nil {
				return nil, fault.At(where, err)
			}
		}
		out = append(out, order.Paper{Type: parts[0], Issuer: parts[1], Date: parts[2], Digest: digest})
	}
	return out, nil
}
