package order

import (
	"bytes"
	"cmp"
	"crypto"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/encoding"
	"bailiff/custody/record"
)

const (
	maxCertificateFile = 256 << 10 // bytes as people export it
	maxCertificate     = 64 << 10  // bytes of what is kept of it

	armorStart       = "-----BEGIN "
	certificateArmor = "PGP PUBLIC KEY BLOCK"
	secretKeyArmor   = "PGP PRIVATE KEY BLOCK"
)

// The ways in which an officer's certificate can be refused.
var (
	ErrCertificate     = errors.New("certificate: damaged, or a signature in it cannot be verified; try gpg --export-options export-minimal")
	ErrCertificateSize = errors.New("certificate: too large; try gpg --export-options export-minimal")
	ErrSecretKey       = errors.New("certificate: it holds a secret key, which must not leave its owner")
	ErrSeveral         = errors.New("certificate: more than one in the file")
	ErrUserID          = errors.New("certificate: a user ID holds characters that hide or disguise text")
	ErrWeakCertificate = errors.New("certificate: it rests on SHA-1 or MD5 alone")
	ErrBackSignature   = errors.New("certificate: a signing subkey did not sign back that it belongs to the primary key")
	ErrNotCanonical    = errors.New("certificate: not in the canonical form in which rosters hold it")
	ErrArmor           = errors.New("certificate: damaged armor, or text around it")
)

// Officer is somebody who may sign orders.
type Officer struct {
	Fingerprint string // of the primary key
	Name        string // the first user ID; for people, "" in a roster that was parsed
	Certificate []byte // binary transferable public key, as ReadCertificate returns it
}

// ReadCertificate reads an officer's certificate, armored or binary, as `gpg --export` writes it,
// and returns it in one canonical form: the same packets in the same order behind the shortest
// headers of RFC 9580 §4.2.1, without other people's certifications, photographs and trust packets. All
// that is kept was verified, save for times: a certificate may be expired or revoked, which
// [Roster.Verify] judges.
func ReadCertificate(data []byte) (*Officer, error) {
	if len(data) > maxCertificateFile {
		return nil, ErrCertificateSize
	}
	if armored, found := encoding.Armored(data); found {
		if bytes.HasPrefix(armored, []byte(armorStart+secretKeyArmor)) {
			return nil, ErrSecretKey
		}
		var err error
		if data, err = dearmor(armored, certificateArmor); err != nil {
			return nil, err
		}
	} else if err := encoding.Binary(data); err != nil {
		return nil, err
	}
	packets, err := splitPackets(data)
	if err != nil {
		return nil, err
	}
	var c certificate
	for _, p := range packets {
		if err := c.add(p); err != nil {
			return nil, err
		}
	}
	return c.officer()
}

// dearmor takes off an armor that fills the whole file, as [encoding.Armored] returns it.
func dearmor(data []byte, kind string) ([]byte, error) {
	end := "-----END " + kind + "-----"
	if bytes.Count(data, []byte(armorStart)) != 1 || !bytes.HasPrefix(data, []byte(armorStart)) || !bytes.HasSuffix(bytes.TrimRight(data, "\r\n"), []byte(end)) {
		return nil, ErrArmor
	}
	block, err := armor.Decode(bytes.NewReader(data))
	if err != nil || block.Type != kind {
		return nil, ErrArmor
	}
	out, err := io.ReadAll(block.Body)
	if err != nil {
		return nil, ErrArmor
	}
	return out, nil
}

// certificate gathers what is kept while a certificate is read.
type certificate struct {
	kept    bytes.Buffer
	primary *packet.PublicKey
	name    string // the first user ID

	// What the signatures to come are about.
	about  int // packet type
	userID string
	subkey *packet.PublicKey
}

func (c *certificate) add(p rawPacket) error {
	switch {
	case p.tag == tagSecretKey || p.tag == tagSecretSubkey:
		return ErrSecretKey
	case p.tag == tagPublicKey && c.primary != nil:
		return ErrSeveral
	case p.tag != tagPublicKey && c.primary == nil:
		return ErrCertificate
	case p.tag == tagTrust:
		return nil
	case p.tag == tagUserAttr:
		c.about = p.tag
		return nil
	}
	decoded, err := p.decode()
	if err != nil {
		return errors.Join(ErrCertificate, err)
	}
	keep := true
	switch d := decoded.(type) {
	case *packet.PublicKey:
		c.about, c.subkey = p.tag, d
		if p.tag == tagPublicKey {
			c.primary = d
		}
	case *packet.UserId:
		c.about, c.userID = p.tag, d.Id
		if record.CheckText(d.Id) != nil {
			return ErrUserID
		}
		c.name = cmp.Or(c.name, d.Id)
	case *packet.Signature:
		keep, err = c.keepSignature(d)
	}
	if err == nil && keep {
		c.kept.Write(p.canonical())
	}
	return err
}

// keepSignature verifies a signature of the certificate's owner. Other people's certifications are
// not kept; any other signature that does not verify might be a revocation that a laxer reader
// honours, so it is an error.
func (c *certificate) keepSignature(s *packet.Signature) (keep bool, err error) {
	own := s.CheckKeyIdOrFingerprint(c.primary)
	switch {
	case c.about == tagUserAttr:
		return false, nil
	case c.about == tagPublicKey && s.SigType == packet.SigTypeKeyRevocation:
		err = c.primary.VerifyRevocationSignature(s)
	case c.about == tagPublicKey && s.SigType == packet.SigTypeDirectSignature && own:
		err = c.primary.VerifyDirectKeySignature(s)
	case c.about == tagUserID && isCertification(s.SigType) && own:
		err = c.primary.VerifyUserIdSignature(c.userID, c.primary, s)
	case c.about == tagPublicKey && s.SigType == packet.SigTypeDirectSignature,
		c.about == tagUserID && isCertification(s.SigType):
		return false, nil
	case c.about == tagPublicSubkey && s.SigType == packet.SigTypeSubkeyRevocation:
		err = c.primary.VerifySubkeyRevocationSignature(s, c.subkey)
	case c.about == tagPublicSubkey && s.SigType == packet.SigTypeSubkeyBinding:
		return true, c.checkBinding(s)
	default:
		return false, ErrCertificate
	}
	if err != nil {
		return false, errors.Join(ErrCertificate, err)
	}
	return true, nil
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
func (c *certificate) checkBinding(s *packet.Signature) error {
	if s.FlagSign && s.EmbeddedSignature == nil {
		return ErrBackSignature
	}
	if err := c.primary.VerifyKeySignature(c.subkey, s); err == nil {
		return nil
	}
	withoutBack := *s
	withoutBack.FlagSign = false
	if c.primary.VerifyKeySignature(c.subkey, &withoutBack) == nil {
		return ErrBackSignature
	}
	return ErrCertificate
}

// officer ends the reading.
func (c *certificate) officer() (*Officer, error) {
	if c.primary == nil {
		return nil, ErrCertificate
	}
	if c.kept.Len() > maxCertificate {
		return nil, ErrCertificateSize
	}
	o := &Officer{Fingerprint: hex.EncodeToString(c.primary.Fingerprint), Name: c.name, Certificate: c.kept.Bytes()}
	entity, err := o.entity()
	if err != nil {
		return nil, err
	}
	if _, err := entity.PrimarySelfSignature(time.Time{}, accepted()); err != nil {
		return nil, ErrWeakCertificate
	}
	return o, nil
}

// entity reads the certificate into the library's form. The library caches what it verified for
// one date, so each question about another date takes a fresh one.
func (o *Officer) entity() (*openpgp.Entity, error) {
	packets := packet.NewReader(bytes.NewReader(o.Certificate))
	e, err := openpgp.ReadEntity(packets)
	if err != nil {
		return nil, errors.Join(ErrCertificate, err)
	}
	if _, err := packets.Next(); err != io.EOF || hex.EncodeToString(e.PrimaryKey.Fingerprint) != o.Fingerprint {
		return nil, ErrCertificate
	}
	return e, nil
}

// accepted says which algorithms a certificate may rest on: SHA-2, RSA from 2048 bits, no DSA.
func accepted() *packet.Config {
	weak := map[crypto.Hash]bool{crypto.MD5: true, crypto.SHA1: true, crypto.RIPEMD160: true}
	off := false
	return &packet.Config{
		RejectHashAlgorithms: weak, RejectMessageHashAlgorithms: weak,
		MinRSABits: 2048, NonDeterministicSignaturesViaNotation: &off,
	}
}
