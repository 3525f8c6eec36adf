//go:build cgo

package piv

import (
	"context"
	"testing"

	"bailiff/custody/token/piv/virtual/rig"
)

func TestInitFresh(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: 20001001})
	r := &Readers{}
	list, err := r.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		t.Logf("%+v", l)
	}
	c := open(t, r, "20001001")
	in, err := c.Inspect()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", in)
	o := order()
	o.Step = func(s Step) { t.Log(s) }
	e, err := c.Init(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	text, err := e.Format()
	t.Logf("%s %v", text, err)
	in, err = c.Inspect()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", in)
}
