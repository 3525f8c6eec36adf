package generator

import (
	"context"
	"iter"
	"math"
	"sync"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/keyceremony/keygen"
)

// MaxKeys is how many keys a generator process makes at most: half a second of work, to which starting
// the process adds one hundredth.
const MaxKeys = 1024

// Processes makes keys in processes of their own, whose end erases them. Each makes a range of
// numbers; the keys are passed on in order. A process that fails in any way fails the whole.
//
// The processes die with the thread and process that started them, and when it closes their
// standard input. They get no environment but Env.
type Processes struct {
	Path  string   // of a program that calls Serve on its standard streams
	Args  []string // its arguments, the first being its name
	Env   []string
	Count int // processes at once; at least 1
	Keys  int // keys of one process, at most MaxKeys; 0 for MaxKeys
}

// Generate implements Generator. At most Count+1 ranges of keys are in memory.
func (p *Processes) Generate(job Job) iter.Seq2[batch.SealedKey, error] {
	m, err := newMaker(job, nil)
	if err != nil {
		return failed(err)
	}
	return func(yield func(batch.SealedKey, error) bool) {
		ctx, cancel := context.WithCancel(context.Background())
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		count := max(1, p.Count)
		free := newQueue(count)
		var ahead []<-chan made // of the ranges that were begun
		for next := job.From; next <= job.To || len(ahead) > 0; ahead = ahead[1:] {
			for ; next <= job.To && len(ahead) <= count; next += p.size(&job) {
				part := job
				part.From, part.To = next, min(next+p.size(&job)-1, job.To)
				ahead = append(ahead, p.begin(ctx, part, m, free.join(), &running))
			}
			for k := range ahead[0] {
				if !yield(k.key, k.err) || k.err != nil {
					return
				}
			}
		}
	}
}

// size is the number of keys of one process: as many rounds of processes as must be, all alike.
func (p *Processes) size(job *Job) int {
	most := MaxKeys
	if p.Keys > 0 {
		most = min(p.Keys, MaxKeys)
	}
	count := max(1, p.Count)
	rounds := (job.keys() + count*most - 1) / (count * most)
	return (job.keys() + count*rounds - 1) / (count * rounds)
}

// begin has a process make a range when it is its turn. The channel has room for all of its keys: no
// process waits for the ranges before its own to be passed on.
func (p *Processes) begin(ctx context.Context, job Job, m *maker, t turn, running *sync.WaitGroup) <-chan made {
	out := make(chan made, job.keys()+1)
	running.Go(func() {
		defer close(out)
		if !t.wait(ctx) {
			return
		}
		defer t.leave()
		err := p.run(ctx, job, m, func(k batch.SealedKey) { out <- made{key: k} })
		if err != nil {
			out <- made{err: fault.At(job.name(), err)}
		}
	})
	return out
}

// queue lets a number of processes run at once, in the order in which they joined: the range that
// the reader waits for never waits for a later one.
type queue struct {
	slots chan struct{}
	last  chan struct{} // closed when who joined last has its slot
}

func newQueue(count int) *queue {
	q := &queue{slots: make(chan struct{}, count), last: make(chan struct{})}
	close(q.last)
	return q
}

// turn is a place in a queue.
type turn struct {
	slots       chan struct{}
	before, has chan struct{}
}

func (q *queue) join() turn {
	t := turn{slots: q.slots, before: q.last, has: make(chan struct{})}
	q.last = t.has
	return t
}

// wait returns true with a slot, which the caller gives back with leave, or false when ctx is done.
func (t *turn) wait(ctx context.Context) bool {
	select {
	case <-t.before:
	case <-ctx.Done():
		return false
	}
	select {
	case t.slots <- struct{}{}:
		close(t.has)
		return true
	case <-ctx.Done():
		return false
	}
}

func (t *turn) leave() { <-t.slots }

// KeysFor returns how many keys of the profile one process makes, for Processes.Keys: half a second of work,
// but at least one key and at most MaxKeys.
func KeysFor(p keypair.Profile) int {
	if p == keypair.V4Curve25519 {
		return MaxKeys
	}
	return min(max(int(keygen.PerSecond(p)/2), 1), MaxKeys)
}

// Minutes returns how long making and sealing that many keys of the profile takes on so many processors, in
// minutes, rounded up.
func Minutes(p keypair.Profile, keys, processors int) int {
	return int(math.Ceil(float64(keys) / keygen.PerSecond(p) / float64(max(1, processors)) / 60))
}
