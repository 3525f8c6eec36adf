// Package build tells which build of a program runs: from which commit, with which Go, and what it can do.
//
// The commit comes from .ci/build, by way of the linker. Go would stamp it by itself (-buildvcs), with a version made
// of the tags that a clone happens to have, and not where git distrusts the folder's owner: the same commit
// must give the same bytes whoever builds it.
//
// If this package is wrong, the minutes of a ceremony name a program that nobody can build again.
package build

import (
	"runtime"

	"bailiff/custody/secret"
)

// Version is that of all programs of this repository. A commit of its own changes it.
const Version = "0.1.0"

// Tree is what the commit says of the files that were built.
type Tree string

// The states of a tree.
const (
	Clean   Tree = "clean"   // they are those of the commit
	Changed Tree = "changed" // others were changed or added
	Unknown Tree = "unknown" // there was no repository, or the program was not built by .ci/build
)

// What the linker is told.
var (
	commit string // 40 hexadecimal digits
	tree   string
)

// Build is what is known of the running program, its digest apart.
type Build struct {
	Version string `json:"version"`
	Commit  string `json:"commit"` // 12 hexadecimal digits; empty where Tree is Unknown
	Tree    Tree   `json:"tree"`
	Go      string `json:"go"`
	Erasing bool   `json:"erasing"` // it erases what secrets leave behind ([secret.Erasing])
}

// Running is the build of this program.
func Running() Build {
	b := Build{Version: Version, Tree: Unknown, Go: runtime.Version(), Erasing: secret.Erasing}
	if t := Tree(tree); len(commit) == 40 && (t == Clean || t == Changed) {
		b.Commit, b.Tree = commit[:12], t
	}
	return b
}
