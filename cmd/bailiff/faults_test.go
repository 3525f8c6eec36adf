package main_test

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bailiff/custody/durable"
)

// point is an operation of an act, and a way in which it fails.
type point struct {
	act     *act
	at      int
	op      durable.Op
	failure *failure
}

func (p point) String() string {
	return fmt.Sprintf("%s, operation %d (%s), %s", p.act.name, p.at, p.op, p.failure.kind)
}

// histogram counts points by act, failure and outcome.
type histogram struct {
	mu     sync.Mutex
	counts map[string]map[string]map[outcome]int
	total  int
}

func (h *histogram) add(p point, o outcome) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.total++
	if h.counts == nil {
		h.counts = map[string]map[string]map[outcome]int{}
	}
	if h.counts[p.act.name] == nil {
		h.counts[p.act.name] = map[string]map[outcome]int{}
	}
	if h.counts[p.act.name][p.failure.kind] == nil {
		h.counts[p.act.name][p.failure.kind] = map[outcome]int{}
	}
	h.counts[p.act.name][p.failure.kind][o]++
}

func (h *histogram) String() string {
	var b strings.Builder
	for _, a := range slices.Sorted(maps.Keys(h.counts)) {
		for _, kind := range slices.Sorted(maps.Keys(h.counts[a])) {
			fmt.Fprintf(&b, "\n%-14s %-13s", a, kind)
			for _, o := range []outcome{untouched, anew, resumed, done} {
				fmt.Fprintf(&b, " %4d %s", h.counts[a][kind][o], o)
			}
		}
	}
	return b.String()
}

// generate runs each act once and lists every point at which it can be struck.
func generate(t *testing.T, p *plays, acts []act, failures []failure) (points []point) {
	t.Helper()
	w := newWorld(t, p.bare, p.setup.Custodians)
	for i := range acts {
		a := &acts[i]
		w.set(t, a.from(p))
		if said, err := a.run(p, w); err != nil || said != untouched {
			t.Fatalf("%s on a sound disk: %q, %v", a.name, said, err)
		}
		ops := w.ops
		check(t, w.settled(a, p))
		for at, op := range ops {
			for f := range failures {
				if failures[f].fits(op) {
					points = append(points, point{a, at, op, &failures[f]})
				}
			}
		}
		t.Logf("%s: %d operations", a.name, len(ops))
	}
	return points
}

// strikeAll strikes every point, and returns what came of it.
func strikeAll(t *testing.T, p *plays, points []point) *histogram {
	t.Helper()
	h := new(histogram)
	var next atomic.Int64
	t.Run("points", func(t *testing.T) {
		for n := range max(2, runtime.GOMAXPROCS(0)) {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, p.bare, p.setup.Custodians)
				for i := next.Add(1) - 1; int(i) < len(points); i = next.Add(1) - 1 {
					w.set(t, points[i].act.from(p))
					found, err := w.endure(p, points[i])
					if err != nil {
						t.Errorf("%s: %v", points[i], err)
					}
					h.add(points[i], found)
				}
			})
		}
	})
	return h
}

// endure strikes one point, and holds what is left and what the same command then does.
func (w *world) endure(p *plays, at point) (outcome, error) {
	a := at.act
	w.strike(at.failure, at.at)
	err := w.perform(func() (err error) { _, err = a.run(p, w); return err })
	switch {
	case len(w.ops) <= at.at || w.ops[at.at] != at.op:
		return "", fmt.Errorf("the run was another one: %v", w.ops)
	case err == nil && at.failure.kind == "EIO" && at.op == durable.OpRead && filepath.Base(w.struck) == "tree.bin":
		return done, w.settled(a, p) // a record that could not be proved is looked for, and proved, once more
	case err == nil:
		return "", errors.New("the failure went unnoticed")
	case at.failure.kills && !errors.Is(err, errKilled):
		return "", fmt.Errorf("the kill came back as %w", err)
	case !at.failure.kills:
		if err := told(err); err != nil {
			return "", err
		}
	}
	w.heal()
	found, err := a.left(p, w)
	if err != nil || found == done && a.name == "ceremony" { // the same command would begin another batch
		return found, errors.Join(err, w.settled(a, p))
	}
	var said outcome
	err = w.perform(func() (err error) { said, err = a.run(p, w); return err })
	if err == nil && said != found {
		err = fmt.Errorf("the same command said %q, not %q", said, found)
	}
	if err != nil {
		return found, err
	}
	for name := range w.loose {
		if strings.HasPrefix(name, w.path("vault")+"/") {
			return found, fmt.Errorf("the act is done, and %s may yet be lost", name)
		}
	}
	return found, w.settled(a, p)
}

// settled holds a world in which the act is done.
func (w *world) settled(a *act, p *plays) error {
	if err := a.ended(p, w); err != nil {
		return err
	}
	if len(w.wrong) > 0 {
		return fmt.Errorf("%q", w.wrong)
	}
	return nil
}

// perform runs an act; a panic is an error like no other.
func (w *world) perform(run func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return run()
}

// TestFaults strikes a sample of the points, spread evenly over acts, operations and failures;
// TestLongFaults strikes them all.
func TestFaults(t *testing.T) {
	p := rehearse(t)
	all := generate(t, p, acts(), failures())
	const sample = 150
	var points []point
	for _, a := range acts() {
		its := slices.DeleteFunc(slices.Clone(all), func(q point) bool { return q.act.name != a.name })
		n := min(len(its), max(4, sample*len(its)/len(all)))
		for i := range n {
			points = append(points, its[i*len(its)/n])
		}
	}
	h := strikeAll(t, p, points)
	t.Logf("counts: %d of %d points%s", h.total, len(all), h)
	if len(h.counts) != len(acts()) {
		t.Errorf("%d acts of %d", len(h.counts), len(acts()))
	}
}
