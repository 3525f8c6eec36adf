package keypair

import (
	"bytes"
	"encoding/hex"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// Check reports whether public is exactly a key of the profile with that user ID, creation time and mode, and
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

// diagnose says in what way public departs from form and template. It only explains: that it finds nothing
// wrong does not make a key acceptable.
func (f *form) diagnose(public []byte, t *template) error {
	all, ok := f.readPackets(public)
	if !ok {
		return ErrPackets
	}
	i := 0
	if f.version == 6 {
		i = 1
	}
	primary, subkey := all[0].(*packet.PublicKey), all[i+3].(*packet.PublicKey)
	userID := all[i+1].(*packet.UserId)
	signatures := []*packet.Signature{all[i+2].(*packet.Signature), all[i+4].(*packet.Signature)}
	cert, binding := signatures[0], signatures[1]
	bearer := cert // of the preferences
	if i == 1 {
		bearer = all[1].(*packet.Signature)
		signatures = append(signatures, bearer)
	}
	if !f.has(primary, f.primary) || !f.has(subkey, f.subkey) {
		return ErrAlgorithm
	}
	if err := t.diagnose(primary, subkey, userID, signatures); err != nil {
		return err
	}
	if flags(bearer) != packet.KeyFlagCertify|packet.KeyFlagSign ||
		flags(binding) != packet.KeyFlagEncryptCommunications|packet.KeyFlagEncryptStorage {
		return ErrUsage
	}
	if primary.VerifyUserIdSignature(userID.Id, primary, cert) != nil ||
		primary.VerifyKeySignature(subkey, binding) != nil ||
		i == 1 && primary.VerifyDirectKeySignature(bearer) != nil {
		return ErrSignature
	}
	return ErrEncoding
}

// diagnose finds what is wrong in what all the profiles share.
func (t *template) diagnose(primary, subkey *packet.PublicKey, userID *packet.UserId, signatures []*packet.Signature) error {
	created := []time.Time{primary.CreationTime, subkey.CreationTime}
	for _, s := range signatures {
		created = append(created, s.CreationTime)
	}
	for _, c := range created {
		if c.Unix() != int64(t.created) {
			return ErrCreated
		}
	}
	for _, s := range signatures {
		if marked(s) != t.rehearsal {
			return ErrMark
		}
	}
	if userID.Id != t.userID {
		return ErrUserID
	}
	for _, s := range signatures {
		if expires(s) {
			return ErrExpiry
		}
	}
	return nil
}

// has reports whether a key is of the form's version, and of that algorithm, curve and size.
func (f *form) has(k *packet.PublicKey, m material) bool {
	if k.Version != int(f.version) || byte(k.PubKeyAlgo) != m.algorithm() {
		return false
	}
	switch m := m.(type) {
	case rsaKey:
		bits, _ := k.BitLength() // none of a key that has none
		return int(bits) == m.bits
	case eddsaKey, ecdhKey:
		curve, _ := k.Curve()
		return curve == packet.Curve25519
	}
	return true
}

// readPackets reads exactly the form's packets with go-crypto.
func (f *form) readPackets(b []byte) (all []packet.Packet, ok bool) {
	kinds := []byte{'K', 'U', 'S', 'B', 'S'}
	if f.version == 6 {
		kinds = []byte{'K', 'S', 'U', 'S', 'B', 'S'}
	}
	r := bytes.NewReader(b)
	for r.Len() > 0 && len(all) <= len(kinds) {
		p, err := packet.Read(r)
		if err != nil {
			return nil, false
		}
		all = append(all, p)
	}
	if len(all) != len(kinds) {
		return nil, false
	}
	for i, p := range all {
		if kindOf(p) != kinds[i] {
			return nil, false
		}
	}
	return all, true
}

// kindOf names a packet by a letter: a key, a subkey, a user ID, a signature; 0 for any other.
func kindOf(p packet.Packet) byte {
	switch p := p.(type) {
	case *packet.PublicKey:
		if p.IsSubkey {
			return 'B'
		}
		return 'K'
	case *packet.UserId:
		return 'U'
	case *packet.Signature:
		return 'S'
	}
	return 0
}

func marked(s *packet.Signature) bool {
	return slices.ContainsFunc(s.Notations, func(n *packet.Notation) bool { return n.Name == RehearsalNotation })
}

func expires(s *packet.Signature) bool { return s.KeyLifetimeSecs != nil || s.SigLifetimeSecs != nil }

// flags packs the key flags again (RFC 9580 §5.2.3.29).
func flags(s *packet.Signature) (f int) {
	for i, set := range []bool{
		s.FlagCertify, s.FlagSign, s.FlagEncryptCommunications, s.FlagEncryptStorage,
		s.FlagSplitKey, s.FlagAuthenticate, false, s.FlagGroupKey,
	} {
		if set {
			f |= 1 << i
		}
	}
	return f
}
