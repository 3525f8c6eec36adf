//go:build long && cgo

package piv

import (
	"context"
	"testing"
)

// second lets a first vault be prepared on a card.
func second(t *testing.T, c *Card) {
	if _, err := c.Init(context.Background(), order()); err != nil {
		t.Error(err)
	}
}

// TestLongInitRefused answers every APDU of preparing a card with every wrong answer.
func TestLongInitRefused(t *testing.T) { initRefused(t, fresh, 9) }

// TestLongSecondRemoved pulls the card out at any APDU of preparing it for a second vault.
func TestLongSecondRemoved(t *testing.T) { initRemoved(t, second) }

// TestLongSecondRefused answers every APDU of that with every wrong answer.
func TestLongSecondRefused(t *testing.T) { initRefused(t, second, 9) }
