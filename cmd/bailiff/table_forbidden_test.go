//go:build cgo

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// An account that may not use the daemon: the act says so and waits, and goes on once it may.
func TestTableForbidden(t *testing.T) {
	s := newSeatScene(t).unsigned()
	s.putIn(0, anne)
	s.putIn(1, bruno)
	s.asNobody()
	socket := s.rig.Socket()
	if err := os.Chmod(socket, 0); err != nil {
		t.Fatal(err)
	}
	x := s.sit("./" + cosignAtTable)
	x.await("trouble: this account may not use the smart card daemon (pcscd)")
	x.await("hint: log in at the screen of this very machine")
	if err := os.Chmod(socket, 0o666); err != nil {
		t.Fatal(err)
	}
	x.finish(0)
	s.verified("vault")
}

// asNobody gives all files of the scene, and the commands that follow, to an account without rights, unless
// the test has none itself.
func (s *seatScene) asNobody() {
	s.Helper()
	built, err := exec.LookPath("bailiff")
	if err != nil {
		s.Fatal(err)
	}
	program, err := os.ReadFile(built)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.dir, "bailiff"), program, 0o755)
	}
	if err != nil {
		s.Fatal(err)
	}
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	s.as = &syscall.Credential{Uid: nobody, Gid: nobody}
	if err := filepath.WalkDir(s.dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, nobody, nobody)
	}); err != nil {
		s.Fatal(err)
	}
	for _, path := range []string{s.dir, s.rig.Socket()} {
		for dir := filepath.Dir(path); dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
			s.passable(dir)
		}
	}
}

// passable lets every account through a folder until the test ends.
func (s *seatScene) passable(dir string) {
	info, err := os.Stat(dir)
	if err == nil {
		err = os.Chmod(dir, info.Mode().Perm()|0o111)
	}
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = os.Chmod(dir, info.Mode().Perm()) })
}
