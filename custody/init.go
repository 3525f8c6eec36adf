package custody

import (
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/custody/token"
)

// Founding is all that a new vault is made of.
type Founding struct {
	Policy     *policy.Policy
	Names      *policy.Names
	Roster     []byte
	Enrolments [][]*token.Enrolment // by custodian and token, as in the policy
	Tokens     []token.Token        // one of every custodian
}

// NewID returns a random vault id.
func NewID(r io.Reader) (string, error) {
	var b [16]byte
	_, err := io.ReadFull(r, b[:])
	return hex.EncodeToString(b[:]), err
}

// Init makes a vault at path, which must not exist: its first entry is the policy, cosigned by
// every custodian. The vault is built beside path, in path.part, and put in place whole; what a
// run that was cut short left there is removed first.
func Init(host Host, path string, f Founding) (*policy.Anchor, error) {
	table, err := seat(f.Policy, f.Tokens)
	if err != nil {
		return nil, err
	}
	if err := table.Need(len(f.Policy.Custodians)); err != nil {
		return nil, err
	}
	if err := absent(path); err != nil {
		return nil, err
	}
	part := path + ".part"
	if err := host.Disk.RemoveAll(part); err != nil {
		return nil, err
	}
	v := &Vault{Host: host, Path: part, Policy: f.Policy, Roster: f.Roster, State: newState()}
	anchor, err := v.found(f, table)
	if err != nil {
		return nil, err
	}
	if err := host.Disk.RenameDir(part, path); err != nil {
		return nil, err
	}
	return anchor, v.keepHeads(table)
}

func (v *Vault) found(f Founding, table Table) (*policy.Anchor, error) {
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
	data, err := v.sign(table, 1)
	if err != nil {
		return nil, err
	}
	if err := v.Log.AddCheckpoint(data); err != nil {
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
	return v.append(ledger.Policy, record.Fields("policy-number", "0", "policy", digestText(digest)), f.Names.Fields(f.Policy))
}

func (v *Vault) writePolicy(f Founding) error {
	text, err := f.Policy.Format()
	if err != nil {
		return err
	}
	d := v.Host.Disk
	for _, folder := range []string{"", "policies", batchFolder} {
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

// absent refuses a path that something stands at, whatever it is.
func absent(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = durable.ErrExists
	}
	return fault.At(path, err)
}
