package generator

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"testing"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/testkit/fuzztest"
)

func sampleKey() *batch.SealedKey {
	return &batch.SealedKey{
		Number: 7, Fingerprint: "0f1e", Public: []byte("public"), Sealed: []byte("sealed"),
		Shares: []batch.SealedShare{
			{Custodian: "c01", X: 9, File: []byte("one"), Commitment: [32]byte{1}},
			{Custodian: "c02", X: 200, File: nil, Commitment: [32]byte{2}},
		},
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add(appendKey(nil, sampleKey()))
	f.Add(appendKey(nil, &batch.SealedKey{}))
	f.Add([]byte{0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 64*len(b))()
		k, err := parseKey(b)
		if err != nil && !reflect.DeepEqual(k, batch.SealedKey{}) {
			t.Fatal("a record beside an error")
		}
		if err == nil && !bytes.Equal(appendKey(nil, &k), b) {
			t.Fatal("another encoding was accepted")
		}
	})
}

func FuzzParseJob(f *testing.F) {
	f.Add(appendJob(nil, &Job{Policy: []byte("p"), Batch: "b20261121-7f3a9c", Created: time.Unix(1<<30, 0), From: 1, To: 9}))
	f.Add([]byte(jobMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 64*len(b))()
		j, err := parseJob(b)
		if err != nil && !reflect.DeepEqual(j, Job{}) {
			t.Fatal("a job beside an error")
		}
		if err == nil && !bytes.Equal(appendJob(nil, &j), b) {
			t.Fatal("another encoding was accepted")
		}
	})
}

func TestEveryCutAndAddedByteIsRefused(t *testing.T) {
	record := appendKey(nil, sampleKey())
	job := appendJob(nil, &Job{Policy: []byte("p"), Batch: "b20261121-7f3a9c", From: 1, To: 9})
	for i := range record {
		if _, err := parseKey(record[:i]); err == nil {
			t.Errorf("a record cut to %d bytes was accepted", i)
		}
	}
	for i := range job {
		if _, err := parseJob(job[:i]); !errors.Is(err, ErrJob) {
			t.Errorf("a job cut to %d bytes: %v", i, err)
		}
	}
	if _, err := parseKey(append(record, 0)); err == nil {
		t.Error("a byte after a record was accepted")
	}
	if _, err := parseJob(append(job, 0)); err == nil {
		t.Error("a byte after a job was accepted")
	}
}

// TestJobOfNoKeys: a job that none could be is refused where it is read.
func TestJobOfNoKeys(t *testing.T) {
	for _, j := range []Job{
		{Batch: "b20261121-7f3a9c", From: 0, To: 9}, {Batch: "b20261121-7f3a9c", From: 9, To: 8},
		{Batch: "b20261121-7f3a9c", From: 1, To: batch.MaxKeys + 1},
	} {
		if got, err := parseJob(appendJob(nil, &j)); !errors.Is(err, ErrJob) || !reflect.DeepEqual(got, Job{}) {
			t.Errorf("keys %d to %d: %v", j.From, j.To, err)
		}
	}
	if _, err := parseJob(appendJob(nil, &Job{Batch: "batch", From: 1, To: 9})); err == nil {
		t.Error("a batch without a name")
	}
	nobody := Job{Batch: "b20261121-7f3a9c", From: 1, To: 9, Policy: []byte("p")}
	if err := serve(appendJob(nil, &nobody), io.Discard); err == nil {
		t.Error("keys were made for nobody")
	}
}

// TestKeyIsBounded: a record has no more shares than there are custodians, and no length is taken for a place.
func TestKeyIsBounded(t *testing.T) {
	for n, want := range map[int]error{maxShares: nil, maxShares + 1: errFrame} {
		k := batch.SealedKey{Shares: make([]batch.SealedShare, n)}
		if _, err := parseKey(appendKey(nil, &k)); !errors.Is(err, want) {
			t.Errorf("%d shares: %v", n, err)
		}
	}
	c := cursor{rest: []byte("abc")}
	if b := c.cut(-1); b != nil || !c.bad { // what a length is where an int has 32 bits
		t.Errorf("%q of a negative length", b)
	}
}

// TestWriterThatFails: what could not be written is told.
func TestWriterThatFails(t *testing.T) {
	r, w := io.Pipe()
	r.Close()
	if err := writeFrame(w, make([]byte, 5)); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

func TestFrameIsBounded(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"", io.EOF},
		{"\x00\x00", io.ErrUnexpectedEOF},
		{"\x00\x00\x00\x02a", io.ErrUnexpectedEOF},
		{"\x00\x00\x00\x09123456789", errFrame},
		{"\xff\xff\xff\xff", errFrame},
		{"\x00\x00\x00\x01a", nil},
	} {
		if _, err := readFrame(bytes.NewReader([]byte(c.in)), 8); !errors.Is(err, c.want) {
			t.Errorf("%q: %v", c.in, err)
		}
	}
}
