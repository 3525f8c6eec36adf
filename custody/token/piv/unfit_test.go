//go:build cgo

package piv

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// untouched runs try and checks that it changed nothing: the card keeps the same bytes, no command that writes came,
// and nobody was asked for a touch.
func untouched(t *testing.T, soft *rig.Card, try func()) {
	t.Helper()
	before, err := soft.State()
	if err := errors.Join(err, soft.EmptyLog()); err != nil {
		t.Fatal(err)
	}
	try()
	after, err := soft.State()
	log, failed := soft.Log()
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the card was changed")
	}
	for _, x := range log {
		if bytes.IndexByte([]byte{0x20, 0x24, 0x2c, 0x47, 0x87, 0xdb, 0xf6, 0xfa, 0xfb, 0xfe, 0xff}, x.INS) >= 0 {
			t.Errorf("command %02x came", x.INS)
		}
	}
	if n, err := soft.Touches(); err != nil || n != 0 {
		t.Errorf("%d touches, %v", n, err)
	}
}

// What enrolment would refuse is shown as of no use, and refused before a byte of the card is another.
func TestUnfitIsLeftAlone(t *testing.T) {
	for name, x := range map[string]struct {
		firmware string
		serial   uint32
		quirk    virtual.Quirk
		mode     string
		want     error
	}{
		"strange maker":                {quirk: virtual.StrangeMaker, mode: keyvalue.Rehearsal, want: attestation.ErrRoot},
		"strange maker in production":  {quirk: virtual.StrangeMaker, mode: keyvalue.Production, want: attestation.ErrRoot},
		"no maker in production":       {quirk: virtual.NoDevice, mode: keyvalue.Production, want: ErrNoDevice},
		"software card in production":  {mode: keyvalue.Production, want: attestation.ErrTestRoot},
		"old firmware in production":   {firmware: "5.4.3", mode: keyvalue.Production, want: attestation.ErrFirmware},
		"old firmware asked to do new": {firmware: "5.4.3", mode: keyvalue.Rehearsal, want: ErrAlgorithm},
		"no metadata":                  {quirk: virtual.NoMetadata, mode: keyvalue.Rehearsal, want: ErrUnlike},
		"few slots":                    {quirk: virtual.FewSlots, mode: keyvalue.Rehearsal, want: ErrUnlike},
	} {
		t.Run(name, func(t *testing.T) {
			o := rig.CardOptions{Serial: serial(), Firmware: x.firmware}
			if x.quirk != "" {
				o.Quirks = []virtual.Quirk{x.quirk}
			}
			soft := insert(t, 0, o)
			c := openIn(t, &Readers{}, 0)
			defer c.Close()
			want := order()
			want.Mode = x.mode
			untouched(t, soft, func() {
				if e, err := c.Init(context.Background(), want); !errors.Is(err, x.want) || e != nil {
					t.Errorf("enrolled %+v, %v; want %v", e, err, x.want)
				}
			})
		})
	}
}

// A card that tells the serial number 0 is seen, and of no use.
func TestNoSerial(t *testing.T) {
	soft := insert(t, 0, rig.CardOptions{Serial: 0})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	if fit := inspected(t, c).Fitness(now()); len(fit.Unfit) != 1 || !errors.Is(fit.Unfit[0], ErrNoSerial) {
		t.Errorf("fit for %+v", fit)
	}
	untouched(t, soft, func() {
		if _, err := c.Init(context.Background(), order()); !errors.Is(err, ErrNoSerial) {
			t.Errorf("prepared: %v", err)
		}
	})
}

// A card whose device certificate is another's shows it with the first key that it attests. It costs no touch, and
// from then on the card is of no use: the next try costs no slot.
func TestCopiedDeviceCostsNoSlot(t *testing.T) {
	soft := insert(t, 0, rig.CardOptions{Serial: serial(), Quirks: []virtual.Quirk{virtual.CopiedDevice}})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	if _, err := c.Init(context.Background(), order()); !errors.Is(err, attestation.ErrChain) {
		t.Errorf("prepared: %v", err)
	}
	in := inspected(t, c)
	if fit := in.Fitness(now()); len(fit.Unfit) != 1 || !errors.Is(fit.Unfit[0], attestation.ErrChain) || len(in.Free()) != 20 {
		t.Errorf("fit for %+v, slots free: %d", fit, len(in.Free()))
	}
	untouched(t, soft, func() {
		if _, err := c.Init(context.Background(), order()); !errors.Is(err, attestation.ErrChain) {
			t.Errorf("prepared again: %v", err)
		}
	})
}

// What a card refuses to keep it refuses with the first write: before its codes or keys are others.
func TestFirstWriteRefused(t *testing.T) {
	for quirk, want := range map[virtual.Quirk]error{
		virtual.NamedObjects: ErrUnlike, virtual.NoRecords: ErrUnlike, virtual.NoRoom: ErrRoom,
	} {
		t.Run(string(quirk), func(t *testing.T) {
			soft := insert(t, 0, rig.CardOptions{Serial: serial(), Quirks: []virtual.Quirk{quirk}})
			c := openIn(t, &Readers{}, 0)
			defer c.Close()
			before, err := soft.State()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Init(context.Background(), order()); !errors.Is(err, want) {
				t.Errorf("prepared: %v, want %v", err, want)
			}
			if after, err := soft.State(); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the card was changed (%v)", err)
			}
		})
	}
}

// A token without device certificate is enrolled for rehearsals, whose rules accept it.
func TestNoDeviceRehearses(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: serial(), Quirks: []virtual.Quirk{virtual.NoDevice}})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	if fit := inspected(t, c).Fitness(now()); len(fit.Unfit) != 0 || len(fit.Rehearsal) != 1 || !errors.Is(fit.Rehearsal[0], ErrNoDevice) {
		t.Errorf("fit for %+v", fit)
	}
	e, err := c.Init(context.Background(), order())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.CheckOrigin(nil); err != nil {
		t.Errorf("enrolment: %v", err)
	}
}

// A signing key on P-256 was made for rehearsals, and stays: production wants another token, not another preparation.
func TestCurveInProduction(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: serial(), Firmware: "5.7.1"})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	o := order()
	o.Signing = token.ECDSAP256
	if _, err := c.Init(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	fit := inspected(t, c).Fitness(now())
	if len(fit.Unfit) != 0 || len(fit.Rehearsal) != 2 || !errors.Is(fit.Rehearsal[1], ErrCurve) {
		t.Errorf("fit for %+v", fit)
	}
}

// A generator that gives the same key again is found out before anybody touches the card, and from then on the card is of
// no use.
func TestTwinKeys(t *testing.T) {
	soft := insert(t, 0, rig.CardOptions{Serial: serial(), Firmware: "5.4.3", Quirks: []virtual.Quirk{virtual.OneKey}})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	o := order()
	o.Signing = token.ECDSAP256
	if _, err := c.Init(context.Background(), o); !errors.Is(err, token.ErrTwin) {
		t.Errorf("prepared: %v", err)
	}
	untouched(t, soft, func() {
		if _, err := c.Init(context.Background(), o); !errors.Is(err, token.ErrTwin) {
			t.Errorf("prepared again: %v", err)
		}
	})
}

// A card that has no keys of the kind that its firmware stands for says so of the slot.
func TestNoSuchKeys(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: serial(), Quirks: []virtual.Quirk{virtual.OneKey}})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	if _, err := c.Init(context.Background(), order()); !errors.Is(err, ErrUnlike) {
		t.Errorf("prepared: %v", err)
	}
}

// A card that says that it set PIN and PUK to their defaults, and did not, is asked before a try is spent on them: also
// when a preparation that was cut short after the PUK was set goes on.
func TestIdleRetriesCostNoTry(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: serial(), Quirks: []virtual.Quirk{virtual.IdleRetries}})
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	ctx, cut := context.WithCancel(context.Background())
	o := order()
	o.Step = func(s Step) {
		if s == StepPIN {
			cut() // the PUK is set, the PIN is not
		}
	}
	if _, err := c.Init(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for range 4 { // more often than there are tries
		other := order()
		other.PUK = pin("62951413")
		if _, err := c.Init(context.Background(), other); !errors.Is(err, ErrUnlike) {
			t.Errorf("prepared: %v", err)
		}
	}
	if tries, err := c.Tries(); err != nil || tries != (Tries{3, 3}) {
		t.Errorf("tries %+v, %v", tries, err)
	}
}
