package main

import (
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/clitest"
)

// TestWhatIsToBeTypedIsAccepted: whatever the program tells somebody to type, it takes.
func TestWhatIsToBeTypedIsAccepted(t *testing.T) {
	clitest.Catalogue(t, root(&tool{App: cli.New("bailiff-platform", nil)}))
}
