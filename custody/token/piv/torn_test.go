//go:build cgo

package piv

import (
	"errors"
	"testing"

	"bailiff/custody/token"
)

// An object that was torn while it was written leaves the one before; when both are, the card says so.
func TestTorn(t *testing.T) {
	_, tok, _ := unlocked(t)
	for range 2 {
		if err := keep(tok); err != nil {
			t.Fatal(err)
		}
	}
	tear := func(id uint32) {
		t.Helper()
		err := tok.card.use(func(d device) error {
			content, err := d.object(id)
			if err != nil {
				return err
			}
			key, err := protectedKey(d)
			if err != nil {
				return err
			}
			defer key.Wipe()
			if err := d.authenticate(key); err != nil {
				return err
			}
			return d.put(id, content[:len(content)/2])
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var newest uint64
	_ = tok.card.use(func(d device) error {
		r, err := readDataObject(d, tok.serial)
		if err == nil {
			newest = r.sequence
		}
		return err
	})
	tear(objectOf(newest))
	if h, err := tok.Head(sampleVault); err != nil || h.Size != 1 {
		t.Errorf("one object torn: the head is %+v, %v", h, err)
	}
	if err := keep(tok); err != nil {
		t.Errorf("one object torn: %v", err)
	}
	if h, err := tok.Head(sampleVault); err != nil || h.Size != 2 {
		t.Errorf("mended: the head is %+v, %v", h, err)
	}
	tear(objectOf(newest))
	tear(objectOf(newest + 1))
	if h, err := tok.Head(sampleVault); !errors.Is(err, ErrObject) || h != (token.Head{}) {
		t.Errorf("both torn: the head is %+v, %v", h, err)
	}
	if _, err := tok.card.Inspect(); !errors.Is(err, ErrObject) {
		t.Errorf("both torn: %v", err)
	}
	if err := agree(tok); err != nil {
		t.Errorf("both torn, the keys are not: %v", err)
	}
}
