//go:build cgo

package piv

import (
	"context"
	"errors"
	"testing"

	pivgo "github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/secret"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

func inspected(t *testing.T, c *Card) *Contents {
	t.Helper()
	in, err := c.Inspect()
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestInitFresh(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: 20001001})
	c := open(t, &Readers{}, "20001001")
	if in := inspected(t, c); in.Preparation != Fresh || len(in.Free()) != 20 || !in.PIN.Default || !in.PUK.Default || !in.Management.Default {
		t.Fatalf("a fresh card is %+v", in)
	}
	o := order()
	var steps []Step
	o.Step = func(s Step) { steps = append(steps, s) }
	e, err := c.Init(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(steps) != 9 || steps[0] != StepBegin || steps[8] != StepEnd {
		t.Errorf("steps %v", steps)
	}
	if _, err := e.Format(); err != nil || e.Slot != 0x82 || e.Serial != "20001001" || e.Attestation == nil {
		t.Errorf("enrolled %+v, %v", e, err)
	}
	in, defects, err := c.Check(wanted(e), attestation.Rehearsal(), now())
	if err != nil || len(defects) > 0 {
		t.Fatalf("check: %v, %v", defects, err)
	}
	if in.Preparation != Prepared || in.Making != 0 || in.PIN != (Reference{false, 3, 3}) || in.PUK != (Reference{false, 3, 3}) {
		t.Errorf("a prepared card is %+v", in)
	}
	if m := in.Management; m != (Management{"AES-192", false, false, true}) {
		t.Errorf("management key %+v", m)
	}
	for _, s := range []Slot{in.Signing, in.Sealing[0]} {
		if !s.Ours || !s.Generated || s.PIN != attestation.PINOnce || s.Touch != attestation.TouchAlways || s.Certificate == nil {
			t.Errorf("slot %v is %+v", s.Slot, s)
		}
	}
	testSecondVault(t, c, e)
}

// wanted are the keys of an enrolment.
func wanted(e *token.Enrolment) Enrolled {
	return Enrolled{Slot: attestation.Slot(e.Slot), Sealing: e.SealingKey, Signing: e.SigningKey}
}

// testSecondVault makes a further sealing key: everything else stays.
func testSecondVault(t *testing.T, c *Card, first *token.Enrolment) {
	o := order()
	o.PUK = nil
	second, err := c.Init(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if second.Slot != 0x83 || second.SigningKey != first.SigningKey || second.SealingKey.Equal(first.SealingKey) {
		t.Errorf("second vault: %+v", second)
	}
	for _, e := range []*token.Enrolment{first, second} {
		if _, defects, err := c.Check(wanted(e), attestation.Rehearsal(), now()); err != nil || len(defects) > 0 {
			t.Errorf("slot %02x: %v, %v", e.Slot, defects, err)
		}
	}
	o.PIN = pin("111222")
	before := inspected(t, c)
	var wrong *token.PINError
	if _, err := c.Init(context.Background(), o); !errors.As(err, &wrong) || wrong.Tries != 2 {
		t.Errorf("wrong PIN: %v", err)
	}
	if after := inspected(t, c); after.Making != before.Making || len(after.Free()) != len(before.Free()) {
		t.Errorf("a wrong PIN left %+v", after)
	}
	again, err := c.Enrol(pin(samplePIN), wanted(second), order().Mode, now())
	if err != nil || again.Slot != second.Slot || inspected(t, c).PIN.Tries != 3 {
		t.Errorf("enrolled again: %+v, %v", again, err)
	}
	other := wanted(first)
	other.Slot = 0x83
	if _, defects, err := c.Check(other, nil, now()); err != nil || len(defects) != 1 || !errors.Is(defects[0], ErrOtherKey) {
		t.Errorf("another key: %v, %v", defects, err)
	}
}

// used makes a card that somebody else uses: another PIN and PUK, and whatever change does.
func used(t *testing.T, r *Readers, reader int, change func(d *yubikey, management *secret.Bytes)) *Card {
	t.Helper()
	insert(t, reader, rig.CardOptions{Serial: serial()})
	c := openIn(t, r, reader)
	t.Cleanup(func() { _ = c.Close() })
	d := c.dev.(*yubikey)
	if err := errors.Join(d.setPIN(defaultPIN(), pin(samplePIN)), d.setPUK(defaultPUK(), pin(samplePUK))); err != nil {
		t.Fatal(err)
	}
	change(d, defaultManagement())
	return c
}

func TestInitInUse(t *testing.T) {
	managed := pin("a management key of 24 B")
	r, reader := &Readers{}, 0
	for name, x := range map[string]struct {
		change func(d *yubikey, management *secret.Bytes)
		order  func(o *Order)
		want   error
	}{
		"not confirmed":  {want: ErrInUse, order: func(o *Order) { o.InUse = "" }},
		"another serial": {want: ErrSerial, order: func(o *Order) { o.InUse = "1" }},
		"confirmed":      {},
		"a key in 82": {change: func(d *yubikey, m *secret.Bytes) {
			_, _ = d.generate(m, 0x82, token.ECDSAP256)
		}},
		"a key in 9c": {want: ErrOccupied, change: func(d *yubikey, m *secret.Bytes) {
			_, _ = d.generate(m, 0x9c, token.Ed25519)
		}},
		"a management key that is not known": {want: ErrManagement, change: func(d *yubikey, m *secret.Bytes) {
			_ = d.setManagement(m, managed)
		}},
		"a management key that is given": {
			change: func(d *yubikey, m *secret.Bytes) { _ = d.setManagement(m, managed) },
			order:  func(o *Order) { o.Management = managed },
		},
		"no slot free": {want: ErrFull, change: func(d *yubikey, m *secret.Bytes) {
			for s := attestation.SlotFirstRetired; s <= attestation.SlotLastRetired; s++ {
				_, _ = d.generate(m, s, token.ECDSAP256)
			}
		}},
		"a PIN that cannot be": {want: ErrPINForm, order: func(o *Order) { o.PIN = pin("12345") }},
	} {
		if x.change == nil {
			x.change = func(*yubikey, *secret.Bytes) {}
		}
		mine := reader
		reader++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := used(t, r, mine, x.change)
			before := inspected(t, c)
			o := order()
			o.InUse = c.Serial()
			if x.order != nil {
				x.order(&o)
			}
			e, err := c.Init(context.Background(), o)
			if !errors.Is(err, x.want) || (err == nil) != (x.want == nil) {
				t.Fatalf("error %v, want %v", err, x.want)
			}
			after := inspected(t, c)
			if after.PIN.Tries != 3 || after.PUK.Tries != 3 {
				t.Errorf("tries %+v, %+v", after.PIN, after.PUK)
			}
			for i, s := range before.Sealing {
				if !s.Empty && !equalKey(s.Public, after.Sealing[i].Public) {
					t.Errorf("the key in %v is another", s.Slot)
				}
			}
			if err != nil && len(after.Free()) != len(before.Free()) {
				t.Errorf("refused, but %d slots are free, %d before", len(after.Free()), len(before.Free()))
			}
			if err == nil && (e.Slot != byte(before.Free()[0]) || !after.Management.Protected || after.Preparation != Prepared) {
				t.Errorf("prepared %+v as %+v", after, e)
			}
		})
	}
}

// A key that somebody made in 9c while a preparation was cut short is not taken over if it asks for the PIN before
// each use: it would sign its enrolment, and no checkpoint.
func TestInitTakesNoKeyThatAlwaysAsks(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: 20001103})
	c := open(t, &Readers{}, "20001103")
	ctx, cut := context.WithCancel(context.Background())
	o := order()
	o.Step = func(s Step) {
		if s == StepPIN {
			cut()
		}
	}
	if _, err := c.Init(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	err := c.use(func(d device) error {
		if err := d.verifyPIN(o.PIN); err != nil {
			return err
		}
		key, err := protectedKey(d)
		if err != nil {
			return err
		}
		defer key.Wipe()
		always := pivgo.Key{Algorithm: pivgo.AlgorithmEd25519, PINPolicy: pivgo.PINPolicyAlways, TouchPolicy: pivgo.TouchPolicyAlways}
		return guard(func() error {
			_, err := d.(*yubikey).yk.GenerateKey(key.Expose(), pivgo.SlotSignature, always)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if e, err := c.Init(context.Background(), order()); !errors.Is(err, ErrOccupied) {
		t.Errorf("enrolled %+v, %v", e, err)
	}
}

func TestInitAlgorithm(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: 20001101, Firmware: "5.4.3"})
	c := open(t, &Readers{}, "20001101")
	if _, err := c.Init(context.Background(), order()); !errors.Is(err, ErrAlgorithm) {
		t.Errorf("Ed25519 in 5.4: %v", err)
	}
	if in := inspected(t, c); in.Preparation != Fresh {
		t.Errorf("refused, but the card is %s", in.Preparation)
	}
	insert(t, 1, rig.CardOptions{Serial: 20001102, Firmware: "4.3.5"})
	if _, err := (&Readers{}).Open(context.Background(), "20001102", nil); !errors.Is(err, ErrFirmware) {
		t.Errorf("firmware 4: %v", err)
	}
}
