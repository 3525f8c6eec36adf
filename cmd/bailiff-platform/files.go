package main

import (
	"crypto/sha256"
	"io"

	"bailiff/custody/fault"
)

const maxRoster = 16 << 20 // bytes

// hashFile returns the SHA-256 of a regular file.
func (t *tool) hashFile(path string) (sum [32]byte, err error) {
	f, err := t.disk.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, fault.At(path, err)
	}
	return [32]byte(h.Sum(nil)), nil
}

const digestPrefix = "sha256:"
