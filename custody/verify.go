package custody

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/policy"
)

// Report is what a verification found. Errors are not in it: the first ends the verification.
type Report struct {
	Entries, Checkpoints int64
	Uncosigned           int64 // entries after the last checkpoint
	Batches, Keys        int
	Bytes                int64               // of sealed volumes, all read and hashed
	UnfinishedBatch      string              // a ceremony to be resumed or abandoned
	PendingOrders        []string            // releases to be resumed
	Leftovers            []string            // partial files of interrupted writes, harmless
	Origins              []policy.Provenance // of all tokens of the policy, in its order
}

// Verify reads every byte of every batch and compares it with the ledger, and verifies the
// attestations of the tokens ([Vault.Origins]). [Open] has checked the ledger itself, its
// checkpoints, the policy, the roster and the enrolments.
func (v *Vault) Verify(progress func(done, total int)) (*Report, error) {
	sizes, err := v.Log.Checkpoints()
	if err != nil {
		return nil, err
	}
	size, cosigned := v.Log.Size(), sizes[len(sizes)-1] // there is one at least
	r := &Report{Entries: size, Checkpoints: int64(len(sizes)), Uncosigned: size - cosigned}
	if err := v.verifyAnchor(); err != nil {
		return nil, err
	}
	if r.Origins, err = v.Origins(); err != nil {
		return nil, err
	}
	for _, st := range v.State.Batches {
		if err := v.verifyBatch(st, r, progress); err != nil {
			return nil, err
		}
	}
	if u := v.State.Unfinished(); u != nil {
		r.UnfinishedBatch = u.ID
	}
	for _, o := range v.State.Pending() {
		r.PendingOrders = append(r.PendingOrders, o.Number)
	}
	for _, name := range v.Log.Leftovers() {
		r.Leftovers = append(r.Leftovers, ledgerFolder+"/"+name)
	}
	return r, v.verifyFiles(r)
}

func (v *Vault) verifyAnchor() error {
	anchor, err := v.Anchor()
	if err != nil {
		return err
	}
	want, err := anchor.Format()
	if err != nil {
		return err
	}
	have, err := v.Host.Disk.Read(v.file(anchorFile), maxSmall)
	if err != nil {
		return err
	}
	if string(have) != string(want) {
		return fault.At(anchorFile, ErrDamaged)
	}
	return nil
}

func (v *Vault) verifyBatch(st *BatchState, r *Report, progress func(done, total int)) error {
	if st.Sealed == nil || st.Abandoned != nil {
		return nil
	}
	b, _, err := v.batch(st.ID)
	if err != nil {
		return fault.At(st.ID, err)
	}
	root, err := b.Verify(progress)
	if err != nil {
		return fault.At(st.ID, err)
	}
	if [32]byte(root) != st.Sealed.Act.Root {
		return fault.At(st.ID, ErrDamaged)
	}
	if err := v.verifySample(st); err != nil {
		return fault.At(st.ID, err)
	}
	part := batch.ReserveFile + ".part"
	if _, err := os.Lstat(filepath.Join(v.BatchPath(st.ID), part)); err == nil {
		r.Leftovers = append(r.Leftovers, batchFolder+"/"+st.ID+"/"+part)
	}
	m := b.Manifest()
	r.Batches++
	r.Keys += m.Keys
	for _, vol := range m.Volumes {
		r.Bytes += vol.Size
	}
	return nil
}

// verifySample draws the sample again and compares the lists of burnt and reserve keys.
func (v *Vault) verifySample(st *BatchState) error {
	if st.Sampled == nil {
		return v.noReserve(st)
	}
	if err := v.verifyDraw(st); err != nil {
		return err
	}
	return v.verifyLists(st)
}

// verifyDraw draws the sample again from the checkpoint and the recorded dice.
func (v *Vault) verifyDraw(st *BatchState) error {
	c, _, err := v.Covered(st.Sealed.Number)
	if err != nil {
		return err
	}
	numbers, err := batch.Sample(c.Body, st.Sampled.Act.Dice, st.Total(), st.Opened.Act.Sample)
	if err != nil {
		return err
	}
	if !slices.Equal(numbers, st.Sampled.Act.Numbers) {
		return fault.At(string(st.Sampled.Act.Kind()), ErrDamaged)
	}
	return nil
}

// verifyFiles refuses what does not belong into a vault's folders.
func (v *Vault) verifyFiles(r *Report) error {
	known := map[string]bool{policyFile: true, rosterFile: true, anchorFile: true, lockFile: true, ledgerFolder: true, batchFolder: true, "policies": true}
	for _, c := range v.Policy.Custodians {
		for _, t := range c.Tokens {
			known[enrolmentFile(c.ID, t.Index)] = true
		}
	}
	for _, st := range v.State.Batches {
		if st.Abandoned == nil {
			known[batchFolder+"/"+st.ID] = true
		}
	}
	for _, folder := range []string{"", "policies/", batchFolder + "/"} {
		if err := v.verifyFolder(folder, known, r); err != nil {
			return err
		}
	}
	return nil
}

func (v *Vault) verifyFolder(folder string, known map[string]bool, r *Report) error {
	entries, err := os.ReadDir(v.file(folder))
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := folder + e.Name()
		switch {
		case e.Type()&fs.ModeSymlink != 0: // what it leads to is not of this vault, and of no copy
			return fault.At(name, durable.ErrNotRegular)
		case known[name]:
		case strings.HasSuffix(name, ".part"), v.abandonedFolder(name):
			r.Leftovers = append(r.Leftovers, name)
		default:
			return fault.At(name, ErrUnknownFile)
		}
	}
	return nil
}

// abandonedFolder reports whether name is the folder of an abandoned batch, which the next
// ceremony removes.
func (v *Vault) abandonedFolder(name string) bool {
	id, ok := strings.CutPrefix(name, batchFolder+"/")
	st := v.State.Batch(id)
	return ok && st != nil && st.Abandoned != nil
}

// Sweep removes the folders of abandoned batches that an interrupted run left behind.
func (v *Vault) Sweep() error {
	if err := v.mayWrite(); err != nil {
		return err
	}
	for _, st := range v.State.Batches {
		if st.Abandoned == nil {
			continue
		}
		if err := v.Host.Disk.RemoveAll(v.BatchPath(st.ID)); err != nil {
			return err
		}
	}
	return nil
}
