package batch_test

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
)

// header is that of a batch of n custodians.
func header(n int) batch.Header {
	h := batch.Header{
		Vault: "5f0c00112233445566778899aabbccdd", Batch: "b20261121-7f3a9c",
		Mode: keyvalue.Rehearsal, Profile: "v4-curve25519",
		Created: time.Date(2026, 11, 21, 21, 24, 55, 0, time.UTC), Threshold: n/2 + 1,
	}
	for i := range n {
		h.Custodians = append(h.Custodians, keyvalue.FormatCustodian(i+1))
	}
	return h
}

// source makes keys whose contents are noise of the given sizes, always the same.
type source struct {
	noise                   *rand.ChaCha8
	n, public, sealed, file int
}

func newSource(n int) *source {
	return &source{rand.NewChaCha8([32]byte{1}), n, 400, 1000, 700}
}

func (s *source) bytes(n int) []byte {
	b := make([]byte, n)
	_, _ = s.noise.Read(b)
	return b
}

func (s *source) key(number int) batch.SealedKey {
	k := batch.SealedKey{
		Number: number, Fingerprint: hex.EncodeToString(s.bytes(20)),
		Public: s.bytes(s.public), Sealed: s.bytes(s.sealed),
	}
	for i := range s.n {
		k.Shares = append(k.Shares, batch.SealedShare{
			Custodian: keyvalue.FormatCustodian(i + 1), X: uint8(100 + (number+i)%100),
			File: s.bytes(s.file), Commitment: sha256.Sum256(s.bytes(8)),
		})
	}
	return k
}

// deposit writes a batch of so many keys and returns its folder and its manifest.
func deposit(t testing.TB, keys, custodians int, maxVolume int64) (string, *batch.Manifest) {
	t.Helper()
	return depositFrom(t, newSource(custodians), keys, maxVolume)
}

func depositFrom(t testing.TB, s *source, keys int, maxVolume int64) (string, *batch.Manifest) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "b20261121-7f3a9c")
	w, err := batch.NewWriter(&durable.Disk{}, dir, header(s.n), maxVolume)
	if err != nil {
		t.Fatal(err)
	}
	for i := range keys {
		if err := w.Add(s.key(i + 1)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return dir, m
}

// open opens a batch for the length of the test.
func open(t testing.TB, dir string) *batch.Batch {
	t.Helper()
	b, err := batch.Open(&durable.Disk{}, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}
