// Command bailiff-demo acts out the whole story of a key with made-up people: a ceremony, the
// platform's import, a member's letter, a death, an order, a release, what the heir reads.
//
// It has nothing of its own: it runs the two built tools as separate processes, as people would,
// and an OpenPGP program for the member and the heir; it writes the files that people write. It is
// for rehearsals, and marks everything as one.
//
// What it leaves, in the directory that --dir names:
//
//	policy.toml, script.toml   the reviewed inputs
//	tokens/                    c01.token … c05.token, their state and enrolments; of cards the enrolments
//	vault/                     the vault
//	platform/                  batch.zip, trust.anchor, trust.words, pool.db
//	safe/                      public-key.asc, message.pgp: what the platform holds of the member
//	order/                     order.txt, order.sig, officers.pgp, papers/, the officers' keys
//	kit/                       the heir's kit
//	heir/message.txt           what the heir reads
//
// With --piv the custodians carry cards instead of software tokens: five PIV cards in software
// (custody/testkit/virtual) for four virtual readers of the real pcscd. The demo plays the hands
// too: it hears which card the built tool asks for, and changes the cards in the last reader.
//
// With "cards" it runs virtual readers and software cards instead, for people who rehearse with the
// gestures of a real ceremony.
//
// PINs, passphrases and software cards lie outside of it, in a private directory that is removed at
// the end.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/cards"
	"bailiff/custody/fault"
	"bailiff/custody/image"
	"bailiff/custody/testkit/rig"
)

func main() {
	rig.Main() // when this process is the inside of the virtual readers
	// A reader of the output that goes away (SIGPIPE) ends the demo too, after the PINs are removed.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	app := cli.New("bailiff-demo", os.Args[1:])
	cards.AddErrors(app)
	app.OwnSignals = true
	code := run(ctx, app, os.Args[1:])
	stop()
	os.Exit(code)
}

// run plays the demo and returns the exit code: that of the tool that failed, if one did.
func run(ctx context.Context, app *cli.App, args []string) int {
	code := 0
	root := command(ctx, app, func(o options) error {
		err := play(ctx, app, o)
		if f, ok := errors.AsType[*failure](err); ok {
			code = f.exit
			return nil
		}
		return err
	})
	if exit := app.Main(root, args); exit != 0 {
		return exit
	}
	return code
}

// options are the flags.
type options struct {
	dir, bin, pins string
	keys           int
	piv            bool
}

const maxKeys = 100_000 // a ceremony publishes no more

func command(ctx context.Context, app *cli.App, play func(options) error) *cobra.Command {
	var o options
	c := app.Root(cardsCommand(ctx, app), app.Version(new(image.Image).Digest, nil))
	c.Example = "  bailiff-demo --dir demo\n  bailiff-demo --dir demo --keys 1000 --lang fr\n  bailiff-demo --dir demo --piv"
	c.Flags().StringVar(&o.dir, "dir", "", app.T("flag.demo.dir"))
	c.Flags().IntVar(&o.keys, "keys", 100, app.T("flag.demo.keys"))
	c.Flags().BoolVar(&o.piv, "piv", false, app.T("flag.demo.piv"))
	c.Flags().StringVar(&o.bin, "bin", "", app.T("flag.demo.bin"))
	c.Flags().StringVar(&o.pins, "pins", "", app.T("flag.demo.pins"))
	c.RunE = func(_ *cobra.Command, given []string) error {
		if len(given) > 0 {
			return fault.At(given[0], cli.ErrUsage)
		}
		if o.keys < 1 || o.keys > maxKeys {
			return fault.At("--keys", cli.ErrUsage)
		}
		return play(o)
	}
	return app.Require(c, "dir")
}

// beside returns the directory of the running program.
func beside() (string, error) {
	self, err := os.Executable()
	return filepath.Dir(self), err
}
