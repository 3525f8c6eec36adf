// Command checks takes every check of a package away in turn and runs the tests of the package, which
// must notice: see [checksOf] for the forms that a check has. It complements gremlins, which inverts comparisons
// and arithmetic but leaves conditions such as !valid(x) alone, and whatever the coverage profile
// has no counter for, as the cases of a switch.
//
//	nice go run ./.ci/checks -state /tmp/checks.json ./custody/share ./custody/policy
//
// The tests of a package are built once, with a switch at each check. Nothing in the tree is written: the changed
// files are an overlay of the build. Each test runs alone with all checks first, to see which it reaches; then
// each check is taken away and the tests that reach it run, the one that noticed the check before first, then the quickest, until
// one fails or does not end.
//
// It prints each check whose absence no test notices, then a count for each package. With -state it can be stopped and
// begun again: what was noticed is remembered while the file of the check is the same, what survived is tried again.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
)

// outcome of a run of the tests.
type outcome string

const (
	noticed   outcome = "noticed"
	endless   outcome = "endless" // noticed because a test did not end
	survived  outcome = "survived"
	unreached outcome = "unreached" // survived: no test comes to it
)

func main() {
	state := flag.String("state", "", "remember what was noticed in this `file`")
	list := flag.Bool("list", false, "only list the checks")
	flag.Parse()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt) // in the background it is ignored, and by the tests with us, unless we ask for it
	go func() {
		<-stop
		os.Exit(1)
	}()
	if err := run(flag.Args(), *state, *list); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(packages []string, state string, list bool) error {
	known, err := openMemory(state)
	if err != nil {
		return err
	}
	for _, pkg := range packages {
		if err := inspect(pkg, known, list); err != nil {
			return err
		}
	}
	return nil
}

// inspect takes the checks of one package away, one after another.
func inspect(pkg string, known *memory, list bool) error {
	all, declared, err := conditions(pkg)
	if err != nil {
		return err
	}
	if list {
		for _, c := range all {
			fmt.Println(c)
		}
		return nil
	}
	dir, err := os.MkdirTemp("", "checks")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tests, err := newSuite(pkg, declared, all, dir)
	if err != nil {
		return err
	}
	count := map[outcome]int{}
	for i, c := range all {
		o, ok := known.outcomes[c.id()]
		if !ok {
			if o, err = tests.without(i); err != nil {
				return err
			}
			if err := known.keep(c, o); err != nil {
				return err
			}
		}
		count[o]++
		if o != noticed {
			fmt.Printf("%s: %v\n", o, c)
		}
	}
	caught, lived := count[noticed]+count[endless], count[survived]+count[unreached]
	fmt.Printf("%s: %d checks removed, %d noticed (%d by a test without an end), %d not (%d reached by none)\n",
		pkg, caught+lived, caught, count[endless], lived, count[unreached])
	return nil
}
