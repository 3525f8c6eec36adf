package keybatch

import (
	"bytes"
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
// at i-1. The errors name the key. It does not compare roles or fingerprints.
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
	w := strings.Split(string(line), " ")
	if len(w) != 5 || w[0] != keyvalue.FormatKeyNumber(number) || keyvalue.CheckFingerprint(w[1]) != nil {
		return l, ErrLeaves
	}
	public, publicErr := keyvalue.Hex(w[2], len(l.public))
	sealed, sealedErr := keyvalue.Hex(w[3], len(l.sealed))
	roles := [...]string{RolePublished, RoleBurnt, RoleReserve}
	role := slices.Index(roles[:], w[4])
	if publicErr != nil || sealedErr != nil || role < 0 {
		return l, ErrLeaves
	}
	// Of the line, of which there may be a hundred thousand, the fingerprint alone is kept.
	return leaf{strings.Clone(w[1]), [32]byte(public), [32]byte(sealed), roles[role]}, nil
}

// checkRoles compares the roles with the rule of [batch.Roles]. sample is ascending.
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
	seen := make(map[string]bool, len(leaves))
	for i := range leaves {
		if seen[leaves[i].fingerprint] {
			return fault.At(keyvalue.FormatKeyNumber(i+1), ErrDuplicate)
		}
		seen[leaves[i].fingerprint] = true
	}
	return nil
}

// checkBurnt compares the burnt list and the roles with the sample.
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
	if err := v.checkList(list.Vault, list.Batch, list.Keys, sample, ErrBurntList); err != nil {
		return fault.At(burntFile, err)
	}
	return fault.At(leavesFile, checkRoles(v.leaves, sample, v.h.Reserve))
}

// checkReserve compares the reserve list with leaves.txt, whose roles are checked. The list vouches for the
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
	return fault.At(batch.ReserveFile, v.checkList(list.Vault, list.Batch, list.Keys, reserve, ErrReserveList))
}

// checkList checks that a list is of this batch and has the keys of these numbers, and no other ([ErrVault], [ErrBatch], other).
func (v *verifier) checkList(vault, batchID string, keys []batch.ListedKey, numbers []int, other error) error {
	isKey := func(k batch.ListedKey, number int) bool {
		return k.Number == number && number <= len(v.leaves) && v.leaves[number-1].fingerprint == k.Fingerprint
	}
	switch {
	case vault != v.h.Vault:
		return ErrVault
	case batchID != v.h.Batch:
		return ErrBatch
	case !slices.EqualFunc(keys, numbers, isKey):
		return other
	}
	return nil
}
