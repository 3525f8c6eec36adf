package release_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/release"
)

// TestHandedOver: a release ends with a kit that is ready; that it was handed over stands in the ledger once a bailiff
// states it, with the day, and the names in what can be erased.
func TestHandedOver(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	today := b.Now().UTC().Format(time.DateOnly)
	state := release.Statement{Order: "2026-000001", Day: today, Bailiff: "Maître Exemple"}
	wantError(t, "received only", release.HandedOver(b.v, state), custody.ErrNoKit)
	r := b.run(t, s)
	b.cut(t, r, func(op durable.Op, path string) bool {
		return checkpoint(op, path) && b.v.State.Orders["2026-000001"].Delivered != nil
	})
	wantError(t, "a kit that nobody vouches for", release.HandedOver(b.v, state), custody.ErrNoKit)
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	o := b.v.State.Orders["2026-000001"]
	if o.HandedOver != nil {
		t.Fatal("handed over, though nobody stated it")
	}
	size := b.v.Log.Size()
	for what, c := range map[string]struct {
		spoil func(*release.Statement)
		want  error
	}{
		"another order":         {func(s *release.Statement) { s.Order = "2026-000002" }, custody.ErrNoKit},
		"two days before":       {func(s *release.Statement) { s.Day = b.Now().AddDate(0, 0, -2).Format(time.DateOnly) }, custody.ErrHandoverDay},
		"in two days":           {func(s *release.Statement) { s.Day = b.Now().AddDate(0, 0, 2).Format(time.DateOnly) }, custody.ErrHandoverDay},
		"a day that is none":    {func(s *release.Statement) { s.Day = "today" }, keyvalue.ErrValue},
		"nobody":                {func(s *release.Statement) { s.Bailiff = "" }, keyvalue.ErrLength},
		"the order's number":    {func(s *release.Statement) { s.Bailiff = s.Order }, release.ErrBailiff},
		"a name of two lines":   {func(s *release.Statement) { s.To = "a\nb" }, keyvalue.ErrControl},
		"a bailiff's two lines": {func(s *release.Statement) { s.Bailiff = "a\nb" }, keyvalue.ErrControl},
	} {
		bad := state
		c.spoil(&bad)
		wantError(t, what, bad.Complete(b.v), c.want)
		wantError(t, what+", recorded", release.HandedOver(b.v, bad), c.want)
	}
	unnamed := release.Statement{Order: state.Order, Day: state.Day}
	must(t, unnamed.Begin(b.v))
	shown := state
	must(t, shown.Complete(b.v))
	if shown.To != "Heir Sample" || b.v.Log.Size() != size {
		t.Errorf("to %q, %d entries", shown.To, b.v.Log.Size()-size)
	}
	must(t, release.HandedOver(b.v, state))
	recorded(t, b, size, &ledger.KitHandedOver{Order: "2026-000001", Key: o.Delivered.Act.Key, Kit: o.Delivered.Act.Kit, Day: today})
	if got := personal(t, b, size); len(got) != 2 || got[0].Value != "Maître Exemple" || got[1].Value != "Heir Sample" {
		t.Errorf("personal part %v", got)
	}
	e, text, err := b.v.Log.Entry(size)
	must(t, err)
	if strings.Contains(string(text), "Sample") || strings.Contains(string(text), "Exemple") || e.Number != size {
		t.Errorf("persons in the entry:\n%s", text)
	}
	wantError(t, "twice", release.HandedOver(b.v, state), custody.ErrHandedOver)
	b.reopen(t)
	if b.v.State.Orders["2026-000001"].HandedOver == nil {
		t.Error("forgotten")
	}
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	if _, err := b.examine(s); !errors.Is(err, custody.ErrUsed) {
		t.Error("the order:", err)
	}
}
