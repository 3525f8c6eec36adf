package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"os"

	"bailiff/custody/durable"
	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/secret"
)

// PINs are the PINs of a rehearsal's PIN file, by token serial; `*` stands for every token. The PUK of a
// token that is being prepared has its own line, `SERIAL.puk`. Whoever read them wipes them.
type PINs map[string]*secret.Bytes

// ReadPINs reads a PIN file: a line for each token with its serial, a blank and its PIN; and for each token that is to be
// prepared one with its serial and `.puk`, a blank and the PUK that it gets.
func ReadPINs(path string) (PINs, error) {
	info, err := os.Lstat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = durable.ErrNotRegular
	case err == nil && info.Size() > 1<<16:
		err = durable.ErrTooLarge
	}
	if err != nil {
		return nil, fault.At(path, err)
	}
	data, err := os.ReadFile(path)
	defer clear(data) // also of a file that could be read in part only
	if err != nil {
		return nil, fault.At(path, err)
	}
	pins := PINs{}
	if err := cmp.Or(filetype.Check(data, filetype.PINs), encoding.UTF16(data)); err != nil {
		return nil, fault.At(path, err)
	}
	if err := pins.read(bytes.TrimPrefix(data, []byte("\ufeff"))); err != nil {
		pins.Wipe()
		return nil, fault.At(path, err)
	}
	return pins, nil
}

// ReadPIN reads the one PIN of a PIN file that stands for every token.
func ReadPIN(path string) (*secret.Bytes, error) {
	pins, err := ReadPINs(path)
	if err != nil {
		return nil, err
	}
	defer pins.Wipe()
	pin, err := pins.For("*")
	delete(pins, "*") // the caller's now
	return pin, err
}

// read takes the lines of a PIN file, each PIN moved to secret memory.
func (p PINs) read(rest []byte) error {
	for n := 1; len(rest) > 0; n++ {
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		line = bytes.TrimSuffix(line, []byte("\r"))
		blank := bytes.IndexByte(line, ' ')
		if blank < 1 || blank+1 == len(line) {
			return fault.At(fmt.Sprintf("line %d", n), ErrNoPIN)
		}
		serial := string(line[:blank])
		p[serial].Wipe()
		p[serial] = secret.From(line[blank+1:])
	}
	return nil
}

// Wipe erases the PINs.
func (p PINs) Wipe() {
	for _, pin := range p {
		pin.Wipe()
	}
}

// For returns the PIN of a token.
func (p PINs) For(serial string) (*secret.Bytes, error) { return p.first(ErrNoPIN, serial, "*") }

// PUK returns the PUK that a token gets.
func (p PINs) PUK(serial string) (*secret.Bytes, error) {
	return p.first(ErrNoPUK, serial+".puk", "*.puk")
}

func (p PINs) first(missing error, keys ...string) (*secret.Bytes, error) {
	for _, key := range keys {
		if code := p[key]; code != nil {
			return code, nil
		}
	}
	return nil, fault.At(keys[0], missing)
}
