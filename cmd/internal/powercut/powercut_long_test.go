//go:build long

package powercut

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"
)

// seed makes the choice of states the same in every run with the same log.
const seed = 20261121

var cutsOf = flag.Int("cuts-of", 2, "look at one of n states, at those after a flush all the same; 1: at all, which takes 5 minutes")

// TestLongPowerCuts performs all acts on real file systems, takes the power away at thousands of
// instants, and holds what is left against the promise of docs/threat-model.md.
func TestLongPowerCuts(t *testing.T) {
	if !canMount(t) {
		return
	}
	buildPrograms(t)
	for _, c := range []struct {
		scene   scene
		states  int
		flushes int // at least
	}{
		{scene{System: Ext4, Disks: 1}, 1100, 300},
		{scene{System: Ext4, Disks: 2}, 600, 300},
		{scene{System: ExFAT, Disks: 1}, 600, 150},
	} {
		c.states /= *cutsOf
		t.Run(fmt.Sprintf("%s on %d", c.scene.System, c.scene.Disks), func(t *testing.T) {
			s, server := set(t, c.scene)
			h := perform(t, s, server)
			last := h.begun[len(h.begun)-1].At
			if n := h.flushes(last); n < c.flushes {
				t.Errorf("%d flushes reached the disks: is the loop device passing them on?", n)
			}
			tally := replay(t, h, server, h.states(c.states, last))
			tally.report(t)
			tally.mustHold(t, c.scene, c.states)
		})
	}
}

// TestLongPowerCutsUnsynced is the control: the same acts with syncs that do nothing. A harness that
// finds nothing wrong with them would find nothing wrong with anything.
func TestLongPowerCutsUnsynced(t *testing.T) {
	if !canMount(t) {
		return
	}
	buildPrograms(t)
	for _, system := range []FileSystem{Ext4, ExFAT} {
		t.Run(string(system), func(t *testing.T) {
			s, server := set(t, scene{System: system, Disks: 1})
			h := perform(t, s, server, "/proc/self/exe")
			tally := replay(t, h, server, h.states(100, len(h.requests)))
			tally.report(t)
			tally.mustNotHold(t)
		})
	}
}

// buildPrograms builds both programs as they are given away and puts them on PATH.
func buildPrograms(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	build := exec.Command("../../../.ci/build", bin, "bailiff", "bailiff-platform")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf(".ci/build: %v\n%s", err, out)
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	t.Setenv("LC_ALL", "C.UTF-8")
}

// set makes the folders of a scene and serves its disks.
func set(t *testing.T, s scene) (scene, *Server) {
	t.Helper()
	s.Dir = workFolder(t)
	for _, dir := range []string{s.images(), s.in(""), s.disk(0), s.disk(1)} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	server, err := Serve(s.images())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, server
}

// states chooses the states to look at, from the first act to an instant: after every flush, then
// instants at random, with each kind of loss in turn.
func (h *history) states(count, to int) []State {
	from := h.begun[0].At
	random := rand.New(rand.NewPCG(seed, uint64(count)))
	var out []State
	for i := from; i < to; i++ {
		if h.requests[i].Flush() {
			out = append(out, State{At: i + 1, Kind: Flushed})
		}
	}
	kinds := []Kind{Prefix, Subset, Torn}
	for i := 0; len(out) < count; i++ {
		out = append(out, State{At: from + 1 + random.IntN(to-from), Kind: kinds[i%len(kinds)], Seed: random.Uint64()})
	}
	slices.SortStableFunc(out, func(a, b State) int { return a.At - b.At })
	return out
}

// question says what must be found in a state.
func (h *history) question(s State) (q question) {
	for i, a := range h.begun[:len(h.begun)-1] {
		if a.At < s.At {
			q.Act = i
		}
	}
	for _, m := range h.done {
		held := true
		for disk := range h.scene.Disks {
			held = held && LastFlush(h.requests, disk, s.At) >= LastFlush(h.requests, disk, m.At)
		}
		if held {
			q.Done = append(q.Done, m.Name)
		}
	}
	return q
}

// replay has two workers look at the states.
func replay(t *testing.T, h *history, server *Server, states []State) *tally {
	t.Helper()
	finished := finish(t, h, server)
	result := &tally{started: time.Now(), found: map[string]int{}, kinds: map[Kind]int{}}
	var wg sync.WaitGroup
	for n := range 2 {
		wg.Go(func() {
			w := startWorker(t, hello{Scene: h.scene, Batch: h.batch, Files: finished})
			defer w.stop()
			r := NewReplay(h.requests, h.contents)
			for i := n; i < len(states); i += 2 {
				q := h.question(states[i])
				q.Again = i%20 < 2 && i/20%2 == n
				result.add(states[i], q, look(w, r, server, states[i], q, fmt.Sprint("s", i)))
			}
		})
	}
	wg.Wait()
	return result
}

// flushes counts the flushes from the first act to an instant.
func (h *history) flushes(to int) (n int) {
	for _, r := range h.requests[h.begun[0].At:to] {
		if r.Flush() {
			n++
		}
	}
	return n
}

// look serves one state and asks about it.
func look(w *worker, r *Replay, server *Server, s State, q question, name string) answer {
	for n, disk := range r.Build(s) {
		file := fmt.Sprint(name, "-", n)
		server.Add(file, disk)
		defer func() {
			server.Drop(file)
			disk.Close()
		}()
		q.Images = append(q.Images, file)
	}
	a, err := w.ask(q)
	if err != nil {
		a.Broken = append(a.Broken, err.Error())
	}
	return a
}

// finish returns the files of the finished run.
func finish(t *testing.T, h *history, server *Server) map[string]string {
	t.Helper()
	w := startWorker(t, hello{Scene: h.scene, Batch: h.batch})
	defer w.stop()
	a := look(w, NewReplay(h.requests, h.contents), server, State{At: len(h.requests), Kind: Prefix}, question{Done: steps[1:]}, "finished")
	if len(a.Broken)+len(a.Detected) > 0 || a.Found != "delivered" {
		t.Fatalf("the finished run: %+v", a)
	}
	return a.Files
}
