package main

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	_ "modernc.org/sqlite" // the embedded database of the default pool

	"bailiff/cmd/internal/cli"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/keyceremony/registry"
	"bailiff/keyceremony/registry/journal"
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
	if !ok && name != "" && !strings.Contains(name, ":") {
		return "", fault.At("--database "+name, cli.Meant(cli.ErrUsage, "--database "+sqlitePrefix+name))
	}
	if !ok || path == "" {
		return "", fault.At("--database "+name, cli.ErrUsage)
	}
	return path, registry.CheckFile(path, create)
}

// pooled are the files of a pool.
type pooled struct {
	database string // as it was named on the command line
	path     string
	journal  string // "" for the name of the database with journalEnd
}

const journalEnd = ".assignments"

// flags adds those that name the files.
func (f *pooled) flags(t *tool, c *cobra.Command) {
	c.Flags().StringVar(&f.database, "database", "", t.T("flag.database"))
	c.Flags().StringVar(&f.journal, "journal", "", t.T("flag.journal"))
}

// look sets the path of the database, after a look at it.
func (f *pooled) look(create bool) (err error) {
	f.path, err = databaseFile(f.database, create)
	return err
}

func (f *pooled) file(t *tool) *journal.File {
	path := f.journal
	if path == "" {
		path = f.path + journalEnd
	}
	return &journal.File{Disk: &t.disk, Path: path}
}

// openDatabase opens a pool's file. The names in its URI are those of modernc.org/sqlite.
func openDatabase(path string, use access) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+uriPath(path)+"?mode="+string(use)+
		"&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(2)&_txlock=immediate")
	return db, fault.At(path, err)
}

// with runs something on a pool that is there already.
func (f *pooled) with(t *tool, use access, run func(context.Context, *registry.Pool) error) error {
	if err := f.look(false); err != nil {
		return err
	}
	if use == writing && registry.OthersRead(f.path) {
		t.Note("pool.others-read", f.path)
	}
	ctx := context.Background()
	pool, done, err := openedPool(ctx, f.path, use, func(db *sql.DB) (*registry.Pool, error) {
		return registry.OpenExisting(ctx, db, registry.SQLite, f.file(t))
	})
	if err != nil {
		return err
	}
	defer done()
	return namedAt(f.path, run(ctx, pool))
}

// absent reports whether there is no database yet.
func (f *pooled) absent() bool {
	_, err := os.Stat(f.path)
	return errors.Is(err, fs.ErrNotExist)
}

// checkJournal looks at the journal that a new database is to have: one that is there, or a folder to make it in.
func (f *pooled) checkJournal(t *tool) error {
	file := f.file(t)
	j, err := file.Open()
	switch {
	case err == nil:
		return j.Close()
	case errors.Is(err, durable.ErrLocked): // another program makes the pool
		return nil
	case errors.Is(err, fs.ErrNotExist):
		folder := filepath.Dir(file.Path)
		_, err := os.Stat(folder)
		return fault.At(folder, err)
	}
	return err
}

// fresh opens a pool, which it makes when there is none, for its owner alone: SQLite gives the files that it makes
// beside it the same rights.
func (f *pooled) fresh(ctx context.Context, t *tool) (*registry.Pool, func(), error) {
	if f.absent() {
		if err := f.checkJournal(t); err != nil {
			return nil, nil, err
		}
	}
	err := t.disk.Create(f.path, nil, 0o600)
	switch {
	case err == nil:
		t.Note("pool.made", f.path)
	case !errors.Is(err, durable.ErrExists):
		return nil, nil, err
	case registry.OthersRead(f.path):
		t.Note("pool.others-read", f.path)
	}
	return openedPool(ctx, f.path, making, func(db *sql.DB) (*registry.Pool, error) {
		return registry.Open(ctx, db, registry.SQLite, f.file(t))
	})
}

func openedPool(ctx context.Context, path string, use access, open func(*sql.DB) (*registry.Pool, error)) (*registry.Pool, func(), error) {
	db, err := openDatabase(path, use)
	if err != nil {
		return nil, nil, err
	}
	pool, err := open(db)
	if err != nil {
		_ = db.Close()
		return nil, nil, namedAt(path, err)
	}
	return pool, func() { _ = db.Close() }, nil
}

// namedAt gives an error of the database its name and its file; any other error it returns as it is.
func namedAt(path string, err error) error {
	named := registry.Named(err)
	for _, e := range []error{registry.ErrBusy, registry.ErrDatabase, registry.ErrOpen, registry.ErrSchema, registry.ErrRestored} {
		if errors.Is(named, e) {
			return fault.At(path, named)
		}
	}
	return err
}

// uriPath escapes what has a meaning in an SQLite file URI, where two slashes would begin the name of a host.
func uriPath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.Clean(path))
}
