package hostile

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	_ "crypto/md5"  // of signatures that must be refused
	_ "crypto/sha1" // the same
	"encoding/binary"
	"math/bits"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// signature is one put together by hand (RFC 9580 §5.2.3), to be wrong in one respect.
type signature struct {
	key              *packet.PrivateKey // version 4, EdDSA
	kind, hash       byte
	hashed, unhashed []byte
	text             []byte
}

var signedAt = time.Date(2026, 11, 21, 13, 0, 0, 0, time.UTC)

// plain is a signature as gpg makes it: the fingerprint signed, the key id in the unsigned area.
func plain(key *packet.PrivateKey, text []byte, at time.Time) signature {
	return signature{
		key: key, hash: 10, text: text, unhashed: subpacket(16, key.Fingerprint[12:]...),
		hashed: slices.Concat(subpacket(33, issuer(key)...), subpacket(2, stamp(at)...)),
	}
}

func issuer(k *packet.PrivateKey) []byte { return append([]byte{4}, k.Fingerprint...) }

func stamp(at time.Time) []byte { return binary.BigEndian.AppendUint32(nil, uint32(at.Unix())) }

func subpacket(kind byte, body ...byte) []byte {
	return append([]byte{byte(len(body) + 1), kind}, body...)
}

// packet signs and frames.
func (s signature) packet() []byte {
	hashes := map[byte]crypto.Hash{1: crypto.MD5, 2: crypto.SHA1, 8: crypto.SHA256, 10: crypto.SHA512}
	head := append([]byte{4, s.kind, 22, s.hash, 0, byte(len(s.hashed))}, s.hashed...)
	h := hashes[s.hash].New()
	h.Write(s.text)
	h.Write(head)
	h.Write(append([]byte{4, 255}, binary.BigEndian.AppendUint32(nil, uint32(len(head)))...))
	digest := h.Sum(nil)
	raw := ed25519.Sign(ed25519.NewKeyFromSeed(s.key.PrivateKey.(*eddsa.PrivateKey).D), digest)
	body := slices.Concat(head, []byte{0, byte(len(s.unhashed))}, s.unhashed, digest[:2], number(raw[:32]), number(raw[32:]))
	return append([]byte{0x88, byte(len(body))}, body...)
}

func number(b []byte) []byte {
	b = bytes.TrimLeft(b, "\x00")
	n := 8*(len(b)-1) + bits.Len8(b[0])
	return append([]byte{byte(n >> 8), byte(n)}, b...)
}

// signed is a signature file by those officers.
func signed(w *world, text []byte, officers ...int) (out []byte) {
	for _, n := range officers {
		out = append(out, plain(w.officer(n), text, signedAt.Add(time.Duration(n)*time.Minute)).packet()...)
	}
	return out
}

// signatureCases are signature files whose second signature is wrong, after a first that is right.
func signatureCases(w *world) []vector {
	text := w.read("order.txt")
	first, key, other := signed(w, text, 1), w.officer(2), w.officer(3)
	with := func(change func(*signature)) []byte {
		s := plain(key, text, signedAt)
		change(&s)
		return s.packet()
	}
	hashed := func(sub []byte) []byte { return with(func(s *signature) { s.hashed = append(s.hashed, sub...) }) }
	notation := append([]byte{0, 0, 0, 0, 0, 3, 0, 1}, "a@bx"...)
	var out []vector
	for _, c := range []struct {
		number        int
		title, expect string
		second        []byte
	}{
		{17, "the same officer signs twice", "order.twice", plain(w.officer(1), text, signedAt).packet()},
		{19, "a text-mode signature", "order.type", with(func(s *signature) { s.kind = 1 })},
		{19, "a text-mode signature of the order with CR LF", "order.type", with(func(s *signature) {
			s.kind, s.text = 1, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		})},
		{21, "a signature with SHA-1", "order.hash", with(func(s *signature) { s.hash = 2 })},
		{21, "a signature with MD5", "order.hash", with(func(s *signature) { s.hash = 1 })},
		{22, "the issuer in the unhashed area only", "order.issuer", with(func(s *signature) {
			s.hashed, s.unhashed = subpacket(2, stamp(signedAt)...), slices.Concat(subpacket(33, issuer(key)...), subpacket(16, key.Fingerprint[12:]...))
		})},
		{22, "another issuer in the unhashed area", "order.issuer", with(func(s *signature) { s.unhashed = subpacket(16, other.Fingerprint[12:]...) })},
		{22, "a notation in the unhashed area", "order.unhashed", with(func(s *signature) { s.unhashed = append(s.unhashed, subpacket(20, notation...)...) })},
		{24, "dated in the future", "order.future", plain(key, text, signedAt.AddDate(0, 0, 7)).packet()},
		{24, "dated before the key", "order.before-key", plain(key, text, officersBorn.Add(-time.Second)).packet()},
		{25, "an unknown critical notation", "order.critical", hashed(subpacket(20|0x80, notation...))},
		{25, "an unknown critical subpacket", "order.critical", hashed(subpacket(101|0x80, 'x'))},
		{26, "a certification as a signature of a document", "order.type", with(func(s *signature) { s.kind = 0x13 })},
		{26, "a standalone signature", "order.type", with(func(s *signature) { s.kind = 2 })},
		{28, "another officer's fingerprint beside this one's key ID", "order.issuer", with(func(s *signature) {
			s.hashed = slices.Concat(subpacket(33, issuer(other)...), subpacket(16, key.Fingerprint[12:]...), subpacket(2, stamp(signedAt)...))
		})},
		{28, "a key ID without a fingerprint", "order.issuer", with(func(s *signature) {
			s.hashed = slices.Concat(subpacket(16, key.Fingerprint[12:]...), subpacket(2, stamp(signedAt)...))
		})},
		{28, "a stranger's signature in an officer's name", "order.wrong-signature", with(func(s *signature) {
			forger := *newOfficer(w, 28, "Forger").PrivateKey
			forger.Fingerprint = key.Fingerprint
			s.key = &forger
		})},
		{33, "a signature of another order", "order.wrong-signature", with(func(s *signature) { s.text = bytes.Replace(text, []byte("-000123"), []byte("-000122"), 1) })},
		{41, "one officer and an operator", "order.unknown-signer", plain(newOfficer(w, 41, "Operator").PrivateKey, text, signedAt).packet()},
	} {
		out = append(out, replacing(c.number, c.title, "signatures", c.expect, "order.sig", slices.Concat(first, c.second)))
	}
	return append(out,
		replacing(41, "one officer of two", "signatures", "order.too-few", "order.sig", first),
		replacing(19, "an order with CR LF under good signatures", "signatures", "encoding.line-ends", "order.txt", bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))))
}

// signatureFileCases are signature files that hold something else.
func signatureFileCases(w *world) []vector {
	text, both := w.read("order.txt"), w.read("order.sig")
	one, two := signed(w, text, 1), signed(w, text, 2)
	clear := slices.Concat([]byte("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"), text)
	onePass := slices.Concat([]byte{0x90, 13, 3, 0, 10, 22}, w.officer(1).Fingerprint[12:], []byte{1})
	literal := slices.Concat([]byte{0xaf}, []byte{'b', 0, 0, 0, 0, 0}, text)
	var out []vector
	for _, c := range []struct {
		number        int
		title, expect string
		file          []byte
	}{
		{17, "one signature twice", "order.twice", slices.Concat(one, one)},
		{20, "a cleartext signature", "order.armored", clear},
		{20, "an armored signature", "order.armored", []byte("-----BEGIN PGP SIGNATURE-----\n\n" + string(armor(both)) + "-----END PGP SIGNATURE-----\n")},
		{20, "an inline signature", "order.packet", slices.Concat(onePass, literal, one)},
		{20, "a one-pass signature in front", "order.other-packet", slices.Concat(onePass, one, two)},
		{29, "junk behind the signatures", "order.packet", append(slices.Clone(both), "junk"...)},
		{29, "an LF behind the signatures", "order.packet", append(slices.Clone(both), '\n')},
		{29, "a zero between the signatures", "order.packet", slices.Concat(one, []byte{0}, two)},
		{29, "a marker packet", "order.other-packet", slices.Concat(one, two, []byte{0xca, 3, 'P', 'G', 'P'})},
		{29, "a packet of padding", "order.other-packet", slices.Concat(one, two, []byte{0xd5, 2, 0, 0})},
		{29, "a packet of an unknown kind", "order.other-packet", slices.Concat(one, two, []byte{0xfc, 1, 0})},
		{29, "a header in its long form", "order.header", slices.Concat([]byte{0x89, 0, one[1]}, one[2:], two)},
		{30, "a certificate in the signature file", "order.other-packet", slices.Concat(one, two, w.read(rosterFile))},
	} {
		out = append(out, replacing(c.number, c.title, "signatures", c.expect, "order.sig", c.file))
	}
	return out
}
