// Package officer reads and judges what officers sign orders with: their certificates, the roster that a policy has of
// them, their signatures, and their own keys.
//
// A certificate is a binary transferable public key of OpenPGP in one canonical form ([ReadCertificate]). A roster,
// officers.pgp, is the certificates in the order of their fingerprints, concatenated ([ParseRoster]). order.sig is detached
// signatures over order.txt, concatenated ([Roster.Verify]). Stock tools verify all three:
//
//	sqv --keyring officers.pgp -n 2 order.sig order.txt
//
// See docs/formats.md, "Order".
//
// If this package is wrong, an attacker has the bailiffs open a living member's key: with one officer's signature counted
// twice, with that of somebody who is no officer any more, or with one over another text. So every signature in the file
// must count, each byte of the file is accounted for, and nothing is skipped because it is unknown.
package officer

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
	ErrCertificate     = errors.New("officer: certificate damaged; a signature of its owner cannot be verified")
	ErrNoCertificate   = errors.New("officer: no certificate in the file, but something else of OpenPGP or nothing")
	ErrCertificateSize = errors.New("officer: certificate too large; try gpg --export-options export-minimal")
	ErrSecretKey       = errors.New("officer: certificate with a secret key, which must not leave its owner")
	ErrSeveral         = errors.New("officer: more than one certificate in the file")
	ErrWeakCertificate = errors.New("officer: certificate that rests on SHA-1 or MD5 alone")
	ErrDemand          = errors.New("officer: the owner's signature in the certificate demands something that is not known here")
	ErrBackSignature   = errors.New("officer: a signing subkey did not sign back that it belongs to the primary key")
	ErrArmor           = errors.New("officer: damaged armor, or text around it")
	ErrNotCanonical    = errors.New("officer: certificate not in the canonical form in which rosters hold it")
	ErrNameless        = errors.New("officer: certificate without a user ID")
	ErrUserID          = errors.New("officer: the certificate's only user ID holds characters that hide or disguise text, or blanks at its ends")
	ErrUserIDEncoding  = errors.New("officer: the certificate's only user ID is not UTF-8, as old programs wrote them")
	ErrUserIDParts     = errors.New("officer: the certificate's only user ID has accents written in parts, not in normalization form C")
)

// Certificate is the public key of somebody who may sign orders.
type Certificate struct {
	Fingerprint string // of the primary key
	Binary      []byte // transferable public key, as ReadCertificate returns it
}

// ReadCertificate reads an officer's certificate, armored or binary, as `gpg --export` writes it,
// and returns it in one canonical form: the packets that are kept, in the same order behind the shortest
// headers of RFC 9580 §4.2.1. All that is kept was verified, save for times: a certificate may be expired or revoked, which
// [Roster.Verify] judges, and [Certificate.Standing] before.
//
// What no order will ever rest on is left out without being judged, so that nothing in it can make the whole fail: other
// people's certifications, photographs and other attributes, trust, marker and padding packets, packets of types
// unknown, subkeys that this version cannot read or that the owner did not bind, a key of an unknown kind behind the
// first with all that belongs to it, and user IDs whose text cannot be shown, as long as another can
// (docs/decisions/0036-certificates.md).
func ReadCertificate(data []byte) (*Certificate, error) {
	if len(data) > maxCertificateFile {
		return nil, ErrCertificateSize
	}
	if armored, found := encoding.Armored(data); found {
		switch {
		case bytes.HasPrefix(armored, []byte(armorStart+secretKeyArmor)):
			return nil, ErrSecretKey
		case bytes.HasPrefix(armored, []byte(armorStart+"PGP ")) && !bytes.HasPrefix(armored, []byte(armorStart+certificateArmor)):
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
	var r reader
	for _, part := range components(packets) {
		if err := r.add(part); err != nil {
			return nil, err
		}
	}
	return r.certificate()
}

// dearmor removes an armor that fills the whole file, as [encoding.Armored] returns it.
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

// reader gathers what is kept of a certificate.
type reader struct {
	kept    bytes.Buffer
	primary *packet.PublicKey
	named   bool  // a user ID was kept
	unnamed error // why the first that was not was not
	behind  bool  // another key than the first has begun
}

func (r *reader) add(part component) error {
	switch {
	case part.tag == tagSecretKey || part.tag == tagSecretSubkey:
		return ErrSecretKey
	case part.tag == tagPublicKey && r.primary != nil:
		_, err := part.decode()
		if err == nil {
			return ErrSeveral
		}
		r.behind = true
	case part.tag == tagPublicKey:
		return r.addPrimary(part)
	case r.primary == nil:
		return ErrNoCertificate
	case r.behind:
	case part.tag == tagUserID:
		return r.addUserID(part)
	case part.tag == tagPublicSubkey:
		return r.addSubkey(part)
	}
	return nil
}

// certificate ends the reading.
func (r *reader) certificate() (*Certificate, error) {
	switch {
	case r.primary == nil:
		return nil, ErrNoCertificate
	case !r.named && r.unnamed != nil:
		return nil, r.unnamed
	case !r.named && r.primary.Version < 6:
		return nil, ErrNameless
	}
	if r.kept.Len() > maxCertificate {
		return nil, ErrCertificateSize
	}
	c := &Certificate{Fingerprint: hex.EncodeToString(r.primary.Fingerprint), Binary: r.kept.Bytes()}
	entity, err := c.entity()
	if err != nil {
		return nil, err
	}
	if _, err := entity.PrimarySelfSignature(time.Time{}, accepted()); err != nil && unsigned(entity, time.Time{}) != ErrNoUserID {
		return nil, unfounded(entity)
	}
	return c, nil
}

// unfounded reports why no signature of its owner carries a certificate: all of them rest on a broken hash, or one demands
// what is not known here.
func unfounded(e *openpgp.Entity) error {
	for _, s := range ownSignatures(e) {
		if !accepted().RejectHashAlgorithm(s.Packet.Hash) {
			return ErrDemand
		}
	}
	return ErrWeakCertificate
}

// ownSignatures are those of the owner over the primary key and the user IDs, in force or not.
func ownSignatures(e *openpgp.Entity) []*packet.VerifiableSignature {
	own := slices.Clone(e.DirectSignatures)
	for _, id := range e.Identities {
		own = append(own, id.SelfCertifications...)
	}
	return own
}

// entity reads the certificate into the library's form. The library caches what it verified for
// one date, so each question about another date needs a fresh one.
func (c *Certificate) entity() (*openpgp.Entity, error) {
	packets := packet.NewReader(bytes.NewReader(c.Binary))
	e, err := openpgp.ReadEntity(packets)
	if err != nil {
		return nil, errors.Join(ErrCertificate, err)
	}
	if _, err := packets.Next(); err != io.EOF || hex.EncodeToString(e.PrimaryKey.Fingerprint) != c.Fingerprint {
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
