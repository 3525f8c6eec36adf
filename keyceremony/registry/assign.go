package registry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/registry/journal"
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

// CheckMember checks that s can be the reference of a member ([ErrMember]): text, as [keyvalue.CheckText] wants it, of at
// most [MaxMember] bytes.
func CheckMember(s string) error {
	if len(s) > MaxMember {
		return ErrMember
	}
	if err := keyvalue.CheckText(s); err != nil {
		return errors.Join(ErrMember, err)
	}
	return nil
}

// Assign gives the next free key (by batch and number) to a member, for ever. A member who has a
// key gets no other: [ErrAssigned] with the fingerprint of the one they have. [ErrEmpty] when no
// key is free. Two calls at once, in one program or in several, give two keys.
//
// The key stands in the journal, durably, before the database has it. What a crash left between the two is
// finished first; when it was for the same member, that key is what they are given.
//
// Nothing is assigned while the journal is missing ([ErrJournalMissing]), is ahead of the database ([ErrRestored])
// or does not hold what the database knows of it ([ErrJournal]): [Pool.Reconcile] is the way out.
func (p *Pool) Assign(ctx context.Context, member string, now time.Time) (*Key, error) {
	if err := CheckMember(member); err != nil {
		return nil, err
	}
	j, err := p.openJournal(ctx)
	if err != nil {
		return nil, err
	}
	a := &assignment{p: p, j: j, member: member, now: now}
	err = patient(ctx, pause, p.d.busy, func() error { return a.try(ctx) })
	if err := errors.Join(err, j.Close()); err != nil {
		return nil, err
	}
	return a.key, nil
}

// assignment is a call of Assign, which holds the journal.
type assignment struct {
	p      *Pool
	j      *journal.Journal
	member string
	now    time.Time

	begun bool // the journal has an entry of this member that the database had not
	key   *Key
}

// try finishes what a crash left, if anything, then assigns. After an error, the outcome of a commit included, it
// may be tried again: what the database has is read, not assumed.
func (a *assignment) try(ctx context.Context) error {
	for a.key = nil; a.key == nil; {
		var s *state
		err := a.p.attempt(ctx, a.p.inTurn(ctx, func(tx *sql.Tx) (err error) {
			if s, err = a.p.state(ctx, tx); err != nil {
				return err
			}
			open, err := a.p.unfinished(s, a.j)
			if err != nil {
				return err
			}
			if open != nil {
				return a.finish(ctx, tx, s, open)
			}
			return a.assign(ctx, tx, s)
		}))
		if err != nil {
			return err
		}
		_ = a.j.Keep(s.head) // without it a restored backup may pass for a power cut, after which the same is done
	}
	return nil
}

// finish gives the database an entry that the journal has.
func (a *assignment) finish(ctx context.Context, tx *sql.Tx, s *state, e *journal.Entry) error {
	member, err := journal.Member(s.key, s.journal, e.Fingerprint, e.Member)
	if err != nil {
		return ErrRestored
	}
	switch _, err := a.p.key(ctx, tx, "member", member); {
	case err == nil:
		return ErrRestored
	case !errors.Is(err, ErrNoKey):
		return err
	}
	// What was read may not be on the disk yet: the crash came before it was synced.
	if err := a.j.Sync(); err != nil {
		return err
	}
	a.begun = a.begun || member == a.member
	n, err := a.p.changed(ctx, tx, `UPDATE bailiff_key SET member = ?, assigned = ?
		WHERE fingerprint = ? AND role = 'published' AND member IS NULL AND withdrawn IS NULL`,
		member, keyvalue.FormatTime(e.Time), e.Fingerprint)
	if err == nil && n != 1 {
		err = fault.At(e.Fingerprint, ErrRestored)
	}
	return errors.Join(err, a.p.setState(ctx, tx, s))
}

// assign gives the member a free key.
func (a *assignment) assign(ctx context.Context, tx *sql.Tx, s *state) error {
	has, err := a.p.key(ctx, tx, "member", a.member)
	switch {
	case err == nil && a.begun:
		a.key = has
		return nil
	case err == nil:
		return fault.At(has.Fingerprint, ErrAssigned)
	case !errors.Is(err, ErrNoKey):
		return err
	}
	var fingerprint string
	err = a.p.row(ctx, tx, `UPDATE bailiff_key SET member = ?, assigned = ?
		WHERE member IS NULL AND withdrawn IS NULL AND fingerprint = (
			SELECT fingerprint FROM bailiff_key WHERE member IS NULL AND withdrawn IS NULL AND role = 'published'
			ORDER BY batch, number LIMIT 1)
		RETURNING fingerprint`, a.member, keyvalue.FormatTime(a.now)).Scan(&fingerprint)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrEmpty
	}
	if err != nil {
		return err
	}
	key, err := a.p.key(ctx, tx, "fingerprint", fingerprint)
	if err != nil {
		return err
	}
	if err := a.write(key, s); err != nil {
		return err
	}
	a.key = key
	return a.p.setState(ctx, tx, s)
}

// write puts the assignment into the journal.
func (a *assignment) write(k *Key, s *state) error {
	sealed, err := journal.Seal(s.key, s.journal, k.Fingerprint, a.member)
	if err != nil {
		return err
	}
	a.begun = true
	s.head, err = a.j.Append(s.head, journal.Given(k.Batch, k.Fingerprint, sealed, a.now))
	return err
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
		if k.Assigned, err = keyvalue.Time(assigned.String); err != nil {
			return nil, fault.At(k.Fingerprint, err)
		}
	}
	return &k, nil
}

// Given returns the key that was given to a member, for an order that is to open it. A fingerprint that somebody names
// besides must be that of the member's key ([ErrOtherKey]; [ErrBurnt], [ErrReserve] or [ErrWithdrawn] when it can be
// nobody's; [ErrNoKey] when the pool does not know it); "" names none.
func (p *Pool) Given(ctx context.Context, member, fingerprint string) (*Key, error) {
	if err := CheckMember(member); err != nil {
		return nil, err
	}
	if fingerprint != "" {
		if err := p.checkHolder(ctx, member, fingerprint); err != nil {
			return nil, err
		}
	}
	k, err := p.KeyOf(ctx, member)
	return k, fault.At(member, err)
}

func (p *Pool) checkHolder(ctx context.Context, member, fingerprint string) error {
	h, err := p.holder(ctx, fingerprint)
	switch {
	case errors.Is(err, ErrNotImported):
		err = ErrNoKey
	case err != nil:
	case h.withdrawn:
		err = ErrWithdrawn
	case h.member != member:
		return fault.At(member, fault.At(fingerprint, ErrOtherKey))
	}
	return fault.At(fingerprint, err)
}

// CheckKey checks that what an order says of a key and its member is what the pool knows: vault, batch, number, fingerprint
// and member.
func (p *Pool) CheckKey(ctx context.Context, said *Key) error {
	k, err := p.Given(ctx, said.Member, said.Fingerprint)
	if err != nil {
		return err
	}
	if k.Vault != said.Vault || k.Batch != said.Batch || k.Number != said.Number {
		return fault.At(said.Batch, fault.At(keyvalue.FormatKeyNumber(said.Number), ErrOtherKey))
	}
	return nil
}
