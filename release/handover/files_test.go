package handover_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/release/handover"
)

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWriteAndCheck(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	dir := filepath.Join(t.TempDir(), "kit")
	if err := build(t, p, nil).Write(&durable.Disk{}, dir, true); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, dir), []string{"kit.txt", "letter.txt", "private-key.asc", "words.txt"}; !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	r, err := handover.Check(&durable.Disk{}, dir)
	if err != nil || r.Key != p.fingerprint {
		t.Errorf("check: %+v, %v", r, err)
	}
	words, err := os.ReadFile(filepath.Join(dir, "words.txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(words), "\n"), "\n")
	if lines[len(lines)-1] != theWords {
		t.Errorf("the last line is %q", lines[len(lines)-1])
	}
}

func TestWordsStayOffTheMedium(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	dir := filepath.Join(t.TempDir(), "kit")
	k := build(t, p, func(i *handover.Info) { i.Mode = keyvalue.Production })
	if err := k.Write(&durable.Disk{}, dir, true); !errors.Is(err, handover.ErrNoWords) {
		t.Errorf("error %v, want ErrNoWords", err)
	}
	if err := k.Write(&durable.Disk{}, dir, false); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, dir), []string{"kit.txt", "letter.txt", "private-key.asc"}; !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	if err := os.WriteFile(filepath.Join(dir, "words.txt"), []byte(theWords), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := handover.Check(&durable.Disk{}, dir); !errors.Is(err, handover.ErrNoWords) {
		t.Errorf("error %v, want ErrNoWords", err)
	}
}

func TestWriteNeverOverwrites(t *testing.T) {
	t.Parallel()
	k := build(t, newPair(t), nil)
	dir := filepath.Join(t.TempDir(), "kit")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := k.Write(&durable.Disk{}, dir, false); !errors.Is(err, durable.ErrExists) {
		t.Errorf("error %v, want ErrExists", err)
	}
}

func TestWriteKeepsAForeignFolder(t *testing.T) {
	t.Parallel()
	k := build(t, newPair(t), nil)
	dir := filepath.Join(t.TempDir(), "kit")
	mine := filepath.Join(dir+".part", "photo.jpg")
	if err := errors.Join(os.Mkdir(dir+".part", 0o700), os.WriteFile(mine, []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := k.Write(&durable.Disk{}, dir, false); !errors.Is(err, handover.ErrFiles) {
		t.Errorf("error %v, want ErrFiles", err)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
}

// Whatever operation of the disk fails, there is no kit or a whole one, and the next attempt works.
func TestWriteSurvivesEveryFailure(t *testing.T) {
	t.Parallel()
	k := build(t, newPair(t), nil)
	broken := errors.New("broken")
	for n := 1; ; n++ {
		dir := filepath.Join(t.TempDir(), "kit")
		count := 0
		failing := &durable.Disk{Hook: func(durable.Op, string) error {
			if count++; count == n {
				return broken
			}
			return nil
		}}
		err := k.Write(failing, dir, true)
		if err == nil {
			if n < 20 {
				t.Fatalf("only %d operations were seen", n)
			}
			return
		}
		if !errors.Is(err, broken) {
			t.Fatalf("operation %d: %v", n, err)
		}
		if _, statErr := os.Stat(dir); statErr == nil {
			if _, err := handover.Check(&durable.Disk{}, dir); err != nil {
				t.Errorf("operation %d left half a kit: %v", n, err)
			}
			continue
		}
		if err := k.Write(&durable.Disk{}, dir, true); err != nil {
			t.Errorf("after operation %d failed: %v", n, err)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	k, other := build(t, p, nil), build(t, newPair(t), nil)
	foreign, err := handover.ParseLabel(k.Label)
	if err != nil {
		t.Fatal(err)
	}
	named, err := handover.ParseLabel(other.Label)
	if err != nil {
		t.Fatal(err)
	}
	foreign.PrivateKey = named.PrivateKey
	swapped, err := foreign.Format()
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			path := filepath.Join(dir, name)
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	flipped := bytes.Clone(k.PrivateKey)
	flipped[len(flipped)/2] ^= 1
	tests := []struct {
		name   string
		change func(t *testing.T, dir string)
		want   error
	}{
		{"a changed key", write("private-key.asc", flipped), handover.ErrDigest},
		{"another key", write("private-key.asc", other.PrivateKey), handover.ErrDigest},
		{"another key and its digest", func(t *testing.T, dir string) {
			write("private-key.asc", other.PrivateKey)(t, dir)
			write("kit.txt", swapped)(t, dir)
		}, handover.ErrWrongKey},
		{"a file too many", write("setup.exe", []byte("x")), handover.ErrFiles},
		{"no letter", func(t *testing.T, dir string) { _ = os.Remove(filepath.Join(dir, "letter.txt")) }, fs.ErrNotExist},
		{"no key", func(t *testing.T, dir string) { _ = os.Remove(filepath.Join(dir, "private-key.asc")) }, fs.ErrNotExist},
		{"a trailing line", write("kit.txt", append(bytes.Clone(k.Label), "x: y\n"...)), keyvalue.ErrTrailing},
		{"a symbolic link", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "letter.txt")
			if err := errors.Join(os.Remove(path), os.Symlink("/etc/hostname", path)); err != nil {
				t.Fatal(err)
			}
		}, durable.ErrNotRegular},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "kit")
			if err := k.Write(&durable.Disk{}, dir, false); err != nil {
				t.Fatal(err)
			}
			tt.change(t, dir)
			if _, err := handover.Check(&durable.Disk{}, dir); !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
}
