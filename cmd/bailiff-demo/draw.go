package main

import (
	"bytes"
	"crypto/rand"
	"math/big"
	"path/filepath"
)

const (
	dice      = "123456"
	thrown    = 25                  // dice that the witnesses throw
	letters   = "ghjkmnpqrstuvwxyz" // of PINs and passphrases; none is a hexadecimal digit
	pinSize   = 8
	pukSize   = 8
	phraseLen = 24
)

// draw draws n characters of an alphabet.
func draw(alphabet string, n int) ([]byte, error) {
	out := make([]byte, n)
	for i := range out {
		k, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			return nil, err
		}
		out[i] = alphabet[k.Int64()]
	}
	return out, nil
}

// newSecret has somebody make up a PIN or a passphrase: a line of a PIN file.
func (d *demo) newSecret(name string, size int) (path string, err error) {
	typed, err := draw(letters, size)
	if err != nil {
		return "", err
	}
	defer clear(typed)
	path = d.secretPath(name)
	return path, create(path, append([]byte("* "), typed...), 0o600)
}

// newCodes has somebody make up PIN and PUK of a card.
func (d *demo) newCodes(name string) (path string, err error) {
	pin, err := draw(letters, pinSize)
	if err != nil {
		return "", err
	}
	defer clear(pin)
	puk, err := draw(letters, pukSize)
	if err != nil {
		return "", err
	}
	defer clear(puk)
	text := bytes.Join([][]byte{[]byte("* "), pin, []byte("\n*.puk "), puk}, nil)
	defer clear(text)
	path = d.secretPath(name)
	return path, create(path, text, 0o600)
}

// secretPath is the path of a PIN file.
func (d *demo) secretPath(name string) string { return filepath.Join(d.pins, name) }

// sharedPINs is the PIN file for commands that take several tokens.
const sharedPINs = "all.pin"

// join puts the PINs of all tokens into one file, by serial.
func (d *demo) join(serials []string, read func(name string) ([]byte, error)) error {
	var all bytes.Buffer
	for i, serial := range serials {
		own, err := read(pinFile(i + 1))
		if err != nil {
			return err
		}
		pin, _, _ := bytes.Cut(own[1:], []byte("\n")) // a PUK may follow
		all.WriteString(serial + string(pin) + "\n")
	}
	return create(d.secretPath(sharedPINs), all.Bytes(), 0o600)
}
