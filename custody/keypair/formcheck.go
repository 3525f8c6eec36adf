package keypair

import (
	"bytes"
	"encoding/hex"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// check is Check, or CheckForm, for the profiles that have a form.
func (f *form) check(public []byte, userID string, created time.Time, rehearsal, signatures bool) (string, error) {
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

// diagnose says in what way public departs from form and template, as diagnose does for the default profile.
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

// has tells whether a key is of the form's version, and of that algorithm and size.
func (f *form) has(k *packet.PublicKey, m material) bool {
	bits, _ := k.BitLength() // none of a key that has none
	r, isRSA := m.(rsaKey)
	return k.Version == int(f.version) && byte(k.PubKeyAlgo) == m.algorithm() &&
		(!isRSA || int(bits) == r.bits)
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
