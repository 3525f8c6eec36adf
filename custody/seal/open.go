package seal

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"io"

	"filippo.io/age"

	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/token"
)

// OpenShare opens a sealed share with a token, at the price of exactly one ECDH of it. ErrFile,
// ErrTooLarge and ErrNotForToken come before the token is asked for anything; ErrDamaged after; an
// error of the token is passed on; the errors of share.Parse follow. The share is not yet known
// to be the right one: see share.Share.Verify.
func OpenShare(file []byte, t token.Token) (s *share.Share, err error) {
	secret.Do(func() { s, err = openShare(file, t) })
	return s, err
}

func openShare(file []byte, t token.Token) (*share.Share, error) {
	h, err := parseHeader(file)
	if err != nil {
		return nil, err
	}
	key := t.SealingKey()
	if key == nil || key.Curve() != ecdh.P256() {
		return nil, ErrTokens
	}
	own := h.find(key)
	if own == nil {
		return nil, ErrNotForToken
	}
	id := &identity{stanza: own, exchange: &exchanger{token: t, key: key}}
	defer id.wipe()
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if id.err != nil {
		return nil, id.err
	}
	if err != nil {
		return nil, ErrDamaged
	}
	text, err := readText(r, h.text)
	if err != nil {
		return nil, err
	}
	defer text.Wipe()
	return share.Parse(text)
}

// readText reads exactly n bytes and then the end, by which age knows that all of it is authentic.
func readText(r io.Reader, n int) (*secret.Bytes, error) {
	text := secret.New(n)
	if _, err := io.ReadFull(r, text.Expose()); err != nil {
		text.Wipe()
		return nil, ErrDamaged
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		text.Wipe()
		return nil, ErrDamaged
	}
	return text, nil
}

// identity opens the one stanza that was found to be the token's.
type identity struct {
	stanza   *stanza
	exchange *exchanger
	fileKey  []byte
	err      error
}

// Unwrap implements age.Identity. age read the same header from the same bytes, so that its stanzas are
// not needed.
func (id *identity) Unwrap([]*age.Stanza) ([]byte, error) {
	id.fileKey, id.err = id.open()
	return id.fileKey, id.err
}

func (id *identity) open() ([]byte, error) {
	k, err := hpke.NewDHKEMPrivateKey(id.exchange)
	if err != nil {
		return nil, err
	}
	r, err := hpke.NewRecipient(id.stanza.enc[:], k, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(label))
	if id.exchange.err != nil {
		return nil, id.exchange.err
	}
	if err != nil {
		return nil, ErrDamaged // not a point of the curve; the token was not asked
	}
	fileKey, err := r.Open(nil, id.stanza.body[:])
	if err != nil {
		return nil, ErrDamaged
	}
	return fileKey, nil
}

func (id *identity) wipe() {
	clear(id.fileKey)
	clear(id.exchange.shared)
}

// exchanger is a token as crypto/hpke wants it. It keeps what the token returned, to clear it.
type exchanger struct {
	token  token.Token
	key    *ecdh.PublicKey
	shared []byte
	err    error
}

func (e *exchanger) Curve() ecdh.Curve          { return ecdh.P256() }
func (e *exchanger) PublicKey() *ecdh.PublicKey { return e.key }
func (e *exchanger) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	e.shared, e.err = e.token.ECDH(peer)
	return e.shared, e.err
}
