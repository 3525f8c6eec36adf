package keybatch

import (
	"slices"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
)

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
