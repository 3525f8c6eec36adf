//go:build !cgo

package piv

import (
	"context"
	"errors"
	"testing"
)

func TestNoBuild(t *testing.T) {
	r := &Readers{}
	if list, err := r.List(context.Background()); list != nil || !errors.Is(err, ErrBuild) {
		t.Errorf("listed %v, %v", list, err)
	}
	if c, err := r.Open(context.Background(), "12345678", nil); c != nil || !errors.Is(err, ErrBuild) {
		t.Errorf("opened %v, %v", c, err)
	}
}
