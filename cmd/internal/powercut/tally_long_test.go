//go:build long

package powercut

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// tally adds up what was found.
type tally struct {
	mu       sync.Mutex
	started  time.Time
	states   int
	again    int // acts run again
	mended   int // of the damaged ones, those that hold after the file system's own repair
	unsafe   int // of the damaged ones, those right after a flush
	whole    int // of the damaged ones, those in which no write was torn
	found    map[string]int
	kinds    map[Kind]int
	broken   []string // states in which a promise does not hold, and how
	detected []string // states in which damage was named
}

func (l *tally) add(s State, q question, a answer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.states++
	l.found[a.Found]++
	l.kinds[s.Kind]++
	if q.Again {
		l.again++
	}
	if a.Mended {
		l.mended++
	}
	if len(a.Broken) > 0 {
		l.broken = append(l.broken, fmt.Sprintf("%+v: found %q: %q", s, a.Found, a.Broken))
	}
	if len(a.Detected) > 0 {
		if s.Kind == Flushed {
			l.unsafe++
		}
		if s.Kind != Torn {
			l.whole++
		}
		l.detected = append(l.detected, fmt.Sprintf("%+v: found %q: %q", s, a.Found, a.Detected))
	}
}

// report prints the counts, and some of what was found wrong.
func (l *tally) report(t *testing.T) {
	t.Helper()
	t.Logf("counts: seed %d, %d states %v, %d run again, %d broken, %d damaged and named, %d of them mended; found %v; %v",
		seed, l.states, l.kinds, l.again, len(l.broken), len(l.detected), l.mended, l.found, time.Since(l.started).Round(time.Second))
	for _, lines := range [][]string{l.broken, l.detected} {
		for _, line := range lines[:min(len(lines), 8)] {
			t.Log(line)
		}
	}
}

// mustHold demands what the file system lets us promise. On ext4 a power cut leaves the state before
// or the state after, whatever the disk had in its buffer. exFAT has no journal: a cut within its
// own writes can damage a folder, which must then be named, never taken for whole.
func (l *tally) mustHold(t *testing.T, s scene, states int) {
	t.Helper()
	if len(l.broken) > 0 {
		t.Errorf("the promise is broken in %d of %d states", len(l.broken), l.states)
	}
	if l.unsafe > 0 || s.System == Ext4 && (l.whole > 0 || len(l.detected) > l.states/100) {
		t.Errorf("%d states are damaged, %d of them right after a flush", len(l.detected), l.unsafe)
	}
	if l.states < states || l.again < states/25 {
		t.Errorf("only %d states were looked at, and %d acts run again", l.states, l.again)
	}
	for _, step := range steps[:len(steps)-1] {
		if l.found[step] == 0 {
			t.Errorf("no state was found in which the last thing done is %q", step)
		}
	}
}

// mustNotHold demands that both sorts of failure were seen: what was said to be done is gone; a file
// with its final name is not whole.
func (l *tally) mustNotHold(t *testing.T) {
	t.Helper()
	lost, half := 0, 0
	for _, line := range l.broken {
		if strings.Contains(line, "was said to be done, and is not") {
			lost++
		}
		if strings.Contains(line, "is not whole") {
			half++
		}
	}
	t.Logf("counts: without syncs %d of %d states lost what was said to be done; %d have half a file of a careless program", lost, l.states, half)
	if lost == 0 || half == 0 {
		t.Error("these tests do not notice that nothing was synced")
	}
}
