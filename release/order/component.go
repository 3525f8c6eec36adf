package order

import (
	"bytes"
	"errors"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// keep keeps a component with some of its signatures.
func (c *certificate) keep(part component, signatures []rawPacket) {
	c.kept.Write(part.canonical())
	for _, s := range signatures {
		c.kept.Write(s.canonical())
	}
}

func (c *certificate) addPrimary(part component) error {
	decoded, err := part.decode()
	if err != nil {
		return errors.Join(ErrCertificate, err)
	}
	c.primary = decoded.(*packet.PublicKey)
	signatures, err := c.owners(part, func(s *packet.Signature) (bool, error) {
		switch s.SigType {
		case packet.SigTypeKeyRevocation:
			return true, c.primary.VerifyRevocationSignature(s)
		case packet.SigTypeDirectSignature:
			if s.CheckKeyIdOrFingerprint(c.primary) {
				return true, c.primary.VerifyDirectKeySignature(s)
			}
		}
		return false, nil
	})
	c.keep(part, signatures)
	return err
}

// addUserID keeps a user ID that can be shown.
func (c *certificate) addUserID(part component) error {
	if err := checkUserID(string(part.body)); err != nil {
		if c.unnamed == nil {
			c.unnamed = err
		}
		return nil
	}
	decoded, err := part.decode()
	if err != nil {
		return errors.Join(ErrCertificate, err)
	}
	id := decoded.(*packet.UserId).Id
	signatures, err := c.owners(part, func(s *packet.Signature) (bool, error) {
		if !isCertification(s.SigType) || !s.CheckKeyIdOrFingerprint(c.primary) {
			return false, nil
		}
		return true, c.primary.VerifyUserIdSignature(id, c.primary, s)
	})
	c.named = true
	c.keep(part, signatures)
	return err
}

// checkUserID tells whether a user ID can be shown to people as it is.
func checkUserID(id string) error {
	err := keyvalue.CheckText(id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyvalue.ErrUTF8):
		return fault.At(id, ErrUserIDEncoding)
	case errors.Is(err, keyvalue.ErrNFC):
		return fault.At(id, ErrUserIDParts)
	}
	return fault.At(id, ErrUserID)
}

// addSubkey keeps a subkey that can be read and that its owner bound.
func (c *certificate) addSubkey(part component) error {
	decoded, err := part.decode()
	if err != nil {
		return nil
	}
	subkey := decoded.(*packet.PublicKey)
	signatures, err := c.owners(part, func(s *packet.Signature) (bool, error) {
		switch s.SigType {
		case packet.SigTypeSubkeyRevocation:
			return true, c.primary.VerifySubkeyRevocationSignature(s, subkey)
		case packet.SigTypeSubkeyBinding:
			return true, c.checkBinding(s, subkey)
		}
		return false, nil
	})
	if len(signatures) > 0 || len(part.signatures) == 0 {
		c.keep(part, signatures)
	}
	return err
}

// owners returns the signatures of the certificate's owner over a component that is kept. wanted tells whether such a
// signature has a place there, and whether it verifies. One that says it is the owner's and does not verify, or cannot be
// read, is an error: it may be a revocation, or limit the key's life. Nobody else's is looked at.
func (c *certificate) owners(part component, wanted func(*packet.Signature) (bool, error)) (out []rawPacket, err error) {
	for _, p := range part.signatures {
		decoded, err := p.decode()
		if err != nil {
			if c.saysOwner(p) {
				return nil, errors.Join(ErrCertificate, err)
			}
			continue
		}
		s := decoded.(*packet.Signature)
		belongs, err := wanted(s)
		switch {
		case !belongs || err != nil && !s.CheckKeyIdOrFingerprint(c.primary):
		case errors.Is(err, ErrBackSignature):
			return nil, err
		case err != nil:
			return nil, errors.Join(ErrCertificate, err)
		default:
			out = append(out, p)
		}
	}
	return out, nil
}

// saysOwner tells whether a signature that cannot be read names the primary key as its maker.
func (c *certificate) saysOwner(p rawPacket) bool {
	_, hashed, unhashed, err := splitSignature(p.body)
	if err != nil {
		return false
	}
	signed, err := splitSubpackets(hashed)
	beside, err2 := splitSubpackets(unhashed)
	if err != nil || err2 != nil {
		return false
	}
	own := append([]byte{byte(c.primary.Version)}, c.primary.Fingerprint...)
	for _, s := range append(signed, beside...) {
		if s.kind == subFingerprint && bytes.Equal(s.body, own) || s.kind == subIssuerKeyID && bytes.Equal(s.body, keyIDOf(own)) {
			return true
		}
	}
	return false
}

// isCertification tells the types of signature that stand behind a user ID.
func isCertification(t packet.SignatureType) bool {
	switch t {
	case packet.SigTypeGenericCert, packet.SigTypePersonaCert, packet.SigTypeCasualCert,
		packet.SigTypePositiveCert, packet.SigTypeCertificationRevocation:
		return true
	}
	return false
}

// checkBinding verifies a subkey's binding, and the signature back when the subkey may sign (RFC
// 9580 §5.2.1.8 and §5.2.1.9).
func (c *certificate) checkBinding(s *packet.Signature, subkey *packet.PublicKey) error {
	if s.FlagSign && s.EmbeddedSignature == nil {
		return ErrBackSignature
	}
	if err := c.primary.VerifyKeySignature(subkey, s); err == nil {
		return nil
	}
	withoutBack := *s
	withoutBack.FlagSign = false
	if c.primary.VerifyKeySignature(subkey, &withoutBack) == nil {
		return ErrBackSignature
	}
	return ErrCertificate
}
