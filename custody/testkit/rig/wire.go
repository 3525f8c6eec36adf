package rig

import (
	"encoding/binary"
	"errors"
	"io"
)

// vpcd's protocol: each message is its length, two bytes, big endian, and that many bytes. One byte
// is a control message to the card; anything else an APDU, or an answer.
const (
	controlOff   = 0
	controlOn    = 1
	controlReset = 2
	controlATR   = 4
)

const maxMessage = 65535

var errMessage = errors.New("rig: a message of the driver that is empty")

// readMessage reads one message.
func readMessage(r io.Reader) ([]byte, error) {
	var n [2]byte
	if _, err := io.ReadFull(r, n[:]); err != nil {
		return nil, err
	}
	b := make([]byte, binary.BigEndian.Uint16(n[:]))
	if len(b) == 0 {
		return nil, errMessage
	}
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, err
	}
	return b, nil
}

// message is the inverse of readMessage.
func message(b []byte) ([]byte, error) {
	if len(b) == 0 || len(b) > maxMessage {
		return nil, errMessage
	}
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(b))), b...), nil
}
