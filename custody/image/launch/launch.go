// Package launch has the program that imports it run from an image ([image.Enter]) before anything else of it does.
//
// It does so in its initialization, the one exception to the rule that nothing happens there. The program is open to
// others of its user until it starts itself again: initialized first, it has neither asked its terminal for its
// colours, nor read a file, nor started a thread of its own by then. Packages are initialized in the order of their paths,
// each after those that it imports (Go specification, "Program initialization"), so that this one comes before all
// that are not Go's own and that it does not need. And the runtime initializes packages on the thread which the process
// began with, to which the kernel keeps the signal that whoever started the process wants sent at their own end
// (prctl(2), "PR_SET_PDEATHSIG"): started again by another thread it would be lost.
//
// Only what .ci/build makes does so, which is what is given away. A program of the go command's own, such as one of tests,
// runs as it was started and says so ([image.ErrBuild]): it starts itself again in ways of its own.
//
// Were this package wrong, a program of the same user had more time to take hold of the one that holds keys.
package launch

import "bailiff/custody/image"

// again is what .ci/build has the linker set.
var again string

var running, exposed = enter()

func enter() (*image.Image, error) {
	if again == "" {
		return new(image.Image), image.ErrBuild
	}
	return image.Enter()
}

// Image is what the process runs from, with the error of [image.Enter], or [image.ErrBuild].
func Image() (*image.Image, error) { return running, exposed }
