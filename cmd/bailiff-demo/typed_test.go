package main

import (
	"context"
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/clitest"
)

// TestWhatIsToBeTypedIsAccepted: whatever the program tells somebody to type, it takes.
func TestWhatIsToBeTypedIsAccepted(t *testing.T) {
	play := func(options) error { return nil }
	clitest.Catalogue(t, command(context.Background(), cli.New("bailiff-demo", nil), play))
}
