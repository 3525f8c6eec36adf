package main

import (
	"crypto/rand"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// tokenInit makes a software token, or prepares a card, and writes the enrolment file.
func tokenInit(t *tool) *cobra.Command {
	var f cardFlags
	var software bool
	c := t.Leaf("token init", "bailiff token init --out c01.enrolment\n"+
		"bailiff token init --serial 20001001 --rehearsal --out c01.enrolment\n"+
		"bailiff token init --soft --out c01.token", func([]string) error {
		switch {
		case software:
			return t.initSoft(f.out, f.pinFile)
		case strings.HasSuffix(f.out, ".token"):
			return fault.At("--soft", cli.Meant(cli.ErrMissing, cli.Paste("bailiff", "token", "init", "--soft", "--out", f.out)))
		}
		return t.initCard(&f)
	})
	c.Flags().BoolVar(&software, "soft", false, t.T("flag.soft"))
	c.Flags().StringVar(&f.out, "out", "", t.T("flag.token-out"))
	c.Flags().StringVar(&f.serial, "serial", "", t.T("flag.serial"))
	c.Flags().BoolVar(&f.rehearsal, "rehearsal", false, t.T("flag.token-rehearsal"))
	c.Flags().StringVar(&f.slot, "slot", "", t.T("flag.slot"))
	c.Flags().StringVar(&f.confirm, "confirm", "", t.T("flag.confirm-serial"))
	c.Flags().StringVar(&f.pinFile, "pin-file", "", t.T("flag.pin-file.init"))
	return t.Require(c, "out")
}

// tokenMade is the JSON of token init and show.
type tokenMade struct {
	Token     string `json:"token,omitempty"` // the file; a card has none
	Enrolment string `json:"enrolment,omitempty"`
	Kind      string `json:"kind"`
	Mode      string `json:"mode"`
	Serial    string `json:"serial"`
	Slot      string `json:"slot,omitempty"` // of a card's sealing key
	Sealing   string `json:"sealing"`
	Signing   string `json:"signing"`
	Tries     int    `json:"tries"`
}

func (t *tool) initSoft(path, pinFile string) error {
	if err := t.Unread(keyvalue.Rehearsal); err != nil {
		return err
	}
	disk := t.host().Disk
	tok, err := t.newSoft(disk, path, pinFile)
	if err != nil {
		return err
	}
	defer tok.Close()
	enrolment, err := t.enrol(disk, tok, path)
	if err != nil {
		return err
	}
	id := tok.Identity()
	made := tokenMade{
		Token: path, Enrolment: enrolment, Kind: id.Kind, Mode: keyvalue.Rehearsal, Serial: id.Serial, Tries: 3,
		Sealing: token.FormatSealingKey(tok.SealingKey()), Signing: tok.SigningKey().String(),
	}
	return t.Result(made, func() {
		t.Say("token.made", id.Serial, path)
		t.Say("token.enrolment", enrolment)
		t.Say("token.rehearsal")
	})
}

// newSoft makes the token. One that an earlier run made and was cut short before its enrolment is
// unlocked instead.
func (t *tool) newSoft(disk *durable.Disk, path, pinFile string) (*soft.Token, error) {
	err := soft.CheckPath(disk, path)
	if errors.Is(err, durable.ErrExists) && awaitsEnrolment(disk, path) {
		t.Note("token.resumed", path)
		flags := tokenFlags{pinFile: pinFile}
		pins, err := flags.pins(keyvalue.Rehearsal)
		if err != nil {
			return nil, err
		}
		return t.unlockOne(path, pins, path)
	}
	if err == nil {
		err = custody.Absent(enrolmentBeside(path))
	}
	if err != nil {
		return nil, err
	}
	pin, err := t.newPIN(pinFile)
	if err != nil {
		return nil, err
	}
	defer pin.Wipe()
	return soft.Create(disk, path, pin, rand.Reader)
}

// awaitsEnrolment reports whether path is a whole token that was never used, without its enrolment.
func awaitsEnrolment(disk *durable.Disk, path string) bool {
	f, err := soft.Open(disk, path)
	if err != nil || custody.Absent(enrolmentBeside(path)) != nil {
		return false
	}
	used, err := f.Used()
	return err == nil && !used
}

// enrol writes the enrolment file beside the token.
func (t *tool) enrol(disk *durable.Disk, tok token.Token, path string) (string, error) {
	e, err := token.Enrol(tok, keyvalue.Rehearsal, t.Now())
	if err != nil {
		return "", err
	}
	text, err := e.Format()
	if err != nil {
		return "", err
	}
	out := enrolmentBeside(path)
	return out, disk.Create(out, text, 0o644)
}

// enrolmentBeside names the enrolment file of a token.
func enrolmentBeside(path string) string { return strings.TrimSuffix(path, ".token") + ".enrolment" }

// newPIN asks for a PIN twice, or takes it from a rehearsal's PIN file.
func (t *tool) newPIN(pinFile string) (*secret.Bytes, error) {
	if pinFile != "" {
		return cli.ReadPIN(pinFile)
	}
	t.Note("note.pin-form")
	return t.Alike(t.firstPIN, func() (*secret.Bytes, error) { return t.Insist("ask.new-pin-again") })
}

// firstPIN asks until what is typed can be a PIN.
func (t *tool) firstPIN() (*secret.Bytes, error) {
	for {
		pin, err := t.Insist("ask.new-pin")
		if err != nil || soft.CheckPIN(pin) == nil {
			return pin, err
		}
		pin.Wipe()
		t.Note("note.pin-form")
	}
}
