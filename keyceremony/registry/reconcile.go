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

// Known is what is known of the keys that were given, besides the journal.
type Known struct {
	Complete     bool    // Claims are all there are: the platform's own list of its members and their keys
	Claims       []Claim // none of them free
	WithdrawFree bool    // no key that is free now is to be given any more
}

// Change is what a reconciliation does with a key that is free in the database, or withdrawn.
type Change struct {
	Fingerprint string
	Batch       string
	Member      string    // who has it; "" when it is withdrawn: given to nobody, for ever
	At          time.Time // when that was

	entry *journal.Entry // of the journal that says so; nil when the list does
}

// Reconciliation is what differs between the database, its journal and what is known besides.
type Reconciliation struct {
	// Found is why nothing was assigned: nil, [ErrRestored], [ErrJournalMissing] or [ErrJournal].
	Found   error
	Changes []Change
	Renewed bool // a new journal is put in the place of what there was
}

// Returned and Withdrawn count the changes.
func (r *Reconciliation) Returned() int { return len(r.Changes) - r.Withdrawn() }

// Withdrawn counts the keys that are given to nobody any more.
func (r *Reconciliation) Withdrawn() (n int) {
	for _, c := range r.Changes {
		if c.Member == "" {
			n++
		}
	}
	return n
}

// Reconcile makes the database agree with its journal, and with what is known besides, so that keys can be assigned
// again. A key that was given to a member the journal or the list names is that member's; one that was given to
// somebody unknown is withdrawn for ever. agree is shown what differs before anything is changed, and its error ends it.
//
// A journal that is missing, older than the database, another's or damaged cannot tell all that was given:
// [ErrIncomplete] unless the list is complete or the free keys are withdrawn. A new journal then begins with every
// key that is not free; what had its name is kept beside it.
//
// Nothing is changed when a key is of a batch that is not in the pool ([ErrNotImported], [ErrBurnt], [ErrReserve]) or when
// one key would have two members or one member two keys ([ErrConflict]).
func (p *Pool) Reconcile(ctx context.Context, known Known, now time.Time, agree func(*Reconciliation) error) (*Reconciliation, error) {
	r := &reconciling{p: p, known: known, now: now}
	defer r.close()
	if err := r.look(ctx); err != nil {
		return nil, err
	}
	if r.out.Renewed && !known.Complete && !known.WithdrawFree {
		return nil, fault.At(p.file.Path, ErrIncomplete)
	}
	if err := r.compare(ctx); err != nil {
		return nil, err
	}
	if err := agree(&r.out); err != nil {
		return nil, err
	}
	if r.out.Found == nil && len(r.out.Changes) == 0 {
		return &r.out, nil
	}
	if err := p.change(ctx, r.apply(ctx)); err != nil {
		return nil, err
	}
	return &r.out, r.kept()
}

// reconciling is a call of Reconcile.
type reconciling struct {
	p     *Pool
	known Known
	now   time.Time
	out   Reconciliation

	j       *journal.Journal // nil when there is none
	before  *state           // of the database
	entries []*journal.Entry
	head    journal.Head // behind the last entry, of a journal that is gone on with
	after   *state
}

func (r *reconciling) close() {
	if r.j != nil {
		_ = r.j.Close()
	}
}

// look reads the journal and finds out whether it can be gone on with.
func (r *reconciling) look(ctx context.Context) (err error) {
	r.j, err = r.p.openJournal(ctx)
	if errors.Is(err, ErrJournalMissing) && r.p.file == nil {
		return err
	}
	if missing := errors.Is(err, ErrJournalMissing); missing || errors.Is(err, ErrJournal) {
		r.out.Found, r.out.Renewed = err, true
	} else if err != nil {
		return err
	}
	if r.before, err = r.p.state(ctx, r.p.db); err != nil || r.j == nil {
		return err
	}
	entries, head, whole, err := r.j.All()
	if err != nil {
		return err
	}
	r.entries, r.head = entries, head
	later, kept, err := r.p.since(r.before, r.j)
	switch {
	case errors.Is(err, ErrJournal):
		r.out.Found, r.out.Renewed = err, true
	case err != nil:
		return err
	case !whole:
		r.out.Found, r.out.Renewed = fault.At(r.p.file.Path, ErrJournal), true
	case len(later) > 0 && !interrupted(later, kept):
		r.out.Found = ErrRestored
	}
	return nil
}

// apply returns what changes the database, with the journal.
func (r *reconciling) apply(ctx context.Context) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		now, err := r.p.state(ctx, tx)
		if err != nil {
			return err
		}
		if *now != *r.before || r.after != nil {
			return ErrBusy // something was assigned while a person looked at what differs; or the journal is written already
		}
		for _, c := range r.out.Changes {
			if err := r.change(ctx, tx, c); err != nil {
				return err
			}
		}
		if r.after, err = r.journal(ctx, tx); err != nil {
			return err
		}
		err = r.p.exec(ctx, tx, "INSERT INTO bailiff_reconciled (done, journal, entries, returned, withdrawn) VALUES (?, ?, ?, ?, ?)",
			keyvalue.FormatTime(r.now), r.after.journal, r.after.head.Entries, r.out.Returned(), r.out.Withdrawn())
		return errors.Join(err, r.p.setState(ctx, tx, r.after))
	}
}

func (r *reconciling) change(ctx context.Context, tx *sql.Tx, c Change) (err error) {
	var n int64
	if c.Member == "" {
		n, err = r.p.changed(ctx, tx, `UPDATE bailiff_key SET withdrawn = ?
			WHERE fingerprint = ? AND member IS NULL AND withdrawn IS NULL`, keyvalue.FormatTime(c.At), c.Fingerprint)
	} else {
		n, err = r.p.changed(ctx, tx, `UPDATE bailiff_key SET member = ?, assigned = ?, withdrawn = NULL
			WHERE fingerprint = ? AND member IS NULL`, c.Member, keyvalue.FormatTime(c.At), c.Fingerprint)
	}
	if err == nil && n != 1 {
		err = ErrBusy
	}
	return err
}

// journal makes the journal hold every key that is not free, before the database does.
func (r *reconciling) journal(ctx context.Context, tx *sql.Tx) (*state, error) {
	s := *r.before
	if r.out.Renewed {
		s.journal = newID()
		entries, err := r.unfree(ctx, tx, &s)
		if err == nil {
			s.head, err = r.p.file.Renew(s.journal, entries)
		}
		return &s, err
	}
	s.head = r.head
	var listed []*journal.Entry
	for _, c := range r.out.Changes {
		if c.entry == nil {
			e, err := c.sealed(&s)
			if err != nil {
				return nil, err
			}
			listed = append(listed, e)
		}
	}
	if len(listed) == 0 {
		return &s, r.j.Sync()
	}
	head, err := r.j.Append(s.head, listed...)
	s.head = head
	return &s, err
}

func (c *Change) sealed(s *state) (*journal.Entry, error) {
	member := journal.None
	if c.Member != "" {
		var err error
		if member, err = journal.Seal(s.key, s.journal, c.Fingerprint, c.Member); err != nil {
			return nil, err
		}
	}
	return journal.Given(c.Batch, c.Fingerprint, member, c.At), nil
}

// unfree returns the keys that are not free, for a new journal.
func (r *reconciling) unfree(ctx context.Context, tx *sql.Tx, s *state) (entries []*journal.Entry, err error) {
	err = each(ctx, tx, `SELECT fingerprint, batch, member, COALESCE(assigned, withdrawn) FROM bailiff_key
		WHERE member IS NOT NULL OR withdrawn IS NOT NULL ORDER BY batch, number`, func(rows *sql.Rows) error {
		var c Change
		var member sql.NullString
		if err := rows.Scan(&c.Fingerprint, &c.Batch, &member, timeColumn{&c.At}); err != nil {
			return fault.At(c.Fingerprint, err)
		}
		c.Member = member.String
		e, err := c.sealed(s)
		entries = append(entries, e)
		return err
	})
	return entries, err
}

// kept notes in the journal that the database has all of it.
func (r *reconciling) kept() error {
	if r.out.Renewed {
		r.close()
		j, err := r.p.file.Open()
		if err != nil {
			return err
		}
		r.j = j
	}
	return r.j.Keep(r.after.head)
}
