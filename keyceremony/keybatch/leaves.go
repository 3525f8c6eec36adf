package keybatch

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// leaf is a line of leaves.txt: what the batch's tree holds of one key.
type leaf struct {
	fingerprint    string
	public, sealed [32]byte // H(public part), H(sealed part)
	role           string   // one of the constants
}

func (l *leaf) hash() tlog.Hash { return batch.Leaf(l.public, l.sealed) }

// append writes the line of key number, with its LF, after b.
func (l *leaf) append(b []byte, number int) []byte {
	b = append(b, keyvalue.FormatKeyNumber(number)...)
	b = append(append(b, ' '), l.fingerprint...)
	b = hex.AppendEncode(append(b, ' '), l.public[:])
	b = hex.AppendEncode(append(b, ' '), l.sealed[:])
	b = append(append(b, ' '), l.role...)
	return append(b, '\n')
}

// parseLeaves reads leaves.txt, a line for each of the keys 1 to total; the line of key i stands
// at i-1. The errors name the key. Roles and fingerprints are not held against each other here.
func parseLeaves(data []byte, total int) ([]leaf, error) {
	if total < 1 || total > len(data) {
		return nil, ErrLeaves
	}
	out := make([]leaf, 0, total)
	for rest := data; len(rest) > 0; {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		l, err := parseLeaf(line, len(out)+1)
		if err != nil || !ok || len(out) == total {
			return nil, fault.At(keyvalue.FormatKeyNumber(len(out)+1), ErrLeaves)
		}
		out, rest = append(out, l), after
	}
	if len(out) != total {
		return nil, fault.At(keyvalue.FormatKeyNumber(len(out)+1), ErrLeaves)
	}
	return out, nil
}

// parseLeaf reads a line, without its LF, that must be that of key number.
func parseLeaf(line []byte, number int) (l leaf, err error) {
	if len(line) >= maxLeaf {
		return l, ErrLeaves
	}
	var w [5]string
	rest := string(line)
	for i := range w[:4] {
		word, after, ok := strings.Cut(rest, " ")
		if !ok {
			return l, ErrLeaves
		}
		w[i], rest = word, after
	}
	w[4] = rest
	if w[0] != keyvalue.FormatKeyNumber(number) || keyvalue.CheckFingerprint(w[1]) != nil {
		return l, ErrLeaves
	}
	l.fingerprint = strings.Clone(w[1])
	if err := l.digests(w[2], w[3]); err != nil {
		return l, err
	}
	for _, role := range []string{RolePublished, RoleBurnt, RoleReserve} {
		if w[4] == role {
			l.role = role
			return l, nil
		}
	}
	return l, ErrLeaves
}

func (l *leaf) digests(public, sealed string) error {
	p, err := keyvalue.Hex(public, len(l.public))
	if err != nil {
		return err
	}
	s, err := keyvalue.Hex(sealed, len(l.sealed))
	if err != nil {
		return err
	}
	l.public, l.sealed = [32]byte(p), [32]byte(s)
	return nil
}

// checkRoles holds the roles against the rule of [batch.Roles]. sample is ascending.
func checkRoles(leaves []leaf, sample []int, reserve int) error {
	if len(sample)+reserve > len(leaves) || len(sample) > 0 && sample[len(sample)-1] > len(leaves) {
		return ErrRole
	}
	roles := batch.NewRoles(len(leaves), reserve, sample)
	for i := range leaves {
		if leaves[i].role != string(roles.Of(i+1)) {
			return fault.At(keyvalue.FormatKeyNumber(i+1), ErrRole)
		}
	}
	return nil
}

// checkDistinct refuses a fingerprint that two keys of the batch share; it names the second key.
func checkDistinct(leaves []leaf) error {
	order := make([]uint32, len(leaves))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(strings.Compare(leaves[a].fingerprint, leaves[b].fingerprint), cmp.Compare(a, b))
	})
	for i := 1; i < len(order); i++ {
		if leaves[order[i]].fingerprint == leaves[order[i-1]].fingerprint {
			return fault.At(keyvalue.FormatKeyNumber(int(order[i])+1), ErrDuplicate)
		}
	}
	return nil
}

// checkBurnt holds the burnt list and the roles against the sample.
func (v *verifier) checkBurnt() error {
	data, err := v.f.readStated(burntFile, maxRecord, v.h.Burnt)
	if err != nil {
		return err
	}
	list, err := batch.ParseBurntList(data)
	if err != nil {
		return fault.At(burntFile, err)
	}
	sample := v.entries.sample.Numbers
	switch {
	case list.Vault != v.h.Vault:
		return fault.At(burntFile, ErrVault)
	case list.Batch != v.h.Batch:
		return fault.At(burntFile, ErrBatch)
	case !slices.EqualFunc(list.Keys, sample, v.isKey):
		return fault.At(burntFile, ErrBurntList)
	}
	return fault.At(leavesFile, checkRoles(v.leaves, sample, v.h.Reserve))
}

// checkReserve holds the reserve list against leaves.txt, whose roles are checked: it vouches for the
// fingerprints of the reserves, whose public parts are not here.
func (v *verifier) checkReserve() error {
	data, err := v.f.readStated(batch.ReserveFile, maxRecord, v.h.ReserveList)
	if err != nil {
		return err
	}
	list, err := batch.ParseReserveList(data)
	if err != nil {
		return fault.At(batch.ReserveFile, err)
	}
	var reserve []int
	for i := range v.leaves {
		if v.leaves[i].role == RoleReserve {
			reserve = append(reserve, i+1)
		}
	}
	switch {
	case list.Vault != v.h.Vault:
		err = ErrVault
	case list.Batch != v.h.Batch:
		err = ErrBatch
	case !slices.EqualFunc(list.Keys, reserve, v.isKey):
		err = ErrReserveList
	}
	return fault.At(batch.ReserveFile, err)
}

// isKey tells whether k, in a list, is key number of the batch.
func (v *verifier) isKey(k batch.ListedKey, number int) bool {
	return k.Number == number && number <= len(v.leaves) && v.leaves[number-1].fingerprint == k.Fingerprint
}
