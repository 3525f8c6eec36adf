package release_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/release"
	"bailiff/release/order"
)

var errPower = errors.New("power cut")

// cut fails whatever would come after the moment that when tells, and reopens the vault.
func (b *bench) cut(t *testing.T, r *release.Release, when func(op durable.Op, path string) bool) {
	t.Helper()
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if when(op, path) {
			return errPower
		}
		return nil
	}
	if err := r.Run(); !errors.Is(err, errPower) {
		t.Fatalf("not cut short: %v", err)
	}
	b.Host.Disk.Hook = nil
	b.reopen(t)
}

func checkpoint(op durable.Op, path string) bool {
	return op == durable.OpCreate && strings.Contains(path, "/checkpoints/")
}

func entry(op durable.Op, path string) bool {
	return op == durable.OpCreate && strings.Contains(path, "/entries/")
}

// begin receives an order and cuts its release short when the intent is recorded and not cosigned.
func (b *bench) begin(t *testing.T, s signed) {
	t.Helper()
	r := b.run(t, s)
	r.Kit += "-begun"
	b.cut(t, r, checkpoint)
}

// lose cuts a release short when the kit is in place and its delivery is not recorded.
func (b *bench) lose(t *testing.T, r *release.Release) {
	t.Helper()
	b.cut(t, r, func(op durable.Op, path string) bool {
		_, err := os.Lstat(r.Kit)
		return entry(op, path) && err == nil
	})
}

// TestIntentAgain: an intent that nobody cosigned is taken up when the same custodians are there with the same files; otherwise
// there is another. One that is cosigned may have opened the key, so there is another too.
func TestIntentAgain(t *testing.T) {
	for what, c := range map[string]struct {
		cosigned   bool
		custodians []int
		resign     bool
		opening    string
		more       int64 // entries than before
	}{
		"the same":              {false, []int{1, 2}, false, "c01 c02", 0},
		"the same and one more": {false, []int{1, 2, 3}, false, "c01 c02", 0},
		"another custodian":     {false, []int{1, 3}, false, "c01 c03", 1},
		"other signatures":      {false, []int{1, 2}, true, "c01 c02", 1},
		"cosigned":              {true, []int{1, 2}, false, "c01 c02", 1},
		"cosigned, by others":   {true, []int{2, 3}, false, "c02 c03", 1},
	} {
		b := newBench(t, keyvalue.Rehearsal)
		s := b.order(t, nil)
		b.begin(t, s)
		if c.cosigned {
			must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
		}
		if c.resign {
			s = b.sign(t, s.text)
		}
		size := b.v.Log.Size()
		r := b.run(t, s, c.custodians...)
		var said []release.Milestone
		r.Said = func(m release.Milestone, _ string) { said = append(said, m) }
		b.Host.Disk.Hook = func(op durable.Op, path string) error {
			if entry(op, path) && b.v.Log.Size() == size+c.more { // the intent is there, if there is to be one; not release-opened
				return errPower
			}
			return nil
		}
		err := r.Run()
		b.Host.Disk.Hook = nil
		wantError(t, what, err, errPower)
		if len(said) != 2 || said[0] != release.Resumed || said[1] != release.Intended {
			t.Errorf("%s: said %v", what, said)
		}
		if got := b.v.State.Orders["2026-000001"].Intent; b.v.Log.Size() != size+c.more || strings.Join(got.Act.Opening, " ") != c.opening {
			t.Errorf("%s: %d entries more, opening %s", what, b.v.Log.Size()-size, got.Act.Opening)
		}
	}
}

// TestIntentThatCannotBeWritten: without an intent no token is asked.
func TestIntentThatCannotBeWritten(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	r := b.run(t, b.order(t, nil))
	asked := 0
	b.v.Host.Notice = func(custody.Event) { asked++ }
	b.cut(t, r, entry)
	if asked > 0 || b.v.State.Begun("2026-000001") != nil {
		t.Errorf("%d operations of tokens, intent %v", asked, b.v.State.Begun("2026-000001"))
	}
}

// TestThoseOfTheIntent: of more custodians than are needed those of the standing intent take part.
func TestThoseOfTheIntent(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	r := b.run(t, s, 2, 3)
	b.cut(t, r, checkpoint)
	r = b.run(t, s, 1, 2, 3)
	size := b.v.Log.Size()
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if checkpoint(op, path) {
			return errPower
		}
		return nil
	}
	wantError(t, "cut", r.Run(), errPower)
	b.Host.Disk.Hook = nil
	if got := b.v.State.Orders["2026-000001"].Intent.Act.Opening; !slices.Equal(got, []string{"c02", "c03"}) || b.v.Log.Size() != size {
		t.Errorf("%s; %d entries", got, b.v.Log.Size()-size)
	}
}

// TestFinishedLater: a release that was begun in time, as a cosigned intent for the same two files says, may be finished after
// the order has expired. Nothing else may.
func TestFinishedLater(t *testing.T) {
	for what, c := range map[string]struct {
		cosigned bool
		other    func(b *bench, s signed) signed // what is presented later
		want     error
	}{
		"begun in time":    {true, func(_ *bench, s signed) signed { return s }, nil},
		"not cosigned":     {false, func(_ *bench, s signed) signed { return s }, order.ErrExpired},
		"other signatures": {true, func(b *bench, s signed) signed { return b.sign(t, s.text) }, order.ErrExpired},
		"another text": {true, func(b *bench, s signed) signed {
			return b.order(t, func(o *order.Order) { o.Recipient = "Somebody Else" })
		}, order.ErrExpired},
	} {
		b := newBench(t, keyvalue.Rehearsal)
		s := b.order(t, nil)
		other := c.other(b, s)
		b.begin(t, s)
		if c.cosigned {
			must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
		}
		b.Forward(60 * 24 * time.Hour)
		_, err := b.examine(other)
		wantError(t, what, err, c.want)
	}
}

// TestOfficersKeyExpiredMeanwhile: what was begun in time is judged as of then, the officers' keys too.
func TestOfficersKeyExpiredMeanwhile(t *testing.T) {
	b := newBenchOf(t, keyvalue.Rehearsal, 330*24*time.Hour) // 27 November; the order is of 21 November and expires a month later
	s := b.order(t, nil)
	b.begin(t, s)
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	b.Forward(20 * 24 * time.Hour)
	if _, err := b.examine(s); err != nil {
		t.Error(err)
	}
}

// TestExpiredMeanwhile: an order that expires after it was examined is not carried out, though an intent that nobody cosigned
// stands.
func TestExpiredMeanwhile(t *testing.T) {
	for _, begun := range []bool{false, true} {
		b := newBench(t, keyvalue.Rehearsal)
		s := b.order(t, nil)
		if begun {
			b.begin(t, s)
		}
		r := b.run(t, s)
		size, asked := b.v.Log.Size(), 0
		b.v.Host.Notice = func(custody.Event) { asked++ }
		b.Forward(60 * 24 * time.Hour)
		wantError(t, "expired", r.Run(), order.ErrExpired)
		if b.v.Log.Size() != size || asked > 0 {
			t.Errorf("%d entries recorded, %d operations of tokens", b.v.Log.Size()-size, asked)
		}
	}
}

// TestIntentInTheLastSecond: an intent recorded as the order expired counts as one of its last second.
func TestIntentInTheLastSecond(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, func(o *order.Order) { o.Expires = o.Issued.Add(time.Minute) })
	x := b.receive(t, s)
	o := x.Order
	b.Forward(2 * time.Minute)
	_, err := b.v.Append(intent(o, s),
		keyvalue.Fields("member", o.Member, "recipient", o.Recipient, "checker", "a", "checker", "b"))
	must(t, err)
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	if _, err := b.examine(s); err != nil {
		t.Error(err)
	}
}

// intent is what the ledger says of one.
func intent(o *order.Order, s signed) *ledger.ReleaseIntent {
	return &ledger.ReleaseIntent{
		Order: o.Number, OrderDigest: sha256.Sum256(s.text), SignatureDigest: sha256.Sum256(s.signatures),
		Batch: o.Batch, KeyNumber: o.KeyNumber, Key: o.Key, Opening: []string{"c01", "c02"},
	}
}

// receipt is what the ledger says of an order that was received, with that wait in days.
func receipt(o *order.Order, s signed, waiting int) *ledger.OrderReceived {
	return &ledger.OrderReceived{
		Order: o.Number, OrderDigest: sha256.Sum256(s.text), SignatureDigest: sha256.Sum256(s.signatures),
		Key: o.Key, Waiting: waiting, NotBefore: o.NotBefore,
	}
}

// TestUnreadableCheckpoint: while it cannot be told whether an intent is cosigned, nothing goes on.
func TestUnreadableCheckpoint(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	b.begin(t, s)
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	r := b.run(t, s)
	last := fmt.Sprintf("/checkpoints/%012d.txt", b.v.Log.Size())
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRead && strings.HasSuffix(path, last) {
			return errPower
		}
		return nil
	}
	_, err := b.examine(s)
	wantError(t, "examined", err, errPower)
	size := b.v.Log.Size()
	wantError(t, "run", r.Run(), errPower)
	if b.v.Log.Size() != size {
		t.Error("something was recorded")
	}
	b.Host.Disk.Hook = nil
}

// TestAwaitsCosignature: of a delivery that nobody cosigned only the cosignature is missing, which is told for this very order only.
func TestAwaitsCosignature(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	other := b.order(t, func(o *order.Order) { o.Recipient = "Somebody Else" })
	b.begin(t, s)
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	_, err := b.v.Append(&ledger.ReleaseOpened{Order: "2026-000001", Key: b.keys[0].fingerprint}, nil)
	must(t, err)
	_, err = b.v.Append(&ledger.ReleaseDelivered{Order: "2026-000001", Key: b.keys[0].fingerprint, Kit: sha256.Sum256(nil)}, nil)
	must(t, err)
	_, err = b.examine(s)
	wantError(t, "this order", err, release.ErrAwaitsCosignature)
	_, err = b.examine(other)
	wantError(t, "another text", err, custody.ErrUsed)
	must(t, b.v.Cosign(b.Seat(t, b.v, 1, 2)))
	_, err = b.examine(s)
	wantError(t, "cosigned", err, custody.ErrUsed)
}
