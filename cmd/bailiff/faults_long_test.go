//go:build long

package main_test

import "testing"

// TestLongFaults strikes every operation of every act, in every way in which it can fail.
func TestLongFaults(t *testing.T) {
	p := rehearse(t)
	points := generate(t, p, acts(), failures())
	h := strikeAll(t, p, points)
	t.Logf("counts: %d points%s", h.total, h)
	if h.total < 2000 {
		t.Errorf("%d points", h.total)
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
