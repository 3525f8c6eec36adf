package virtual

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/subtle"
	"io"
)

// management is the management key, in the slot 9b.
type management struct {
	Algorithm algorithm
	Key       []byte
	Touch     byte
}

func (m management) cipher() (cipher.Block, error) {
	size := map[algorithm]int{tripleDES: 24, aes128: 16, aes192: 24, aes256: 32}[m.Algorithm]
	switch {
	case size == 0 || size != len(m.Key):
		return nil, errKey
	case m.Algorithm == tripleDES:
		return des.NewTripleDESCipher(m.Key)
	default:
		return aes.NewCipher(m.Key)
	}
}

// manage is GENERAL AUTHENTICATE with the management key (SP 800-73-4 part 2, appendix A.1): the
// card asks with a challenge, or both do, with a witness and a challenge.
func (c *Card) manage(ctx context.Context, cmd command, asked []tlv) ([]byte, status) {
	block, err := c.state.Management.cipher()
	if err != nil || algorithm(cmd.p1) != c.state.Management.Algorithm {
		return nil, wrongBody
	}
	s := &c.session
	challenge, witness := s.challenge, s.witness
	s.challenge, s.witness = nil, nil
	first := asked[0]
	switch {
	case first.tag == 0x81 && len(first.value) == 0:
		return c.ask(block, 0x81, &s.challenge)
	case first.tag == 0x80 && len(first.value) == 0:
		return c.ask(block, 0x80, &s.witness)
	case first.tag == 0x82 && challenge != nil:
		want := make([]byte, len(challenge))
		block.Encrypt(want, challenge)
		return nil, c.admit(ctx, first.value, want)
	case first.tag == 0x80 && witness != nil:
		theirs, given := value(asked, 0x81)
		if !given || len(theirs) != block.BlockSize() {
			return nil, wrongBody
		}
		if st := c.admit(ctx, first.value, witness); st != ok {
			return nil, st
		}
		answer := make([]byte, len(theirs))
		block.Encrypt(answer, theirs)
		return object(0x7c, object(0x82, answer)), ok
	}
	return nil, wrongBody
}

// ask draws a challenge, which goes out as it is, or a witness, which goes out encrypted.
func (c *Card) ask(block cipher.Block, tag uint16, kept *[]byte) ([]byte, status) {
	drawn := make([]byte, block.BlockSize())
	if _, err := io.ReadFull(c.random, drawn); err != nil {
		return nil, notSatisfied
	}
	*kept = bytes.Clone(drawn)
	if tag == 0x80 {
		block.Encrypt(drawn, drawn)
	}
	return object(0x7c, object(tag, drawn)), ok
}

// admit lets in whoever gave the right answer, after the touch that the key may ask for.
func (c *Card) admit(ctx context.Context, given, want []byte) status {
	c.session.managed = false
	if subtle.ConstantTimeCompare(given, want) != 1 {
		return notAuthorised
	}
	if !c.touchedFor(ctx, c.state.Management.Touch, slotManagement) {
		return notAuthorised
	}
	c.session.managed = true
	return ok
}

// setManagement sets the management key (Yubico): P2 is FF, or FE with touch, FD with a cached touch.
func (c *Card) setManagement(cmd command) status {
	switch {
	case !c.session.managed:
		return notAuthorised
	case cmd.p1 != 0xff || cmd.p2 < 0xfd:
		return wrongParameters
	case len(cmd.body) < 3 || cmd.body[1] != slotManagement || int(cmd.body[2]) != len(cmd.body)-3:
		return wrongBody
	}
	next := management{Algorithm: algorithm(cmd.body[0]), Key: bytes.Clone(cmd.body[3:]), Touch: -cmd.p2}
	if _, err := next.cipher(); err != nil || next.Algorithm != tripleDES && !c.state.Firmware.hasAES() {
		return wrongBody
	}
	c.state.Management = next
	return ok
}
