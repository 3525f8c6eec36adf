package release_test

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/release"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// TestExamine: an order that fits is accepted, and its two officers, digests and times are told.
func TestExamine(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	size := b.v.Log.Size()
	x, err := b.examine(s)
	must(t, err)
	if x.Order.Key != b.keys[0].fingerprint || x.Text != sha256.Sum256(s.text) || x.Signature != sha256.Sum256(s.signatures) {
		t.Errorf("%+v", x)
	}
	slices.Sort(x.Signers)
	want := []string{b.officers[0].Fingerprint(), b.officers[1].Fingerprint()}
	slices.Sort(want)
	if !slices.Equal(x.Signers, want) || !x.Received.IsZero() || x.Ready.IsZero() || b.v.Log.Size() != size {
		t.Errorf("%+v", x)
	}
}

// TestExamineRefuses: each way in which an order is unfit for this vault has its error.
func TestExamineRefuses(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	size := b.v.Log.Size()
	for what, c := range map[string]struct {
		edit func(*order.Order)
		want error
	}{
		"another vault":        {func(o *order.Order) { o.Vault = strings.Repeat("ab", 16) }, order.ErrOtherVault},
		"the other mode":       {func(o *order.Order) { o.Mode = keyvalue.Production }, order.ErrMode},
		"another roster":       {func(o *order.Order) { o.Roster[0]++ }, order.ErrOldRoster},
		"a reason without law": {func(o *order.Order) { o.Reason = "wind-down" }, order.ErrNoRule},
		"no papers":            {func(o *order.Order) { o.Papers = nil }, order.ErrMissingPaper},
		"too short a wait":     {func(o *order.Order) { o.Reason = "request" }, order.ErrWaiting},
		"nothing to replace":   {func(o *order.Order) { o.Replaces, o.ReplacesWhy = "2026-000009", "lost" }, custody.ErrReplaces},
		"another batch":        {func(o *order.Order) { o.Batch = "b20261121-000000" }, custody.ErrNoBatch},
		"another number":       {func(o *order.Order) { o.KeyNumber = b.keys[1].number }, custody.ErrNoKey},
		"no such number":       {func(o *order.Order) { o.KeyNumber = 4 }, custody.ErrNoKey},
		"another key":          {func(o *order.Order) { o.Key = strings.Repeat("ab", 20) }, custody.ErrNoKey},
		"a burnt key":          {func(o *order.Order) { o.KeyNumber, o.Key = b.burnt.number, b.burnt.fingerprint }, custody.ErrBurnt},
		"not yet":              {func(o *order.Order) { o.NotBefore = o.NotBefore.Add(time.Hour) }, custody.ErrStillWaiting},
	} {
		x, err := b.examine(b.order(t, func(o *order.Order) {
			o.Expires = o.Issued.AddDate(0, 1, 0)
			c.edit(o)
		}))
		wantError(t, what, err, c.want)
		if x != nil {
			t.Errorf("%s: a result beside an error", what)
		}
	}
	good := b.order(t, nil)
	other := b.order(t, func(o *order.Order) { o.Recipient = "Somebody Else" })
	_, err := b.examine(signed{other.text, good.signatures})
	wantError(t, "signatures of another order", err, officer.ErrWrongSignature)
	_, err = b.examine(signed{good.text[1:], good.signatures})
	wantError(t, "no order", err, keyvalue.ErrFormat)
	_, err = release.Receive(b.v, good.text[1:], good.signatures, b.Now())
	wantError(t, "no order to receive", err, keyvalue.ErrFormat)
	_, err = b.examine(signed{good.text, nil})
	wantError(t, "nobody signed", err, officer.ErrTooFew)
	_, err = release.Examine(b.v, good.text, good.signatures, b.Now().AddDate(0, 2, 0))
	wantError(t, "expired", err, order.ErrExpired)
	_, err = release.Examine(b.v, good.text, good.signatures, b.Now().Add(-time.Hour))
	wantError(t, "a clock behind the ledger", err, ledger.ErrClock)
	if b.v.Log.Size() != size {
		t.Error("something was recorded")
	}
	if _, err := b.examine(good); err != nil {
		t.Error("the order that the others were made from:", err)
	}
}

// TestRoster: officers who are not those of the policy sign nothing.
func TestRoster(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	roster, err := officer.ParseRoster(b.v.Roster, b.v.Policy)
	must(t, err)
	if roster.Digest() != b.v.Policy.Roster {
		t.Error("another roster than the policy's")
	}
	if _, err := officer.ParseRoster(b.v.Roster[1:], b.v.Policy); err == nil {
		t.Error("other certificates make a roster")
	}
	s := b.order(t, nil)
	b.v.Roster = b.v.Roster[1:]
	if _, err := b.examine(s); err == nil {
		t.Error("an order was examined under other certificates")
	}
}

// TestReceive: the receipt is recorded once, with what it is a receipt of, and the days of waiting run from it.
func TestReceive(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.request(t)
	_, err := b.examine(s)
	wantError(t, "not received", err, custody.ErrNotReceived)
	now := b.Now()
	good, err := release.Verify(b.v, s.text, s.signatures, now)
	must(t, err)
	if !good.Received.IsZero() || !good.Ready.Equal(now.AddDate(0, 0, 8)) || len(good.Signers) == 0 {
		t.Errorf("a good order that was not received: received %v, ready %v, signed by %v", good.Received, good.Ready, good.Signers)
	}
	wantError(t, "a good order that was not received", good.Waited(b.Now()), custody.ErrNotReceived)
	x := b.receive(t, s)
	e, _, err := b.v.Log.Entry(b.v.Log.Size() - 1)
	must(t, err)
	if want := receipt(x.Order, s, 8); !reflect.DeepEqual(e.Act, want) {
		t.Errorf("%+v, want %+v", e.Act, want)
	}
	if !x.Received.Equal(e.Time) || !x.Ready.Equal(e.Time.AddDate(0, 0, 8)) {
		t.Errorf("received %v, ready %v", x.Received, x.Ready)
	}
	size := b.v.Log.Size()
	slices.Reverse(b.officers)
	again := b.receive(t, b.sign(t, s.text))
	if b.v.Log.Size() != size || !again.Received.Equal(x.Received) || !again.Ready.Equal(x.Ready) {
		t.Error("the same text with other signatures was received again")
	}
	_, err = b.examine(s)
	wantError(t, "still waiting", err, custody.ErrStillWaiting)
	if err == nil || !strings.Contains(err.Error(), keyvalue.FormatTime(x.Ready)) {
		t.Errorf("%v does not say until when", err)
	}
	r := b.run(t, s)
	wantError(t, "a release that has not waited", r.Check(), custody.ErrStillWaiting)
	b.Forward(8 * 24 * time.Hour)
	if _, err := b.examine(s); err != nil {
		t.Error("after eight days:", err)
	}
	must(t, r.Check())
	_, err = b.examine(b.order(t, nil))
	wantError(t, "another text under that number", err, custody.ErrSameOrder)
}

// TestWaitOfTheEntry: where the policy's wait is the shorter one, that of the entry counts.
func TestWaitOfTheEntry(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	x, err := b.examine(s)
	must(t, err)
	_, err = b.v.Append(receipt(x.Order, s, 8), nil)
	must(t, err)
	if _, err = b.examine(s); !errors.Is(err, custody.ErrStillWaiting) {
		t.Error(err)
	}
	b.Forward(8 * 24 * time.Hour)
	if _, err = b.examine(s); err != nil {
		t.Error(err)
	}
}

// TestIntentEndsNoWait: another program that may write to the vault records an order with a wait that is another reason's, and its
// intent. Nobody cosigned either, and the order waits as the policy says.
func TestIntentEndsNoWait(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.request(t)
	o, err := order.Parse(s.text)
	must(t, err)
	_, err = b.v.Append(receipt(o, s, 0), nil)
	must(t, err)
	_, err = b.examine(s)
	wantError(t, "received without a wait", err, custody.ErrStillWaiting)
	_, err = b.v.Append(intent(o, s), keyvalue.Fields("member", o.Member, "recipient", o.Recipient, "checker", "a", "checker", "b"))
	must(t, err)
	_, err = b.examine(s)
	wantError(t, "intended", err, custody.ErrStillWaiting)
	wantError(t, "a release", b.run(t, s).Check(), custody.ErrStillWaiting)
	b.Forward(8 * 24 * time.Hour)
	if _, err := b.examine(s); err != nil {
		t.Error("after eight days:", err)
	}
}

// TestTooShort: an order that will have expired before its wait is over is refused as it comes, and not recorded.
func TestTooShort(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	size := b.v.Log.Size()
	s := b.order(t, func(o *order.Order) {
		o.Reason, o.Papers, o.Issued = "request", nil, o.Issued.AddDate(0, 0, -8)
		o.Expires = o.NotBefore.AddDate(0, 0, 1)
	})
	_, err := release.Receive(b.v, s.text, s.signatures, b.Now())
	wantError(t, "a day", err, release.ErrTooShort)
	if b.v.Log.Size() != size {
		t.Error("it was recorded")
	}
	// A second before its wait would end it is received; while that is written the clock goes on.
	s = b.order(t, func(o *order.Order) {
		o.Reason, o.Papers, o.Issued = "request", nil, o.Issued.AddDate(0, 0, -8)
		o.Expires = o.NotBefore.AddDate(0, 0, 8).Add(5 * time.Second)
	})
	at := b.Now()
	b.Forward(time.Minute)
	_, err = release.Receive(b.v, s.text, s.signatures, at)
	wantError(t, "while it was received", err, release.ErrTooShort)
	if b.v.Log.Size() != size+1 {
		t.Error("it was not recorded")
	}
	_, err = release.Receive(b.v, s.text, s.signatures, b.Now())
	wantError(t, "received, too late", err, release.ErrTooShort)
}

// TestReceiptThatCannotBeWritten is none.
func TestReceiptThatCannotBeWritten(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	b.Host.Disk.Hook = func(op durable.Op, _ string) error {
		if op == durable.OpCreate {
			return fs.ErrInvalid
		}
		return nil
	}
	x, err := release.Receive(b.v, s.text, s.signatures, b.Now())
	wantError(t, "no receipt", err, fs.ErrInvalid)
	if x != nil || b.v.State.Orders["2026-000001"] != nil {
		t.Error("the order was received")
	}
}

// TestRefuse: a refusal is on record with the text that was refused.
func TestRefuse(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	must(t, release.Refuse(b.v, []byte("no order"), ledger.Unreadable, "malformed"))
	recorded(t, b, b.v.Log.Size()-1, &ledger.ReleaseRefused{Order: ledger.Unreadable, OrderDigest: sha256.Sum256([]byte("no order")), Why: "malformed"})
	must(t, b.v.Close())
	wantError(t, "a closed vault", release.Refuse(b.v, nil, ledger.Unreadable, "malformed"), fs.ErrPermission)
}
