package registry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/keybatch"
)

// Imported says how many published keys an import found.
type Imported struct {
	New   int // that came into the pool
	Known int // that were there already
}

// Import puts the keys of a verified batch into the pool, all of them or, when anything is wrong
// or the program is killed, none. file is the digest of the public batch; mode is what the pool
// is meant to be, and must be that of the batch and of the pool ([ErrMode]). With the first batch of
// a vault comes its policy ([Pool.Policy]). To import the same batch again changes nothing, unless it brings the policy
// that an earlier version of this program did not keep.
//
// It refuses a batch of a vault without a pinned anchor ([ErrNotPinned]), one that was verified
// against another ([ErrAnchorChanged]), one that is known with another digest ([ErrBatchChanged]),
// and one with a key that is known from another batch ([ErrKnown]; [ErrBurnt] or [ErrReserve] when it
// was burnt or is kept in reserve there).
func (p *Pool) Import(ctx context.Context, v *keybatch.Verified, file [32]byte, mode string, now time.Time) (Imported, error) {
	var result Imported
	err := p.change(ctx, func(tx *sql.Tx) (err error) {
		result, err = p.importBatch(ctx, tx, v, keyvalue.FormatDigest(file), mode, keyvalue.FormatTime(now))
		return err
	})
	if err != nil {
		return Imported{}, err
	}
	return result, nil
}

func (p *Pool) importBatch(
	ctx context.Context, tx *sql.Tx, v *keybatch.Verified, file, mode, now string,
) (Imported, error) {
	if err := p.checkOrigin(ctx, tx, v, mode); err != nil {
		return Imported{}, err
	}
	if err := p.keepPolicy(ctx, tx, v, now); err != nil {
		return Imported{}, err
	}
	var known string
	err := p.row(ctx, tx, "SELECT file FROM bailiff_batch WHERE batch = ?", v.Batch).Scan(&known)
	switch {
	case err == nil && known == file:
		return Imported{Known: v.Published}, nil
	case err == nil:
		return Imported{}, fault.At(v.Batch, ErrBatchChanged)
	case !errors.Is(err, sql.ErrNoRows):
		return Imported{}, err
	}
	if err := p.addBatch(ctx, tx, v, file, now); err != nil {
		return Imported{}, err
	}
	return Imported{New: v.Published}, p.addKeys(ctx, tx, v)
}

// checkOrigin checks mode and anchor.
func (p *Pool) checkOrigin(ctx context.Context, tx *sql.Tx, v *keybatch.Verified, mode string) error {
	if v.Mode != mode {
		return fault.At(v.Batch, ErrMode)
	}
	if err := p.checkMode(ctx, tx, mode); err != nil {
		return fault.At(v.Batch, err)
	}
	pinned, err := p.pinned(ctx, tx, v.Vault)
	if err != nil {
		return err
	}
	used, err := v.Anchor.Format()
	if err == nil && string(used) != pinned {
		err = fault.At(v.Vault, ErrAnchorChanged)
	}
	return err
}

// addBatch inserts the batch and sets, if it is the first, the mode of the pool.
func (p *Pool) addBatch(ctx context.Context, tx *sql.Tx, v *keybatch.Verified, file, now string) error {
	if err := p.exec(ctx, tx, "UPDATE bailiff_pool SET mode = ? WHERE id = 1", v.Mode); err != nil {
		return err
	}
	return p.exec(ctx, tx, `INSERT INTO bailiff_batch
		(batch, vault, profile, created, published, burnt, reserve, root, checkpoint, file, imported)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.Batch, v.Vault, v.Profile, keyvalue.FormatTime(v.Created), v.Published, v.Burnt, v.Reserve,
		keyvalue.FormatDigest(v.Root), v.CheckpointSize, file, now)
}

// addKeys inserts every key of the batch, each of which must be new.
func (p *Pool) addKeys(ctx context.Context, tx *sql.Tx, v *keybatch.Verified) error {
	insert, err := tx.PrepareContext(ctx, p.d.bind(`INSERT INTO bailiff_key
		(fingerprint, batch, number, role, armored) VALUES (?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING`))
	if err != nil {
		return err
	}
	defer insert.Close()
	add := func(fingerprint string, number int, role string, armored any) error {
		n, err := affected(insert.ExecContext(ctx, fingerprint, v.Batch, number, role, armored))
		if err == nil && n != 1 {
			err = p.conflict(ctx, tx, fingerprint)
		}
		return err
	}
	for k := range v.Withheld() {
		if err := add(k.Fingerprint, k.Number, k.Role, nil); err != nil {
			return err
		}
	}
	for k, err := range v.Keys() {
		if err != nil {
			return err
		}
		if err := add(k.Fingerprint, k.Number, keybatch.RolePublished, string(keypair.Armor(k.Binary))); err != nil {
			return err
		}
	}
	return nil
}

// conflict says why a key cannot come in.
func (p *Pool) conflict(ctx context.Context, tx *sql.Tx, fingerprint string) error {
	var role string
	err := p.row(ctx, tx, "SELECT role FROM bailiff_key WHERE fingerprint = ?", fingerprint).Scan(&role)
	if err != nil {
		return err
	}
	if role == keybatch.RolePublished {
		return fault.At(fingerprint, ErrKnown)
	}
	return fault.At(fingerprint, withheld(role))
}

// withheld is the error for a key of that role, which is not published.
func withheld(role string) error {
	if role == keybatch.RoleReserve {
		return ErrReserve
	}
	return ErrBurnt
}
