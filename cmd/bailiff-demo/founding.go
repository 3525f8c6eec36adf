package main

import (
	"context"
	"os"
)

// custodiansAct: each custodian makes a token.
func (d *demo) custodiansAct(ctx context.Context) error {
	d.tell("demo.custodians", custodians)
	serials := make([]string, custodians)
	for i := range serials {
		pin, err := d.newSecret(pinFile(i+1), pinSize)
		if err != nil {
			return err
		}
		err = d.tool(ctx, []string{"token.made"}, "bailiff", "token", "init", "--soft", "--out", tokenFile(i+1), "--pin-file", pin)
		if err != nil {
			return err
		}
		var shown struct{ Serial string }
		if err := d.ask(ctx, &shown, "bailiff", "token", "show", tokenFile(i+1)); err != nil {
			return err
		}
		serials[i] = shown.Serial
	}
	d.tell("demo.pins")
	return d.join(serials, func(name string) ([]byte, error) { return os.ReadFile(d.secretPath(name)) })
}

// tokens are the flags that name the first n tokens and the file of their PINs.
func (d *demo) tokens(n int) []string {
	var args []string
	for i := range n {
		args = append(args, "--token", tokenFile(i+1))
	}
	return append(args, "--pin-file", d.secretPath(sharedPINs))
}

// officersAct: the platform's officers make their signing keys.
func (d *demo) officersAct(ctx context.Context) error {
	d.tell("demo.officers", officers)
	names := []string{"Olivier Exemple", "Paule Exemple", "Quentin Exemple"}
	for i, name := range names {
		phrase, err := d.newSecret(phraseFile(i+1), phraseLen)
		if err != nil {
			return err
		}
		err = d.tool(ctx, []string{"officer.made"}, "bailiff-platform", "officer", "new", "--rehearsal",
			"--name", name, "--out", officer(i+1), "--passphrase-file", phrase)
		if err != nil {
			return err
		}
	}
	return nil
}

// vaultShown is what the demo reads of `vault show`.
type vaultShown struct {
	Vault   string
	Words   string
	Batches []struct{ Batch string }
}

// vaultAct: all custodians found the vault by the reviewed policy.
func (d *demo) vaultAct(ctx context.Context) error {
	d.tell("demo.policy", threshold, custodians, signers, officers)
	if err := d.write("policy.toml", policyDraft()); err != nil {
		return err
	}
	args := append([]string{"vault", "init", "--vault", "vault", "--policy", "policy.toml"}, d.tokens(custodians)...)
	if err := d.tool(ctx, []string{"vault.made", "vault.quorum", "price.release"}, "bailiff", args...); err != nil {
		return err
	}
	var v vaultShown
	if err := d.ask(ctx, &v, "bailiff", "vault", "show", "--vault", "vault"); err != nil {
		return err
	}
	d.vault = v.Vault
	d.tell("demo.words")
	d.reply(v.Words)
	if err := d.write("platform/trust.words", []byte(v.Words+"\n")); err != nil {
		return err
	}
	d.tell("demo.courier")
	return d.copy("vault/trust.anchor", "platform/trust.anchor")
}
