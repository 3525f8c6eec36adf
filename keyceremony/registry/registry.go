// Package registry is a platform's pool of public keys: verified batches go in, and each member is
// given one key, once.
//
// It is six tables in a database that the caller opened (schema.sql, docs/formats.md "Pool"):
// bailiff_pool, bailiff_anchor, bailiff_policy, bailiff_batch, bailiff_key, bailiff_reconciled. The first batch fixes whether the
// pool is one of rehearsal or production; nothing of the other mode comes in after. A batch comes
// in whole or not at all, and only from a vault whose trust anchor somebody pinned after typing
// the words on the paper minutes.
//
// Outside the database lies the journal of what was given (package journal). A database that is older
// than its journal was restored from a backup, and assigns nothing until [Pool.Reconcile].
//
// The pool believes neither the file nor whoever sends it, but it does believe its database: whoever
// can write to that can give a member another key. So a platform checks keys that matter against
// the public batch, which it keeps.
//
// Were this package wrong, two members could share a key, and the release of one would open the
// other's messages; a burnt key, whose private half was seen in clear, could be given out; or a
// stranger's batch could pass for that of the vault.
package registry

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/registry/journal"
)

// Version is the version of the schema.
const Version = 2

// MaxMember is the length in bytes of the longest reference of a member.
const MaxMember = 256

// The ways in which the pool refuses. The error that wraps one names the vault, batch, key or mode.
var (
	ErrDatabase      = errors.New("registry: not a database of a key pool, or a damaged one")
	ErrOpen          = errors.New("registry: the database cannot be opened, read or written")
	ErrSchema        = errors.New("registry: the tables are of another version than this program")
	ErrBusy          = errors.New("registry: the database was held by other programs for too long")
	ErrMode          = errors.New("registry: rehearsal and production do not mix")
	ErrWords         = errors.New("registry: the words typed are not those of the trust anchor")
	ErrAnchorChanged = errors.New("registry: another trust anchor is pinned for the vault")
	ErrNotPinned     = errors.New("registry: no trust anchor is pinned for the vault")
	ErrBatchChanged  = errors.New("registry: the batch is known with other contents")
	ErrBurnt         = errors.New("registry: the key was burnt by a ceremony, and must never be used")
	ErrReserve       = errors.New("registry: the key is kept in reserve by its vault, and must never be used")
	ErrKnown         = errors.New("registry: the key is known from another batch")
	ErrMember        = errors.New("registry: a reference of a member is 1 to 256 bytes of text")
	ErrAssigned      = errors.New("registry: the member has a key already")
	ErrEmpty         = errors.New("registry: no key is left to give")
	ErrNoKey         = errors.New("registry: no such key or member")
	ErrOtherKey      = errors.New("registry: this key was not given to this member")
	ErrWithdrawn     = errors.New("registry: the key was withdrawn, and is nobody's")
	ErrNoPolicy      = errors.New("registry: the policy of the vault is not kept here yet")
	ErrMemory        = errors.New("registry: a database that is no file forgets which keys were given")

	ErrRestored       = errors.New("registry: the database is older than its journal of assignments: a backup was restored")
	ErrJournalMissing = errors.New("registry: the journal of assignments is missing")
	ErrJournal        = errors.New("registry: the journal of assignments is older than the database, or another's, or damaged")
	ErrIncomplete     = errors.New("registry: the journal cannot tell all keys that were given")
	ErrNotImported    = errors.New("registry: a key was given that is of no batch in the pool")
	ErrConflict       = errors.New("registry: one key would have two members, or one member two keys")
	ErrList           = errors.New("registry: the list is not of lines with a member, a comma, and a fingerprint")
)

//go:embed schema.sql
var schema string

// Pool is a platform's pool of keys. Its methods may be called at once by many, and by several
// programs on one database.
type Pool struct {
	db   *sql.DB
	d    Dialect
	file *journal.File
}

// Open opens the pool in db and checks the version of its tables ([ErrSchema]). Tables that are not there it makes, also
// the one that pools made before policies were kept do not have. With the tables it makes the journal of assignments; one
// that is there already stays, and what it says was given stays given. A pool that is opened without a journal assigns nothing. The caller closes db. Where the driver can be told to wait for a database
// that another program holds, it should be: ?_pragma=busy_timeout(5000) with modernc.org/sqlite.
func Open(ctx context.Context, db *sql.DB, dialect Dialect, file *journal.File) (*Pool, error) {
	p := &Pool{db: db, d: dialect, file: file}
	if err := dialect.check(); err != nil {
		return nil, err
	}
	version, err := p.version(ctx)
	if err != nil {
		if err = p.create(ctx); err != nil {
			return nil, err
		}
		if version, err = p.version(ctx); err != nil {
			return nil, err
		}
	}
	if err := checkVersion(version); err != nil {
		return nil, err
	}
	return p, p.addPolicies(ctx)
}

func checkVersion(version int) error {
	if version != Version {
		return fmt.Errorf("version %d: %w", version, ErrSchema)
	}
	return nil
}

func (p *Pool) version(ctx context.Context) (version int, err error) {
	err = p.row(ctx, p.db, "SELECT version FROM bailiff_pool WHERE id = 1").Scan(&version)
	return version, err
}

// create makes the journal, the tables, and the one row of bailiff_pool.
func (p *Pool) create(ctx context.Context) error {
	s, err := p.newState(ctx)
	if err != nil {
		return err
	}
	return p.transact(ctx, func(tx *sql.Tx) error {
		if err := p.tables(ctx, tx); err != nil {
			return err
		}
		return p.exec(ctx, tx, `INSERT INTO bailiff_pool (id, version, mode, journal, sealing, entries, head, size)
			VALUES (1, ?, '', ?, ?, 0, ?, ?) ON CONFLICT (id) DO NOTHING`,
			Version, s.journal, hex.EncodeToString(s.key[:]), keyvalue.FormatDigest(s.head.Hash), s.head.Size)
	})
}

// tables makes those that are not there.
func (p *Pool) tables(ctx context.Context, tx *sql.Tx) error {
	for statement := range strings.SplitSeq(schema, ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if err := p.exec(ctx, tx, statement); err != nil {
			return err
		}
	}
	return nil
}

// Mode returns the mode of the pool, or "" as long as nothing was imported.
func (p *Pool) Mode(ctx context.Context) (string, error) { return p.mode(ctx, p.db) }

func (p *Pool) mode(ctx context.Context, q querier) (mode string, err error) {
	err = p.row(ctx, q, "SELECT mode FROM bailiff_pool WHERE id = 1").Scan(&mode)
	return mode, err
}

// checkMode checks that something of that mode may come into the pool.
func (p *Pool) checkMode(ctx context.Context, q querier, mode string) error {
	if keyvalue.CheckMode(mode) != nil {
		return ErrMode
	}
	have, err := p.mode(ctx, q)
	if err == nil && have != "" && have != mode {
		err = ErrMode
	}
	return err
}
