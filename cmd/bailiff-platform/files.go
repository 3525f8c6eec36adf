package main

import (
	"crypto/sha256"
	"io"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/record"
	"bailiff/release/order"
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

// rosterDigest takes a roster's digest, or the file of the officers' binary certificates. Two officers
// must sign at least, whatever the policy says, so a roster of fewer is none.
func (t *tool) rosterDigest(value string) (digest [32]byte, err error) {
	if strings.HasPrefix(value, digestPrefix) {
		digest, err = record.Digest(value)
		return digest, err
	}
	data, err := t.disk.Read(value, maxRoster)
	if err != nil {
		return digest, err
	}
	roster, err := order.ReadRoster(data, minOfficers)
	if err != nil {
		return digest, fault.At(value, err)
	}
	return roster.Digest(), nil
}

const (
	digestPrefix = "sha256:"
	minOfficers  = 2
)
