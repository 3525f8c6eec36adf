package main_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/ledger"
	"bailiff/release"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// The props' policy has a request wait for eight days.
const requestDays = 8

// backdated says of itself that it waited long ago.
func (s *scene) backdated(v *custody.Vault, edit func(*order.Order)) ordered {
	s.Helper()
	return s.order(v, 0, func(o *order.Order) {
		o.Reason, o.Issued, o.NotBefore = "request", s.clock.AddDate(0, -1, 0), s.clock.AddDate(0, 0, -1)
		edit(o)
	})
}

func unedited(*order.Order) {}

// TestInvariant7Waiting: whatever an order says of its issue, it waits from the day on which the
// vault received it; the ledger alone shows that it did.
func TestInvariant7Waiting(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	s.touches()
	o := s.backdated(v, unedited)
	_, err := s.examine(v, o)
	s.refused("an order not received", err, custody.ErrNotReceived)
	first, err := s.receive(v, o)
	check(t, err)
	size, ready := v.Log.Size(), first.Received.AddDate(0, 0, requestDays)
	if !first.Ready.Equal(ready) || !v.State.Orders["2026-000001"].Ready().Equal(ready) || len(v.State.Pending()) != 0 {
		t.Fatalf("received %v, ready %v", first.Received, first.Ready)
	}
	s.refused("an order that waits", first.Waited(s.now()), custody.ErrStillWaiting)
	s.refused("a release that does not ask", s.releaseOf(v, first).Run(), custody.ErrStillWaiting)
	_, err = s.receive(v, s.backdated(v, func(o *order.Order) { o.Recipient = "Somebody Else" }))
	s.refused("another text under the number", err, custody.ErrSameOrder)
	check(t, v.Close())

	v = s.open()
	s.clock = ready.Add(-10 * time.Second)
	o.signatures = nil
	for _, key := range s.officers[1:] {
		sig, err := officer.Sign(o.text, key, s.now())
		check(t, err)
		o.signatures = append(o.signatures, sig...)
	}
	again, err := s.receive(v, o)
	check(t, err)
	if !again.Ready.Equal(ready) || v.Log.Size() != size {
		t.Error("the same order by other officers was received anew")
	}
	s.refused("an order seconds before its time", again.Waited(s.now()), custody.ErrStillWaiting)
	s.clock = ready
	check(t, s.release(v, o).Run())
	if v.State.Orders["2026-000001"].Delivered == nil {
		t.Error("not delivered")
	}
}

// TestInvariant7WaitingByTheOrder: an entry that states too short a wait, for an order that the
// policy has wait longer, helps nobody; an order that could never be carried out is not received.
func TestInvariant7WaitingByTheOrder(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	s.touches()
	_, err := s.receive(v, s.backdated(v, func(o *order.Order) { o.Expires = s.clock.AddDate(0, 0, requestDays-1) }))
	s.refused("an order that expires while it waits", err, release.ErrTooShort)
	o := s.backdated(v, unedited)
	_, fingerprint := s.key(v, batch.Published, 0)
	parsed, err := order.Parse(o.text)
	check(t, err)
	received := ledger.OrderReceived{Order: parsed.Number, OrderDigest: sha256.Sum256(o.text), Key: fingerprint, NotBefore: parsed.NotBefore}
	_, err = v.Append(&received, nil)
	check(t, err)
	x, err := s.receive(v, o)
	check(t, err)
	s.refused("a forged receipt", x.Waited(s.now()), custody.ErrStillWaiting)
	unknown := received
	unknown.Order, unknown.Waiting = "2026-000002", 3
	_, err = v.Append(&unknown, nil)
	s.refused("a wait that the policy does not know", err, custody.ErrHistory)
}
