package fault_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"bailiff/custody/fault"
)

func TestObjectsOutermostFirst(t *testing.T) {
	cause := errors.New("share: wrong share")
	err := fault.At("b20261121-7f3a9c", fmt.Errorf("opening: %w", fault.At("c03", cause)))
	if !errors.Is(err, cause) {
		t.Fatalf("%v does not wrap its cause", err)
	}
	if got, want := fault.Objects(err), []string{"b20261121-7f3a9c", "c03"}; !slices.Equal(got, want) {
		t.Errorf("objects %q, want %q", got, want)
	}
	if got, want := err.Error(), "b20261121-7f3a9c: opening: c03: share: wrong share"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestNilStaysNil(t *testing.T) {
	if fault.At("c03", nil) != nil {
		t.Error("a nil error became one")
	}
}
