package main_test

import (
	"errors"
	"os"
	"slices"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/release"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// TestInvariant7ReleaseStates: an order opens its key once; a lost kit takes a new order that
// names the old one.
func TestInvariant7ReleaseStates(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	first := s.order(v, 0, nil)
	check(t, s.release(v, first).Run())
	check(t, os.Rename(s.path+"-kit", s.path+"-kit-1"))
	s.touches()
	_, err := s.examine(v, first)
	s.refused("a used order", err, custody.ErrUsed)
	second := func(edit func(*order.Order)) ordered {
		return s.order(v, 0, func(o *order.Order) { o.Number = "2026-000002"; edit(o) })
	}
	_, err = s.examine(v, second(func(*order.Order) {}))
	s.refused("a second order for the key", err, custody.ErrKeyTaken)
	_, err = s.examine(v, second(func(o *order.Order) { o.Replaces, o.ReplacesWhy = "2026-000009", "lost" }))
	s.refused("replacing an order that never was", err, custody.ErrReplaces)
	number, fingerprint := s.key(v, batch.Published, 1)
	_, err = s.examine(v, second(func(o *order.Order) {
		o.Replaces, o.ReplacesWhy, o.KeyNumber, o.Key = "2026-000001", "lost", number, fingerprint
	}))
	s.refused("replacing for another key", err, custody.ErrReplaces)
	replacement := second(func(o *order.Order) { o.Replaces, o.ReplacesWhy = "2026-000001", "lost" })
	check(t, s.release(v, replacement).Run())
	check(t, os.Rename(s.path+"-kit", s.path+"-kit-2"))
	s.touches()
	_, err = s.examine(v, s.order(v, 0, func(o *order.Order) {
		o.Number, o.Replaces, o.ReplacesWhy = "2026-000003", "2026-000001", "lost"
	}))
	s.refused("replacing twice", err, custody.ErrReplaces)
	check(t, v.Close())
	v = s.open()
	for _, o := range []ordered{first, replacement} {
		_, err = s.examine(v, o)
		s.refused("a used order, after opening anew", err, custody.ErrUsed)
	}
}

// TestInvariant7Begun: a release that was begun in time is finished later, by the same order with the
// same officers, and by no other; one that was not begun expires.
func TestInvariant7Begun(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	begun := s.order(v, 0, nil)
	later := s.order(v, 1, func(o *order.Order) { o.Number = "2026-000002" })
	run := s.release(v, begun)
	s.tokens[1].broken = errPower
	v.Host.Notice = func(e custody.Event) { s.tokens[1].broken = map[custody.Act]error{custody.ActOpen: errPower}[e.Act] }
	if err := run.Run(); !errors.Is(err, errPower) {
		t.Fatal(err)
	}
	s.tokens[1].broken = nil
	check(t, v.Close())
	v = s.open()
	s.touches()
	_, err := s.examine(v, s.order(v, 0, func(o *order.Order) { o.Number = "2026-000003" }))
	s.refused("another order for the key", err, custody.ErrKeyTaken)
	_, err = s.examine(v, s.order(v, 0, func(o *order.Order) { o.Recipient = "Somebody Else" }))
	s.refused("another text under the number", err, custody.ErrSameOrder)
	s.clock = s.clock.AddDate(1, 0, 0)
	_, err = s.examine(v, later)
	s.refused("an order that expired", err, order.ErrExpired)
	run = s.release(v, begun)
	run.Table = s.seat(v, 2, 3) // c01 is not there any more
	check(t, run.Run())
	if o := v.State.Orders["2026-000001"]; o.Delivered == nil || !slices.Equal(o.Intent.Act.Opening, []string{"c02", "c03"}) {
		t.Error("not delivered by those who were there")
	}
}

// TestInvariant7ExpiresAtTheTable: the clock goes on between the examination and the intent.
func TestInvariant7ExpiresAtTheTable(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	run := s.release(v, s.order(v, 0, nil))
	s.touches()
	s.clock = s.clock.AddDate(0, 2, 0)
	s.refused("an order that expired meanwhile", run.Run(), order.ErrExpired)
	s.clock = s.clock.AddDate(-1, 0, 0)
	_, err := s.examine(v, s.order(v, 0, nil))
	s.refused("a clock behind the ledger", err, ledger.ErrClock)
}

// TestRefusedBeforeAToken: what can be known is known before a token is asked or an intent stands.
func TestRefusedBeforeAToken(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	o := s.order(v, 0, nil)
	s.release(v, o) // the order is received
	size := v.Log.Size()
	for what, c := range map[string]struct {
		edit func(*release.Release)
		want error
	}{
		"a letter with escapes":  {func(r *release.Release) { r.Office = "a\x1b[2J" }, handover.ErrInfo},
		"a kit that is there":    {func(r *release.Release) { r.Kit = s.path }, durable.ErrExists},
		"a kit nowhere":          {func(r *release.Release) { r.Kit = s.path + "/no/kit" }, os.ErrNotExist},
		"an order not examined":  {func(r *release.Release) { r.Examined = &release.Examined{Order: r.Examined.Order} }, custody.ErrHistory},
		"a table that is absent": {func(r *release.Release) { r.Table = nil }, custody.ErrQuorum},
	} {
		r := s.release(v, o)
		s.touches()
		c.edit(r)
		s.refused(what, r.Run(), c.want)
	}
	if v.Log.Size() != size {
		t.Error("an entry was written")
	}
}

// TestStaleAndForked: custodians notice a vault that was rolled back, and one that went another
// way since.
func TestStaleAndForked(t *testing.T) {
	s := play(t, proved)
	old := s.keep()
	v := s.open()
	check(t, s.release(v, s.order(v, 0, nil)).Run())
	check(t, v.Close())
	now := s.keep()
	old.heads, old.clock = now.heads, now.clock
	s.set(old)
	check(t, os.RemoveAll(s.path+"-kit"))
	s.touches()
	v = s.open()
	o := s.order(v, 0, nil)
	run := s.release(v, o)
	s.refused("a release from an old copy", run.Run(), ledger.ErrStale)
	_, err := s.ceremony(v, 1).Run()
	s.refused("a ceremony in an old copy", err, ledger.ErrStale)
	run.Table = s.seat(v, 3, 1)
	s.refused("one who knows is enough", run.Run(), ledger.ErrStale)
	for range 5 {
		check(t, release.Refuse(v, []byte("x"), ledger.Unreadable, "malformed"))
	}
	s.refused("a release from a fork", s.release(v, o).Run(), ledger.ErrFork)
}
