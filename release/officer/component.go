package officer

import (
	"bytes"
	"errors"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// keep keeps a component with some of its signatures.
func (r *reader) keep(part component, signatures []rawPacket) {
	r.kept.Write(part.canonical())
	for _, s := range signatures {
		r.kept.Write(s.canonical())
	}
}

func (r *reader) addPrimary(part component) error {
	decoded, err := part.decode()
	if err != nil {
		return errors.Join(ErrCertificate, err)
	}
	r.primary = decoded.(*packet.PublicKey)
	signatures, err := r.owners(part, func(s *packet.Signature) (bool, error) {
		switch s.SigType {
		case packet.SigTypeKeyRevocation:
			return true, r.primary.VerifyRevocationSignature(s)
		case packet.SigTypeDirectSignature:
			if s.CheckKeyIdOrFingerprint(r.primary) {
				return true, r.primary.VerifyDirectKeySignature(s)
			}
		}
		return false, nil
	})
	r.keep(part, signatures)
	return err
}

// addUserID keeps a user ID that can be shown.
func (r *reader) addUserID(part component) error {
	if err := checkUserID(string(part.body)); err != nil {
		if r.unnamed == nil {
			r.unnamed = err
		}
		return nil
	}
	decoded, err := part.decode()
	if err != nil {
		return errors.Join(ErrCertificate, err)
	}
	id := decoded.(*packet.UserId).Id
	signatures, err := r.owners(part, func(s *packet.Signature) (bool, error) {
		if !isCertification(s.SigType) || !s.CheckKeyIdOrFingerprint(r.primary) {
			return false, nil
		}
		return true, r.primary.VerifyUserIdSignature(id, r.primary, s)
	})
	r.named = true
	r.keep(part, signatures)
	return err
}

// checkUserID reports why a user ID cannot be shown to people as it is.
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
func (r *reader) addSubkey(part component) error {
	decoded, err := part.decode()
	if err != nil {
		return nil
	}
	subkey := decoded.(*packet.PublicKey)
	signatures, err := r.owners(part, func(s *packet.Signature) (bool, error) {
		switch s.SigType {
		case packet.SigTypeSubkeyRevocation:
			return true, r.primary.VerifySubkeyRevocationSignature(s, subkey)
		case packet.SigTypeSubkeyBinding:
			return true, r.checkBinding(s, subkey)
		}
		return false, nil
	})
	if len(signatures) > 0 || len(part.signatures) == 0 {
		r.keep(part, signatures)
	}
	return err
}

// owners returns the signatures of the certificate's owner over a component that is kept. wanted reports whether such a
// signature has a place there, and whether it verifies. One that says it is the owner's and does not verify, or cannot be
// read, is an error: it may be a revocation, or limit the key's life. Nobody else's is looked at.
func (r *reader) owners(part component, wanted func(*packet.Signature) (bool, error)) (out []rawPacket, err error) {
	for _, p := range part.signatures {
		decoded, err := p.decode()
		if err != nil {
			if r.saysOwner(p) {
				return nil, errors.Join(ErrCertificate, err)
			}
			continue
		}
		s := decoded.(*packet.Signature)
		belongs, err := wanted(s)
		switch {
		case !belongs || err != nil && !s.CheckKeyIdOrFingerprint(r.primary):
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

// saysOwner reports whether a signature that cannot be read names the primary key as its maker.
func (r *reader) saysOwner(p rawPacket) bool {
	_, hashed, unhashed, err := splitSignature(p.body)
	if err != nil {
		return false
	}
	signed, err := splitSubpackets(hashed)
	beside, err2 := splitSubpackets(unhashed)
	if err != nil || err2 != nil {
		return false
	}
	own := append([]byte{byte(r.primary.Version)}, r.primary.Fingerprint...)
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
func (r *reader) checkBinding(s *packet.Signature, subkey *packet.PublicKey) error {
	if s.FlagSign && s.EmbeddedSignature == nil {
		return ErrBackSignature
	}
	if err := r.primary.VerifyKeySignature(subkey, s); err == nil {
		return nil
	}
	withoutBack := *s
	withoutBack.FlagSign = false
	if r.primary.VerifyKeySignature(subkey, &withoutBack) == nil {
		return ErrBackSignature
	}
	return ErrCertificate
}
