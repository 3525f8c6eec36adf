package durable

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// block is the number of bytes that CreateFrom gathers before it writes them to disk.
const block = 256 << 10

// Written describes a file that was written, as it was meant and as it was read back.
type Written struct {
	Size int64    // bytes
	Sum  [32]byte // SHA-256
}

// Create writes a new file by the rule of the package comment. It fails with ErrExists when
// something has the name (nothing is changed then), ErrLocked when another writer is at work on that name,
// ErrNotRegular when the name with ".part" is taken by something other than a left-over file,
// ErrVerify when the disk gave back other bytes. After an error the file is not there; the one
// exception is an error of the last step, syncing the directory: then it is there and whole, but
// a power cut may still undo it. perm is subject to the umask and must let the owner read.
func (d *Disk) Create(path string, data []byte, perm fs.FileMode) error {
	_, err := d.write(path, perm, whole(data), false)
	return err
}

// CreateFrom is Create for content that write produces, block by block: at most 256 KiB of it are
// in memory. An error of write is returned, and the file is not there.
func (d *Disk) CreateFrom(path string, perm fs.FileMode, write func(io.Writer) error) (Written, error) {
	return d.write(path, perm, buffered(write), false)
}

// Replace writes a file by the same rule but renames it over an existing regular file, so that the
// name stands for the old content or the new at any instant. It is for a state file only. Its
// errors are those of Create without ErrExists; ErrNotRegular also when the name is taken by
// something other than a regular file.
func (d *Disk) Replace(path string, data []byte, perm fs.FileMode) error {
	_, err := d.write(path, perm, whole(data), true)
	return err
}

// whole is content that is there already.
func whole(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// buffered is content that comes in pieces, gathered into blocks.
func buffered(write func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		buffer := bufio.NewWriterSize(w, block)
		if err := write(buffer); err != nil {
			return err
		}
		return buffer.Flush()
	}
}

// write is the write rule.
func (d *Disk) write(path string, perm fs.FileMode, content func(io.Writer) error, replace bool) (Written, error) {
	final, err := at(path)
	if err != nil {
		return Written{}, err
	}
	defer final.close()
	if err := final.mayBecomeFile(replace); err != nil {
		return Written{}, err
	}
	part, err := final.unfinished()
	if err != nil {
		return Written{}, err
	}
	draft, err := d.begin(part, perm)
	if err != nil {
		return Written{}, err
	}
	defer draft.end()
	written, err := draft.fill(content)
	if err != nil {
		return Written{}, err
	}
	if err := draft.verify(written); err != nil {
		return Written{}, err
	}
	if err := d.rename(part, final, replace); err != nil {
		return Written{}, err
	}
	draft.done = true
	return written, d.syncDir(final)
}

// mayBecomeFile refuses a name that is taken, before anything is written.
func (p *place) mayBecomeFile(replace bool) error {
	if !replace {
		return p.vacant()
	}
	st, err := p.stat()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && !regular(st) {
		return fault.At(p.path, ErrNotRegular)
	}
	return failed(p.path, "looking", err)
}

// draft is an unfinished file. Its writer holds a flock on it through a second descriptor, from
// its making to its end, so that no other run takes it for a left-over.
type draft struct {
	disk *Disk
	part *place
	file *os.File
	hold int // descriptor that shares the flock of file and outlives it
	made unix.Stat_t
	sum  hash.Hash
	size int64
	done bool // renamed: nothing to remove

	failed bool // a write failed
}

// begin removes what a crashed run left and makes the unfinished file.
func (d *Disk) begin(part *place, perm fs.FileMode) (*draft, error) {
	if err := d.removeLeftOver(part); err != nil {
		return nil, err
	}
	if err := d.before(OpCreate, part.path); err != nil {
		return nil, err
	}
	var fd int
	err := again(func() (err error) {
		flags := unix.O_WRONLY | unix.O_CREAT | unix.O_EXCL | unix.O_NOFOLLOW | unix.O_CLOEXEC
		fd, err = unix.Openat(part.dir, part.name, flags, uint32(perm.Perm()))
		return err
	})
	if errors.Is(err, unix.EEXIST) { // another writer was faster
		return nil, fault.At(part.path, ErrLocked)
	}
	if err != nil {
		return nil, failed(part.path, "creating", err)
	}
	f := &draft{disk: d, part: part, file: os.NewFile(uintptr(fd), part.path), hold: -1, sum: sha256.New()}
	if err := f.claim(fd); err != nil {
		f.done = true // whoever holds it takes it for a left-over, and removes it
		f.end()
		return nil, err
	}
	return f, nil
}

// claim locks the file just made and checks that it still has its name.
func (f *draft) claim(fd int) error {
	if err := lockFile(f.part, fd); err != nil {
		return err
	}
	if err := unix.Fstat(fd, &f.made); err != nil {
		return failed(f.part.path, "looking", err)
	}
	hold, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return failed(f.part.path, "duplicating a descriptor", err)
	}
	f.hold = hold
	return nil
}

// fill writes, syncs and closes the file.
func (f *draft) fill(content func(io.Writer) error) (Written, error) {
	if err := content(f); err != nil {
		if f.failed {
			return Written{}, err // names the file already
		}
		return Written{}, fault.At(f.part.path, err)
	}
	if err := f.disk.before(OpSync, f.part.path); err != nil {
		return Written{}, err
	}
	if err := f.file.Sync(); err != nil {
		return Written{}, failed(f.part.path, "syncing", err)
	}
	if err := f.file.Close(); err != nil {
		return Written{}, failed(f.part.path, "closing", err)
	}
	w := Written{Size: f.size}
	f.sum.Sum(w.Sum[:0])
	return w, nil
}

// Write appends a block to the file. Its errors name the file: they may reach whoever reports them
// through a writer on top of this one, and not through fill.
func (f *draft) Write(p []byte) (int, error) {
	n, err := f.append(p)
	f.failed = f.failed || err != nil
	return n, err
}

func (f *draft) append(p []byte) (int, error) {
	if err := f.disk.before(OpWrite, f.part.path); err != nil {
		var short ShortWrite
		if errors.As(err, &short) {
			n, _ := f.file.Write(p[:min(max(short.N, 0), len(p))])
			return n, err
		}
		return 0, err
	}
	n, err := f.file.Write(p)
	if err == nil && n >= block { // a wish: the disk begins at once, and the sync at the end, on which all rests, waits less
		_ = unix.SyncFileRange(int(f.file.Fd()), f.size, int64(n), unix.SYNC_FILE_RANGE_WRITE)
	}
	f.sum.Write(p[:n])
	f.size += int64(n)
	return n, fault.At(f.part.path, err)
}

// verify opens the file again and compares it with what was meant, from the disk itself as far
// as the kernel lets go of its copy.
func (f *draft) verify(want Written) error {
	if err := f.disk.before(OpVerify, f.part.path); err != nil {
		return err
	}
	file, st, err := f.part.open()
	if err != nil {
		return err
	}
	defer file.Close()
	if !same(st, &f.made) {
		return fault.At(f.part.path, ErrVerify)
	}
	_ = unix.Fadvise(int(file.Fd()), 0, 0, unix.FADV_DONTNEED) // a wish; refusing it does no harm
	var got Written
	sum := sha256.New()
	if got.Size, err = io.Copy(sum, file); err != nil {
		return failed(f.part.path, "reading back", err)
	}
	sum.Sum(got.Sum[:0])
	if got != want {
		return fault.At(f.part.path, ErrVerify)
	}
	return nil
}

// end lets go of the file, and removes it unless it got its name. Failing to remove it does no
// harm: the next run does it.
func (f *draft) end() {
	if !f.done {
		_ = f.disk.unlink(f.part, 0)
	}
	_ = f.file.Close()
	if f.hold >= 0 {
		_ = unix.Close(f.hold)
	}
}

// removeLeftOver removes the unfinished file of a crashed run, if there is one.
func (d *Disk) removeLeftOver(part *place) error {
	file, _, err := part.open()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	if err := lockFile(part, int(file.Fd())); err != nil {
		return err
	}
	return d.unlink(part, 0)
}
