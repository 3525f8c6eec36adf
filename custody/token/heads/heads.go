// Package heads is the list of ledger heads that a token keeps, one for each vault that it cosigned
// in, as lines of a `key: value` text:
//
//	head: 5f0c… 112 8d3a…
//
// the vault's id, the number of entries and the root. The lines stand in ascending order of the ids,
// each vault once, at most [Max] of them.
//
// Were this package wrong, a custodian's token would cosign a ledger that is older than one it has
// seen, or another one of the same length, and nobody would notice the fork.
package heads

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
)

// Max is how many vaults a token remembers.
const Max = 16

const key = "head"

// List is what a token remembers. The zero value is that of a token that was never used.
type List []Entry

// Entry is the last head cosigned in one vault. It has entries: a vault of which only the empty
// ledger was seen is not written down.
type Entry struct {
	Vault string
	token.Head
}

// Head returns the head of a vault, that of the empty ledger if it was never seen. It refuses with
// keyvalue.ErrValue what is not a vault's id.
func (l List) Head(vault string) (token.Head, error) {
	if err := keyvalue.CheckVaultID(vault); err != nil {
		return token.Head{}, err
	}
	if i, ok := l.find(vault); ok {
		return l[i].Head, nil
	}
	return token.Head{Root: sha256.Sum256(nil)}, nil
}

// Keep makes h the head of a vault, or says why it cannot be, as token.HeadKeeper says. It reports
// whether that changed the list.
func (l *List) Keep(vault string, h token.Head) (changed bool, err error) {
	last, err := l.Head(vault)
	switch {
	case err != nil:
		return false, err
	case h.Size < last.Size:
		return false, token.ErrBackwards
	case h.Size == last.Size && h.Root != last.Root:
		return false, token.ErrForked
	case h.Size == last.Size:
		return false, nil
	case h.Root == sha256.Sum256(nil):
		return false, token.ErrForked // the root of no ledger that has entries
	}
	i, ok := l.find(vault)
	if ok {
		(*l)[i].Head = h
		return true, nil
	}
	if len(*l) >= Max {
		return false, token.ErrHeads
	}
	*l = slices.Insert(*l, i, Entry{vault, h})
	return true, nil
}

// find tells where the head of a vault stands, or would.
func (l List) find(vault string) (int, bool) {
	return slices.BinarySearchFunc(l, vault, func(e Entry, id string) int {
		return strings.Compare(e.Vault, id)
	})
}

// Fields returns the lines, in the only encoding.
func (l List) Fields() []keyvalue.Field {
	var fields []keyvalue.Field
	for _, e := range l {
		value := fmt.Sprintf("%s %d %s", e.Vault, e.Size, hex.EncodeToString(e.Root[:]))
		fields = append(fields, keyvalue.Field{Key: key, Value: value})
	}
	return fields
}

// Read reads the lines that [List.Fields] writes.
func Read(r *keyvalue.Reader) List {
	var l List
	for _, value := range r.Many(key) {
		e, err := parse(value)
		if err == nil && len(l) > 0 && e.Vault <= l[len(l)-1].Vault {
			err = keyvalue.ErrValue
		}
		if err == nil && len(l) >= Max {
			err = token.ErrHeads
		}
		r.Fail(key, err)
		l = append(l, e)
	}
	return l
}

// parse reads a vault id, a size and a root.
func parse(value string) (e Entry, err error) {
	words := strings.Split(value, " ")
	if len(words) != 3 {
		return e, keyvalue.ErrValue
	}
	e.Vault = words[0]
	if err := keyvalue.CheckVaultID(e.Vault); err != nil {
		return e, err
	}
	size, err := keyvalue.Uint(words[1], math.MaxInt64)
	if err != nil {
		return e, err
	}
	root, err := keyvalue.Hex(words[2], sha256.Size)
	if err != nil {
		return e, err
	}
	e.Size, e.Root = int64(size), [sha256.Size]byte(root)
	if e.Size == 0 || e.Root == sha256.Sum256(nil) {
		return e, keyvalue.ErrValue
	}
	return e, nil
}
