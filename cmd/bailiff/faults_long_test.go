//go:build long

package main_test

import (
	"flag"
	"slices"
	"testing"
)

var faultsEvery = flag.Int("faults-every", 3, "strike every n-th operation; 1: each, which takes 10 minutes")

// TestLongFaults strikes every third operation of every act, in every way in which it can fail, and the first
// and the last five of each act besides.
func TestLongFaults(t *testing.T) {
	p := rehearse(t)
	points := generate(t, p, acts(), failures())
	all := len(points)
	points = thin(points, *faultsEvery)
	h := strikeAll(t, p, points)
	t.Logf("counts: %d of %d points%s", h.total, all, h)
	if all < 2000 || h.total < all / *faultsEvery {
		t.Errorf("%d points of %d", h.total, all)
	}
	for name, want := range map[string][]outcome{
		"vault init": {untouched, anew, done}, "ceremony": {untouched, anew, resumed, done}, "export": {untouched, resumed, done},
		"platform import": {untouched}, "ledger append": {untouched, done}, "ledger cosign": {untouched, done},
		"release": {untouched, resumed, done}, "token init": {untouched, anew, done}, "token unlock": {untouched, resumed},
	} {
		for _, o := range want {
			n := 0
			for _, outcomes := range h.counts[name] {
				n += outcomes[o]
			}
			if n == 0 {
				t.Errorf("%s: no point after which it %s", name, o)
			}
		}
	}
}

// thin keeps every n-th operation of each act with all its failures, and its first and last five.
func thin(points []point, n int) []point {
	last := map[*act]int{}
	for _, p := range points {
		last[p.act] = max(last[p.act], p.at)
	}
	return slices.DeleteFunc(points, func(p point) bool {
		return p.at%n != 0 && p.at >= 5 && p.at <= last[p.act]-5
	})
}
