package custody

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// BurntList returns the burnt list of a batch whose sample is chosen.
func (v *Vault) BurntList(id string) ([]byte, error) {
	l, err := v.list(id, batch.Burnt)
	if err != nil {
		return nil, err
	}
	return l.Format()
}

// ReserveList returns the reserve list of a batch whose sample is chosen.
func (v *Vault) ReserveList(id string) ([]byte, error) {
	l, err := v.list(id, batch.Reserve)
	if err != nil {
		return nil, err
	}
	return (*batch.ReserveList)(l).Format()
}

// list names the keys of one role.
func (v *Vault) list(id string, role batch.Role) (*batch.BurntList, error) {
	b, st, err := v.batch(id)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for i, r := range st.Roles() {
		if r == role {
			numbers = append(numbers, i+1)
		}
	}
	records, err := b.Select(numbers...)
	if err != nil {
		return nil, err
	}
	list := &batch.BurntList{Vault: v.Policy.Vault, Batch: id}
	for _, rec := range records {
		list.Keys = append(list.Keys, batch.ListedKey{Number: rec.Number, Fingerprint: rec.Fingerprint})
	}
	return list, nil
}

func (v *Vault) reservePath(id string) string {
	return filepath.Join(v.BatchPath(id), batch.ReserveFile)
}

// keepReserve puts the reserve list into the batch's folder. One that an earlier run left there must
// be the same; its name is synced, since that run may have failed before it was durable.
func (v *Vault) keepReserve(batch string, list []byte) error {
	err := v.checkReserve(batch, list)
	if errors.Is(err, fs.ErrNotExist) {
		return v.Host.Disk.Create(v.reservePath(batch), list, 0o444)
	}
	if err != nil {
		return err
	}
	return v.Host.Disk.SyncDir(v.BatchPath(batch))
}

// checkReserve compares the reserve list in the batch's folder with what it must be.
func (v *Vault) checkReserve(id string, want []byte) error {
	have, err := v.Host.Disk.Read(v.reservePath(id), keyvalue.MaxSize)
	if errors.Is(err, durable.ErrTooLarge) || err == nil && !bytes.Equal(have, want) {
		err = ErrDamaged
	}
	return fault.At(batch.ReserveFile, err)
}

// checkLists compares both lists with the entry that proves the batch.
func checkLists(proved *ledger.BatchProved, burnt, reserve []byte) error {
	if proved.Burnt != sha256.Sum256(burnt) || proved.Reserve != sha256.Sum256(reserve) {
		return fault.At(string(proved.Kind()), ErrDamaged)
	}
	return nil
}

// verifyLists compares both lists of a batch, and the file of the one, with the ledger.
func (v *Vault) verifyLists(st *BatchState) error {
	reserve, err := v.ReserveList(st.ID)
	if err != nil {
		return err
	}
	err = v.checkReserve(st.ID, reserve)
	if st.Proved == nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	if err != nil {
		return err
	}
	burnt, err := v.BurntList(st.ID)
	if err != nil {
		return err
	}
	return checkLists(st.Proved.Act, burnt, reserve)
}

// noReserve refuses a reserve list before there can be one.
func (v *Vault) noReserve(st *BatchState) error {
	_, err := os.Lstat(v.reservePath(st.ID))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = batch.ErrStray
	}
	return fault.At(batch.ReserveFile, err)
}
