package main

import "context"

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
	args := append([]string{"vault", "init", "--vault", "vault", "--policy", "policy.toml"}, d.tokens.all()...)
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
