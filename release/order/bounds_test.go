package order_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/release/order"
)

// The bounds stand where docs/formats.md says: what is as long as may be is read, a byte more is not.
func TestBounds(t *testing.T) {
	long := strings.Repeat("x", 300)
	papers := func(n int) func(*order.Order) {
		return func(o *order.Order) {
			o.Papers = nil
			for i := range n {
				o.Papers = append(o.Papers, order.Paper{Type: "mandate", Date: "2026-11-01", Digest: [32]byte{byte(i)}, Issuer: long})
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(*order.Order)
		want   error
	}{
		{"a member of 300 bytes", func(o *order.Order) { o.Member = long }, nil},
		{"a member of 301 bytes", func(o *order.Order) { o.Member = long + "x" }, order.ErrTooLong},
		{"a recipient of 300 bytes", func(o *order.Order) { o.Recipient = long }, nil},
		{"a recipient of 301 bytes", func(o *order.Order) { o.Recipient = long + "x" }, order.ErrTooLong},
		{"a checker of 301 bytes", func(o *order.Order) { o.Checkers[1] = long + "x" }, order.ErrTooLong},
		{"32 papers, issuers of 300 bytes", papers(32), nil},
		{"33 papers", papers(33), order.ErrPaper},
		{"an issuer of 301 bytes", func(o *order.Order) { o.Papers[0].Issuer = long + "x" }, order.ErrPaper},
		{"one paper twice", func(o *order.Order) { o.Papers = append(o.Papers, o.Papers[0]) }, order.ErrPaper},
		{"at once: issued and not before are one instant", func(o *order.Order) { o.NotBefore = o.Issued }, nil},
		{"not before its issue", func(o *order.Order) { o.NotBefore = o.Issued.Add(-time.Second) }, order.ErrTimes},
		{"expired when it may begin", func(o *order.Order) { o.Expires = o.NotBefore }, order.ErrTimes},
		{"a second is enough", func(o *order.Order) { o.Expires = o.NotBefore.Add(time.Second) }, nil},
	} {
		o := example([32]byte{1}, now)
		c.change(o)
		if _, err := o.Format(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	for n, tooLarge := range map[int]bool{order.MaxSize: false, order.MaxSize + 1: true} {
		if _, err := order.Parse(make([]byte, n)); err == nil || errors.Is(err, order.ErrTooLarge) != tooLarge {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}
