package registry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/record"
)

// Key is a published key of the pool.
type Key struct {
	Fingerprint string
	Vault       string
	Batch       string
	Number      int       // within the batch
	Armored     []byte    // the public key
	Member      string    // the platform's reference; "" as long as the key is free
	Assigned    time.Time // zero as long as the key is free
}

// CheckMember tells with [ErrMember] whether s can be the reference of a member: text by the rules
// of records, of at most [MaxMember] bytes.
func CheckMember(s string) error {
	if len(s) > MaxMember {
		return ErrMember
	}
	if err := record.CheckText(s); err != nil {
		return errors.Join(ErrMember, err)
	}
	return nil
}

// Assign gives the next free key (by batch and number) to a member, for ever. A member who has a
// key gets no other: [ErrAssigned] with the fingerprint of the one they have. [ErrEmpty] when no
// key is free. Two calls at once, in one program or in several, give two keys.
func (p *Pool) Assign(ctx context.Context, member string, now time.Time) (*Key, error) {
	if err := CheckMember(member); err != nil {
		return nil, err
	}
	var key *Key
	err := p.change(ctx, func(tx *sql.Tx) (err error) {
		key, err = p.assign(ctx, tx, member, record.FormatTime(now))
		return err
	})
	if err != nil {
		return nil, err
	}
	return key, nil
}

func (p *Pool) assign(ctx context.Context, tx *sql.Tx, member, now string) (*Key, error) {
	has, err := p.key(ctx, tx, "member", member)
	if err == nil {
		return nil, fault.At(has.Fingerprint, ErrAssigned)
	}
	if !errors.Is(err, ErrNoKey) {
		return nil, err
	}
	var fingerprint string
	err = p.row(ctx, tx, `UPDATE bailiff_key SET member = ?, assigned = ?
		WHERE member IS NULL AND fingerprint = (
			SELECT fingerprint FROM bailiff_key WHERE member IS NULL AND role = 'published'
			ORDER BY batch, number LIMIT 1)
		RETURNING fingerprint`, member, now).Scan(&fingerprint)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrEmpty
	}
	if err != nil {
		return nil, err
	}
	return p.key(ctx, tx, "fingerprint", fingerprint)
}

// Key returns the published key of that fingerprint, or [ErrNoKey]; for a burnt key, [ErrBurnt],
// for a reserve, [ErrReserve].
func (p *Pool) Key(ctx context.Context, fingerprint string) (*Key, error) {
	k, err := p.key(ctx, p.db, "fingerprint", fingerprint)
	return k, fault.At(fingerprint, err)
}

// KeyOf returns the key of a member, or [ErrNoKey] when they have none.
func (p *Pool) KeyOf(ctx context.Context, member string) (*Key, error) {
	if err := CheckMember(member); err != nil {
		return nil, err
	}
	return p.key(ctx, p.db, "member", member)
}

// key returns the key for which a column, which is unique, has that value.
func (p *Pool) key(ctx context.Context, q querier, column, value string) (*Key, error) {
	var k Key
	var role string
	var armored, member, assigned sql.NullString
	err := p.row(ctx, q, `SELECT k.fingerprint, b.vault, k.batch, k.number, k.role, k.armored, k.member, k.assigned
		FROM bailiff_key k JOIN bailiff_batch b ON b.batch = k.batch WHERE k.`+column+` = ?`, value).
		Scan(&k.Fingerprint, &k.Vault, &k.Batch, &k.Number, &role, &armored, &member, &assigned)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNoKey
	case err != nil:
		return nil, err
	case !armored.Valid:
		return nil, withheld(role)
	}
	k.Armored, k.Member = []byte(armored.String), member.String
	if assigned.Valid {
		if k.Assigned, err = record.Time(assigned.String); err != nil {
			return nil, fault.At(k.Fingerprint, err)
		}
	}
	return &k, nil
}
