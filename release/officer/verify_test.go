package officer_test

import (
	"bytes"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/fault"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/release/officer"
	"bailiff/release/order"
)

func TestVerifyTakesOursAndGPGsForm(t *testing.T) {
	b := newBench(t)
	at := now.Add(-2 * time.Hour)
	gpgLike := plain(b.officers[1].PrivateKey, b.text, at).packet(t)
	v, err := b.roster.Verify(b.text, append(b.sign(t, 0), gpgLike...), now)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{fingerprintOf(b.officers[0]), fingerprintOf(b.officers[1])}
	if !slices.Equal(v.Signers, want) || !v.Times[1].Equal(at) || v.Order.Number != "2026-000123" {
		t.Errorf("verified %+v, want signers %q", v, want)
	}
	three := slices.Concat(b.sign(t, 2), b.sign(t, 0), b.sign(t, 1))
	if v, err := b.roster.Verify(b.text, three, now); err != nil || len(v.Signers) != 3 {
		t.Errorf("three of two: %v", err)
	}
}

func TestVersion6(t *testing.T) {
	config := keyConfig(born)
	config.V6Keys, config.Algorithm = true, packet.PubKeyAlgoEd25519
	b := newBench(t, newEntity(t, "Officer", config))
	if _, err := b.roster.Verify(b.text, slices.Concat(b.sign(t, 0), b.sign(t, 1)), now); err != nil {
		t.Error(err)
	}
}

// Every case is a second signature that is wrong in one respect, after a first that is right.
func TestVerifyRefusesOneBadSignature(t *testing.T) {
	b := newBench(t)
	key, at := b.officers[1].PrivateKey, now.Add(-time.Hour)
	other := b.officers[2].PrivateKey
	with := func(change func(*raw)) []byte {
		r := plain(key, b.text, at)
		change(&r)
		return r.packet(t)
	}
	hashedWith := func(s []byte) []byte {
		return with(func(r *raw) { r.hashed = append(r.hashed, s...) })
	}
	unhashed := func(s ...[]byte) []byte {
		return with(func(r *raw) { r.unhashed = slices.Concat(s...) })
	}
	dated := func(at time.Time) []byte { return plain(key, b.text, at).packet(t) }
	notation := append([]byte{0, 0, 0, 0, 0, 3, 0, 1}, "a@bx"...)
	fp, id := fingerprintOf33(&key.PublicKey), key.Fingerprint[12:]
	body := plain(key, b.text, at).body(t)
	tests := []struct {
		name string
		sig  []byte
		want error
	}{
		{"19 text mode", with(func(r *raw) { r.kind = 1 }), officer.ErrType},
		{"26 certification", with(func(r *raw) { r.kind = 0x13 }), officer.ErrType},
		{"26 standalone", with(func(r *raw) { r.kind = 2 }), officer.ErrType},
		{"21 MD5", with(func(r *raw) { r.hash = 1 }), officer.ErrHash},
		{"21 SHA-1", with(func(r *raw) { r.hash = 2 }), officer.ErrHash},
		{"SHA-224", with(func(r *raw) { r.hash = 11 }), officer.ErrHash},
		{"22 issuer in the unsigned area only", with(func(r *raw) {
			r.hashed, r.unhashed = sub(2, stamp(at)...), slices.Concat(sub(33, fp...), sub(16, id...))
		}), officer.ErrIssuer},
		{"28 key id without fingerprint", with(func(r *raw) { r.hashed = slices.Concat(sub(16, id...), sub(2, stamp(at)...)) }), officer.ErrIssuer},
		{"28 another's fingerprint with this key id", with(func(r *raw) {
			r.hashed = slices.Concat(sub(33, fingerprintOf33(&other.PublicKey)...), sub(16, id...), sub(2, stamp(at)...))
		}), officer.ErrIssuer},
		{"28 another's fingerprint", with(func(r *raw) {
			r.hashed, r.unhashed = slices.Concat(sub(33, fingerprintOf33(&other.PublicKey)...), sub(2, stamp(at)...)), nil
		}), officer.ErrWrongSignature},
		{"unsigned issuer differs", unhashed(sub(16, other.Fingerprint[12:]...)), officer.ErrIssuer},
		{"unsigned fingerprint differs", unhashed(sub(33, fingerprintOf33(&other.PublicKey)...)), officer.ErrIssuer},
		{"unsigned notation", unhashed(sub(16, id...), sub(20, notation...)), officer.ErrUnhashed},
		{"unsigned time", unhashed(sub(2, stamp(at)...)), officer.ErrUnhashed},
		{"unsigned issuer twice", unhashed(sub(16, id...), sub(16, id...)), officer.ErrUnhashed},
		{"unsigned embedded signature", unhashed(sub(32, body...)), officer.ErrUnhashed},
		{"unsigned private subpacket", unhashed(sub(101, 'x')), officer.ErrUnhashed},
		{"25 critical notation", hashedWith(sub(20|0x80, notation...)), officer.ErrCritical},
		{"25 unknown critical subpacket", hashedWith(sub(101|0x80, 'x')), officer.ErrCritical},
		{"two times", hashedWith(sub(2, stamp(at)...)), officer.ErrSubpacket},
		{"no time", with(func(r *raw) { r.hashed = sub(33, fp...) }), officer.ErrNoCreation},
		{"long form of a short length", with(func(r *raw) {
			r.hashed = slices.Concat([]byte{255, 0, 0, 0, 22, 33}, fp, sub(2, stamp(at)...))
		}), officer.ErrSubpacket},
		{"24 in the future", dated(now.Add(time.Second)), officer.ErrFuture},
		{"24 before the key", dated(born.Add(-time.Second)), officer.ErrBeforeKey},
		{"its own validity over", hashedWith(sub(3, 0, 0, 0, 60)), officer.ErrLapsed},
		{"33 over another order", with(func(r *raw) { r.text = bytes.Replace(b.text, []byte("-000123"), []byte("-000122"), 1) }), officer.ErrWrongSignature},
		{"by another key", func() []byte {
			r := plain(key, b.text, at)
			forger := newEntity(t, "Officer", keyConfig(born)).PrivateKey
			forger.Fingerprint = key.Fingerprint
			r.key = forger
			return r.packet(t)
		}(), officer.ErrWrongSignature},
		{"unknown signer", plain(newEntity(t, "Officer", keyConfig(born)).PrivateKey, b.text, at).packet(t), officer.ErrUnknownSigner},
		{"17 the same officer twice", plain(b.officers[0].PrivateKey, b.text, at).packet(t), officer.ErrTwice},
		{"a number with leading zeros", with(func(r *raw) { r.padded = true }), officer.ErrEncoding},
		{"a byte within the packet after the signature", legacy(append(bytes.Clone(body), 0)), officer.ErrPacket},
		{"version 3", legacy(append([]byte{3}, body[1:]...)), officer.ErrVersion},
		{"version 5", legacy(append([]byte{5}, body[1:]...)), officer.ErrVersion},
		{"DSA", legacy(slices.Concat(body[:2], []byte{17}, body[3:])), officer.ErrAlgorithm},
		{"cut short", plain(key, b.text, at).packet(t)[:60], officer.ErrPacket},
		{"empty packet", []byte{0x88, 0}, officer.ErrPacket},
		{"two-byte length of a short packet", append([]byte{0x89, 0, byte(len(body))}, body...), officer.ErrHeader},
		{"five-byte length", append([]byte{0xc2, 255, 0, 0, 0, byte(len(body))}, body...), officer.ErrHeader},
		{"partial length", append([]byte{0xc2, 230}, body...), officer.ErrPacket},
		{"indeterminate length", append([]byte{0x8b}, body...), officer.ErrPacket},
		{"29 junk", []byte("junk"), officer.ErrPacket},
		{"29 a final LF", []byte("\n"), officer.ErrPacket},
		{"29 a marker packet", []byte{0xca, 3, 'P', 'G', 'P'}, officer.ErrOtherPacket},
		{"29 padding", []byte{0xd5, 2, 0, 0}, officer.ErrOtherPacket},
		{"29 an unknown packet", []byte{0xfc, 1, 0}, officer.ErrOtherPacket},
		{"29 a certificate", certificate(t, b.officers[1]), officer.ErrOtherPacket},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, err := b.roster.Verify(b.text, append(b.sign(t, 0), tt.sig...), now)
			wantError(t, err, tt.want)
			if v != nil || len(fault.Objects(err)) == 0 && tt.want != officer.ErrPacket {
				t.Errorf("%+v besides %v, which names %q", v, err, fault.Objects(err))
			}
		})
	}
}

func TestVerifyNamesTheOfficer(t *testing.T) {
	b := newBench(t)
	late := plain(b.officers[1].PrivateKey, b.text, now.Add(time.Hour)).packet(t)
	_, err := b.roster.Verify(b.text, append(b.sign(t, 0), late...), now)
	if got, want := fault.Objects(err), []string{fingerprintOf(b.officers[1])}; !slices.Equal(got, want) {
		t.Errorf("objects %q, want %q", got, want)
	}
}

func TestVerifyRefusesTheFile(t *testing.T) {
	b := newBench(t)
	one, two := b.sign(t, 0), b.sign(t, 1)
	armored := []byte("-----BEGIN PGP SIGNATURE-----\n\n")
	cleartext := []byte("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n")
	var inline bytes.Buffer
	w, err := openpgp.Sign(&inline, b.officers[:1], nil, keyConfig(now.Add(-time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(b.text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		sigs []byte
		want error
	}{
		{"none", nil, officer.ErrTooFew},
		{"one of two", one, officer.ErrTooFew},
		{"17 one twice", slices.Concat(one, one), officer.ErrTwice},
		{"9 too many", bytes.Repeat(one, 17), officer.ErrTooManySignatures},
		{"9 too large", bytes.Repeat(one, 10_000), officer.ErrTooManySignatures},
		{"armor", append(armored, one...), officer.ErrArmored},
		{"20 clear-signed", append(cleartext, b.text...), officer.ErrArmored},
		{"20 inline", inline.Bytes(), officer.ErrOtherPacket},
		{"29 junk in front", slices.Concat([]byte("\n"), one, two), officer.ErrPacket},
		{"29 junk between", slices.Concat(one, []byte{0}, two), officer.ErrPacket},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.roster.Verify(b.text, tt.sigs, now)
			wantError(t, err, tt.want)
		})
	}
}

func TestVerifyRefusesTheOrder(t *testing.T) {
	b := newBench(t)
	sigs := slices.Concat(b.sign(t, 0), b.sign(t, 1))
	crlf := bytes.ReplaceAll(b.text, []byte("\n"), []byte("\r\n"))
	if _, err := b.roster.Verify(crlf, sigs, now); err == nil {
		t.Error("19 the order with CRLF passed")
	}
	for i := range b.text {
		changed := bytes.Clone(b.text)
		changed[i] ^= 1
		if _, err := b.roster.Verify(changed, sigs, now); err == nil {
			t.Fatalf("byte %d of the order was changed", i)
		}
	}
	// 33 and 39: signed a hundred days ago, and expired.
	_, err := b.roster.Verify(b.text, slices.Concat(b.sign(t, 0), plain(b.officers[1].PrivateKey, b.text, now.Add(95*24*time.Hour)).packet(t)), now.Add(100*24*time.Hour))
	wantError(t, err, officer.ErrSignedLate)
}

func TestRosterMustBeTheOrders(t *testing.T) {
	b, next := newBench(t), newBench(t)
	sigs := slices.Concat(b.sign(t, 0), b.sign(t, 1))
	_, err := next.roster.Verify(b.text, sigs, now)
	wantError(t, err, order.ErrOldRoster) // 35
	weaker := *b.roster
	weaker.Threshold = 1 // 36
	_, err = weaker.Verify(b.text, sigs, now)
	wantError(t, err, officer.ErrThreshold)
}

// No byte of the signature file can be changed, in either of the two forms in which tools write
// signatures. The one exception is a header's format, which says the same thing in two ways.
func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ours := b.sign(t, 0)
	sigs := append(bytes.Clone(ours), plain(b.officers[1].PrivateKey, b.text, now.Add(-time.Hour)).packet(t)...)
	if _, err := b.roster.Verify(b.text, sigs, now); err != nil {
		t.Fatal(err)
	}
	for i := range sigs {
		for _, bit := range []byte{1, 2, 0x40, 0x80, 0xff, 0x88 ^ 0xc2} {
			changed := bytes.Clone(sigs)
			changed[i] ^= bit
			_, err := b.roster.Verify(b.text, changed, now)
			header := (i == 0 || i == len(ours)) && bit == 0x88^0xc2
			if accepted := err == nil; accepted != header {
				t.Errorf("byte %d (%s) changed by %02x: %v", i, hex.EncodeToString(sigs[i:i+1]), bit, err)
			}
		}
	}
	for n := range len(sigs) {
		if _, err := b.roster.Verify(b.text, sigs[:n], now); err == nil {
			t.Errorf("cut to %d bytes", n)
		}
	}
}

func FuzzVerify(f *testing.F) {
	// The keys are the same in every process, so that what one finds means something to another.
	b := newBench(f, newEntity(f, "A", seeded(1)), newEntity(f, "B", seeded(2)), newEntity(f, "C", seeded(3)))
	at := now.Add(-time.Hour)
	sign := func(i int) []byte { return plain(b.officers[i].PrivateKey, b.text, at).packet(f) }
	good := slices.Concat(sign(0), sign(1))
	f.Add(good)
	f.Add(sign(2))
	f.Add([]byte{0xc2, 0})
	f.Add([]byte("-----BEGIN PGP SIGNATURE-----\n"))
	known := [][]byte{sign(0), sign(1), sign(2)}
	f.Fuzz(func(t *testing.T, sigs []byte) {
		defer fuzztest.Bounded(t, 64*len(sigs))()
		v, err := b.roster.Verify(b.text, sigs, now)
		if err != nil {
			if v != nil {
				t.Error("a result besides an error")
			}
			return
		}
		// Nobody but the officers can sign: what passes is made of their signatures.
		rest := sigs
		for _, k := range slices.Concat(known, known) {
			for _, header := range []byte{0x88, 0xc2} {
				rest = bytes.Replace(rest, append([]byte{header}, k[1:]...), nil, 1)
			}
		}
		if len(rest) > 0 {
			t.Errorf("%x passed", sigs)
		}
	})
}
