package hostile

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	openpgparmor "github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/policy"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// officer opens the secret key of an officer of the good world, counted from 1.
func (w *world) officer(n int) *packet.PrivateKey {
	w.Helper()
	if w.keys[n] == nil {
		list, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(w.read(fmt.Sprintf("officers/officer-%d.secret.asc", n))))
		w.must(err)
		w.must(list[0].DecryptPrivateKeys([]byte(passphrase)))
		w.keys[n] = list[0].PrivateKey
	}
	return w.keys[n]
}

// keyConfig makes keys from a seed, so that they are always the same.
func keyConfig(seed byte, at time.Time) *packet.Config {
	off := false
	return &packet.Config{
		Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519, DefaultHash: crypto.SHA512, Rand: rand.NewChaCha8([32]byte{seed}),
		Time: func() time.Time { return at }, NonDeterministicSignaturesViaNotation: &off,
	}
}

func newOfficer(w *world, seed byte, name string) *openpgp.Entity {
	w.Helper()
	return configured(w, name, keyConfig(seed, officersBorn))
}

func configured(w *world, name string, c *packet.Config) *openpgp.Entity {
	w.Helper()
	e, err := openpgp.NewEntity("Officer Sample", "", "", c)
	w.must(err)
	e.Subkeys = nil
	if name != "Officer Sample" {
		w.must(e.AddUserId(name, "", "", c))
		delete(e.Identities, "Officer Sample")
	}
	return e
}

func certificateOf(w *world, e *openpgp.Entity) []byte {
	w.Helper()
	var b bytes.Buffer
	w.must(e.Serialize(&b))
	return b.Bytes()
}

// appointed gives the policy other officers: one more, or those of the good world replaced.
func (w *world) appointed(certificates ...[]byte) []part {
	w.Helper()
	p, err := policy.Parse(w.read(policyFile))
	w.must(err)
	p.Officers = nil
	files := map[string][]byte{}
	for _, c := range certificates {
		o, err := officer.ReadCertificate(c)
		w.must(err)
		p.Officers = append(p.Officers, policy.Officer{Fingerprint: o.Fingerprint, Certificate: sha256.Sum256(o.Binary)})
		files[o.Fingerprint] = o.Binary
	}
	slices.SortFunc(p.Officers, func(a, b policy.Officer) int { return strings.Compare(a.Fingerprint, b.Fingerprint) })
	var roster []byte
	for _, o := range p.Officers {
		roster = append(roster, files[o.Fingerprint]...)
	}
	p.Roster = sha256.Sum256(roster)
	text, err := p.Format()
	w.must(err)
	o, err := order.Parse(w.read("order.txt"))
	w.must(err)
	o.Roster = p.Roster
	orderText, err := o.Format()
	w.must(err)
	return []part{{policyFile, text}, {rosterFile, roster}, {"order.txt", orderText}}
}

// signedBy is an order that officer 2 of the good world signed and the one in question.
func (w *world) signedBy(number int, title, expect string, e *openpgp.Entity, key *packet.PrivateKey) vector {
	w.Helper()
	also := w.appointed(certificateOf(w, e), w.read("officers/officer-2.asc"), w.read("officers/officer-3.asc"))
	text := also[2].data
	return replacing(number, title, "signatures", expect, "order.sig",
		slices.Concat(plain(key, text, signedAt).packet(), signed(w, text, 2)), also...)
}

// officerCases are orders by officers whose key does not count.
func officerCases(w *world) []vector {
	good := newOfficer(w, 23, "Officer Sample")
	revoked := func(at time.Time, why packet.ReasonForRevocation) *openpgp.Entity {
		e := newOfficer(w, 24, "Officer Sample")
		w.must(e.Revoke(why, "", keyConfig(1, at)))
		return e
	}
	lasting := func(d time.Duration) *openpgp.Entity {
		c := keyConfig(25, officersBorn)
		c.KeyLifetimeSecs = uint32(d / time.Second)
		return configured(w, "Officer Sample", c)
	}
	minute := time.Minute
	withSubkey := w.subkeyed(26, keyConfig(27, officersBorn))
	late := w.subkeyed(28, keyConfig(29, signedAt.Add(minute)))
	authentication := w.unflagged()
	both := w.signedBy(18, "a primary key and its subkey count as one officer", "order.twice", withSubkey, withSubkey.PrivateKey)
	text := both.also[2].data
	both.body = slices.Concat(plain(withSubkey.PrivateKey, text, signedAt).packet(), plain(withSubkey.Subkeys[0].PrivateKey, text, signedAt).packet())
	out := []vector{
		w.signedBy(23, "an officer whose key is good", accepted, good, good.PrivateKey),
		w.signedBy(27, "an officer who signs with a subkey", accepted, withSubkey, withSubkey.Subkeys[0].PrivateKey),
		both,
		w.signedBy(24, "dated before the subkey", "order.before-key", late, late.Subkeys[0].PrivateKey),
		w.signedBy(27, "a subkey that may not sign", "order.not-signing", authentication, authentication.Subkeys[0].PrivateKey),
	}
	for _, c := range []struct {
		title, expect string
		entity        *openpgp.Entity
	}{
		{"a key revoked before it signed", "order.revoked", revoked(signedAt.Add(-minute), packet.KeySuperseded)},
		{"a key revoked after it signed", "order.revoked", revoked(signedAt.Add(minute), packet.KeyRetired)},
		{"a key revoked as compromised", "order.revoked", revoked(signedAt.Add(minute), packet.KeyCompromised)},
		{"a key expired before it signed", "order.key-expired", lasting(24 * time.Hour)},
		{"a key expired after it signed", "order.key-expired", lasting(signedAt.Add(minute).Sub(officersBorn))},
	} {
		out = append(out, w.signedBy(23, c.title, c.expect, c.entity, c.entity.PrivateKey))
	}
	return out
}

// subkeyed is an officer with a subkey for signing.
func (w *world) subkeyed(seed byte, c *packet.Config) *openpgp.Entity {
	w.Helper()
	e := newOfficer(w, seed, "Officer Sample")
	w.must(e.AddSigningSubkey(c))
	return e
}

// unflagged is an officer whose subkey is for authentication.
func (w *world) unflagged() *openpgp.Entity {
	w.Helper()
	e := w.subkeyed(30, keyConfig(31, officersBorn))
	binding := e.Subkeys[0].Bindings[0].Packet
	binding.FlagSign, binding.FlagAuthenticate, binding.EmbeddedSignature = false, true, nil
	w.must(binding.SignKey(e.Subkeys[0].PublicKey, e.PrivateKey, keyConfig(32, officersBorn)))
	return e
}

// certificateCases are certificates and rosters.
func certificateCases(w *world) []vector {
	good := w.subkeyed(40, keyConfig(41, officersBorn))
	noBack := w.subkeyed(42, keyConfig(43, officersBorn))
	binding := noBack.Subkeys[0].Bindings[0].Packet
	binding.EmbeddedSignature = nil
	w.must(binding.SignKey(noBack.Subkeys[0].PublicKey, noBack.PrivateKey, keyConfig(44, officersBorn)))
	weak := newOfficer(w, 45, "Officer Sample")
	for _, id := range weak.Identities {
		s := id.SelfCertifications[0].Packet
		s.Hash = crypto.SHA1
		w.must(s.SignUserId(id.Name, weak.PrimaryKey, weak.PrivateKey, keyConfig(46, officersBorn)))
	}
	one, two := certificateOf(w, good), certificateOf(w, newOfficer(w, 47, "Smuggled"))
	cut := append(bytes.Clone(one), 0)
	roster := w.read(rosterFile)
	first := roster[:len(roster)/3]
	return []vector{
		replacing(27, "a certificate with a subkey for signing", "certificate", accepted, certificateFile, one),
		replacing(21, "a certificate that rests on SHA-1", "certificate", "order.weak-certificate", certificateFile, certificateOf(w, weak)),
		replacing(27, "a subkey without back-signature", "certificate", "order.back-signature", certificateFile, certificateOf(w, noBack)),
		replacing(29, "junk behind a certificate", "certificate", "order.packet", certificateFile, cut),
		replacing(30, "a second certificate in the file", "certificate", "order.several", certificateFile, slices.Concat(one, two)),
		replacing(30, "a secret key in place of a certificate", "certificate", "order.secret-key", certificateFile, w.read(secretFile)),
		replacing(30, "a certificate more than officers in the roster", "roster", "order.officers", rosterFile, slices.Concat(roster, two)),
		replacing(37, "one officer twice in the roster file", "roster", "order.officers", rosterFile, slices.Concat(roster, first)),
		replacing(37, "two officers who share a subkey", "roster", "order.shared-key", rosterFile, w.shared(good)[1].data, w.shared(good)[0]),
		replacing(15, "a short key ID in the policy's officers", "policy", "record.value", policyFile, w.shortened()),
	}
}

// shared is a roster in which another officer bound the subkey of e in due form.
func (w *world) shared(e *openpgp.Entity) []part {
	w.Helper()
	b := newOfficer(w, 48, "Officer Sample")
	from := e.Subkeys[0]
	sig, back := *from.Bindings[0].Packet, *from.Bindings[0].Packet.EmbeddedSignature
	sig.EmbeddedSignature = &back
	w.must(back.CrossSignKey(from.PublicKey, b.PrimaryKey, from.PrivateKey, keyConfig(49, officersBorn)))
	w.must(sig.SignKey(from.PublicKey, b.PrivateKey, keyConfig(50, officersBorn)))
	b.Subkeys = []openpgp.Subkey{{Primary: b, PublicKey: from.PublicKey, Bindings: []*packet.VerifiableSignature{packet.NewVerifiableSig(&sig)}}}
	return w.appointed(certificateOf(w, e), certificateOf(w, b))
}

// shortened is the policy with the last 32 bits of an officer's fingerprint.
func (w *world) shortened() []byte {
	w.Helper()
	fingerprint := hex.EncodeToString(w.officer(1).Fingerprint)
	return w.edited(policyFile, fingerprint, fingerprint[32:])
}

// storedKeyCases are secret keys as they are stored.
func storedKeyCases(w *world) []vector {
	private, sealed := w.read("sealed/private.pgp"), w.read("sealed/key.pgp")
	point := bytes.Clone(private)
	point[30] ^= 1 // within the primary key's public point
	scalar := bytes.Clone(private)
	at := bytes.Index(private, []byte{0, 0, 0}) // RFC 9580 §5.5.3: usage 0
	scalar[at+20] ^= 1
	// The body of the integrity-protected packet as one without protection, and as a newer one.
	seskLength := 15
	bare := slices.Clone(sealed[:seskLength])
	rest := sealed[seskLength:]
	head := 2
	if rest[1] >= 192 {
		head = 3
	}
	n := len(rest) - head - 1
	bare = append(bare, 0xc9)
	bare = append(bare, byte((n-192)>>8+192), byte(n-192))
	bare = append(bare, rest[head+1:]...)
	newer := bytes.Clone(sealed)
	newer[seskLength+head] = 2
	cut := bytes.Clone(sealed[:len(sealed)-22])
	return []vector{
		replacing(31, "tampered public point in a stored key", "private-key", "keypair.private", "sealed/private.pgp", point),
		replacing(31, "tampered secret scalar in a stored key", "private-key", "keypair.private", "sealed/private.pgp", scalar),
		replacing(32, "integrity protection taken off", "sealed-key", "seal.key-file", "sealed/key.pgp", bare),
		replacing(32, "a newer version of the protected packet", "sealed-key", "seal.key-file", "sealed/key.pgp", newer),
		replacing(32, "the digest at the end cut off", "sealed-key", "seal.key-file", "sealed/key.pgp", cut),
		replacing(32, "one bit of the sealed key", "sealed-key", "seal.damaged", "sealed/key.pgp", flipped(sealed, len(sealed)-30)),
		replacing(32, "one bit of an officer's locked key", "secret-key", "order.passphrase", secretFile, flippedIn(w, secretFile)),
	}
}

// flippedIn turns the last bit of an armored secret key, which stands in its locked part.
func flippedIn(w *world, file string) []byte {
	w.Helper()
	block, err := openpgparmor.Decode(bytes.NewReader(w.read(file)))
	w.must(err)
	data, err := io.ReadAll(block.Body)
	w.must(err)
	packets := packet.NewReader(bytes.NewReader(data))
	key, err := packets.Next()
	w.must(err)
	var b bytes.Buffer
	w.must(key.(*packet.PrivateKey).Serialize(&b))
	return flipped(data, b.Len()-1)
}

func flipped(data []byte, at int) []byte {
	out := bytes.Clone(data)
	out[at] ^= 1
	return out
}
