package powercut

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// FileSystem is a file system that a disk is formatted with.
type FileSystem string

// The two that vaults live on.
const (
	Ext4  FileSystem = "ext4"  // the kernel's, on a loop device, as mounted by default
	ExFAT FileSystem = "exfat" // exfat-fuse, on a loop device
)

// Format returns a freshly formatted disk of that many bytes, made with the tools of the machine.
// Its tables are written at once, so that no background work of the kernel mixes with the acts.
func (f FileSystem) Format(size int64) ([]byte, error) {
	dir, err := os.MkdirTemp("", "powercut-format-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "disk.img")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return nil, err
	}
	if err := os.Truncate(path, size); err != nil {
		return nil, err
	}
	cmd := exec.Command("mkfs.exfat", "-c", "4K", path)
	if f == Ext4 {
		cmd = exec.Command("mkfs.ext4", "-q", "-F", "-b", "4096", "-J", "size=4", "-E", "lazy_itable_init=0,lazy_journal_init=0", path)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
	}
	return os.ReadFile(path)
}

// Mount mounts the image at dir, which recovers the file system as after any power cut.
func (f FileSystem) Mount(image, dir string) error {
	loop, err := attach(image)
	if err != nil {
		return err
	}
	defer loop.Close() // mounted or not, the device lets go of the image when nobody has it open
	if f == ExFAT {
		if out, err := exec.Command("mount.exfat-fuse", loop.Name(), dir).CombinedOutput(); err != nil {
			return fmt.Errorf("mount.exfat-fuse: %w: %s", err, out)
		}
		return nil
	}
	if err := unix.Mount(loop.Name(), dir, "ext4", unix.MS_NOATIME, ""); err != nil {
		return fmt.Errorf("mounting %s: %w", image, err)
	}
	return nil
}

// Unmount unmounts what Mount mounted.
func Unmount(dir string) error {
	err := unix.Unmount(dir, 0)
	for wait := time.Millisecond; err == unix.EBUSY && wait < 2*time.Second; wait *= 2 {
		time.Sleep(wait)
		err = unix.Unmount(dir, 0)
	}
	return err
}

// attach makes a loop device of the image, which ends with its last user.
func attach(image string) (*os.File, error) {
	backing, err := os.OpenFile(image, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer backing.Close()
	control, err := os.OpenFile("/dev/loop-control", os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer control.Close()
	for range 50 {
		number, err := unix.IoctlRetInt(int(control.Fd()), unix.LOOP_CTL_GET_FREE)
		if err != nil {
			return nil, fmt.Errorf("looking for a free loop device: %w", err)
		}
		loop, err := os.OpenFile(fmt.Sprintf("/dev/loop%d", number), os.O_RDWR, 0)
		if err != nil {
			return nil, err
		}
		config := unix.LoopConfig{Fd: uint32(backing.Fd())}
		config.Info.Flags = unix.LO_FLAGS_AUTOCLEAR
		if err = unix.IoctlLoopConfigure(int(loop.Fd()), &config); err == nil {
			return loop, nil
		}
		_ = loop.Close()
		if err != unix.EBUSY {
			return nil, fmt.Errorf("loop device: %w", err)
		}
	}
	return nil, fmt.Errorf("no loop device is free")
}
