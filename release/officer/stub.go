package officer

import (
	"bytes"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// What stands in place of secret numbers that are not in the file, behind the public ones.
const (
	usageExternal = 252 // S2K usage octet of a key that a device holds (draft-dkg-openpgp-external-secrets)
	s2kGNU        = 101 // GnuPG's own S2K, behind usage octet and cipher: a hash, "GNU", and a mode
	gnuNone       = 1   // kept elsewhere, as an offline primary key is
	gnuCard       = 2   // on a card
)

// isPublic tells whether the data begin with a public key.
func isPublic(data []byte) bool {
	if len(data) == 0 {
		return false
	}
	tag, _, _, ok := readHeader(data)
	return ok && tag == tagPublicKey
}

// elsewhere tells where secret numbers are that a binary secret key says not to have: [ErrOnCard], [ErrSecretAway], or
// nil when it has them all, or is no secret key.
func elsewhere(data []byte) (err error) {
	packets, split := splitPackets(data)
	if split != nil {
		return nil
	}
	for _, p := range packets {
		if p.tag != tagSecretKey && p.tag != tagSecretSubkey {
			continue
		}
		switch stub(p.body) {
		case gnuCard, usageExternal:
			return ErrOnCard
		case gnuNone:
			err = ErrSecretAway
		}
	}
	return err
}

// stub returns what a secret key packet has in place of its secret numbers; 0 for the numbers themselves.
func stub(body []byte) byte {
	public, err := packet.Read(bytes.NewReader(rawPacket{tag: tagPublicKey, body: body}.canonical()))
	if err != nil {
		return 0
	}
	key, ok := public.(*packet.PublicKey)
	if !ok {
		return 0
	}
	var numbers bytes.Buffer
	if key.SerializeForHash(&numbers) != nil {
		return 0
	}
	head := 3 // of what is hashed: an octet and the length, of two octets in version 4 and of four in version 6
	if key.Version == 6 {
		head = 5
	}
	secret := body[min(len(body), numbers.Len()-head):]
	switch {
	case len(secret) > 0 && secret[0] == usageExternal:
		return usageExternal
	case len(secret) >= 8 && secret[2] == s2kGNU && string(secret[4:7]) == "GNU":
		return secret[7]
	}
	return 0
}

// unable tells why a key cannot sign at that time.
func (k *SecretKey) unable(now time.Time) error {
	if k.elsewhere != nil {
		return k.elsewhere
	}
	var public bytes.Buffer
	if err := k.entity.Serialize(&public); err != nil {
		return ErrNoSecret
	}
	o, err := ReadCertificate(public.Bytes())
	if err != nil {
		return err
	}
	if err := o.Standing(now).Err; err != nil {
		return err
	}
	return ErrNoSecret
}
