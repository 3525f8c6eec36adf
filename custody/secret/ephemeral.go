package secret

import (
	"errors"
	"strings"
	"sync/atomic"
)

// ErrEphemeral says that a process cannot rely on its end to erase its secrets.
var ErrEphemeral = errors.New("secret: the process may leave its memory behind")

// ephemeral is set once [Ephemeral] was called: like the arena, a fact about the process.
var ephemeral atomic.Bool

// Ephemeral declares that this process does nothing but make a bounded number of secrets and
// ends at once: its end erases its memory, and [Do] calls its argument directly from now on. It
// cannot be undone. It calls [Harden] first, and returns ErrEphemeral, changing nothing, unless the process
// leaves no core dump and is closed to others of the same user.
//
// What this gives: the kernel clears every page of an ended process before it hands it to
// another one, so nothing that ran in this process can be read by a program afterwards, however
// it ended. What it does not give: until then, whoever may read the memory of any process (root, a debugger
// allowed by the kernel) finds traces of every secret that the process made so far, not only of those
// in use; pages are cleared when they are handed on, not at once, so an image of the machine's
// physical memory taken in between may show them (a kernel with init_on_free=1 clears them at once); and
// where neither the whole process nor its heap can be locked ([Hardening].Locked), traces can reach an active swap.
func Ephemeral() error {
	h := Harden()
	if !h.Core || !h.Dumpable {
		return errors.Join(ErrEphemeral, errors.New(strings.Join(h.Notes, "; ")))
	}
	ephemeral.Store(true)
	return nil
}
