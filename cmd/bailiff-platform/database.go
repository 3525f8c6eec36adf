package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	_ "modernc.org/sqlite" // the embedded database of the default pool

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/keyceremony/registry"
)

const sqlitePrefix = "sqlite:"

// access is how SQLite opens a pool's file (its URI parameter mode).
type access string

const (
	reading access = "ro"
	writing access = "rw"
	making  access = "rwc" // the file, if there is none
)

// databaseFile returns the file that a --database value names, after a look at it.
func databaseFile(name string, create bool) (string, error) {
	path, ok := strings.CutPrefix(name, sqlitePrefix)
	if !ok || path == "" {
		return "", fault.At("--database "+name, cli.ErrUsage)
	}
	return path, registry.CheckFile(path, create)
}

// openDatabase opens a pool's file. The names in its URI are those of modernc.org/sqlite.
func openDatabase(path string, use access) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+uriPath(path)+"?mode="+string(use)+
		"&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(2)&_txlock=immediate")
	return db, fault.At(path, err)
}

// existingPool opens a pool that is there already.
func existingPool(ctx context.Context, path string, use access) (*registry.Pool, func(), error) {
	return openedPool(ctx, path, use, registry.OpenExisting)
}

// newPool opens a pool, which it makes when there is none.
func newPool(ctx context.Context, path string) (*registry.Pool, func(), error) {
	return openedPool(ctx, path, making, registry.Open)
}

type opener func(context.Context, *sql.DB, registry.Dialect) (*registry.Pool, error)

func openedPool(ctx context.Context, path string, use access, open opener) (*registry.Pool, func(), error) {
	db, err := openDatabase(path, use)
	if err != nil {
		return nil, nil, err
	}
	pool, err := open(ctx, db, registry.SQLite)
	if err != nil {
		_ = db.Close()
		return nil, nil, fault.At(path, registry.Named(err))
	}
	return pool, func() { _ = db.Close() }, nil
}

// namedAt gives an error of the database its name and its file; any other error it returns as it is.
func namedAt(path string, err error) error {
	named := registry.Named(err)
	for _, e := range []error{registry.ErrBusy, registry.ErrDatabase, registry.ErrOpen} {
		if errors.Is(named, e) {
			return fault.At(path, named)
		}
	}
	return err
}

// uriPath escapes what has a meaning in an SQLite file URI.
func uriPath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}
