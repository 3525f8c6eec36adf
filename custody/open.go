package custody

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

// Bounds of the vault's small files, in bytes.
const (
	maxRoster = 16 << 20
	maxSmall  = 64 << 10
)

// Open opens a vault: it reads the whole ledger, checks every checkpoint's cosignatures, the
// succession of the entries, and the policy against entry 0. With write it takes the vault's
// lock, and fails with [durable.ErrLocked] while another program holds it; and it syncs
// the ledger's folders and the one that holds the vault.
func Open(host Host, path string, write bool) (*Vault, error) {
	v := &Vault{Host: host, Path: path, proved: map[string]bool{}}
	if write {
		if _, err := v.PolicyText(); err != nil { // before a lock is made where no vault is
			return nil, v.noVault(err)
		}
		lock, err := host.Disk.Lock(v.file(lockFile))
		if err != nil {
			return nil, err
		}
		v.lock, v.writes = lock, true
	}
	err := v.load()
	if !write && errors.Is(err, ErrNotCosigned) {
		err = v.load() // a writer may have added a checkpoint, and entries that need it, meanwhile
	}
	if write && err == nil { // acts will stand on what an interrupted run may not have synced
		if err = host.Disk.SyncDir(filepath.Dir(filepath.Clean(path))); err == nil {
			err = v.Log.Sync()
		}
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// noVault says of a policy that is not there that no vault is.
func (v *Vault) noVault(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return fault.At(v.Path, filetype.InsteadOf(ErrNoVault, v.Path, filetype.Vault))
	}
	return err
}

func (v *Vault) load() error {
	text, err := v.PolicyText()
	if err != nil {
		return v.noVault(err)
	}
	if v.Policy, err = policy.Parse(text); err != nil {
		return fault.At(policyFile, err)
	}
	if v.Log, err = ledger.Open(v.Host.Disk, v.file(ledgerFolder), v.Policy.Vault); err != nil {
		return err
	}
	if err := v.checkPolicy(sha256.Sum256(text)); err != nil {
		return err
	}
	if err := v.checkCheckpoints(); err != nil {
		return err
	}
	for e, err := range v.Log.Entries() {
		if err == nil {
			err = v.State.check(e)
		}
		if err != nil {
			return err
		}
		v.State.apply(e)
	}
	v.fresh = v.Log.Size()
	return nil
}

// checkCheckpoints verifies the cosignatures. The first checkpoint covers the policy alone, and
// every custodian signed it: without it anybody could put a policy of their own before k of them.
func (v *Vault) checkCheckpoints() error {
	sizes, err := v.Log.Checkpoints()
	if err != nil {
		return err
	}
	if len(sizes) == 0 || sizes[0] != 1 {
		return fault.At(policyFile, ErrNotCosigned)
	}
	v.State = newState(v.Policy)
	v.State.signed = sizes
	return v.Log.VerifyCheckpoints(func(size int64) ([]ledger.Cosigner, int, error) {
		signers, threshold := cosigners(v.Policy, size)
		return signers, threshold, nil
	})
}

// checkPolicy compares the policy, the roster and the enrolments with entry 0.
func (v *Vault) checkPolicy(digest [32]byte) error {
	if v.Log.Size() == 0 {
		return fault.At(v.Path, ErrDamaged)
	}
	e, _, err := v.Log.Entry(0)
	if err != nil {
		return err
	}
	if adopted, ok := e.Act.(*ledger.PolicyAdopted); !ok || adopted.Policy != digest {
		return fault.At(policyFile, ErrDamaged)
	}
	v.Roster, err = v.Host.Disk.Read(v.file(rosterFile), maxRoster)
	if err != nil {
		return err
	}
	if sha256.Sum256(v.Roster) != v.Policy.Roster {
		return fault.At(rosterFile, ErrDamaged)
	}
	for _, c := range v.Policy.Custodians {
		for _, t := range c.Tokens {
			if _, err := v.Enrolment(c.ID, t.Index); err != nil {
				return err
			}
		}
	}
	return nil
}

// Enrolment returns the enrolment file of a token, checked against the policy.
func (v *Vault) Enrolment(custodian string, index int) ([]byte, error) {
	_, data, err := v.enrolment(custodian, index)
	return data, err
}

// CheckEnrolment reports whether e is the enrolment of that token of the policy.
func CheckEnrolment(p *policy.Policy, custodian string, index int, e *token.Enrolment) error {
	c, t, ok := p.Holder(e.Kind, e.Serial)
	if !ok || c.ID != custodian || t.Index != index || !t.Enrolled(p.Mode, e) {
		return ErrDamaged
	}
	return nil
}

// Anchor returns the vault's trust anchor, derived from the policy and its entry.
func (v *Vault) Anchor() (*policy.Anchor, error) {
	_, raw, err := v.Log.Entry(0)
	if err != nil {
		return nil, err
	}
	return v.Policy.Anchor(ledger.LeafHash(raw)), nil
}

// PolicyText returns the policy's record as it lies in the vault.
func (v *Vault) PolicyText() ([]byte, error) {
	return v.Host.Disk.Read(v.file(policyFile), policy.MaxSize)
}

// Names returns what the policy's pseudonyms stand for; [ledger.ErrErased] once those were
// erased.
func (v *Vault) Names() (*policy.Names, error) {
	data, err := v.Log.Personal(0)
	if err != nil {
		return nil, err
	}
	_, f, err := ledger.ParsePersonal(data)
	if err != nil {
		return nil, err
	}
	return policy.ParseNames(f), nil
}

// Vaults returns the names of the folders in dir that hold a vault, as far as their first policy tells. It opens none, and
// follows no symlink.
func Vaults(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.At(dir, err)
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() || filepath.Ext(e.Name()) == ".part" { // one that is being made
			continue
		}
		info, err := os.Lstat(filepath.Join(dir, e.Name(), policyFile))
		if err == nil && info.Mode()&fs.ModeType == 0 {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// Origins verifies the attestations of all tokens of the policy, under [Host.Roots], at the times of
// their enrolments, and holds them to what the mode demands: see [token.Enrolment.CheckOrigin].
//
// [Open] does not: a root that is withdrawn in later years must not lock the keys that were sealed
// before. What seals new keys, and what verifies the vault, asks.
func (v *Vault) Origins() ([]policy.Provenance, error) {
	var all []policy.Provenance
	for _, c := range v.Policy.Custodians {
		for _, t := range c.Tokens {
			e, _, err := v.enrolment(c.ID, t.Index)
			if err != nil {
				return nil, err
			}
			s, err := e.CheckOrigin(v.Host.Roots)
			if err != nil {
				return nil, fault.At(enrolmentFile(c.ID, t.Index), fault.At(t.Serial, err))
			}
			all = append(all, policy.Provenance{Custodian: c.ID, Index: t.Index, Kind: t.Kind, Serial: t.Serial, Statements: s})
		}
	}
	return all, nil
}

// enrolment reads the enrolment of a token and compares it with the policy.
func (v *Vault) enrolment(custodian string, index int) (*token.Enrolment, []byte, error) {
	name := enrolmentFile(custodian, index)
	data, err := v.Host.Disk.Read(v.file(name), maxSmall)
	if err != nil {
		return nil, nil, err
	}
	e, err := token.ParseEnrolment(data)
	if err == nil {
		err = CheckEnrolment(v.Policy, custodian, index, e)
	}
	if err != nil {
		return nil, nil, fault.At(name, err)
	}
	return e, data, nil
}
