package machine

import (
	"errors"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

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
