//go:build cgo

package piv

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/sys/unix"

	pivgo "github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/token"
)

// statusErrors are the status words of ISO/IEC 7816-4 that mean something to this package.
var statusErrors = map[uint16]error{
	0x6982: errDenied,
	0x6983: token.ErrLocked,
	0x6985: errConditions,
	0x6a80: errContent,
	0x6a81: ErrUnlike, // function
	0x6a84: ErrRoom,
	0x6a86: ErrUnlike, // parameters
	0x6d00: ErrUnlike, // instruction
	0x6e00: ErrUnlike, // class
}

// translate turns what piv-go says into what this package says. piv-go keeps the return codes of
// PC/SC to itself: they are known by their words, which are part of the pinned version and held by a
// test. A code without words there is [ErrReader].
func translate(err error) error {
	if err == nil || errors.Is(err, ErrAnswer) || errors.Is(err, ErrLibrary) {
		return err
	}
	if errors.Is(err, pivgo.ErrNotFound) {
		return caused(errNotFound, err)
	}
	var refused interface{ Status() uint16 }
	if errors.As(err, &refused) {
		return caused(cmp.Or(statusErrors[refused.Status()], ErrRefused), err)
	}
	for words, sentinel := range pcscErrors {
		if strings.HasSuffix(err.Error(), words) {
			return caused(sentinel, err)
		}
	}
	for _, words := range []string{"transmitting request: ", "pcsc return code", "scard response too short"} {
		if strings.Contains(err.Error(), words) {
			return caused(ErrReader, err)
		}
	}
	return caused(ErrAnswer, err)
}

// pcscErrors are piv-go's words for the return codes of PC/SC (pcsclite.h).
var pcscErrors = map[string]error{
	"the smart card has been removed, so further communication is not possible":                       token.ErrRemoved, // W_REMOVED_CARD
	"the smart card has been reset, so any shared state information is invalid":                       token.ErrRemoved, // W_RESET_CARD
	"power has been removed from the smart card, so that further communication is not possible":       token.ErrRemoved, // W_UNPOWERED_CARD
	"an attempt was made to end a non-existent transaction":                                           token.ErrRemoved, // E_NOT_TRANSACTED: after suspend
	"the supplied handle was invalid":                                                                 token.ErrRemoved, // E_INVALID_HANDLE: the daemon began anew
	"the specified reader is not currently available for use":                                         token.ErrRemoved, // E_READER_UNAVAILABLE
	"the specified reader name is not recognized":                                                     token.ErrRemoved, // E_UNKNOWN_READER
	"the operation requires a Smart Card, but no Smart Card is currently in the device":               token.ErrRemoved, // E_NO_SMARTCARD
	"the smart card cannot be accessed because of other connections outstanding":                      token.ErrBusy,    // E_SHARING_VIOLATION
	"the Smart card resource manager is not running":                                                  ErrDaemon,        // E_NO_SERVICE
	"the Smart card resource manager has shut down":                                                   ErrDaemon,        // E_SERVICE_STOPPED
	"an internal communications error has been detected":                                              ErrDaemon,        // F_COMM_ERROR: the socket closed
	"access was denied because of a security violation":                                               ErrPermission,    // W_SECURITY_VIOLATION: polkit
	"access is denied to this file":                                                                   ErrPermission,    // E_NO_ACCESS
	"cannot find a smart card reader":                                                                 ErrNoReader,      // E_NO_READERS_AVAILABLE
	"the smart card is not responding to a reset":                                                     ErrReader,        // W_UNRESPONSIVE_CARD
	"the reader cannot communicate with the card, due to ATR string configuration conflicts":          ErrReader,        // W_UNSUPPORTED_CARD
	"the requested protocols are incompatible with the protocol currently in use with the smart card": ErrForeign,       // E_PROTO_MISMATCH: a card without T=1
	"a communications error with the smart card has been detected. More..":                            ErrReader,        // E_COMM_DATA_LOST
	"the reader or smart card is not ready to accept commands":                                        ErrReader,        // E_NOT_READY
	"one or more of the supplied parameters values could not be properly interpreted":                 ErrReader,        // E_INVALID_VALUE
	"one or more of the supplied parameters could not be properly interpreted":                        ErrReader,        // E_INVALID_PARAMETER
}

// service tells a daemon that is not there from one that may not be asked: libpcsclite says "not
// running" of both.
func service(err error) error {
	if !errors.Is(err, ErrDaemon) {
		return err
	}
	path := socketPath()
	if e := unix.Access(path, unix.W_OK); errors.Is(e, unix.EACCES) || errors.Is(e, unix.EPERM) {
		return fmt.Errorf("%s: %w", path, ErrPermission)
	}
	return err
}
