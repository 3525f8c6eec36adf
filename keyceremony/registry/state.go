package registry

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"io/fs"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/registry/journal"
)

// state is what the database knows of its journal.
type state struct {
	journal string   // id
	key     [32]byte // of the members' references in it
	head    journal.Head
}

func (p *Pool) state(ctx context.Context, q querier) (*state, error) {
	var s state
	var key, head string
	err := p.row(ctx, q, "SELECT journal, sealing, entries, head, size FROM bailiff_pool WHERE id = 1").
		Scan(&s.journal, &key, &s.head.Entries, &head, &s.head.Size)
	if err != nil {
		return nil, err
	}
	raw, err := keyvalue.Hex(key, len(s.key))
	if err != nil {
		return nil, errors.Join(ErrDatabase, err)
	}
	copy(s.key[:], raw)
	if s.head.Hash, err = keyvalue.Digest(head); err != nil {
		return nil, errors.Join(ErrDatabase, err)
	}
	return &s, nil
}

func (p *Pool) setState(ctx context.Context, q querier, s *state) error {
	return p.exec(ctx, q, "UPDATE bailiff_pool SET journal = ?, entries = ?, head = ?, size = ? WHERE id = 1",
		s.journal, s.head.Entries, keyvalue.FormatDigest(s.head.Hash), s.head.Size)
}

// changed runs a statement and returns how many rows it changed.
func (p *Pool) changed(ctx context.Context, q querier, query string, args ...any) (int64, error) {
	return affected(q.ExecContext(ctx, p.d.bind(query), args...))
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// newState is that of a new database: nothing given yet, whatever its journal says.
func (p *Pool) newState(ctx context.Context) (*state, error) {
	s := new(state)
	if _, err := rand.Read(s.key[:]); err != nil {
		return nil, err
	}
	if p.file == nil {
		return s, nil
	}
	err := patient(ctx, inUse, locked, func() error { return p.file.Create(newID()) })
	if err != nil && !errors.Is(err, durable.ErrExists) {
		return nil, err
	}
	j, err := p.openJournal(ctx)
	if err != nil {
		return nil, err
	}
	s.journal, s.head = j.ID, j.Start()
	return s, j.Close()
}

func newID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// inUse is the pause for a journal that others have: an assignment is a matter of milliseconds.
const inUse = 2 * time.Millisecond

func locked(err error) bool { return errors.Is(err, durable.ErrLocked) }

// openJournal opens the journal, when nobody else has it: ErrBusy when somebody has for too long.
func (p *Pool) openJournal(ctx context.Context) (j *journal.Journal, err error) {
	if p.file == nil {
		return nil, ErrJournalMissing
	}
	err = patient(ctx, inUse, locked, func() (err error) {
		j, err = p.file.Open()
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.At(p.file.Path, ErrJournalMissing)
	case errors.Is(err, journal.ErrNotJournal):
		return nil, fault.At(p.file.Path, ErrJournal)
	}
	return j, err
}

// unfinished returns the one entry that a crash left in the journal and not in the database, or nil, and the state
// with it. Everything else that is in one and not in the other is an error.
func (p *Pool) unfinished(s *state, j *journal.Journal) (*journal.Entry, error) {
	later, kept, err := p.since(s, j)
	switch {
	case err != nil || len(later) == 0:
		return nil, err
	case interrupted(later, kept):
		s.head = later[0].Behind
		return later[0], nil
	}
	return nil, ErrRestored
}

// interrupted reports whether what the journal has more than the database is what a crash can leave.
func interrupted(later []*journal.Entry, kept int64) bool {
	return len(later) == 1 && kept < later[0].Number
}

// since returns what the journal has that the database has not, and how many entries any database had. That
// the journal is this database's is in the hash, which begins with the id.
func (p *Pool) since(s *state, j *journal.Journal) ([]*journal.Entry, int64, error) {
	later, kept, err := j.Since(s.head)
	if errors.Is(err, journal.ErrDiffers) {
		err = fault.At(p.file.Path, ErrJournal)
	}
	return later, kept, err
}
