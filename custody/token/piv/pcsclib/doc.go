// Package pcsclib loads the PC/SC library, libpcsclite.so.1, when a card is first asked for, so that a
// program that asks for none starts on a machine without it.
//
// It has no format. piv-go calls eight functions of that library. This package defines them under their
// own names (pcsclib.c), so that the linker finds them here and the program names no library; each passes
// its call on once [Load] was called, and fails before that as without a daemon. Without cgo it is empty.
// docs/decisions/0024-card-library.md.
//
// Were this package wrong, what is meant for a card would not reach it, or reach another. It chooses the
// library as the loader of programs would: by its name, where the system keeps it.
package pcsclib
