package seal

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"golang.org/x/crypto/chacha20poly1305"
)

// stanza is a p256tag stanza.
type stanza struct {
	tag  [tagSize]byte
	enc  [pointSize]byte // ephemeral point
	body [bodySize]byte  // the file key, sealed
}

const (
	intro     = "age-encryption.org/v1\n"
	macSize   = 32
	nonceSize = 16
	// overhead of the payload: the nonce and one Poly1305 tag. A share fits in age's first chunk.
	overhead = nonceSize + 16
)

// header is the header of a sealed share.
type header struct {
	stanzas []stanza
	text    int // bytes of plaintext
}

// b64 is age's base64: no padding, no other encoding of the last bits.
var b64 = base64.RawStdEncoding.Strict()

// parseHeader reads the header of a sealed share. It accepts less than age does: one to MaxTokens
// stanzas, all of type p256tag, every field of its only length, so that a header has one encoding. The
// MAC and the points are not checked here.
func parseHeader(file []byte) (*header, error) {
	if len(file) > MaxFile {
		return nil, ErrTooLarge
	}
	rest, ok := bytes.CutPrefix(file, []byte(intro))
	if !ok {
		return nil, ErrFile
	}
	h := new(header)
	for bytes.HasPrefix(rest, []byte("->")) {
		var s stanza
		if len(h.stanzas) == MaxTokens {
			return nil, ErrFile
		}
		if rest, ok = s.parse(rest); !ok {
			return nil, ErrFile
		}
		h.stanzas = append(h.stanzas, s)
	}
	var mac [macSize]byte
	if rest, ok = cutValue(rest, "--- ", mac[:], '\n'); !ok || len(h.stanzas) == 0 {
		return nil, ErrFile
	}
	if h.text = len(rest) - overhead; h.text < 1 {
		return nil, ErrFile
	}
	return h, nil
}

// parse reads one stanza off b.
func (s *stanza) parse(b []byte) (rest []byte, ok bool) {
	if b, ok = cutValue(b, "-> "+stanzaType+" ", s.tag[:], ' '); !ok {
		return nil, false
	}
	if b, ok = cutValue(b, "", s.enc[:], '\n'); !ok {
		return nil, false
	}
	return cutValue(b, "", s.body[:], '\n')
}

// cutValue takes prefix, the base64 of exactly len(into) bytes, and the byte end off b.
func cutValue(b []byte, prefix string, into []byte, end byte) (rest []byte, ok bool) {
	b, ok = bytes.CutPrefix(b, []byte(prefix))
	n := b64.EncodedLen(len(into))
	if !ok || len(b) <= n || b[n] != end || bytes.ContainsAny(b[:n], "\r\n") {
		return nil, false
	}
	if _, err := b64.Decode(into, b[:n]); err != nil {
		return nil, false
	}
	return b[n+1:], true
}

// find returns the stanza that the tag says is for key, nil when there is none.
func (h *header) find(key *ecdh.PublicKey) *stanza {
	t := target{hash: keyHash(key)}
	for i := range h.stanzas {
		if t.match(&h.stanzas[i]) {
			return &h.stanzas[i]
		}
	}
	return nil
}

// ForToken reports whether file is sealed to the token with that sealing key, as far as the tag can
// tell: a chance match is one in 2^32. It costs the token nothing. ErrFile and ErrTooLarge when the file
// is no sealed share.
func ForToken(file []byte, pub *ecdh.PublicKey) (bool, error) {
	h, err := parseHeader(file)
	if err != nil {
		return false, err
	}
	if pub == nil || pub.Curve() != ecdh.P256() {
		return false, ErrTokens
	}
	return h.find(pub) != nil, nil
}

// Check reports whether file has exactly one stanza for each of the tokens of r, in their order, as
// far as the tags can tell: ErrRecipients when not.
func (r *Recipient) Check(file []byte) error {
	h, err := parseHeader(file)
	if err != nil {
		return err
	}
	if len(h.stanzas) != len(r.targets) {
		return ErrRecipients
	}
	for i := range h.stanzas {
		if !r.targets[i].match(&h.stanzas[i]) {
			return ErrRecipients
		}
	}
	return nil
}

// assemble writes the age file (c2sp.org/age) of text, smaller than one of its chunks, under the
// file key and with those stanzas. filippo.io/age writes the same bytes, but takes 40 µs more for the
// five shares of a key (docs/performance.md).
func assemble(fileKey []byte, stanzas []stanza, text []byte) ([]byte, error) {
	out := append(make([]byte, 0, 512+len(text)+256*len(stanzas)), intro...)
	for i := range stanzas {
		out = stanzas[i].append(out)
	}
	out = append(out, "---"...)
	out, err := appendMAC(out, fileKey)
	if err != nil {
		return nil, err
	}
	out = append(out, make([]byte, nonceSize)...)
	nonce := out[len(out)-nonceSize:]
	rand.Read(nonce)
	return appendChunk(out, fileKey, nonce, text)
}

// append writes the stanza as parse reads it. Its body is shorter than one line of 64 columns.
func (s *stanza) append(b []byte) []byte {
	b = b64.AppendEncode(append(b, "-> "+stanzaType+" "...), s.tag[:])
	b = b64.AppendEncode(append(b, ' '), s.enc[:])
	b = b64.AppendEncode(append(b, '\n'), s.body[:])
	return append(b, '\n')
}

// appendMAC ends the header, of which everything up to its "---" stands in out.
func appendMAC(out, fileKey []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, fileKey, nil, "header", sha256.Size)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	mac := hmac.New(sha256.New, key)
	mac.Write(out)
	out = b64.AppendEncode(append(out, ' '), mac.Sum(nil))
	return append(out, '\n'), nil
}

// appendChunk appends text, sealed as the first and last chunk of a payload: its counter is 0 and
// its last octet 1.
func appendChunk(out, fileKey, nonce, text []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, fileKey, nonce, "payload", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	aead, err := chacha20poly1305.New(key)
	if err != nil {
		return nil, err
	}
	counter := [chacha20poly1305.NonceSize]byte{chacha20poly1305.NonceSize - 1: 1}
	return aead.Seal(out, counter[:], text, nil), nil
}
