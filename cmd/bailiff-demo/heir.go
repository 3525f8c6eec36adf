package main

import (
	"bytes"
	"context"
	"os"

	"bailiff/custody/fault"
)

const (
	kitKey   = "kit/private-key.asc"
	kitWords = "kit/words.txt"
	readable = "heir/message.txt"
)

// heirAct: key and ciphertext meet in the heir's hands only.
func (d *demo) heirAct(ctx context.Context) error {
	d.tell("demo.heir")
	file, err := os.ReadFile(d.path(kitWords))
	if err != nil {
		return fault.At(kitWords, err)
	}
	defer clear(file)
	file = bytes.TrimRight(file, "\n")
	if err := d.openPGP.decrypt(ctx, file[bytes.LastIndexByte(file, '\n')+1:]); err != nil {
		return err
	}
	text, err := os.ReadFile(d.path(readable))
	if err != nil {
		return fault.At(readable, err)
	}
	if !bytes.Equal(text, d.letter()) {
		return fault.At(readable, errLetter)
	}
	d.tell("demo.reads")
	for line := range bytes.Lines(text) {
		d.reply(string(line))
	}
	return nil
}
