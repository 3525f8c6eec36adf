//go:build long && cgo

package piv

import "testing"

// TestLongInitRefused answers every APDU of preparing a card with every wrong answer.
func TestLongInitRefused(t *testing.T) { initRefused(t, 9) }
