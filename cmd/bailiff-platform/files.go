package main

import (
	"crypto/sha256"
	"io"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/release/order"
)

const maxRoster = 16 << 20 // bytes

// hashFile returns the SHA-256 of a regular file, which is a paper and not empty.
func (t *tool) hashFile(path string) (sum [32]byte, err error) {
	f, err := t.disk.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err == nil && n == 0 {
		err = cli.NotWritten(order.ErrPaperEmpty)
	}
	if err != nil {
		return sum, fault.At(path, err)
	}
	return [32]byte(h.Sum(nil)), nil
}

const digestPrefix = "sha256:"
