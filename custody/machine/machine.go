// Package machine tells what protects the memory of this process on the machine that it runs on, and refuses a
// machine, or a build of the program, that is not fit for production.
//
// What it reads is /proc/swaps, the list that the kernel keeps of active swap (proc_swaps(5)), and the
// process's own state (package secret):
//
//	Filename				Type		Size		Used		Priority
//	/dev/dm-1                               partition	8388604		0		-2
//
// and /proc/sys/kernel/yama/ptrace_scope, whether a process may take hold of another one of the same user
// (Documentation/admin-guide/LSM/Yama.rst of the kernel).
//
// If this package is wrong, private keys of a production ceremony can be written to a disk by the
// kernel, where a thief of that disk finds them years later, and nobody was warned.
package machine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

// Where the kernel tells it.
const (
	Swaps = "/proc/swaps"                        // active swap
	Yama  = "/proc/sys/kernel/yama/ptrace_scope" // absent: a process may take hold of all others of its user
)

// The ways in which a machine is unfit for production.
var (
	ErrSwap      = errors.New("machine: swap is active")
	ErrCoreDumps = errors.New("machine: the memory of this process may be written to a core dump or read by others")
	ErrErasing   = errors.New("machine: this build of the program does not erase every copy of a secret")
	ErrSwaps     = errors.New("machine: the kernel's list of active swap cannot be read")
	ErrTrace     = errors.New("machine: another process of the same user may take hold of this one when it starts")
	ErrKernel    = errors.New("machine: the kernel refuses this process a call that it cannot do without")
)

// maxSwaps bounds the list, in bytes.
const maxSwaps = 64 << 10

// State is what is known of the machine and of this process.
type State struct {
	CoreDumps bool     `json:"core_dumps"` // a core dump of this process is possible
	Readable  bool     `json:"readable"`   // another process of the same user may read its memory, or might have
	Locked    bool     `json:"locked"`     // no page of it goes to swap
	Erasing   bool     `json:"erasing"`    // the build erases what secrets leave behind (secret.Erasing)
	Swap      []string `json:"swap"`       // active swap, each as the kernel names it; never nil

	// Scope is the kernel's kernel.yama.ptrace_scope, 0 where it has none: another process of the same user may trace
	// this one, and write to its memory, in the moment in which it starts; from 1 on its parents only.
	Scope int `json:"ptrace_scope"`

	Began error `json:"-"` // why another process may have read its memory from its beginning on ([State.Exposed])
}

// Unknown is the state of a machine that nobody looked at: it is fit for rehearsals only.
func Unknown() State {
	return State{CoreDumps: true, Readable: true, Erasing: secret.Erasing, Swap: []string{}}
}

// Read protects this process as far as it can ([secret.Harden]) and returns what then holds. The list
// of swap is read from swaps, of which [Swaps] is the real one; ErrSwaps when that fails. A kernel
// without swap has no such file. What may be traced is read from yama, of which [Yama] is the real one.
func Read(swaps, yama string) (State, error) {
	h := secret.Harden()
	s := State{CoreDumps: !h.Core, Readable: !h.Dumpable, Locked: h.Locked, Erasing: secret.Erasing, Scope: scope(yama)}
	text, err := os.ReadFile(swaps)
	if errors.Is(err, fs.ErrNotExist) && mounted(filepath.Dir(swaps)) {
		s.Swap = []string{}
		return s, nil
	}
	if err != nil {
		return Unknown(), fault.At(swaps, errors.Join(ErrSwaps, err))
	}
	if s.Swap, err = parse(text); err != nil {
		return Unknown(), fault.At(swaps, err)
	}
	return s, nil
}

// Exposed is s of a process of which [image.Enter] said err: nil, if nobody could ever read it.
func (s State) Exposed(err error) State {
	s.Began = err
	s.Readable = s.Readable || err != nil
	return s
}

// mounted reports whether dir is the kernel's, with other files than the one that is missing.
func mounted(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, "meminfo"))
	return err == nil
}

// scope reads who may trace whom. What cannot be read is taken for the worst.
func scope(yama string) int {
	text, err := os.ReadFile(yama)
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// parse returns the names in /proc/swaps. In a name the kernel writes blanks as octal escapes.
func parse(text []byte) ([]string, error) {
	head, rest, ok := strings.Cut(string(text), "\n")
	if !ok || len(text) > maxSwaps || strings.Join(strings.Fields(head), " ") != "Filename Type Size Used Priority" {
		return nil, ErrSwaps
	}
	names := []string{}
	for line := range strings.Lines(rest) {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			return nil, ErrSwaps
		}
		names = append(names, fields[0])
	}
	return names, nil
}

// Check refuses a machine on which no secret of production may be in the clear: ErrSwap, naming the
// active swap, why others may have read this process, ErrCoreDumps, ErrErasing or ErrTrace.
func (s State) Check() error {
	if len(s.Swap) > 0 {
		return fault.At(strings.Join(s.Swap, " "), ErrSwap)
	}
	if s.Began != nil {
		return s.Began
	}
	if s.CoreDumps || s.Readable {
		return ErrCoreDumps
	}
	if !s.Erasing {
		return ErrErasing
	}
	return s.Traceable()
}

// scopeName is how the kernel's setting is called.
const scopeName = "kernel.yama.ptrace_scope"

// Traceable is ErrTrace with the name of the setting, nil where another process may not take hold of this one.
func (s State) Traceable() error {
	if s.Scope < 1 {
		return fault.At(scopeName, ErrTrace)
	}
	return nil
}

// Kernel is ErrKernel with the name of a system call that a sandbox refuses and that Go takes for granted: a program
// that goes on ends in the midst of an act where it wants random numbers, or, since it takes -1 for its own number, sends a signal to
// every process there is.
func Kernel() error {
	if _, err := unix.Getrandom(make([]byte, 1), 0); err != nil && !errors.Is(err, unix.ENOSYS) { // then a file gives them
		return fault.At("getrandom", ErrKernel)
	}
	if unix.Getpid() < 1 {
		return fault.At("getpid", ErrKernel)
	}
	return nil
}
