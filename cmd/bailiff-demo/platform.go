package main

import (
	"context"
	"os"
	"strings"

	"bailiff/custody/fault"
)

// platformAct: the platform verifies the public batch and takes it into its pool.
func (d *demo) platformAct(ctx context.Context) error {
	d.tell("demo.verify")
	show := []string{"proved.keys", "proved.cosigned", "proved.anchor"}
	err := d.tool(ctx, show, "bailiff-platform", "batch", "verify", "platform/batch.zip", "--trust", "platform/trust.anchor")
	if err != nil {
		return err
	}
	d.tell("demo.import")
	words, err := os.ReadFile(d.path("platform/trust.words"))
	if err != nil {
		return fault.At("platform/trust.words", err)
	}
	return d.tool(ctx, []string{"import.done"}, "bailiff-platform", "batch", "import", "platform/batch.zip", "--rehearsal",
		"--trust", "platform/trust.anchor", "--database", database, "--anchor-words", strings.TrimSpace(string(words)))
}

// keyShown is what the demo reads of `pool key`.
type keyShown struct{ Fingerprint string }

const (
	publicKey = "safe/public-key.asc"
	message   = "safe/message.pgp"
)

// memberAct: a member gets a public key and fills the safe.
func (d *demo) memberAct(ctx context.Context) error {
	d.tell("demo.assign", member)
	assign := []string{"pool", "assign", member, "--database", database}
	a, err := d.do(ctx, invocation{program: "bailiff-platform", args: assign}, "pool.key")
	if err != nil {
		return err
	}
	if err := d.write(publicKey, a.out); err != nil {
		return err
	}
	d.key = new(keyShown)
	if err := d.ask(ctx, d.key, "bailiff-platform", "pool", "key", member, "--database", database); err != nil {
		return err
	}
	d.tell("demo.browser")
	if err := d.openPGP.encrypt(ctx, d.letter()); err != nil {
		return err
	}
	d.tell("demo.held", message)
	return nil
}
