package main

import (
	"context"

	"bailiff/custody/fault"
)

// ceremonyAct: keys are made, sealed, proved with the witnesses' dice.
func (d *demo) ceremonyAct(ctx context.Context) error {
	d.tell("demo.script", d.keys, sample, reserve)
	if err := d.write("script.toml", d.scriptText()); err != nil {
		return err
	}
	d.tell("demo.dice", thrown)
	throw, err := draw(dice, thrown)
	if err != nil {
		return err
	}
	args := append([]string{"ceremony", "run", "--vault", "vault", "--script", "script.toml", "--dice", string(throw)}, d.tokens.all()...)
	show := []string{"ceremony.keys", "ceremony.price", "ceremony.done", "ceremony.confidence"}
	if err := d.tool(ctx, show, "bailiff", args...); err != nil {
		return err
	}
	var v vaultShown
	if err := d.ask(ctx, &v, "bailiff", "vault", "show", "--vault", "vault"); err != nil {
		return err
	}
	if len(v.Batches) != 1 {
		return fault.At("vault", errNoBatch)
	}
	d.batch = v.Batches[0].Batch
	d.tell("demo.export")
	return d.tool(ctx, []string{"export.done", "export.digest"}, "bailiff", "batch", "export",
		"--vault", "vault", "--batch", d.batch, "--out", "platform/batch.zip")
}
