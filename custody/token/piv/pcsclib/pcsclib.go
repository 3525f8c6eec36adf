//go:build cgo

package pcsclib

// #cgo LDFLAGS: -Wl,--as-needed -ldl
// #cgo pkg-config: libpcsclite
// #include "pcsclib.h"
import "C"

import (
	"errors"
	"sync"
)

var library struct {
	sync.Mutex
	loaded bool
}

// Load loads the library, once. Its error has the words of the system's loader; after it, when the library was
// installed, Load may be called again.
func Load() error {
	library.Lock()
	defer library.Unlock()
	if library.loaded {
		return nil
	}
	if amiss := C.pcsclib_open(); amiss != nil {
		return errors.New(C.GoString(amiss))
	}
	library.loaded = true
	return nil
}
