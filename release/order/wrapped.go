package order

import (
	"bytes"
	"errors"

	"bailiff/custody/encoding"
)

// The ways in which the two files of an order are mixed up.
var (
	ErrIsSignatures = errors.New("order: the file holds signatures, and no order")
	ErrIsOrder      = errors.New("signatures: the file is an order, and holds no signatures")
)

// CheckText tells whether a file may be an order: it is none in another form (package encoding), and no file of
// signatures. [Parse] asks it first; a command asks it before anything is recorded of the order.
func CheckText(data []byte) error {
	if bytes.HasPrefix(data, []byte(armorStart+"PGP SIGNATURE")) {
		return ErrIsSignatures
	}
	if len(data) > 0 {
		if tag, _, _, ok := readHeader(data); ok && tag == tagSignature {
			return ErrIsSignatures
		}
	}
	return encoding.Text(data)
}

// CheckSignatures is CheckText for a file of signatures.
func CheckSignatures(data []byte) error {
	if bytes.HasPrefix(data, []byte(formatName)) {
		return ErrIsOrder
	}
	err := encoding.Binary(data)
	if err == encoding.ErrArmor {
		return ErrArmored
	}
	return err
}
