package soft

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/record"
	"bailiff/custody/token"
)

const (
	stateFormat = "bailiff-soft-state/1"
	maxHeads    = 16 // vaults that a token remembers
)

// state is what a state file holds.
type state struct {
	serial string
	tries  int
	heads  []vaultHead // at most maxHeads, by ascending vault id, each once
}

// vaultHead is the last head cosigned in one vault. It has entries: a vault of which only the
// empty ledger was seen is not written down.
type vaultHead struct {
	vault string
	token.Head
}

// freshState is the state of a token that was never used.
func freshState(serial string) state { return state{serial: serial, tries: maxTries} }

// unused tells whether the state is as [freshState] made it.
func (s state) unused() bool { return s.tries == maxTries && len(s.heads) == 0 }

// head returns the head of a vault, that of the empty ledger if it was never seen.
func (s state) head(vault string) (token.Head, error) {
	if err := record.CheckVaultID(vault); err != nil {
		return token.Head{}, err
	}
	if i, ok := s.find(vault); ok {
		return s.heads[i].Head, nil
	}
	return token.Head{Root: sha256.Sum256(nil)}, nil
}

// keep makes h the head of a vault, or tells why it cannot be.
func (s *state) keep(vault string, h token.Head) error {
	last, err := s.head(vault)
	switch {
	case err != nil:
		return err
	case h.Size < last.Size:
		return token.ErrBackwards
	case h.Size == last.Size && h.Root != last.Root:
		return token.ErrForked
	case h.Size == last.Size:
		return nil
	case h.Root == sha256.Sum256(nil):
		return token.ErrForked // the root of no ledger that has entries
	}
	i, ok := s.find(vault)
	if ok {
		s.heads[i].Head = h
		return nil
	}
	if len(s.heads) >= maxHeads {
		return token.ErrHeads
	}
	s.heads = slices.Insert(s.heads, i, vaultHead{vault, h})
	return nil
}

// find tells where the head of a vault stands, or would.
func (s state) find(vault string) (int, bool) {
	return slices.BinarySearchFunc(s.heads, vault, func(h vaultHead, id string) int {
		return strings.Compare(h.vault, id)
	})
}

func parseState(data []byte) (state, error) {
	r, err := record.Parse(stateFormat, data)
	if err != nil {
		return state{}, err
	}
	s := state{serial: r.Checked("serial", checkSerial), tries: r.Int("tries", maxTries)}
	for _, value := range r.Many("head") {
		h, err := parseHead(value)
		if err == nil && len(s.heads) > 0 && h.vault <= s.heads[len(s.heads)-1].vault {
			err = record.ErrValue
		}
		if err == nil && len(s.heads) >= maxHeads {
			err = token.ErrHeads
		}
		r.Fail("head", err)
		s.heads = append(s.heads, h)
	}
	if err := r.Close(); err != nil {
		return state{}, err
	}
	return s, nil
}

// parseHead reads a vault id, a size and a root.
func parseHead(value string) (h vaultHead, err error) {
	words := strings.Split(value, " ")
	if len(words) != 3 {
		return h, record.ErrValue
	}
	h.vault = words[0]
	if err := record.CheckVaultID(h.vault); err != nil {
		return h, err
	}
	size, err := record.Uint(words[1], math.MaxInt64)
	if err != nil {
		return h, err
	}
	root, err := record.Hex(words[2], sha256.Size)
	if err != nil {
		return h, err
	}
	h.Size, h.Root = int64(size), [sha256.Size]byte(root)
	if h.Size == 0 || h.Root == sha256.Sum256(nil) {
		return h, record.ErrValue
	}
	return h, nil
}

func (s state) format() ([]byte, error) {
	fields := record.Fields("serial", s.serial, "tries", strconv.Itoa(s.tries))
	for _, h := range s.heads {
		value := fmt.Sprintf("%s %d %s", h.vault, h.Size, hex.EncodeToString(h.Root[:]))
		fields = append(fields, record.Field{Key: "head", Value: value})
	}
	return record.Format(stateFormat, fields)
}

func readState(d *durable.Disk, path string) (state, error) {
	data, err := read(d, path)
	if err != nil {
		return state{}, err
	}
	s, err := parseState(data)
	if err != nil {
		return state{}, fault.At(path, damaged(err))
	}
	return s, nil
}
