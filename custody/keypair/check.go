package keypair

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	pgpecdh "github.com/ProtonMail/go-crypto/openpgp/ecdh"
)

// Check tells whether public is exactly a key of the profile with that user ID, creation time and mode, and
// returns its fingerprint (40 or 64 hexadecimal digits). Nothing may stand there that Generate does not write:
// no other packet, subpacket, flag, algorithm or encoding. All signatures must verify, which is nearly all
// that it costs: two verifications, three in version 6.
func Check(p Profile, public []byte, userID string, created time.Time, rehearsal bool) (string, error) {
	if f := p.form(); f != nil {
		return f.check(public, userID, created, rehearsal, true)
	}
	key, err := checkForm(p, public, userID, created, rehearsal)
	if err != nil {
		return "", err
	}
	if !key.cert.verify(key.primary) || !key.binding.verify(key.primary) {
		return "", ErrSignature
	}
	return hex.EncodeToString(key.fingerprint), nil
}

// CheckForm is Check without the verification of the signatures, which are nearly all of its cost.
func CheckForm(p Profile, public []byte, userID string, created time.Time, rehearsal bool) (string, error) {
	if f := p.form(); f != nil {
		return f.check(public, userID, created, rehearsal, false)
	}
	key, err := checkForm(p, public, userID, created, rehearsal)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(key.fingerprint), nil
}

func checkForm(p Profile, public []byte, userID string, created time.Time, rehearsal bool) (*publicKey, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	t, err := newTemplate(userID, created, rehearsal)
	if err != nil {
		return nil, err
	}
	key, ok := t.parse(public)
	if !ok {
		return nil, diagnose(public, t)
	}
	return &key, nil
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

// publicKey is what is left of a public key when the template is taken off.
type publicKey struct {
	primary       []byte // point
	fingerprint   []byte
	cert, binding signature
}

type signature struct {
	digest [64]byte
	value  [ed25519.SignatureSize]byte
}

func (s *signature) verify(point []byte) bool { return ed25519.Verify(point, s.digest[:], s.value[:]) }

// parse reads the one encoding that the template allows.
func (t *template) parse(public []byte) (key publicKey, ok bool) {
	c := cursor{b: public}
	primary, point, ok1 := t.parseKey(&c, tagPublicKey, primaryParams, nil)
	c.expect(tagUserID, byte(len(t.userID)))
	c.expect([]byte(t.userID)...)
	key.primary, key.fingerprint = point, fingerprintOf(primary)

	bound := binary.BigEndian.AppendUint32([]byte{0xb4}, uint32(len(t.userID)))
	bound = append(bound, t.userID...)
	ok2 := key.cert.parse(&c, primary, bound, t.hashedCert(key.fingerprint))

	subkey, _, ok3 := t.parseKey(&c, tagPublicSubkey, subkeyParams, subkeyKDF)
	ok4 := key.binding.parse(&c, primary, appendHashedKey(nil, subkey), t.hashedBinding(key.fingerprint))
	return key, ok1 && ok2 && ok3 && ok4 && c.done()
}

// parseKey reads a key packet and returns its body and point.
func (t *template) parseKey(c *cursor, tag byte, params, tail []byte) (body, point []byte, ok bool) {
	in := c.packet(tag)
	body = in.b
	in.expect(t.keyHead(params)...)
	point = in.take(pointSize)
	in.expect(tail...)
	return body, point, in.done()
}

// parse reads a signature packet whose hashed part must be hashed, with an empty unhashed area.
func (s *signature) parse(c *cursor, primary, bound, hashed []byte) bool {
	s.digest = digest(primary, bound, hashed)
	in := c.packet(tagSignature)
	in.expect(hashed...)
	in.expect(0, 0)
	in.expect(s.digest[:2]...)
	in.number(s.value[:32]) // R and S, each written as a number (RFC 9580 §5.2.3.3)
	in.number(s.value[32:])
	return in.done()
}

// diagnose says in what way public departs from the template. It only explains: that it finds nothing
// wrong does not make a key acceptable.
func diagnose(public []byte, t *template) error {
	primary, userID, cert, subkey, binding, ok := readPackets(public)
	if !ok {
		return ErrPackets
	}
	_, signs := primary.PublicKey.(*eddsa.PublicKey)
	_, encrypts := subkey.PublicKey.(*pgpecdh.PublicKey)
	if !signs || !encrypts || !curve25519(primary) || !curve25519(subkey) {
		return ErrAlgorithm
	}
	for _, created := range []time.Time{
		primary.CreationTime, subkey.CreationTime, cert.CreationTime, binding.CreationTime,
	} {
		if created.Unix() != int64(t.created) {
			return ErrCreated
		}
	}
	if marked(cert) != t.rehearsal || marked(binding) != t.rehearsal {
		return ErrMark
	}
	if userID.Id != t.userID {
		return ErrUserID
	}
	if expires(cert) || expires(binding) {
		return ErrExpiry
	}
	if flags(cert) != packet.KeyFlagCertify|packet.KeyFlagSign ||
		flags(binding) != packet.KeyFlagEncryptCommunications|packet.KeyFlagEncryptStorage {
		return ErrUsage
	}
	if primary.VerifyUserIdSignature(userID.Id, primary, cert) != nil || primary.VerifyKeySignature(subkey, binding) != nil {
		return ErrSignature
	}
	return ErrEncoding
}

// readPackets reads exactly the five packets with go-crypto.
func readPackets(b []byte) (
	primary *packet.PublicKey, userID *packet.UserId, cert *packet.Signature,
	subkey *packet.PublicKey, binding *packet.Signature, ok bool,
) {
	r := bytes.NewReader(b)
	var all []packet.Packet
	for r.Len() > 0 && len(all) <= 5 {
		p, err := packet.Read(r)
		if err != nil {
			return nil, nil, nil, nil, nil, false
		}
		all = append(all, p)
	}
	if len(all) != 5 {
		return nil, nil, nil, nil, nil, false
	}
	var is [5]bool
	primary, is[0] = all[0].(*packet.PublicKey)
	userID, is[1] = all[1].(*packet.UserId)
	cert, is[2] = all[2].(*packet.Signature)
	subkey, is[3] = all[3].(*packet.PublicKey)
	binding, is[4] = all[4].(*packet.Signature)
	ok = is == [5]bool{true, true, true, true, true} && !primary.IsSubkey && subkey.IsSubkey
	return primary, userID, cert, subkey, binding, ok
}

func curve25519(k *packet.PublicKey) bool {
	curve, _ := k.Curve() // none of a key that has none
	return curve == packet.Curve25519
}

func marked(s *packet.Signature) bool {
	for _, n := range s.Notations {
		if n.Name == RehearsalNotation {
			return true
		}
	}
	return false
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
