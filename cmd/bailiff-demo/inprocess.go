package main

import (
	"bytes"
	"context"
	"io"
	"os"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/fault"
)

// inProcess stands in for gpg where it is not installed: the OpenPGP library github.com/ProtonMail/go-crypto,
// called as any program would call it.
type inProcess struct{ *demo }

func (p *inProcess) encrypt(_ context.Context, letter []byte) error {
	p.tell("demo.no-gpg")
	recipients, err := p.keyring(publicKey)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w, err := openpgp.Encrypt(&out, recipients, nil, &openpgp.FileHints{IsBinary: true}, nil)
	if err != nil {
		return fault.At(publicKey, err)
	}
	if _, err := w.Write(letter); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return p.write(message, out.Bytes())
}

func (p *inProcess) decrypt(_ context.Context, words []byte) error {
	p.tell("demo.no-gpg")
	keys, err := p.keyring(kitKey)
	if err != nil {
		return err
	}
	for _, e := range keys {
		if err := e.DecryptPrivateKeys(words); err != nil {
			return fault.At(kitKey, err)
		}
	}
	sealed, err := os.Open(p.path(message))
	if err != nil {
		return fault.At(message, err)
	}
	defer sealed.Close()
	m, err := openpgp.ReadMessage(sealed, keys, nil, &packet.Config{})
	if err != nil {
		return fault.At(message, err)
	}
	text, err := io.ReadAll(m.UnverifiedBody)
	if err != nil {
		return fault.At(message, err)
	}
	return p.write(readable, text)
}

func (p *inProcess) keyring(name string) (openpgp.EntityList, error) {
	f, err := os.Open(p.path(name))
	if err != nil {
		return nil, fault.At(name, err)
	}
	defer f.Close()
	keys, err := openpgp.ReadArmoredKeyRing(f)
	return keys, fault.At(name, err)
}

func (*inProcess) close(context.Context) {}
