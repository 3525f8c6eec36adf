package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
	"bailiff/custody/token/soft"
)

// tokenShow shows the public side of a token; it needs no PIN.
func tokenShow(t *tool) *cobra.Command {
	return t.Leaf("token show", "bailiff token show 20001001\nbailiff token show tokens/c01.token", func(args []string) error {
		if isSerial(args[0]) {
			return t.showCard(args[0])
		}
		shown, err := t.describe(args[0])
		if err != nil {
			return err
		}
		return t.Result(shown, func() {
			t.Say("token.line", shown.Serial, shown.Tries, shown.Token)
			t.Say("token.sealing", shown.Sealing)
			t.Say("token.signing", shown.Signing)
			t.Say("token.rehearsal")
		})
	}, "TOKEN")
}

func (t *tool) describe(path string) (*tokenMade, error) {
	f, err := soft.Open(t.host().Disk, path)
	if err != nil {
		return nil, filetype.InsteadOf(err, path, filetype.SoftToken)
	}
	tries, err := f.Tries()
	if err != nil {
		return nil, err
	}
	id := f.Identity()
	return &tokenMade{
		Token: path, Kind: id.Kind, Mode: keyvalue.Rehearsal, Serial: id.Serial, Tries: tries,
		Sealing: token.FormatSealingKey(f.SealingKey()), Signing: f.SigningKey().String(),
	}, nil
}

// slotShown is one slot of the JSON of token show.
type slotShown struct {
	Slot      string `json:"slot"`
	Algorithm string `json:"algorithm"`
	PIN       string `json:"pin_policy"`
	Touch     string `json:"touch_policy"`
	Born      bool   `json:"born_in_device"` // as the device says; its attestation proves it
	Ours      bool   `json:"bailiff"`
	Attested  bool   `json:"attested"`
}

// cardShown is the JSON of token show for a card.
type cardShown struct {
	Kind        string      `json:"kind"`
	Serial      string      `json:"serial"`
	Firmware    string      `json:"firmware"`
	FormFactor  string      `json:"form_factor,omitempty"`
	Preparation string      `json:"preparation"`
	Tries       int         `json:"tries"`
	PUKTries    int         `json:"puk_tries"`
	DefaultPIN  bool        `json:"default_pin"`
	DefaultPUK  bool        `json:"default_puk"`
	Management  string      `json:"management_key"`
	Vaults      int         `json:"vaults"` // of whose ledgers it keeps the last head
	Slots       []slotShown `json:"slots"`
	Free        int         `json:"free"` // retired slots without a key
}

// showCard shows what a card tells without a PIN.
func (t *tool) showCard(serial string) error {
	s, err := t.newSingle(serial, 0, nil)
	if err != nil {
		return err
	}
	c, err := s.inspect()
	if err != nil {
		return err
	}
	shown := describeCard(c)
	return t.Result(shown, func() {
		t.Say("card.line", shown.Serial, shown.Firmware, t.shape(c.FormFactor))
		t.Say("card.preparation." + shown.Preparation)
		t.Say("card.codes", shown.Tries, shown.PUKTries)
		if shown.DefaultPIN || shown.DefaultPUK {
			t.Say("card.default-codes")
		}
		for _, s := range shown.Slots {
			t.saySlot(s)
		}
		t.Say("card.free", shown.Free)
	})
}

func describeCard(c *piv.Contents) cardShown {
	shown := cardShown{
		Kind: token.KindPIV, Serial: c.Serial, Firmware: c.Firmware.String(), Preparation: string(stage(c)),
		Tries: c.PIN.Tries, PUKTries: c.PUK.Tries, DefaultPIN: c.PIN.Default, DefaultPUK: c.PUK.Default,
		Management: c.Management.Algorithm, Vaults: c.Vaults, Slots: []slotShown{}, Free: len(c.Free()),
	}
	if c.FormFactor != 0 {
		shown.FormFactor = c.FormFactor.String()
	}
	for _, s := range slices.Concat([]piv.Slot{c.Signing}, c.Sealing, c.Others) {
		if !s.Empty {
			shown.Slots = append(shown.Slots, slotShown{
				Slot: s.Slot.String(), Algorithm: s.Algorithm, PIN: s.PIN.String(), Touch: s.Touch.String(),
				Born: s.Generated, Ours: s.Ours, Attested: s.Attestation != nil,
			})
		}
	}
	return shown
}

func (t *tool) saySlot(s slotShown) {
	what, born := t.T("card.slot.other"), t.T("card.key.imported")
	switch {
	case s.Ours && s.Slot == attestation.SlotSigning.String():
		what = t.T("card.slot.signing")
	case s.Ours:
		what = t.T("card.slot.sealing")
	}
	if s.Born {
		born = t.T("card.key.born")
	}
	t.Say("card.slot", s.Slot, what, s.Algorithm, born, t.policyWord(s.PIN), t.policyWord(s.Touch))
}

// policyWord is a PIN or touch policy in the person's language; one without a word there stands as
// the device says it.
func (t *tool) policyWord(policy string) string {
	switch policy {
	case "NEVER":
		return t.T("card.policy.never")
	case "ONCE":
		return t.T("card.policy.once")
	case "ALWAYS":
		return t.T("card.policy.always")
	case "CACHED":
		return t.T("card.policy.cached")
	}
	return policy
}

// shape is a form factor; what a device does not tell has a word.
func (t *tool) shape(f attestation.FormFactor) string {
	if f == 0 {
		return t.T("card.shape.unknown")
	}
	return f.String()
}

// tokenList lists what is in the readers, or the software tokens of a folder, and, with a vault, who
// holds each.
func tokenList(t *tool) *cobra.Command {
	var path string
	c := t.Leaf("token list", "bailiff token list\nbailiff token list --vault vault\nbailiff token list tokens --vault vault", func(args []string) error {
		if len(args) == 0 {
			return t.listReaders(path)
		}
		return t.listTokens(args[0], path)
	}, "[FOLDER]")
	c.Flags().StringVar(&path, "vault", "", t.T("flag.vault"))
	return t.Require(c)
}

// tokenHeld is a token of a list with its holder.
type tokenHeld struct {
	tokenMade
	Custodian string `json:"custodian,omitempty"`
	Error     string `json:"error,omitempty"` // why it cannot be read; nothing but its path is known then
}

func (t *tool) listTokens(folder, vaultPath string) error {
	var v *custody.Vault
	if vaultPath != "" {
		var err error
		if v, err = custody.Open(t.host(), vaultPath, false); err != nil {
			return err
		}
		defer v.Close()
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return fault.At(folder, err)
	}
	var first error // of the tokens that cannot be read; the others are listed all the same
	list := []tokenHeld{}
	for _, f := range files {
		if filepath.Ext(f.Name()) != ".token" {
			continue
		}
		file := filepath.Join(folder, f.Name())
		shown, err := t.describe(file)
		if err != nil {
			first = cmp.Or(first, err)
			list = append(list, tokenHeld{tokenMade: tokenMade{Token: file}, Error: t.Explain(err).Error})
			continue
		}
		held := tokenHeld{tokenMade: *shown}
		if v != nil {
			if c, _, ok := v.Policy.Holder(shown.Kind, shown.Serial); ok {
				held.Custodian = c.ID
			}
		}
		list = append(list, held)
	}
	err = t.Result(list, func() {
		for _, h := range list {
			t.sayHeld(h)
		}
		t.Say("token.count", len(list))
	})
	return cmp.Or(err, first)
}

func (t *tool) sayHeld(h tokenHeld) {
	switch {
	case h.Error != "":
		t.Say("token.unread", h.Error)
	case h.Custodian == "":
		t.Say("token.line", h.Serial, h.Tries, h.Token)
	default:
		t.Say("token.held", h.Serial, h.Tries, h.Token, h.Custodian)
	}
}
