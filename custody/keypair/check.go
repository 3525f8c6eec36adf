package keypair

import (
	"encoding/hex"
	"time"
)

// Check tells whether public is exactly a key of the profile with that user ID, creation time and mode, and
// returns its fingerprint (40 or 64 hexadecimal digits). Nothing may stand there that Generate does not write:
// no other packet, subpacket, flag, algorithm or encoding. All signatures must verify, which is nearly all
// that it costs: two verifications, three in version 6.
func Check(p Profile, public []byte, userID string, created time.Time, rehearsal bool) (string, error) {
	return check(p, public, userID, created, rehearsal, true)
}

// CheckForm is Check without the verification of the signatures, which are nearly all of its cost.
func CheckForm(p Profile, public []byte, userID string, created time.Time, rehearsal bool) (string, error) {
	return check(p, public, userID, created, rehearsal, false)
}

func check(p Profile, public []byte, userID string, created time.Time, rehearsal, signatures bool) (string, error) {
	f := p.form()
	if f == nil {
		return "", ErrProfile
	}
	t, err := newTemplate(userID, created, rehearsal)
	if err != nil {
		return "", err
	}
	key, ok := f.parse(t, public)
	if !ok {
		return "", f.diagnose(public, t)
	}
	if signatures && !f.verify(&key) {
		return "", ErrSignature
	}
	return hex.EncodeToString(key.fingerprint), nil
}

// template is what determines a public key, beside the form of its profile, its numbers and its signatures.
type template struct {
	created   uint32 // Unix time
	userID    string
	rehearsal bool
}

func newTemplate(userID string, created time.Time, rehearsal bool) (*template, error) {
	if _, err := SplitUserID(userID, rehearsal); err != nil {
		return nil, err
	}
	seconds, err := UnixTime(created)
	if err != nil {
		return nil, err
	}
	return &template{seconds, userID, rehearsal}, nil
}
