package virtual

import (
	"errors"
	"fmt"
)

// errFirmware refuses a version of the firmware that the card does not know how to be.
var errFirmware = errors.New("virtual: firmware is written as in 5.7.1, from 4.3.0 to 5.7.255")

// Firmware is a YubiKey's version, by which it behaves.
type Firmware struct{ Major, Minor, Patch byte }

// ParseFirmware reads a version such as 5.7.1.
func ParseFirmware(s string) (Firmware, error) {
	var f Firmware
	if _, err := fmt.Sscanf(s, "%d.%d.%d", &f.Major, &f.Minor, &f.Patch); err != nil || f.String() != s {
		return Firmware{}, errFirmware
	}
	if !f.atLeast(4, 3) || f.atLeast(5, 8) {
		return Firmware{}, errFirmware
	}
	return f, nil
}

func (f Firmware) String() string { return fmt.Sprintf("%d.%d.%d", f.Major, f.Minor, f.Patch) }

func (f Firmware) atLeast(major, minor byte) bool {
	return f.Major > major || f.Major == major && f.Minor >= minor
}

// The properties by which versions differ.

func (f Firmware) hasSerial() bool    { return f.atLeast(5, 0) } // in the PIV application
func (f Firmware) hasMetadata() bool  { return f.atLeast(5, 3) }
func (f Firmware) hasAES() bool       { return f.atLeast(5, 4) }
func (f Firmware) defaultsAES() bool  { return f.atLeast(5, 7) }
func (f Firmware) movesKeys() bool    { return f.atLeast(5, 7) }
func (f Firmware) hasNewCurves() bool { return f.atLeast(5, 7) } // and long RSA keys
