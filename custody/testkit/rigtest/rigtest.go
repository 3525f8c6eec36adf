// Package rigtest is for the tests that talk to software cards through the real pcscd: the one rig that the
// tests of a package share, cards in it for the time of a test, and Debian's programs called against them.
//
// Only tests import it: it starts a daemon and makes cards with known PINs. Were it wrong, tests would
// pass or fail for reasons of their own, or leave a daemon behind.
package rigtest

import (
	"fmt"
	"os"
	"testing"

	"bailiff/custody/testkit/rig"
)

// Run starts a rig in a temporary folder of its own, whatever o.Dir says, hands it to share, runs the
// tests of a package and returns the code for os.Exit. TestMain must have called [rig.Main] before. There
// is one rig in a test program, since the PC/SC library reads where the daemon is once in a process.
func Run(m *testing.M, o rig.Options, share func(*rig.Rig)) int {
	var err error
	if o.Dir, err = os.MkdirTemp("", "rig"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(o.Dir)
	r, err := rig.Start(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer r.Close()
	if err := os.Setenv("PCSCLITE_CSOCK_NAME", r.Socket()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	share(r)
	return m.Run()
}

// Insert makes a card, puts it into a reader, counted from 0, for the time of a test, and returns it
// with the reader's name.
func Insert(t testing.TB, r *rig.Rig, reader int, o rig.CardOptions) (*rig.Card, string) {
	t.Helper()
	names, err := r.Readers()
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.NewCard(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Insert(reader); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Remove() })
	return c, names[reader]
}
