package registry

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/keyceremony/registry/journal"
)

// sqliteMagic begins every SQLite database that is not empty (its file format, section 1.3).
const sqliteMagic = "SQLite format 3\x00"

// CheckFile looks at a file before SQLite opens it: a regular file that begins as an SQLite database
// does ([ErrDatabase], [ErrOpen]). With create, the file may also be empty, or absent in a folder that
// there is; without, what is absent is [fs.ErrNotExist]. What SQLite would keep in memory, or look for under
// another name, is [ErrMemory]; what is no file under a name that SQLite uses beside it, [durable.ErrNotRegular].
func CheckFile(path string, create bool) error {
	if name := filepath.Base(path); strings.HasPrefix(name, ":") || strings.HasPrefix(path, "file:") {
		return fault.At(path, ErrMemory)
	}
	if err := checkBeside(path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && create:
		return checkFolder(path)
	case errors.Is(err, fs.ErrNotExist):
		return fault.At(path, fs.ErrNotExist)
	case err != nil:
		return fault.At(path, errors.Join(ErrOpen, err))
	case !info.Mode().IsRegular():
		return fault.At(path, ErrOpen)
	case info.Size() == 0 && create:
		return nil
	}
	return fault.At(path, checkMagic(path))
}

// checkBeside looks at what has the names that SQLite gives its own files beside a database (its file format, section 4).
// It would follow a link, and wait for ever at a pipe.
func checkBeside(path string) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	for _, end := range []string{"-journal", "-wal", "-shm"} {
		if info, err := os.Lstat(path + end); err == nil && !info.Mode().IsRegular() {
			return fault.At(path+end, durable.ErrNotRegular)
		}
	}
	return nil
}

// OthersRead reports whether the file can be read by people who are neither its owner nor of its group.
func OthersRead(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&0o007 != 0
}

// checkFolder checks that a file can be made in the folder of path.
func checkFolder(path string) error {
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.At(dir, fs.ErrNotExist)
	case err != nil || !info.IsDir():
		return fault.At(dir, errors.Join(ErrOpen, err))
	}
	return nil
}

func checkMagic(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return errors.Join(ErrOpen, err)
	}
	defer f.Close()
	head := make([]byte, len(sqliteMagic))
	_, err = io.ReadFull(f, head)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrDatabase
	case err != nil:
		return errors.Join(ErrOpen, err)
	case !bytes.Equal(head, []byte(sqliteMagic)):
		return ErrDatabase
	}
	return nil
}

// OpenExisting is [Open] for a pool that is there already: it writes nothing, so that db may be
// open for reading only. A database without the pool's tables is [ErrDatabase].
func OpenExisting(ctx context.Context, db *sql.DB, dialect Dialect, file *journal.File) (*Pool, error) {
	p := &Pool{db: db, d: dialect, file: file}
	if err := dialect.check(); err != nil {
		return nil, err
	}
	version, err := p.version(ctx)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) || dialect.noTable(err) {
			err = errors.Join(ErrDatabase, err)
		}
		return nil, Named(err)
	}
	return p, checkVersion(version)
}

// Named adds to an error of SQLite the sentinel that names it, if there is one: [ErrBusy],
// [ErrDatabase] or [ErrOpen]. Any other error it returns as it is.
func Named(err error) error {
	var sqlite interface{ Code() int }
	if !errors.As(err, &sqlite) {
		return err
	}
	switch sqlite.Code() & 0xff { // the primary code of an extended one
	case 5, 6: // SQLITE_BUSY, SQLITE_LOCKED
		return errors.Join(ErrBusy, err)
	case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
		return errors.Join(ErrDatabase, err)
	case 3, 8, 10, 13, 14: // SQLITE_PERM, _READONLY, _IOERR, _FULL, _CANTOPEN
		return errors.Join(ErrOpen, err)
	}
	return err
}
