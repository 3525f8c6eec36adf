//go:build cgo

package pcsclib

// #cgo LDFLAGS: -Wl,--as-needed -ldl
// #cgo pkg-config: libpcsclite
// #include "pcsclib.h"
import "C"

import (
	"errors"
	"fmt"
	"sync"
)

// ErrAbsent is [Load]'s error, with the words of the system's loader.
var ErrAbsent = errors.New("pcsclib: the smart card library cannot be loaded")

var library struct {
	sync.Mutex
	loaded bool
}

// Load loads the library, once: when it fails it may be called again, after the library was installed.
func Load() error {
	library.Lock()
	defer library.Unlock()
	if library.loaded {
		return nil
	}
	if amiss := C.pcsclib_open(); amiss != nil {
		return fmt.Errorf("%w (%s)", ErrAbsent, C.GoString(amiss))
	}
	library.loaded = true
	return nil
}
