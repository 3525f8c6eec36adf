package virtual

import (
	"bytes"
	"context"
	"encoding/binary"
	"testing"

	"bailiff/custody/testkit/fuzztest"
)

func FuzzCommand(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 8*len(b))()
		c, err := parseCommand(b)
		if err != nil {
			if c.body != nil || c.ins != 0 {
				t.Error("a command beside an error")
			}
			return
		}
		if got := c.bytes(); !bytes.Equal(got, b) {
			t.Errorf("%x became %x", b, got)
		}
	})
}

func FuzzTLV(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 128*len(b))()
		all, err := parseTLV(b)
		if err != nil {
			if all != nil {
				t.Error("objects beside an error")
			}
			return
		}
		var got []byte
		for _, one := range all {
			got = appendTLV(got, one.tag, one.value)
		}
		if !bytes.Equal(got, b) {
			t.Errorf("%x became %x", b, got)
		}
	})
}

// FuzzTransmit gives a card, whose PIN and management key are known to the caller, one APDU after the
// other: each has its length, two bytes, before it.
func FuzzTransmit(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := New(Options{Serial: 1, Random: Seeded("fuzz"), Firmware: Firmware{5, byte(len(b)) % 8, 1}})
		if err != nil {
			t.Fatal(err)
		}
		c.session = session{application: appPIV, verified: true, fresh: true, managed: true}
		for range 32 {
			if len(b) < 2 {
				break
			}
			n := min(int(binary.BigEndian.Uint16(b)), len(b)-2)
			apdu := b[2 : 2+n]
			b = b[2+n:]
			if slow(apdu) {
				continue
			}
			answer, removed := c.Transmit(context.Background(), apdu)
			if removed || len(answer) < 2 || len(answer) > maxExtended+2 {
				t.Fatalf("%x: %d bytes, removed %t", apdu, len(answer), removed)
			}
		}
		if saved, err := c.Save(); err != nil || len(saved) > maxState {
			t.Fatalf("%d bytes to save, %v", len(saved), err)
		}
	})
}

// slow tells whether an APDU may be part of a command that makes an RSA key.
func slow(apdu []byte) bool {
	return len(apdu) > 1 && apdu[1] == 0x47 && bytes.ContainsAny(apdu, "\x05\x06\x07\x16")
}

func FuzzRestore(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Restore(b, Options{})
		if err != nil {
			if c != nil {
				t.Error("a card beside an error")
			}
			return
		}
		first, err := c.Save()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Restore(first, Options{})
		if err != nil {
			t.Fatalf("what was saved is refused: %v", err)
		}
		if second, err := again.Save(); err != nil || !bytes.Equal(first, second) {
			t.Errorf("saved otherwise the second time, %v", err)
		}
		c.Transmit(context.Background(), []byte{0, 0xa4, 4, 0, 5, 0xa0, 0, 0, 3, 8})
	})
}
