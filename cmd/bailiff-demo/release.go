package main

import "context"

// releaseArgs is the command that carries out the order, with three of the five tokens.
func (d *demo) releaseArgs() []string {
	args := []string{"release", "run", "--vault", "vault", "--order", orderText, "--signatures", orderSig, "--kit", "kit", "--confirm", d.order}
	return append(append(args, d.tokens.some()...), "--words-in-kit")
}

// releaseAct: three custodians open the one key that the order names.
func (d *demo) releaseAct(ctx context.Context) error {
	d.tell(d.lines.release, threshold, custodians)
	show := []string{"release.price", "release.done", "release.words-in-kit"}
	if err := d.tool(ctx, show, "bailiff", d.releaseArgs()...); err != nil {
		return err
	}
	d.tell("demo.handover")
	return d.tool(ctx, []string{"handover.done"}, "bailiff", "release", "handover", "--vault", "vault", "--number", d.order,
		"--bailiff", "Maître Exemple", "--confirm", d.order)
}

// againAct: the order is spent; the refusal too stands in the ledger.
func (d *demo) againAct(ctx context.Context) error {
	d.tell("demo.again")
	if err := d.refused(ctx, "bailiff", d.releaseArgs()...); err != nil {
		return err
	}
	d.tell("demo.cosign")
	cosign := append([]string{"ledger", "cosign", "--vault", "vault"}, d.tokens.others()...)
	if err := d.tool(ctx, []string{"ledger.head"}, "bailiff", cosign...); err != nil {
		return err
	}
	d.tell("demo.audit")
	show := []string{"verify.ledger", "verify.batches", "verify.good"}
	if err := d.tool(ctx, show, "bailiff", "vault", "verify", "--vault", "vault"); err != nil {
		return err
	}
	return d.tool(ctx, []string{"ledger.entry"}, "bailiff", "ledger", "show", "--vault", "vault")
}
