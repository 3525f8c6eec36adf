package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// Mkdir makes a directory and syncs its parent. It fails with ErrExists when something has the
// name. perm is subject to the umask.
func (d *Disk) Mkdir(path string, perm fs.FileMode) error {
	p, err := at(path)
	if err != nil {
		return err
	}
	defer p.close()
	if err := d.before(OpMkdir, p.path); err != nil {
		return err
	}
	err = again(func() error { return unix.Mkdirat(p.dir, p.name, uint32(perm.Perm())) })
	if errors.Is(err, unix.EEXIST) {
		return fault.At(p.path, ErrExists)
	}
	if err != nil {
		return failed(p.path, "making a directory", err)
	}
	return d.syncDir(p)
}

// MkdirAll makes a directory and those above it that are missing, each one as Mkdir does. A
// directory that is there stays as it is; what is there and no directory is an error.
func (d *Disk) MkdirAll(path string, perm fs.FileMode) error {
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return failed(path, "making a directory", unix.ENOTDIR)
	case !errors.Is(err, fs.ErrNotExist):
		return failed(path, "looking", err)
	}
	if err := d.MkdirAll(filepath.Dir(path), perm); err != nil {
		return err
	}
	err = d.Mkdir(path, perm)
	if errors.Is(err, ErrExists) { // made by another meanwhile, or a dangling symlink
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return nil
		}
	}
	return err
}

// RenameDir gives a directory another name on the same file system and syncs the directories
// above. It fails with ErrExists when something has the new name, with ENOTDIR when oldPath is
// anything but a directory.
func (d *Disk) RenameDir(oldPath, newPath string) error {
	from, err := at(oldPath)
	if err != nil {
		return err
	}
	defer from.close()
	to, err := at(newPath)
	if err != nil {
		return err
	}
	defer to.close()
	st, err := from.stat()
	if err == nil && !directory(st) {
		err = unix.ENOTDIR
	}
	if err != nil {
		return failed(from.path, "renaming", err)
	}
	if err := to.vacant(); err != nil {
		return err
	}
	if err := d.rename(from, to, false); err != nil {
		return err
	}
	err = d.syncDir(to)
	if from.dirPath != to.dirPath {
		err = errors.Join(err, d.syncDir(from))
	}
	return err
}

// SyncDir makes the names in a directory durable: those that a run which was cut short gave to files
// and may not have synced. Whoever goes on from what such a run left syncs it first.
func (d *Disk) SyncDir(path string) error {
	p := &place{dirPath: filepath.Clean(path)}
	var err error
	if p.dir, err = openDir(p.dirPath); err != nil {
		return failed(p.dirPath, "opening the directory", err)
	}
	defer p.close()
	return d.syncDir(p)
}

// rename gives a file or directory its final name, over an existing file only if replace says so.
func (d *Disk) rename(from, to *place, replace bool) error {
	if err := d.before(OpRename, to.path); err != nil {
		return err
	}
	if replace {
		return failed(to.path, "renaming", again(func() error {
			return unix.Renameat(from.dir, from.name, to.dir, to.name)
		}))
	}
	return renameNew(from, to, unix.Renameat2)
}

// renameNew renames where nothing has the new name. Where the file system cannot check that in one
// step with the renaming, two steps must do.
func renameNew(from, to *place, renameat2 func(int, string, int, string, uint) error) error {
	err := again(func() error {
		return renameat2(from.dir, from.name, to.dir, to.name, unix.RENAME_NOREPLACE)
	})
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		if err := to.vacant(); err != nil {
			return err
		}
		err = again(func() error { return unix.Renameat(from.dir, from.name, to.dir, to.name) })
	}
	if errors.Is(err, unix.EEXIST) || errors.Is(err, unix.ENOTEMPTY) {
		return fault.At(to.path, ErrExists)
	}
	return failed(to.path, "renaming", err)
}

// Remove removes a file, a symlink (not what it points to) or an empty directory, and syncs the
// directory above. It fails with fs.ErrNotExist when there is none.
func (d *Disk) Remove(path string) error {
	p, err := at(path)
	if err != nil {
		return err
	}
	defer p.close()
	st, err := p.stat()
	if err != nil {
		return failed(p.path, "removing", err)
	}
	flags := 0
	if directory(st) {
		flags = unix.AT_REMOVEDIR
	}
	if err := d.unlink(p, flags); err != nil {
		return err
	}
	return d.syncDir(p)
}

// RemoveAll removes path with all that is in it, following no symlink, and syncs the directory
// above. Nothing there is no error. After an error part of it may be gone.
func (d *Disk) RemoveAll(path string) error {
	p, err := at(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer p.close()
	if err := d.removeTree(p); err != nil {
		return err
	}
	return d.syncDir(p)
}

// removeTree removes what has the name, from the leaves to the root.
func (d *Disk) removeTree(p *place) error {
	st, err := p.stat()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failed(p.path, "removing", err)
	}
	if !directory(st) {
		return d.unlink(p, 0)
	}
	if err := d.removeContent(p); err != nil {
		return err
	}
	return d.unlink(p, unix.AT_REMOVEDIR)
}

// removeContent removes what is in a directory.
func (d *Disk) removeContent(p *place) error {
	var fd int
	err := again(func() (err error) {
		fd, err = unix.Openat(p.dir, p.name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return failed(p.path, "removing", err)
	}
	dir := os.NewFile(uintptr(fd), p.path)
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return failed(p.path, "removing", err)
	}
	slices.Sort(names)
	for _, name := range names {
		child := &place{dir: fd, dirPath: p.path, name: name, path: filepath.Join(p.path, name)}
		if err := d.removeTree(child); err != nil {
			return err
		}
	}
	return nil
}

// unlink removes one name.
func (d *Disk) unlink(p *place, flags int) error {
	if err := d.before(OpRemove, p.path); err != nil {
		return err
	}
	return failed(p.path, "removing", again(func() error { return unix.Unlinkat(p.dir, p.name, flags) }))
}
