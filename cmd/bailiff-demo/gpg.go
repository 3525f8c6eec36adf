package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
)

// openPGP is the program of the member and of the heir, which is none of ours.
type openPGP interface {
	encrypt(ctx context.Context, letter []byte) error // with safe/public-key.asc into safe/message.pgp
	decrypt(ctx context.Context, words []byte) error  // with the kit's key into heir/message.txt
	close(ctx context.Context)
}

// findOpenPGP takes gpg where it is installed.
func (d *demo) findOpenPGP() openPGP {
	if _, err := exec.LookPath("gpg"); err != nil {
		return &inProcess{d}
	}
	return &gpg{d}
}

// gpg is GnuPG, with a private keyring for each of the two.
type gpg struct{ *demo }

func (g *gpg) encrypt(ctx context.Context, letter []byte) error {
	return g.run(ctx, "member", letter, "--recipient-file", publicKey, "--output", message, "--encrypt")
}

func (g *gpg) decrypt(ctx context.Context, words []byte) error {
	if err := g.run(ctx, "heir", nil, "--import", kitKey); err != nil {
		return err
	}
	g.tell("demo.types")
	return g.run(ctx, "heir", words, "--pinentry-mode", "loopback", "--passphrase-fd", "0", "--output", readable, "--decrypt", message)
}

// run has somebody run gpg.
func (g *gpg) run(ctx context.Context, who string, stdin []byte, args ...string) error {
	if err := os.MkdirAll(g.home(who), 0o700); err != nil {
		return err
	}
	_, err := g.do(ctx, invocation{program: "gpg", args: append([]string{"--batch"}, args...), stdin: stdin, env: g.environ(who)})
	return err
}

func (g *gpg) home(who string) string      { return filepath.Join(g.private, who) }
func (g *gpg) environ(who string) []string { return []string{"GNUPGHOME=" + g.home(who)} }

// close ends the agents that gpg started.
func (g *gpg) close(ctx context.Context) {
	for _, who := range []string{"member", "heir"} {
		if _, err := os.Stat(g.home(who)); err == nil {
			_, _ = g.exec(ctx, invocation{program: "gpgconf", args: []string{"--kill", "all"}, env: g.environ(who)})
		}
	}
}
