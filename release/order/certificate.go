package order

import (
	"bytes"
	"crypto"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/encoding"
)

const (
	maxCertificateFile = 256 << 10 // bytes as people export it
	maxCertificate     = 64 << 10  // bytes of what is kept of it

	armorStart       = "-----BEGIN "
	certificateArmor = "PGP PUBLIC KEY BLOCK"
	secretKeyArmor   = "PGP PRIVATE KEY BLOCK"
)

// The ways in which an officer's certificate can be refused, each of which somebody mends in another way. The error that
// wraps one of the last three names the user ID.
var (
	ErrCertificate     = errors.New("certificate: damaged; a signature of its owner cannot be verified")
	ErrNoCertificate   = errors.New("certificate: none in the file, but something else of OpenPGP or nothing")
	ErrCertificateSize = errors.New("certificate: too large; try gpg --export-options export-minimal")
	ErrSecretKey       = errors.New("certificate: it holds a secret key, which must not leave its owner")
	ErrSeveral         = errors.New("certificate: more than one in the file")
	ErrWeakCertificate = errors.New("certificate: it rests on SHA-1 or MD5 alone")
	ErrDemand          = errors.New("certificate: its owner's signature demands something that is not known here")
	ErrBackSignature   = errors.New("certificate: a signing subkey did not sign back that it belongs to the primary key")
	ErrArmor           = errors.New("certificate: damaged armor, or text around it")
	ErrNotCanonical    = errors.New("certificate: not in the canonical form in which rosters hold it")
	ErrNameless        = errors.New("certificate: no user ID")
	ErrUserID          = errors.New("certificate: its only user ID holds characters that hide or disguise text, or blanks at its ends")
	ErrUserIDEncoding  = errors.New("certificate: its only user ID is not UTF-8, as old programs wrote them")
	ErrUserIDParts     = errors.New("certificate: its only user ID has accents written in parts, not in normalization form C")
)

// Officer is somebody who may sign orders.
type Officer struct {
	Fingerprint string // of the primary key
	Certificate []byte // binary transferable public key, as ReadCertificate returns it
}

// ReadCertificate reads an officer's certificate, armored or binary, as `gpg --export` writes it,
// and returns it in one canonical form: the packets that are kept, in the same order behind the shortest
// headers of RFC 9580 §4.2.1. All that is kept was verified, save for times: a certificate may be expired or revoked, which
// [Roster.Verify] judges, and [Officer.Standing] before.
//
// What no order will ever rest on is left out without being judged, so that nothing in it can make the whole fail: other
// people's certifications, photographs and other attributes, trust, marker and padding packets, packets of types
// unknown, subkeys that this version cannot read or that the owner did not bind, a key of an unknown kind behind the
// first with all that belongs to it, and user IDs whose text cannot be shown, as long as another can
// (docs/decisions/0036-certificates.md).
func ReadCertificate(data []byte) (*Officer, error) {
	if len(data) > maxCertificateFile {
		return nil, ErrCertificateSize
	}
	if armored, found := encoding.Armored(data); found {
		switch {
		case bytes.HasPrefix(armored, []byte(armorStart+secretKeyArmor)):
			return nil, ErrSecretKey
		case isArmor(armored) && !bytes.HasPrefix(armored, []byte(armorStart+certificateArmor)):
			return nil, ErrNoCertificate
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
	for _, part := range components(packets) {
		if err := c.add(part); err != nil {
			return nil, err
		}
	}
	return c.officer()
}

// isArmor tells whether OpenPGP armor of any kind begins here.
func isArmor(data []byte) bool { return bytes.HasPrefix(data, []byte(armorStart+"PGP ")) }

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

// component is a key, a user ID or something else, and the signatures that follow it.
type component struct {
	rawPacket
	signatures []rawPacket
}

// components parts a certificate. What carries no meaning outside its owner's own keyring is left out.
func components(packets []rawPacket) (out []component) {
	for _, p := range packets {
		switch {
		case p.tag == tagTrust, p.tag == tagMarker, p.tag == tagPadding:
		case p.tag == tagSignature && len(out) > 0:
			last := &out[len(out)-1]
			last.signatures = append(last.signatures, p)
		default:
			out = append(out, component{rawPacket: p})
		}
	}
	return out
}

// certificate gathers what is kept while a certificate is read.
type certificate struct {
	kept    bytes.Buffer
	primary *packet.PublicKey
	named   bool  // a user ID was kept
	unnamed error // why the first that was not was not
	behind  bool  // another key than the first has begun
}

func (c *certificate) add(part component) error {
	switch {
	case part.tag == tagSecretKey || part.tag == tagSecretSubkey:
		return ErrSecretKey
	case part.tag == tagPublicKey && c.primary != nil:
		_, err := part.decode()
		if err == nil {
			return ErrSeveral
		}
		c.behind = true
	case part.tag == tagPublicKey:
		return c.addPrimary(part)
	case c.primary == nil:
		return ErrNoCertificate
	case c.behind:
	case part.tag == tagUserID:
		return c.addUserID(part)
	case part.tag == tagPublicSubkey:
		return c.addSubkey(part)
	}
	return nil
}

// officer ends the reading.
func (c *certificate) officer() (*Officer, error) {
	switch {
	case c.primary == nil:
		return nil, ErrNoCertificate
	case !c.named && c.unnamed != nil:
		return nil, c.unnamed
	case !c.named && c.primary.Version < 6:
		return nil, ErrNameless
	}
	if c.kept.Len() > maxCertificate {
		return nil, ErrCertificateSize
	}
	o := &Officer{Fingerprint: hex.EncodeToString(c.primary.Fingerprint), Certificate: c.kept.Bytes()}
	entity, err := o.entity()
	if err != nil {
		return nil, err
	}
	if _, err := entity.PrimarySelfSignature(time.Time{}, accepted()); err != nil && unsigned(entity, time.Time{}) != ErrNoUserID {
		return nil, unfounded(entity)
	}
	return o, nil
}

// unfounded tells why no signature of its owner carries a certificate: all of them rest on a broken hash, or one demands
// what is not known here.
func unfounded(e *openpgp.Entity) error {
	own := slices.Clone(e.DirectSignatures)
	for _, id := range e.Identities {
		own = append(own, id.SelfCertifications...)
	}
	for _, s := range own {
		if !accepted().RejectHashAlgorithm(s.Packet.Hash) {
			return ErrDemand
		}
	}
	return ErrWeakCertificate
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
