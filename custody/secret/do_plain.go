//go:build !goexperiment.runtimesecret || race || !linux || !(amd64 || arm64)

package secret

// Erasing reports whether [Do] erases what it leaves behind: true in a build with
// GOEXPERIMENT=runtimesecret, on the processors that it supports; false with the race detector, which
// would make it crawl.
const Erasing = false

// Do calls f. In a build where [Erasing] is true, registers and stack that f used are erased
// before Do returns, and heap that f allocated as soon as the garbage collector finds it
// unused, also when f panics. It does not extend to goroutines that f starts: each one calls Do.
// In a process that is [Ephemeral] Do only calls f.
func Do(f func()) { f() }
