// Package notrun has a test say that it cannot run here, so that nobody takes it for one that passed.
//
// Tests do not skip: what is missing is installed. What is left needs rights that the user who runs the
// tests does not have, such as reading the memory of another process. Such a test calls Say and returns:
//
//	if os.Geteuid() != 0 {
//		notrun.Say(t, "it reads the memory of other processes, which needs root")
//		return
//	}
//
// The line is "NOT RUN: TestName: reason", on the standard error. The attribute "notrun" says the same to
// whoever reads go test -json: .ci/tally counts such tests apart from those that passed, and names them.
// If this package were silent, a promise would count as kept that nothing held up.
package notrun

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Attribute is the key of the attribute whose value is the reason, for go test -json.
const Attribute = "notrun"

// Say states why the test t, or what is left of it, is not run. The test then returns.
func Say(t testing.TB, reason string) {
	t.Helper()
	reason = strings.Join(strings.Fields(reason), " ")
	t.Attr(Attribute, reason)
	fmt.Fprintf(os.Stderr, "NOT RUN: %s: %s\n", t.Name(), reason)
}
