// Package image starts the running program again from a copy of itself that nobody may read.
//
// A process that forbids others to read its memory does so after a moment in which they could, and who opened
// its memory in that moment keeps it open. A process that runs from a file which its own user may execute and
// not read is closed by the kernel before its first instruction (execve(2), "PR_SET_DUMPABLE"). [Enter] makes
// such a file in memory (memfd_create(2)): the bytes of the running program, sealed against every change, of
// mode 0100; and puts it in the place of the running program, in the same process. Whoever holds the memory of
// before open reads nothing of what comes after.
//
// The copy stays open, so that the program can tell the digest of the very bytes that run. What the program
// starts as /proc/self/exe runs from the copy too.
//
// What this does not stop: root; whoever chose the program, its arguments or its environment, or took hold of
// it before it started itself again, which is a few milliseconds after its start (docs/threat-model.md).
//
// Were this package wrong, a program of the same user could read private keys, shares and PINs while they are
// in the clear; or the minutes would bear the digest of another program than the one that ran.
package image

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// The reasons why the process may have been readable. It works all the same.
var (
	// ErrForbidden: this kernel is told to run nothing from memory files.
	ErrForbidden = errors.New("image: the kernel is told to run no program from memory")
	// ErrRefused comes with what was refused.
	ErrRefused = errors.New("image: the program could not be started again from a copy that nobody may read")
	// ErrReadable: it runs from a copy that somebody made readable.
	ErrReadable = errors.New("image: the copy from which the program runs was readable")
	// ErrNamespace: it runs in a namespace of users, and whoever made that reads every process in it.
	ErrNamespace = errors.New("image: the program runs in a namespace of users, whose maker may read it")
	// ErrBuild: the program was not built to start itself again.
	ErrBuild = errors.New("image: this build does not start itself again from a copy that nobody may read")
	// ErrNoDigest: this process has no copy to take the digest of.
	ErrNoDigest = errors.New("image: the bytes of the running program cannot be read")
)

const (
	self    = "/proc/self/exe"
	files   = "/proc/self/fd"
	threads = "/proc/self/task"
	users   = "/proc/self/ns/user"
	noexec  = "/proc/sys/vm/memfd_noexec"

	initial = "user:[4026531837]" // the namespace of users that the kernel begins with (PROC_USER_INIT_INO)

	unread = 0o100 // mode of the copy: its user may execute it, and nobody may read it

	sealed = unix.F_SEAL_WRITE | unix.F_SEAL_GROW | unix.F_SEAL_SHRINK | unix.F_SEAL_SEAL
)

// Image is what the process runs from. The zero Image is that of a program that does not [Enter] one.
type Image struct{ copied *os.File } // nil: from a file, or from a copy that is not open here

// Enter returns in a process that runs from a copy that nobody may read; in another one it makes the copy and
// has it take this one's place, with the same process id, arguments, streams and name. A program calls it once, by
// way of package launch. An error says why the process may have been readable; the image can be used all the same.
func Enter() (*Image, error) {
	running, err := os.Stat(self)
	if err != nil {
		return &Image{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil {
		return &Image{}, fmt.Errorf("%w: prctl: %w", ErrRefused, err)
	}
	copied := running.Mode().Perm() == unread
	if dumpable == 1 && !copied {
		return &Image{}, again(name())
	}
	i := &Image{copied: handedOn(running)}
	if i.copied != nil {
		rename(name()) // it is called after the descriptor
	}
	// To root every file is readable, and root reads every process.
	if dumpable == 1 && unix.Access(self, unix.R_OK) != nil {
		return i, ErrReadable
	}
	return i, namespace()
}

// namespace is ErrNamespace where the process is not in the first namespace of users. Any user may make another
// (user_namespaces(7)), and has every capability in it: reading a process that closed itself is one.
func namespace() error {
	switch link, err := os.Readlink(users); {
	case errors.Is(err, fs.ErrNotExist): // a kernel without such namespaces
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", ErrRefused, err)
	case link != initial:
		return ErrNamespace
	}
	return nil
}

// Digest is the SHA-256 of the running program.
func (i *Image) Digest() (sum [sha256.Size]byte, err error) {
	var program io.Reader
	if i.copied != nil {
		program = io.NewSectionReader(i.copied, 0, 1<<62)
	} else {
		f, err := os.Open(self)
		if err != nil {
			return sum, fault.At(self, fmt.Errorf("%w: %w", ErrNoDigest, err))
		}
		defer f.Close()
		program = f
	}
	h := sha256.New()
	if _, err := io.Copy(h, program); err != nil {
		return sum, fault.At(self, fmt.Errorf("%w: %w", ErrNoDigest, err))
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// name is that of the running program's file, whatever it runs from.
func name() string {
	link, _ := os.Readlink(self)
	return strings.TrimPrefix(strings.TrimSuffix(filepath.Base(link), " (deleted)"), "memfd:")
}

// again starts the program again from a copy. It returns when that fails only.
func again(name string) error {
	// Nobody opens the copy through this process's descriptors, to make it readable before it is started.
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("%w: prctl: %w", ErrRefused, err)
	}
	made, err := duplicate(name)
	if err != nil {
		return err
	}
	defer made.Close()
	fd := int(made.Fd())
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETFD, 0); err != nil { // it is handed on
		return fmt.Errorf("%w: fcntl: %w", ErrRefused, err)
	}
	err = syscall.Exec(fmt.Sprintf("%s/%d", files, fd), os.Args, environment(os.Environ()))
	return fmt.Errorf("%w: execve: %w", ErrRefused, err)
}

// duplicate copies the running program to a sealed memory file that nobody may read.
func duplicate(name string) (*os.File, error) {
	program, err := os.Open(self)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	defer program.Close()
	fd, err := create(name)
	if err != nil {
		return nil, err
	}
	made := os.NewFile(uintptr(fd), name)
	if err := fill(made, program); err != nil {
		made.Close()
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return made, nil
}

func fill(made, program *os.File) error {
	for {
		n, err := unix.Sendfile(int(made.Fd()), int(program.Fd()), nil, 1<<30) // as much at once as it takes
		if err != nil && err != unix.EINTR {
			return os.NewSyscallError("sendfile", err)
		}
		if n == 0 && err == nil {
			break
		}
	}
	if err := made.Chmod(unread); err != nil {
		return err
	}
	if info, err := made.Stat(); err != nil || info.Mode().Perm() != unread { // it would start itself again for ever
		return errors.Join(ErrReadable, err)
	}
	if _, err := unix.FcntlInt(made.Fd(), unix.F_ADD_SEALS, sealed); err != nil {
		return os.NewSyscallError("fcntl", err)
	}
	return nil
}

// create makes a memory file that may be executed. A kernel before 6.3 does not know that this can be asked for.
func create(name string) (fd int, err error) {
	const flags = unix.MFD_CLOEXEC | unix.MFD_ALLOW_SEALING
	fd, err = unix.MemfdCreate(name, flags|unix.MFD_EXEC)
	if errors.Is(err, unix.EINVAL) {
		fd, err = unix.MemfdCreate(name, flags)
	}
	if err == nil {
		return fd, nil
	}
	if setting, _ := os.ReadFile(noexec); strings.TrimSpace(string(setting)) == "2" {
		return 0, fault.At("vm.memfd_noexec", ErrForbidden)
	}
	return 0, fmt.Errorf("%w: memfd_create: %w", ErrRefused, err)
}

// handedOn finds the copy that the process runs from among its descriptors, and keeps it from its children. nil
// when it is not there: in what a running program started as /proc/self/exe.
func handedOn(running os.FileInfo) *os.File {
	list, _ := os.ReadDir(files)
	for _, entry := range list {
		fd, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		info, err := os.Stat(files + "/" + entry.Name())
		if err != nil || !os.SameFile(info, running) {
			continue
		}
		if seals, err := unix.FcntlInt(uintptr(fd), unix.F_GET_SEALS, 0); err != nil || seals&sealed != sealed {
			continue
		}
		unix.CloseOnExec(fd)
		return os.NewFile(uintptr(fd), running.Name())
	}
	return nil
}

// rename has the kernel call the process by its name: each thread, and those that they start meanwhile, until there
// is none of another name.
func rename(name string) {
	name = name[:min(len(name), maxComm)]
	for range maxRounds {
		whole := true
		list, _ := os.ReadDir(threads)
		for _, thread := range list {
			comm := threads + "/" + thread.Name() + "/comm"
			if now, err := os.ReadFile(comm); err == nil && strings.TrimSuffix(string(now), "\n") != name {
				whole = false
				_ = os.WriteFile(comm, []byte(name), 0) // a name in a list, no more
			}
		}
		if whole {
			return
		}
	}
}

// maxComm is the longest name that the kernel keeps of a thread, in bytes (proc_pid_comm(5)); in so many rounds every
// thread has it.
const maxComm, maxRounds = 15, 10

// meddling are the variables, or their beginnings, by which a linker loads what the program did not ask for, the smart
// card library passes every PIN through another one that writes it down (pcsc-spy(1)), a panic shows what stands on
// its stack, and Go collects no garbage, which it is to erase, or does nothing else, or takes keys that are too short (runtime, "Environment
// Variables"). They are left behind with the readable process: what somebody once set to look
// for a fault is not beside keys. It keeps nobody out who sets them on purpose.
var meddling = []string{"LD_", "GLIBC_TUNABLES=", "LIBPCSCLITE_", "GODEBUG=", "GOTRACEBACK=", "GOGC=", "GOMEMLIMIT="}

// harmless has goroutines take turns where they do by themselves only: a debugger that counts system calls wants that.
const harmless = "GODEBUG=asyncpreemptoff=1"

// silent has Go show no stack at a panic: what stands there may be a part of a secret.
const silent = "GOTRACEBACK=none"

// environment is the environment without what meddles.
func environment(all []string) (kept []string) {
next:
	for _, variable := range all {
		for _, beginning := range meddling {
			if strings.HasPrefix(variable, beginning) && variable != harmless {
				continue next
			}
		}
		kept = append(kept, variable)
	}
	return append(kept, silent)
}
