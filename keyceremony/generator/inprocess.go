package generator

import (
	"io"
	"iter"
	"sync"

	"bailiff/custody/batch"
)

// window is how many keys may be ahead of who takes them, for each worker.
const window = 16

// InProcess makes keys on goroutines of this process, each in one erased stack (see secret.Do). In a
// build that erases it is several times slower than [Processes]: every piece of memory that a key
// used is kept account of.
type InProcess struct {
	Workers int       // at once; at least 1
	Rand    io.Reader // of data keys; key pairs, shares and sealing take crypto/rand
}

// Generate implements Generator.
func (g *InProcess) Generate(job Job) iter.Seq2[batch.SealedKey, error] {
	m, err := newMaker(job, g.Rand)
	if err != nil {
		return failed(err)
	}
	return func(yield func(batch.SealedKey, error) bool) {
		stop := make(chan struct{})
		var workers sync.WaitGroup
		defer workers.Wait()
		defer close(stop)
		for out := range m.start(max(1, g.Workers), stop, &workers) {
			k := <-out
			if !yield(k.key, k.err) || k.err != nil {
				return
			}
		}
	}
}

// start has workers make the keys and returns the places in which they will be, in order.
func (m *maker) start(workers int, stop <-chan struct{}, running *sync.WaitGroup) <-chan chan made {
	type task struct {
		number int
		out    chan made
	}
	tasks := make(chan task)
	ordered := make(chan chan made, workers*window)
	for range workers {
		running.Go(func() {
			for t := range tasks {
				t.out <- m.one(t.number)
			}
		})
	}
	running.Go(func() {
		defer close(tasks)
		defer close(ordered)
		for n := m.job.From; n <= m.job.To; n++ {
			out := make(chan made, 1)
			select {
			case ordered <- out:
			case <-stop:
				return
			}
			select {
			case tasks <- task{n, out}:
			case <-stop:
				return
			}
		}
	})
	return ordered
}
