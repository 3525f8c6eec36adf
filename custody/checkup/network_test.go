package checkup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// debianFile is /etc/reader.conf.d/vpcd of Debian's vsmartcard-vpcd 3.3.
const debianFile = "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME   /dev/null:0x8C7B\nLIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID    0x8C7B\n"

// serialFile is of a reader with a cable, and one of the network that is switched off.
const serialFile = "# DEVICENAME /dev/ttySn\n#LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\n# LIBPATH vpcd\nLIBPATH /usr/lib/pcsc/drivers/serial/libccidtwin.so\n"

func TestNetwork(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		named []string // nil: nothing is amiss
	}{
		"nothing":    {},
		"serial":     {files: map[string]string{"libccidtwin": serialFile}},
		"Debian's":   {map[string]string{"libccidtwin": serialFile, "vpcd": debianFile}, []string{"vpcd"}},
		"renamed":    {map[string]string{"a": strings.ReplaceAll(debianFile, "serial/libifd", "x/copy-of-"), "b": debianFile}, []string{"a", "b"}},
		"hidden":     {files: map[string]string{".vpcd": debianFile}},
		"other host": {map[string]string{"x": "LIBPATH\tlibifdvpcd.so.0.8\nDEVICENAME host.example:35963"}, []string{"x"}},
	} {
		dir := t.TempDir()
		for file, text := range c.files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		f := Network(dir)
		if f.Subject != Remote || !errors.Is(f.Err, ErrNetwork) != (c.named == nil) {
			t.Errorf("%s: %+v", name, f)
		}
		for _, file := range c.named {
			if !strings.Contains(f.Err.Error(), filepath.Join(dir, file)) {
				t.Errorf("%s: %v does not name %s", name, f.Err, file)
			}
		}
	}
}

// The daemon follows links and passes over what is no file; a FIFO is not waited for. What cannot be read is said.
func TestNetworkFolder(t *testing.T) {
	dir := t.TempDir()
	if f := Network(filepath.Join(dir, "nothing")); f.Err != nil {
		t.Errorf("no folder: %v", f.Err)
	}
	away := filepath.Join(t.TempDir(), "elsewhere")
	if err := errors.Join(os.WriteFile(away, []byte(debianFile), 0o644), unix.Mkfifo(filepath.Join(dir, "fifo"), 0o600), os.Mkdir(filepath.Join(dir, "folder"), 0o700), os.Symlink("nowhere", filepath.Join(dir, "broken"))); err != nil {
		t.Fatal(err)
	}
	if f := Network(dir); f.Err != nil {
		t.Errorf("no file: %v", f.Err)
	}
	if err := os.Symlink(away, filepath.Join(dir, "linked")); err != nil {
		t.Fatal(err)
	}
	if f := Network(dir); !errors.Is(f.Err, ErrNetwork) {
		t.Errorf("linked: %v", f.Err)
	}
	if err := errors.Join(os.Remove(filepath.Join(dir, "linked")), os.Symlink("turns", filepath.Join(dir, "turns"))); err != nil {
		t.Fatal(err)
	}
	if f := Network(dir); !errors.Is(f.Err, unix.ELOOP) {
		t.Errorf("a link to itself: %v", f.Err)
	}
	if f := Network(away); f.Err == nil || errors.Is(f.Err, fs.ErrNotExist) {
		t.Errorf("a file for a folder: %v", f.Err)
	}
}
