package officer

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math/bits"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// The ways in which a single signature can be refused.
var (
	ErrVersion    = errors.New("officer: signature neither version 4 nor version 6")
	ErrType       = errors.New("officer: signature not of type 0x00, over a binary document")
	ErrAlgorithm  = errors.New("officer: public-key algorithm of a signature not accepted")
	ErrHash       = errors.New("officer: signature made with a hash other than SHA-256, SHA-384 or SHA-512")
	ErrIssuer     = errors.New("officer: the signature's signed part does not name one key by its fingerprint, or names another elsewhere")
	ErrUnhashed   = errors.New("officer: the signature's unsigned part holds more than the signer's key id or fingerprint")
	ErrSubpacket  = errors.New("officer: damaged or repeated subpacket of a signature")
	ErrCritical   = errors.New("officer: unknown critical subpacket or notation of a signature")
	ErrEncoding   = errors.New("officer: a number of a signature in other than its shortest form")
	ErrNoCreation = errors.New("officer: no time of creation in the signed part of a signature")
)

// Subpacket types (RFC 9580 §5.2.3.7).
const (
	subCreation    = 2
	subExpiration  = 3
	subIssuerKeyID = 16
	subSignersUser = 28
	subFingerprint = 33
)

// subpacket is one subpacket of a signature.
type subpacket struct {
	kind     byte
	critical bool
	body     []byte
}

// splitSubpackets cuts an area into subpackets whose lengths are in their shortest form.
func splitSubpackets(area []byte) ([]subpacket, error) {
	var out []subpacket
	for len(area) > 0 {
		size, n := 1, int(area[0])
		switch {
		case n == 255 && len(area) >= 5:
			size, n = 5, int(bigEndian(area[1:5]))
		case n >= 192 && n < 255 && len(area) >= 2:
			size, n = 2, (n-192)<<8+int(area[1])+192
		}
		shortest := n < 192 && size == 1 || n >= 192 && n < 16320 && size == 2 || n >= 16320 && size == 5
		if n == 0 || !shortest || n > len(area)-size {
			return nil, ErrSubpacket
		}
		out = append(out, subpacket{area[size] & 0x7f, area[size]&0x80 != 0, area[size+1 : size+n]})
		area = area[size+n:]
	}
	return out, nil
}

// signature is one officer's signature, read but not verified.
type signature struct {
	packet *packet.Signature
	issuer string // fingerprint of the key that is said to have signed
}

// readSignature reads a signature packet under the rules of docs/formats.md, "Order".
func readSignature(p rawPacket) (*signature, error) {
	hashed, unhashed, err := checkHead(p.body)
	if err != nil {
		return nil, err
	}
	issuer, err := checkHashed(p.body[0], hashed)
	if err != nil {
		return nil, err
	}
	if err := checkUnhashed(issuer, unhashed); err != nil {
		return nil, err
	}
	decoded, err := p.decode()
	if err != nil {
		return nil, err
	}
	sig, ok := decoded.(*packet.Signature)
	if !ok {
		return nil, ErrPacket
	}
	if !shortestNumbers(sig) {
		return nil, ErrEncoding
	}
	return &signature{packet: sig, issuer: hex.EncodeToString(issuer[1:])}, nil
}

// checkHead checks version, type and algorithms (RFC 9580 §5.2.3), and returns both areas.
func checkHead(b []byte) (hashed, unhashed []byte, err error) {
	head, hashed, unhashed, err := splitSignature(b)
	if err != nil {
		return nil, nil, err
	}
	if head[1] != byte(packet.SigTypeBinary) {
		return nil, nil, ErrType
	}
	switch packet.PublicKeyAlgorithm(head[2]) {
	case packet.PubKeyAlgoRSA, packet.PubKeyAlgoECDSA, packet.PubKeyAlgoEdDSA, packet.PubKeyAlgoEd25519, packet.PubKeyAlgoEd448:
	default:
		return nil, nil, ErrAlgorithm
	}
	if head[3] < 8 || head[3] > 10 { // SHA-256, SHA-384, SHA-512 (RFC 9580 §9.5)
		return nil, nil, ErrHash
	}
	return hashed, unhashed, nil
}

// splitSignature returns what stands at the head of a signature of version 4 or 6, version, type, algorithm and hash,
// and both areas of subpackets.
func splitSignature(b []byte) (head, hashed, unhashed []byte, err error) {
	if len(b) < 4 {
		return nil, nil, nil, ErrPacket
	}
	lengthSize := 2
	switch b[0] {
	case 4:
	case 6:
		lengthSize = 4
	default:
		return nil, nil, nil, ErrVersion
	}
	head, b = b[:4], b[4:]
	var areas [2][]byte
	for i := range areas {
		if len(b) < lengthSize {
			return nil, nil, nil, ErrPacket
		}
		n := bigEndian(b[:lengthSize])
		if b = b[lengthSize:]; uint64(n) > uint64(len(b)) {
			return nil, nil, nil, ErrPacket
		}
		areas[i], b = b[:n], b[n:]
	}
	return head, areas[0], areas[1], nil
}

// checkHashed checks the signed area and returns the issuer: a byte of version, the fingerprint.
// Subpackets that are unknown and not critical are passed over: the officer signed them.
func checkHashed(version byte, area []byte) (issuer []byte, err error) {
	subs, err := splitSubpackets(area)
	if err != nil {
		return nil, err
	}
	var keyID []byte
	seen := map[byte]bool{}
	for _, s := range subs {
		switch s.kind {
		case subCreation, subExpiration, subSignersUser:
		case subIssuerKeyID:
			keyID = s.body
		case subFingerprint:
			issuer = s.body
		default:
			if s.critical {
				return nil, ErrCritical
			}
			continue
		}
		if seen[s.kind] {
			return nil, ErrSubpacket
		}
		seen[s.kind] = true
	}
	if !seen[subCreation] {
		return nil, ErrNoCreation
	}
	wantLen := 21
	if version == 6 {
		wantLen = 33
	}
	if len(issuer) != wantLen || issuer[0] != version || seen[subIssuerKeyID] && !bytes.Equal(keyID, keyIDOf(issuer)) {
		return nil, ErrIssuer
	}
	return issuer, nil
}

// checkUnhashed lets the unsigned area hold the issuer's key id and fingerprint, at most once
// each and equal to the signed one. Anybody can write there, and stock tools do not mind.
func checkUnhashed(issuer, area []byte) error {
	subs, err := splitSubpackets(area)
	if err != nil {
		return err
	}
	seen := map[byte]bool{}
	for _, s := range subs {
		want := issuer
		switch {
		case s.critical || seen[s.kind]:
			return ErrUnhashed
		case s.kind == subIssuerKeyID:
			want = keyIDOf(issuer)
		case s.kind != subFingerprint:
			return ErrUnhashed
		}
		if !bytes.Equal(s.body, want) {
			return ErrIssuer
		}
		seen[s.kind] = true
	}
	return nil
}

// keyIDOf derives the key id: the fingerprint's last eight bytes in version 4, its first eight
// in version 6 (RFC 9580 §5.5.4).
func keyIDOf(issuer []byte) []byte {
	if issuer[0] == 4 {
		return issuer[len(issuer)-8:]
	}
	return issuer[1:9]
}

// shortestNumbers reports whether the signature's integers have no leading zero bits (RFC 9580
// §3.2). The library keeps whatever length the file claims.
func shortestNumbers(sig *packet.Signature) bool {
	ok := true
	check := func(b []byte, claimed uint16) {
		ok = ok && len(b) > 0 && b[0] != 0 && int(claimed) == 8*(len(b)-1)+bits.Len8(b[0])
	}
	switch sig.PubKeyAlgo {
	case packet.PubKeyAlgoRSA:
		check(sig.RSASignature.Bytes(), sig.RSASignature.BitLength())
	case packet.PubKeyAlgoECDSA:
		check(sig.ECDSASigR.Bytes(), sig.ECDSASigR.BitLength())
		check(sig.ECDSASigS.Bytes(), sig.ECDSASigS.BitLength())
	case packet.PubKeyAlgoEdDSA:
		check(sig.EdDSASigR.Bytes(), sig.EdDSASigR.BitLength())
		check(sig.EdDSASigS.Bytes(), sig.EdDSASigS.BitLength())
	}
	return ok
}
