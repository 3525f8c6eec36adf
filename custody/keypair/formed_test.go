package keypair

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"bailiff/custody/testkit/fuzztest"
)

// appendAny appends a packet with its length in the shortest form.
func appendAny(b []byte, tag byte, body []byte) []byte {
	switch n := len(body); {
	case n < 192:
		b = append(b, tag, byte(n))
	default:
		b = append(b, tag, byte((n-192)>>8)+192, byte(n-192))
	}
	return append(b, body...)
}

// formed writes a key of the profile V6Curve25519, each part of which edit may change before what is over it is signed.
func formed(t *testing.T, tm *template, edit func(part string, body []byte) []byte) []byte {
	t.Helper()
	f := V6Curve25519.form()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	scalar, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	body := func(part string, m material, public []byte) []byte {
		b := binary.BigEndian.AppendUint32([]byte{6}, tm.created)
		return edit(part, append(append(b, m.algorithm(), 0, 0, 0, byte(len(public))), public...))
	}
	primary := body("primary key", f.primary, key[ed25519.SeedSize:])
	subkey := body("subkey", f.subkey, scalar.PublicKey().Bytes())
	fingerprint := f.fingerprint(primary)
	signature := func(part string, bound, hashed []byte) []byte {
		salt := make([]byte, saltSize)
		rand.Read(salt)
		sum := f.digest(salt, primary, bound, hashed)
		b := append(append(bytes.Clone(hashed), 0, 0, 0, 0), sum[:2]...)
		return edit(part, append(append(append(b, saltSize), salt...), ed25519.Sign(key, sum[:])...))
	}
	bound := append(binary.BigEndian.AppendUint32([]byte{0xb4}, uint32(len(tm.userID))), tm.userID...)
	b := appendAny(nil, tagPublicKey, primary)
	b = appendAny(b, tagSignature, signature("direct signature", nil, f.hashedDirect(tm, fingerprint)))
	b = appendAny(b, tagUserID, edit("user ID", []byte(tm.userID)))
	b = appendAny(b, tagSignature, signature("certification", bound, f.hashedCert(tm, fingerprint)))
	b = appendAny(b, tagPublicSubkey, subkey)
	return appendAny(b, tagSignature, signature("binding", f.hashedKey(subkey), f.hashedBinding(tm, fingerprint)))
}

// TestFormed: a version 6 key that departs from its profile and is signed as it is, or bears something that nobody signs, is refused.
func TestFormed(t *testing.T) {
	tm := &template{1_700_000_000, "bailiff batch b20261121-7f3a9c key 000042 (REHEARSAL)", true}
	check := func(public []byte) error {
		_, whole := Check(V6Curve25519, public, tm.userID, time.Unix(int64(tm.created), 0), tm.rehearsal)
		_, form := CheckForm(V6Curve25519, public, tm.userID, time.Unix(int64(tm.created), 0), tm.rehearsal)
		if (whole == nil) != (form == nil) && !errors.Is(whole, ErrSignature) {
			t.Errorf("the whole is %v, its form %v", whole, form)
		}
		return form
	}
	same := func(_ string, b []byte) []byte { return b }
	if err := check(formed(t, tm, same)); err != nil {
		t.Fatalf("as it is: %v", err)
	}
	const head = 1 + 4 + 1 + 4 // version, time, algorithm, size
	for _, part := range []string{"primary key", "subkey"} {
		for i := range head {
			if check(formed(t, tm, func(p string, b []byte) []byte {
				if p == part {
					b[i] ^= 1
				}
				return b
			})) == nil {
				t.Errorf("byte %d of the %s: accepted", i, part)
			}
		}
	}
	for _, part := range []string{"primary key", "subkey", "direct signature", "user ID", "certification", "binding"} {
		for what, edit := range map[string]func([]byte) []byte{
			"a byte more": func(b []byte) []byte { return append(b, 'x') },
			"a byte less": func(b []byte) []byte { return b[:len(b)-1] },
			"nothing":     func([]byte) []byte { return nil },
		} {
			if check(formed(t, tm, func(p string, b []byte) []byte {
				if p == part {
					return edit(b)
				}
				return b
			})) == nil {
				t.Errorf("the %s, %s: accepted", part, what)
			}
		}
	}
}

// TestLengths: a packet's length and a number's have one form each.
func TestLengths(t *testing.T) {
	long, longer := make([]byte, 192), make([]byte, 8384)
	for what, tt := range map[string]struct {
		b  []byte
		ok bool
	}{
		"one octet":               {append([]byte{tagUserID, 191}, long[:191]...), true},
		"two octets":              {append([]byte{tagUserID, 192, 0}, long...), true},
		"five octets":             {append([]byte{tagUserID, 255, 0, 0, 0x20, 0xc0}, longer...), true},
		"five octets for two":     {append([]byte{tagUserID, 255, 0, 0, 0x20, 0xbf}, longer[1:]...), false},
		"five octets for one":     {append([]byte{tagUserID, 255, 0, 0, 0, 9}, long[:9]...), false},
		"a part":                  {append([]byte{tagUserID, 224, 0}, longer...), false},
		"a part of one octet":     {[]byte{tagUserID, 224, 0}, false},
		"too few":                 {append([]byte{tagUserID, 191}, long[:190]...), false},
		"as many as there can be": {[]byte{tagUserID, 255, 0xff, 0xff, 0xff, 0xff}, false},
		"another tag":             {append([]byte{tagSignature, 191}, long[:191]...), false},
		"no length":               {[]byte{tagUserID}, false},
	} {
		c := cursor{b: tt.b}
		bounded := fuzztest.Bounded(t, 1<<20)
		body := c.packet(tagUserID)
		bounded()
		body.take(len(body.b))
		if got := c.done() && body.done(); got != tt.ok {
			t.Errorf("a packet, %s: %v", what, got)
		}
	}
	for what, tt := range map[string]struct {
		b  string
		n  int // what may hold the number
		ok bool
	}{
		"a number":                {"\x00\x09\x01\xff", 2, true},
		"a shorter number":        {"\x00\x01\x01", 2, true},
		"bits that are not there": {"\x00\x0a\x01\xff", 2, false},
		"bits that are not told":  {"\x00\x09\x03\xff", 2, false},
		"an octet of zeros":       {"\x00\x08\x00", 2, false},
		"more than there is":      {"\x00\x09\x01", 2, false},
		"more than is to be held": {"\x00\x11\x01\xff\xff", 2, false},
		"no octet":                {"\x00\x09", 2, false},
		"no size":                 {"\x00", 2, false},
	} {
		c := cursor{b: []byte(tt.b)}
		into := bytes.Repeat([]byte{7}, tt.n)
		if c.number(into); c.done() != tt.ok {
			t.Errorf("%s: %v", what, c.done())
		}
		if what == "more than is to be held" {
			continue
		}
		c = cursor{b: []byte(tt.b)}
		if c.integer(); c.done() != tt.ok {
			t.Errorf("%s, as an integer: %v", what, c.done())
		}
	}
	c := cursor{b: []byte{0, 0}}
	if c.integer(); !c.bad {
		t.Error("an integer of no octet")
	}
}
