package registry

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"bailiff/custody/keyvalue"
)

// Dialect is the kind of database: what differs between those that the pool can live in.
type Dialect int

// The dialects. The zero value is none.
const (
	SQLite     Dialect = iota + 1 // 3.35 or later
	PostgreSQL                    // 11 or later
)

var errDialect = errors.New("registry: unknown kind of database")

func (d Dialect) check() error {
	if d != SQLite && d != PostgreSQL {
		return errDialect
	}
	return nil
}

// bind writes a query's placeholders, which are question marks here, as the database wants them.
func (d Dialect) bind(query string) string {
	if d != PostgreSQL {
		return query
	}
	parts := strings.Split(query, "?")
	for i := range parts[1:] {
		parts[i] += "$" + strconv.Itoa(i+1)
	}
	return strings.Join(parts, "")
}

// busy reports whether err says that other programs were in the way, so that the same transaction
// may succeed when tried again: SQLITE_BUSY and SQLITE_LOCKED, and PostgreSQL's serialization failure
// and deadlock. Drivers are not named here, so their errors are known by their methods.
func (d Dialect) busy(err error) bool {
	sqlite, postgres := d.code(err)
	return sqlite&0xff == 5 || sqlite&0xff == 6 || postgres == "40001" || postgres == "40P01"
}

// code returns what the database calls an error, which may be none of it: 0, "".
func (d Dialect) code(err error) (sqlite int, postgres string) {
	if e, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok && d == SQLite {
		sqlite = e.Code()
	}
	if e, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok && d == PostgreSQL {
		postgres = e.SQLState()
	}
	return sqlite, postgres
}

// noTable reports whether err says that a table is missing: SQLITE_ERROR, PostgreSQL's undefined_table.
func (d Dialect) noTable(err error) bool {
	sqlite, postgres := d.code(err)
	return sqlite == 1 || postgres == "42P01"
}

// querier is a database or a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (p *Pool) exec(ctx context.Context, q querier, query string, args ...any) error {
	_, err := q.ExecContext(ctx, p.d.bind(query), args...)
	return err
}

func (p *Pool) row(ctx context.Context, q querier, query string, args ...any) *sql.Row {
	return q.QueryRowContext(ctx, p.d.bind(query), args...)
}

// each runs a query and lets read read each row of the answer.
func each(ctx context.Context, q querier, query string, read func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// timeColumn reads a column with a time.
type timeColumn struct{ *time.Time }

// Scan implements [sql.Scanner].
func (c timeColumn) Scan(column any) error {
	var s sql.NullString
	err := s.Scan(column)
	if err == nil {
		*c.Time, err = keyvalue.Time(s.String)
	}
	return err
}

const (
	waiting = 10 * time.Second
	pause   = 25 * time.Millisecond
)

// transact runs fn in a transaction, and again as long as other programs are in the way
// ([ErrBusy] after ten seconds of that). fn may run more than once.
func (p *Pool) transact(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return patient(ctx, pause, p.d.busy, func() error { return p.attempt(ctx, fn) })
}

// patient calls fn until it ends otherwise than because others were in the way, for ten seconds at least.
func patient(ctx context.Context, pause time.Duration, busy func(error) bool, fn func() error) error {
	for range waiting / pause {
		err := fn()
		if err == nil || !busy(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return ErrBusy
}

func (p *Pool) attempt(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		// Why a cancelled transaction fails is chance: it may be a closed statement.
		return errors.Join(ctx.Err(), err, rolledBack(tx))
	}
	return tx.Commit()
}

// rolledBack returns the error of the rollback, unless the transaction had ended by itself.
func rolledBack(tx *sql.Tx) error {
	if err := tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}

// change is transact for what changes the pool: one after the other. The first statement writes, so
// that a transaction waits its turn before it reads, in SQLite by the lock of the database, in
// PostgreSQL by that of the row.
func (p *Pool) change(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return p.transact(ctx, p.inTurn(ctx, fn))
}

func (p *Pool) inTurn(ctx context.Context, fn func(tx *sql.Tx) error) func(tx *sql.Tx) error {
	return func(tx *sql.Tx) error {
		if err := p.exec(ctx, tx, "UPDATE bailiff_pool SET version = version WHERE id = 1"); err != nil {
			return err
		}
		return fn(tx)
	}
}
