package soft

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
)

const (
	tokenPerm fs.FileMode = 0o400 // never written again
	statePerm fs.FileMode = 0o600
)

// Create makes a new token at path, which ends in .token ([ErrName]), under a PIN that passes
// [CheckPIN], and unlocks it, which proves what was written. The keys and the serial come from rnd.
//
// Nothing is overwritten: a token that is there is refused with durable.ErrExists. The state
// file is written first; one that a power cut left without its token, never used, is replaced, so
// that Create can simply be called again. A state file that was used is refused (durable.ErrExists):
// its token is somewhere.
func Create(d *durable.Disk, path string, pin *secret.Bytes, rnd io.Reader) (*Token, error) {
	if !strings.HasSuffix(path, tokenSuffix) {
		return nil, fault.At(path, ErrName)
	}
	if err := CheckPIN(pin); err != nil {
		return nil, fault.At(path, err)
	}
	err := deposit(d, path, func() (*contents, error) { return generate(pin, rnd) })
	if err != nil {
		return nil, err
	}
	f, err := Open(d, path)
	if err != nil {
		return nil, err
	}
	return f.Unlock(pin)
}

// CheckPath checks that [Create] could make a token at path as things stand, so that nobody chooses
// a PIN in vain: [ErrName], durable.ErrExists, or that there is no such folder. It writes nothing.
func CheckPath(d *durable.Disk, path string) error {
	if !strings.HasSuffix(path, tokenSuffix) {
		return fault.At(path, ErrName)
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil {
		return fault.At(folder, err)
	} else if !info.IsDir() {
		return fault.At(folder, syscall.ENOTDIR)
	}
	_, err := vacant(d, path)
	return err
}

// deposit writes the state file and then the token file of what generate makes, unless something
// stands in the way.
func deposit(d *durable.Disk, path string, generate func() (*contents, error)) error {
	unlock, err := lock(d, path)
	if err != nil {
		return err
	}
	defer unlock()
	leftOver, err := vacant(d, path)
	if err != nil {
		return err
	}
	c, err := generate()
	if err != nil {
		return fault.At(path, err)
	}
	if err := depositState(d, path, c.serial, leftOver); err != nil {
		return err
	}
	data, err := c.format()
	if err != nil {
		return fault.At(path, err)
	}
	return d.Create(path, data, tokenPerm)
}

// vacant refuses a name that a file has, or a state file that was used. It reports whether there is a state file
// that never was.
func vacant(d *durable.Disk, path string) (leftOver bool, err error) {
	_, err = read(d, path)
	if err == nil || errors.Is(err, token.ErrDamaged) {
		return false, fault.At(path, durable.ErrExists)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	path = sibling(path, stateSuffix)
	s, err := readState(d, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !s.unused():
		return false, fault.At(path, durable.ErrExists)
	}
	return true, nil
}

// depositState writes the state file of a new token, in place of a left-over one if there is.
func depositState(d *durable.Disk, path, serial string, leftOver bool) error {
	path = sibling(path, stateSuffix)
	data, err := freshState(serial).format()
	if err != nil {
		return fault.At(path, err)
	}
	if leftOver {
		return d.Replace(path, data, statePerm)
	}
	return d.Create(path, data, statePerm)
}
