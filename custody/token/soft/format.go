package soft

import (
	"crypto/ecdh"
	"encoding/base64"
	"strconv"
	"strings"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
	"bailiff/custody/token/heads"
)

const tokenFormat = "bailiff-soft-token/1"

// The age file is one scrypt stanza of 2^16 rounds around 64 bytes, so its length and the
// beginning of its header are known (c2sp.org/age).
const (
	workFactor = 16 // log2 of the rounds

	ageBegin  = "age-encryption.org/v1\n-> scrypt "
	saltChars = 22 // 16 bytes in base64 without padding
	ageWork   = " 16\n"
	ageSize   = len(ageBegin) + saltChars + len(ageWork) +
		43 + 1 + // the wrapped file key and LF
		4 + 43 + 1 + // "--- ", the header's MAC and LF
		16 + 64 + 16 // nonce, plaintext, tag
)

// contents is what a token file holds.
type contents struct {
	serial  string
	sealing *ecdh.PublicKey
	signing token.SigningKey
	secrets []byte // the age file
}

func parseContents(data []byte) (*contents, error) {
	r, err := keyvalue.Parse(tokenFormat, data)
	if err != nil {
		return nil, err
	}
	c := new(contents)
	mode := r.One("mode")
	c.serial = r.Checked("serial", checkSerial)
	sealing, signing, secrets := r.One("sealing"), r.One("signing"), r.One("secrets")
	if err := r.Close(); err != nil {
		return nil, err
	}
	if mode != keyvalue.Rehearsal {
		return nil, fault.At("mode", token.ErrMode)
	}
	if c.sealing, err = token.ParseSealingKey(sealing); err != nil {
		return nil, fault.At("sealing", err)
	}
	if c.signing, err = token.ParseSigningKey(signing); err != nil {
		return nil, fault.At("signing", err)
	}
	if err := token.CheckKeys(token.KindSoft, c.sealing, c.signing); err != nil {
		return nil, err
	}
	if c.secrets, err = parseSecrets(secrets); err != nil {
		return nil, fault.At("secrets", err)
	}
	return c, nil
}

// parseSecrets refuses what cannot be an age file of ours before anybody's PIN is tried on it, and
// above all a work factor that would take a day.
func parseSecrets(s string) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != ageSize {
		return nil, keyvalue.ErrValue
	}
	header := string(b[:len(ageBegin)+saltChars+len(ageWork)])
	if !strings.HasPrefix(header, ageBegin) || !strings.HasSuffix(header, ageWork) {
		return nil, keyvalue.ErrValue
	}
	return b, nil
}

func (c *contents) format() ([]byte, error) {
	return keyvalue.Format(tokenFormat, []keyvalue.Field{
		{Key: "mode", Value: keyvalue.Rehearsal},
		{Key: "serial", Value: c.serial},
		{Key: "sealing", Value: token.FormatSealingKey(c.sealing)},
		{Key: "signing", Value: c.signing.String()},
		{Key: "secrets", Value: base64.StdEncoding.EncodeToString(c.secrets)},
	})
}

func checkSerial(s string) error { return token.CheckSerial(token.KindSoft, s) }

const stateFormat = "bailiff-soft-state/1"

// state is what a state file holds.
type state struct {
	serial string
	tries  int
	heads  heads.List
}

// freshState is the state of a token that was never used.
func freshState(serial string) state { return state{serial: serial, tries: maxTries} }

// unused reports whether the state is as [freshState] made it.
func (s state) unused() bool { return s.tries == maxTries && len(s.heads) == 0 }

func parseState(data []byte) (state, error) {
	r, err := keyvalue.Parse(stateFormat, data)
	if err != nil {
		return state{}, err
	}
	s := state{serial: r.Checked("serial", checkSerial), tries: r.Int("tries", maxTries)}
	s.heads = heads.Read(r)
	if err := r.Close(); err != nil {
		return state{}, err
	}
	return s, nil
}

func (s state) format() ([]byte, error) {
	fields := keyvalue.Fields("serial", s.serial, "tries", strconv.Itoa(s.tries))
	return keyvalue.Format(stateFormat, append(fields, s.heads.Fields()...))
}

func readState(d *durable.Disk, path string) (state, error) {
	data, err := read(d, path)
	if err != nil {
		return state{}, err
	}
	s, err := parseState(data)
	if err != nil {
		return state{}, fault.At(path, damaged(err))
	}
	return s, nil
}
