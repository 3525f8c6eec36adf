package registry_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/keyceremony/registry"
)

// TestCheckFile: what is no pool is told from what is, before SQLite sees it.
func TestCheckFile(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	open(t, path("pool.db"))
	for name, content := range map[string]string{"empty": "", "short": "SQLite", "text": strings.Repeat("some text\n", 20)} {
		if err := os.WriteFile(path(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name             string
		existing, create error
	}{
		{"pool.db", nil, nil},
		{"empty", registry.ErrDatabase, nil},
		{"short", registry.ErrDatabase, registry.ErrDatabase},
		{"text", registry.ErrDatabase, registry.ErrDatabase},
		{"absent", fs.ErrNotExist, nil},
		{"absent/pool.db", fs.ErrNotExist, fs.ErrNotExist},
		{"text/pool.db", registry.ErrOpen, registry.ErrOpen},
		{".", registry.ErrOpen, registry.ErrOpen},
	} {
		if err := registry.CheckFile(path(c.name), false); !errors.Is(err, c.existing) {
			t.Errorf("%s: %v, want %v", c.name, err, c.existing)
		}
		if err := registry.CheckFile(path(c.name), true); !errors.Is(err, c.create) {
			t.Errorf("%s to be made: %v, want %v", c.name, err, c.create)
		}
	}
}

// TestCheckFileBeside: a pipe or a link under a name that SQLite uses beside the database is refused: SQLite would wait for
// whoever writes to the pipe, for ever, or write where the link leads.
func TestCheckFileBeside(t *testing.T) {
	dir := t.TempDir()
	path, linked := filepath.Join(dir, "pool.db"), filepath.Join(t.TempDir(), "linked.db")
	if err := errors.Join(os.WriteFile(path, []byte("SQLite format 3\x00"), 0o600), os.Symlink(path, linked)); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"-journal", "-wal", "-shm"} {
		beside := path + end
		for what, plant := range map[string]func() error{
			"pipe":   func() error { return unix.Mkfifo(beside, 0o600) },
			"link":   func() error { return os.Symlink("elsewhere", beside) },
			"folder": func() error { return os.Mkdir(beside, 0o700) },
		} {
			if err := plant(); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{path, linked} {
				for _, create := range []bool{false, true} {
					if err := registry.CheckFile(name, create); !errors.Is(err, durable.ErrNotRegular) || !strings.HasPrefix(err.Error(), beside) {
						t.Errorf("%s %s: %v", what, end, err)
					}
				}
			}
			if err := os.Remove(beside); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(path+"-journal", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := registry.CheckFile(path, false); err != nil {
		t.Errorf("what an interrupted run left: %v", err)
	}
}

// TestOpenExisting: a pool can be looked at without the right to write; what is none is not made one.
func TestOpenExisting(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pool.db")
	open(t, path)
	readOnly, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer readOnly.Close()
	p, err := registry.OpenExisting(t.Context(), readOnly, registry.SQLite, file(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Show(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := p.Assign(t.Context(), "member", now()); !errors.Is(registry.Named(err), registry.ErrOpen) {
		t.Errorf("assigned without the right to write: %v", err)
	}
	other := openDB(t, filepath.Join(dir, "other.db"))
	if _, err := other.ExecContext(t.Context(), "CREATE TABLE something (id INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if _, err := registry.OpenExisting(t.Context(), other, registry.SQLite, nil); !errors.Is(err, registry.ErrDatabase) {
		t.Errorf("a database of something else: %v", err)
	}
	if tables(t, other) != 1 {
		t.Error("a database of something else was written to")
	}
}

func tables(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM sqlite_master").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
