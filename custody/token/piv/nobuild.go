//go:build !cgo

package piv

import "time"

// Linked reports whether this build reaches smart cards.
const Linked = false

func readerNames() ([]string, error) { return nil, ErrBuild }

func openDevice(string, time.Duration) (device, error) { return nil, ErrBuild }
