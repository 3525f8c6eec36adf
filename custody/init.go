package custody

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

// Founding is all that a new vault is made of.
type Founding struct {
	Policy     *policy.Policy
	Names      *policy.Names
	Roster     []byte
	Enrolments [][]*token.Enrolment // by custodian and token, as in the policy
	Tokens     []token.Token        // one of every custodian
	Confirmed  []policy.Doubt       // of [policy.Policy.Doubts], those that somebody confirmed by name
}

// NewID returns a random vault id.
func NewID(r io.Reader) (string, error) {
	var b [16]byte
	_, err := io.ReadFull(r, b[:])
	return hex.EncodeToString(b[:]), err
}

// Init makes a vault at path, which must not exist: its first entry is the policy, cosigned by
// every custodian. The vault is built beside path, in path.part, read again as [Open] does, compared with what was
// signed, and put in place whole; what a run that was cut short left there is removed first. Two runs at once do not
// mix: the second fails with [durable.ErrLocked].
func Init(host Host, path string, f Founding) (*policy.Anchor, error) {
	table, err := f.check(host)
	if err != nil {
		return nil, err
	}
	if err := Absent(path); err != nil {
		return nil, err
	}
	part := path + ".part"
	lock, err := begin(host.Disk, path, part)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	v := &Vault{Host: host, Path: part, Policy: f.Policy, Roster: f.Roster, State: newState(f.Policy), writes: true}
	anchor, err := v.found(f, table)
	if err != nil {
		return nil, err
	}
	if err := v.checkFounded(); err != nil {
		return nil, err
	}
	return anchor, host.Disk.RenameDir(part, path)
}

// checkFounded opens the vault that was built, as everybody will, and reports whether it is that one: another that the
// same custodians founded once would open as well.
func (v *Vault) checkFounded() error {
	found, err := Open(v.Host, v.Path, false)
	if err != nil {
		return err
	}
	if found.Log.Root() != v.Log.Root() {
		return fault.At(v.Path, ErrNotMade)
	}
	return found.verifyAnchor()
}

// check refuses, before anything is written or signed, what would make a vault that [Open]
// refuses, and returns the table.
func (f *Founding) check(host Host) (Quorum, error) {
	p := f.Policy
	if err := p.Check(); err != nil {
		return nil, err
	}
	if p.Number != 0 {
		return nil, fault.At("number", policy.ErrPrevious)
	}
	if sha256.Sum256(f.Roster) != p.Roster {
		return nil, fault.At("roster", ErrDamaged)
	}
	for _, d := range p.Doubts(f.Names) {
		if !slices.Contains(f.Confirmed, d) {
			return nil, fault.At(d.Name, policy.ErrUnconfirmed)
		}
	}
	if len(f.Enrolments) != len(p.Custodians) {
		return nil, fault.At("enrolments", ErrDamaged)
	}
	for i, c := range p.Custodians {
		if len(f.Enrolments[i]) != len(c.Tokens) {
			return nil, fault.At(c.ID, ErrDamaged)
		}
		for j, t := range c.Tokens {
			e := f.Enrolments[i][j]
			if err := CheckEnrolment(p, c.ID, t.Index, e); err != nil {
				return nil, fault.At(t.Serial, err)
			}
			if _, err := e.CheckOrigin(host.Roots); err != nil {
				return nil, fault.At(t.Serial, err)
			}
		}
	}
	table, err := seat(p, f.Tokens)
	if err != nil {
		return nil, err
	}
	return table, table.Need(len(p.Custodians))
}

// Interrupted reports whether an [Init] at path was cut short, so that the next one begins anew.
func Interrupted(path string) bool {
	if Absent(path) != nil {
		return false
	}
	_, err := os.Lstat(path + ".part")
	return err == nil
}

// begin makes the folder in which the vault is built, takes the lock that the vault will have, and
// removes what an interrupted [Init] left there.
func begin(disk *durable.Disk, path, part string) (*durable.Lock, error) {
	if _, err := leftOver(part); err != nil {
		return nil, err
	}
	if err := disk.Mkdir(part, 0o755); err != nil && !errors.Is(err, durable.ErrExists) {
		return nil, err
	}
	lock, err := disk.Lock(filepath.Join(part, lockFile))
	if err != nil {
		return nil, err
	}
	// Another run may have put its vault in place meanwhile.
	if err := errors.Join(Absent(path), removeLeftOver(disk, part)); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return lock, nil
}

// leftOver names what an interrupted [Init] left, save for the lock. It refuses a folder in which
// anything else lies: that is somebody's.
func leftOver(part string) ([]string, error) {
	items, err := os.ReadDir(part)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, item := range items {
		name := filepath.Join(part, item.Name())
		switch strings.TrimSuffix(item.Name(), ".part") {
		case "policies", batchFolder, ledgerFolder, anchorFile:
			names = append(names, name)
		case lockFile:
		default:
			return nil, fault.At(name, ErrUnknownFile)
		}
	}
	return names, nil
}

func removeLeftOver(disk *durable.Disk, part string) error {
	names, err := leftOver(part)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := disk.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

func (v *Vault) found(f Founding, table Quorum) (*policy.Anchor, error) {
	if err := v.writePolicy(f); err != nil {
		return nil, err
	}
	log, err := ledger.Create(v.Host.Disk, v.file(ledgerFolder), f.Policy.Vault)
	if err != nil {
		return nil, err
	}
	v.Log = log
	entry, err := v.appendPolicy(f)
	if err != nil {
		return nil, err
	}
	if err := v.checkpoint(table); err != nil {
		return nil, err
	}
	raw, err := entry.Format()
	if err != nil {
		return nil, err
	}
	anchor := f.Policy.Anchor(ledger.LeafHash(raw))
	text, err := anchor.Format()
	if err != nil {
		return nil, err
	}
	return anchor, v.Host.Disk.Create(v.file(anchorFile), text, 0o444)
}

func (v *Vault) appendPolicy(f Founding) (*ledger.Entry, error) {
	digest, err := f.Policy.Digest()
	if err != nil {
		return nil, err
	}
	return v.append(&ledger.PolicyAdopted{Policy: digest}, f.Names.Fields(f.Policy))
}

func (v *Vault) writePolicy(f Founding) error {
	text, err := f.Policy.Format()
	if err != nil {
		return err
	}
	d := v.Host.Disk
	for _, folder := range []string{"policies", batchFolder} {
		if err := d.Mkdir(v.file(folder), 0o755); err != nil {
			return err
		}
	}
	if err := d.Create(v.file(policyFile), text, 0o444); err != nil {
		return err
	}
	if err := d.Create(v.file(rosterFile), f.Roster, 0o444); err != nil {
		return err
	}
	for i, c := range f.Policy.Custodians {
		for j, t := range c.Tokens {
			data, err := f.Enrolments[i][j].Format()
			if err != nil {
				return err
			}
			if err := d.Create(v.file(enrolmentFile(c.ID, t.Index)), data, 0o444); err != nil {
				return err
			}
		}
	}
	return nil
}

// Absent refuses a path that something stands at, whatever it is ([durable.ErrExists]).
func Absent(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = durable.ErrExists
	}
	return fault.At(path, err)
}
