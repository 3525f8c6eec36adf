package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"bailiff/custody/fault"
)

const (
	orderText  = "order/order.txt"
	orderSig   = "order/order.sig"
	roster     = "order/officers.pgp"
	heir       = "Camille Exemple"
	papersDays = 20 // how old the papers are
)

// orderAct: the member has died; the platform's officers sign an order.
func (d *demo) orderAct(ctx context.Context) error {
	d.tell("demo.papers")
	for _, p := range paperSamples() {
		if err := d.write(paperFile(p.kind), []byte(p.text)); err != nil {
			return err
		}
	}
	if err := d.copy("vault/policies/000000-officers.pgp", roster); err != nil {
		return err
	}
	if err := d.writeOrder(ctx); err != nil {
		return err
	}
	if err := d.signOrder(ctx); err != nil {
		return err
	}
	return d.judgeOrder(ctx)
}

func (d *demo) writeOrder(ctx context.Context) error {
	d.order = fmt.Sprintf("%d-000001", d.Now().UTC().Year())
	args := []string{
		"order", "new", "--out", orderText, "--number", d.order, "--database", database, "--member", member, "--reason", "death",
	}
	day := d.Now().UTC().AddDate(0, 0, -papersDays).Format("2006-01-02")
	for _, p := range paperSamples() {
		args = append(args, "--paper", p.kind+"|"+p.issuer+"|"+day+"|"+paperFile(p.kind))
	}
	args = append(args, "--checker", "Rachida Exemple", "--checker", "Simon Exemple",
		"--recipient", heir, "--recipient-born", "1980-02-29", "--expires", "30")
	d.tell("demo.order")
	return d.tool(ctx, []string{"order.written"}, "bailiff-platform", args...)
}

func (d *demo) signOrder(ctx context.Context) error {
	d.tell("demo.sign", signers)
	for i := range signers {
		err := d.tool(ctx, []string{"order.signed"}, "bailiff-platform", "order", "sign", "--order", orderText, "--signatures", orderSig,
			"--key", officer(i+1)+".secret.asc", "--database", database, "--passphrase-file", d.secretPath(phraseFile(i+1)), "--confirm", d.order)
		if err != nil {
			return err
		}
	}
	return nil
}

// judgeOrder has both sides verify the order, and the bailiff refuse one whose heir was changed and
// receive the true one.
func (d *demo) judgeOrder(ctx context.Context) error {
	d.tell("demo.order-platform")
	err := d.tool(ctx, []string{"order.signatures-good"}, "bailiff-platform", "order", "verify", "--order", orderText, "--signatures", orderSig,
		"--roster", roster, "--officers", fmt.Sprint(signers))
	if err != nil {
		return err
	}
	d.tell("demo.order-bailiff")
	show := []string{"order.recipient", "order.good"}
	err = d.tool(ctx, show, "bailiff", "order", "verify", "--vault", "vault", "--order", orderText, "--signatures", orderSig)
	if err != nil {
		return err
	}
	if err := d.alterOrder(ctx); err != nil {
		return err
	}
	d.tell("demo.receive")
	return d.tool(ctx, []string{"order.received"}, "bailiff", "order", "receive", "--vault", "vault", "--order", orderText, "--signatures", orderSig)
}

func (d *demo) alterOrder(ctx context.Context) error {
	const altered = "order/altered.txt"
	d.tell("demo.altered")
	text, err := os.ReadFile(d.path(orderText))
	if err != nil {
		return fault.At(orderText, err)
	}
	text = bytes.Replace(text, []byte("recipient: "+heir), []byte("recipient: Thomas Exemple"), 1)
	if err := d.write(altered, text); err != nil {
		return err
	}
	return d.refused(ctx, "bailiff", "order", "verify", "--vault", "vault", "--order", altered, "--signatures", orderSig)
}
