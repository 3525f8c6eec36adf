//go:build cgo

package piv

import (
	"context"
	"errors"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
)

// A code that the card itself refuses is told as that, and costs no try. Init goes on with another one.
func TestCodeThatTheCardRefuses(t *testing.T) {
	for _, x := range []struct {
		quirk    virtual.Quirk
		pin, puk string
		object   string
	}{
		{virtual.DigitPUK, samplePIN, "31a15926", "PUK"},
		{virtual.Complexity, samplePIN, "31313131", "PUK"},
		{virtual.Complexity, "272727", samplePUK, "PIN"},
	} {
		t.Run(string(x.quirk)+" "+x.object, func(t *testing.T) {
			insert(t, 0, rig.CardOptions{Serial: serial(), Quirks: []virtual.Quirk{x.quirk}})
			c := openIn(t, &Readers{}, 0)
			defer c.Close()
			refused := func(err error) {
				t.Helper()
				if !errors.Is(err, ErrCode) || fault.Objects(err)[1] != x.object {
					t.Errorf("refused as %v", err)
				}
				if tries, err := c.Tries(); err != nil || tries != (Tries{3, 3}) {
					t.Errorf("tries %+v, %v", tries, err)
				}
			}
			o := order()
			o.PIN, o.PUK = pin(x.pin), pin(x.puk)
			_, err := c.Init(context.Background(), o)
			refused(err)
			if _, err := c.Init(context.Background(), order()); err != nil {
				t.Fatalf("with other codes: %v", err)
			}
			if x.object == "PIN" {
				refused(c.ChangePIN(pin(samplePIN), pin(x.pin)))
				refused(c.Unblock(pin(samplePUK), pin(x.pin)))
			}
		})
	}
}
