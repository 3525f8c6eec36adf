package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
)

// cardOptions are the flags of `bailiff-demo cards`.
type cardOptions struct {
	dir            string
	readers, cards int
	firmware       string
}

const (
	mostReaders = 16
	mostCards   = 40

	// firstSerial is the serial number of the first card: more digits than Yubico's devices have today.
	firstSerial = 900000001
)

func cardsCommand(ctx context.Context, app *cli.App) *cobra.Command {
	var o cardOptions
	var c *cobra.Command
	c = app.Leaf("cards", "bailiff-demo cards --dir /tmp/cards --readers 4 --cards 5", func([]string) error {
		if o.readers < 2 || o.readers > mostReaders || o.readers%2 != 0 { // one driver serves two
			return cli.BadValue(c, "readers")
		}
		if o.cards < 1 || o.cards > mostCards {
			return fault.At("--cards", cli.ErrUsage)
		}
		if _, err := virtual.ParseFirmware(o.firmware); err != nil {
			return fault.At("--firmware "+o.firmware, cli.ErrValue)
		}
		return serveCards(ctx, app, o)
	})
	c.Flags().StringVar(&o.dir, "dir", "", app.T("flag.cards.dir"))
	c.Flags().IntVar(&o.readers, "readers", 4, app.T("flag.cards.readers"))
	c.Flags().IntVar(&o.cards, "cards", 5, app.T("flag.cards.cards"))
	c.Flags().StringVar(&o.firmware, "firmware", "5.7.1", app.T("flag.cards.firmware"))
	return app.Require(c, "dir")
}

// table is where a person rehearses: readers and cards.
type table struct {
	*cli.App
	rig   *rig.Rig
	cards []*rig.Card
}

// serveCards runs readers and cards until standard input ends or says so.
func serveCards(ctx context.Context, app *cli.App, o cardOptions) error {
	r, err := rig.Start(rig.Options{Dir: o.dir, Readers: o.readers})
	if err != nil {
		return err
	}
	defer r.Close()
	t := &table{App: app, rig: r}
	for i := range o.cards {
		file, err := filepath.Abs(filepath.Join(o.dir, fmt.Sprintf("card-%02d.json", i+1)))
		if err != nil {
			return err
		}
		c, err := r.NewCard(rig.CardOptions{Serial: firstSerial + uint32(i), Firmware: o.firmware, File: file})
		if err != nil {
			return err
		}
		t.cards = append(t.cards, c)
	}
	readers, err := r.Readers()
	if err != nil {
		return err
	}
	err = app.Result(map[string]string{"PCSCLITE_CSOCK_NAME": r.Socket()}, func() {
		fmt.Fprintf(app.Out, "export PCSCLITE_CSOCK_NAME=%s\n", cli.Quote(r.Socket()))
	})
	if err != nil {
		return err
	}
	app.Note("cards.ready", len(t.cards), len(readers))
	return t.converse(ctx, os.Stdin)
}
