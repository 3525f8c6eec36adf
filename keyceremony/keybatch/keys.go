package keybatch

import (
	"bytes"
	"math"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

const (
	keyFiles = 3  // armored, binary, proof: in this order in the ZIP file
	stride   = 32 // keys that a worker takes at once
)

// checkKeys checks the published keys. Of several errors it returns that of the first key.
func (v *verifier) checkKeys(workers int, progress func(done, total int)) error {
	total := len(v.published)
	workers = max(1, min(workers, (total+stride-1)/stride))
	p := &pool{check: v.checkKey, total: int64(total), done: make(chan int, workers)}
	p.failed.Store(math.MaxInt64)
	var all sync.WaitGroup
	for range workers {
		all.Go(p.run)
	}
	go func() {
		all.Wait()
		close(p.done)
	}()
	done := 0
	for n := range p.done {
		done += n
		if progress != nil {
			progress(done, total)
		}
	}
	return p.err
}

// pool hands out the keys to its workers, in order.
type pool struct {
	check  func(i int) error
	total  int64
	next   atomic.Int64
	done   chan int     // keys checked since it was last told
	failed atomic.Int64 // the first key that failed

	mu  sync.Mutex
	err error // of that key
}

func (p *pool) run() {
	for {
		from := p.next.Add(stride) - stride
		to := min(from+stride, p.total)
		if from >= p.total || from > p.failed.Load() {
			return
		}
		for i := from; i < to; i++ {
			if err := p.check(int(i)); err != nil {
				p.fail(i, err)
				return
			}
		}
		p.done <- int(to - from)
	}
}

func (p *pool) fail(i int64, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i < p.failed.Load() {
		p.failed.Store(i)
		p.err = err
	}
}

// checkKey checks the three files of the i-th published key.
func (v *verifier) checkKey(i int) error {
	place, number := v.firstKey+keyFiles*i, v.published[i]
	l := &v.leaves[number-1]
	binary, err := v.f.zip.Read(place+1, maxBinary)
	if err != nil {
		return err
	}
	if err := v.checkBinary(binary, number); err != nil {
		return fault.At(keyName(number, l.fingerprint, binaryExt), err)
	}
	armored, err := v.f.zip.Read(place, maxArmored)
	if err != nil {
		return err
	}
	if !bytes.Equal(armored, v.armor(binary)) {
		return fault.At(keyName(number, l.fingerprint, armoredExt), ErrArmor)
	}
	proof, err := v.f.zip.Read(place+2, maxSmall)
	if err != nil {
		return err
	}
	return fault.At(keyName(number, l.fingerprint, proofExt), v.checkProof(proof, number))
}

// chooseArmor finds the one form that all armored keys of the file have: that of today, or, if the first key has
// it, the former one. A key of the other form is refused, so that of each batch there are two files and no more.
func (v *verifier) chooseArmor() error {
	v.armor = keypair.Armor
	if len(v.published) == 0 {
		return nil
	}
	binary, err := v.f.zip.Read(v.firstKey+1, maxBinary)
	if err != nil {
		return err
	}
	armored, err := v.f.zip.Read(v.firstKey, maxArmored)
	if err == nil && bytes.Equal(armored, keypair.FormerArmor(binary)) {
		v.armor = keypair.FormerArmor
	}
	return err
}

// checkBinary checks that a key is the one in the batch's tree, and of the form that it must have.
func (v *verifier) checkBinary(binary []byte, number int) error {
	l, rehearsal := &v.leaves[number-1], v.h.Mode == keyvalue.Rehearsal
	if !matches(binary, l.public) {
		return ErrKey
	}
	userID := keypair.UserID(v.h.Batch, number, rehearsal)
	fingerprint, err := keypair.Check(v.profile, binary, userID, v.h.Created, rehearsal)
	if err == nil && fingerprint != l.fingerprint {
		err = ErrFingerprint
	}
	return err
}

// checkProof checks a key's proof. A proof has one encoding, and a leaf has one proof, so what
// passes is the proof that [Write] writes.
func (v *verifier) checkProof(data []byte, number int) error {
	leaf, index := v.leaves[number-1].hash(), int64(number-1)
	return ledger.ProofShows(data, leaf, index, v.h.Batch, int64(v.h.Keys), tlog.Hash(v.h.Root))
}
