package seal_test

import (
	"bytes"
	"crypto/ecdh"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/tag"
	"filippo.io/nistec"

	"bailiff/custody/seal"
	"bailiff/custody/share"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
)

func keys(tokens ...*soft) (out []*ecdh.PublicKey) {
	for _, t := range tokens {
		out = append(out, t.SealingKey())
	}
	return out
}

func sealed(t testing.TB, s *share.Share, tokens ...*soft) []byte {
	file, err := seal.SealShare(s, keys(tokens...))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEachTokenOpensWithOneOperation(t *testing.T) {
	s := newShare(t)
	tokens := []*soft{newSoft(t), newSoft(t), newSoft(t)}
	for n := 1; n <= 3; n++ {
		file := sealed(t, s, tokens[:n]...)
		if err := recipient(t, tokens[:n]...).Check(file); err != nil {
			t.Error(err)
		}
		for i, tok := range tokens[:n] {
			tok.uses = 0
			got, err := seal.OpenShare(file, tok)
			if err != nil || got.Binding != s.Binding || !got.Y.Equal(s.Y) {
				t.Fatalf("token %d of %d: %v", i+1, n, err)
			}
			if tok.uses != 1 {
				t.Errorf("token %d of %d was asked %d times", i+1, n, tok.uses)
			}
			if ok, err := seal.ForToken(file, tok.SealingKey()); !ok || err != nil {
				t.Errorf("ForToken: %v, %v", ok, err)
			}
		}
	}
}

func TestAStrangersTokenIsNotAsked(t *testing.T) {
	own, other, spare := newSoft(t), newSoft(t), newSoft(t)
	file := sealed(t, newShare(t), own)
	if _, err := seal.OpenShare(file, other); !errors.Is(err, seal.ErrNotForToken) || other.uses != 0 {
		t.Errorf("%v after %d operations", err, other.uses)
	}
	if ok, err := seal.ForToken(file, other.SealingKey()); ok || err != nil {
		t.Errorf("ForToken: %v, %v", ok, err)
	}
	if _, err := seal.ForToken(file, nil); !errors.Is(err, seal.ErrTokens) {
		t.Errorf("ForToken without a key: %v", err)
	}
	two := sealed(t, newShare(t), own, spare)
	for _, wrong := range [][]*soft{{own}, {other}, {spare, own}, {own, other}, {own, spare, other}} {
		if err := recipient(t, wrong...).Check(two); !errors.Is(err, seal.ErrRecipients) {
			t.Errorf("other recipients than expected: %v", err)
		}
	}
}

func recipient(t *testing.T, tokens ...*soft) *seal.Recipient {
	t.Helper()
	r, err := seal.NewRecipient(keys(tokens...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTokenErrorsArePassedOn(t *testing.T) {
	own := newSoft(t)
	file := sealed(t, newShare(t), own)
	own.err = token.ErrBusy
	if s, err := seal.OpenShare(file, own); s != nil || !errors.Is(err, token.ErrBusy) || own.uses != 1 {
		t.Errorf("%v after %d operations", err, own.uses)
	}
}

func TestNewRecipientRefuses(t *testing.T) {
	a := newSoft(t)
	x, err := ecdh.X25519().NewPrivateKey(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range [][]*ecdh.PublicKey{
		nil, {nil}, {x.PublicKey()}, keys(a, a), keys(a, newSoft(t), newSoft(t), newSoft(t)), {a.SealingKey(), nil},
	} {
		if _, err := seal.SealShare(newShare(t), k); !errors.Is(err, seal.ErrTokens) {
			t.Errorf("%d keys: %v", len(k), err)
		}
	}
}

func TestEveryAlteredByteIsRefused(t *testing.T) {
	own := newSoft(t)
	file := sealed(t, newShare(t), own, newSoft(t))
	for i := range file {
		b := bytes.Clone(file)
		b[i] ^= 1
		if s, err := seal.OpenShare(b, own); s != nil || err == nil {
			t.Errorf("byte %d of %d altered: accepted", i, len(file))
		}
	}
	for i := range file {
		if s, err := seal.OpenShare(file[:i], own); s != nil || err == nil {
			t.Errorf("cut to %d bytes: accepted", i)
		}
	}
	if _, err := seal.OpenShare(append(bytes.Clone(file), 0), own); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("one byte more: %v", err)
	}
}

// Of an ephemeral point that is off the curve nothing reaches the token.
func TestOffCurvePoint(t *testing.T) {
	own := newSoft(t)
	file := sealed(t, newShare(t), own)
	enc := make([]byte, 65)
	enc[0], enc[64] = 4, 1
	if _, err := ecdh.P256().NewPublicKey(enc); err == nil {
		t.Fatal("the point is on the curve")
	}
	r := recipientOf(t, own)
	tg, err := r.Tag(enc)
	if err != nil {
		t.Fatal(err)
	}
	b64 := base64.RawStdEncoding.EncodeToString
	lines := strings.SplitN(string(file), "\n", 3)
	lines[1] = "-> p256tag " + b64(tg) + " " + b64(enc)
	if _, err := seal.OpenShare([]byte(strings.Join(lines, "\n")), own); !errors.Is(err, seal.ErrDamaged) || own.uses != 0 {
		t.Errorf("%v after %d operations", err, own.uses)
	}
}

func TestStrictHeader(t *testing.T) {
	own := newSoft(t)
	file := string(sealed(t, newShare(t), own))
	intro, rest, _ := strings.Cut(file, "\n")
	head, payload, _ := strings.Cut(rest, "---")
	for name, b := range map[string]string{
		"an unknown stanza":   intro + "\n" + head + "-> grease x\nAAAA\n---" + payload,
		"CRLF":                strings.Replace(file, "\n", "\r\n", 1),
		"four stanzas":        intro + "\n" + strings.Repeat(head, 4) + "---" + payload,
		"no stanza":           intro + "\n---" + payload,
		"a third argument":    strings.Replace(file, "p256tag ", "p256tag AAAA ", 1),
		"another type":        strings.Replace(file, "p256tag", "p256tah", 1),
		"armor":               "-----BEGIN AGE ENCRYPTED FILE-----\n" + file,
		"version 2":           strings.Replace(file, "v1", "v2", 1),
		"LF within base64":    strings.Replace(file, "p256tag ", "p256tag \n", 1),
		"an empty file":       "",
		"a header only":       intro + "\n" + head + "---" + payload[:45],
		"a space at the end":  strings.Replace(file, "\n---", " \n---", 1),
		"an empty first line": "\n" + file,
		"no first line":       rest,
		"a MAC without mark":  strings.Replace(file, "\n--- ", "\n", 1),
		"LF for two digits":   strings.Replace(file, head[:len("-> p256tag ")+2], "-> p256tag \n\n", 1),
	} {
		if err := recipient(t, own).Check([]byte(b)); !errors.Is(err, seal.ErrFile) {
			t.Errorf("%s, looked at before it is kept: %v", name, err)
		}
		if _, err := seal.OpenShare([]byte(b), own); !errors.Is(err, seal.ErrFile) || own.uses != 0 {
			t.Errorf("%s: %v after %d operations", name, err, own.uses)
		}
	}
	for i := range len(file) - len(payload) + len(" ") + 43 + 1 { // to the end of the MAC's line
		b := file[:i] + "*" + file[i+1:]
		if _, err := seal.OpenShare([]byte(b), own); !errors.Is(err, seal.ErrFile) || own.uses != 0 {
			t.Errorf("byte %d of the header, not base64: %v after %d operations", i, err, own.uses)
		}
	}
	if _, err := seal.OpenShare(make([]byte, seal.MaxFile+1), own); !errors.Is(err, seal.ErrTooLarge) {
		t.Errorf("17 KiB: %v", err)
	}
}

func recipientOf(t testing.TB, s *soft) *tag.Recipient {
	p, err := nistec.NewP256Point().SetBytes(s.SealingKey().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	b := p.BytesCompressed()
	r, err := tag.NewClassicRecipient(b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What age's own p256tag recipient seals OpenShare opens, and the stanzas that we write bear the tags
// that age's recipient computes.
func TestInteroperatesWithAge(t *testing.T) {
	own, s := newSoft(t), newShare(t)
	var file bytes.Buffer
	w, err := age.Encrypt(&file, recipientOf(t, own))
	if err != nil {
		t.Fatal(err)
	}
	w.Write(s.Format().Expose())
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := seal.OpenShare(file.Bytes(), own)
	if err != nil || !got.Y.Equal(s.Y) {
		t.Fatalf("age's file: %v", err)
	}
	id := &stockIdentity{t: t, key: own.key, r: recipientOf(t, own)}
	r, err := age.Decrypt(bytes.NewReader(sealed(t, s, newSoft(t), own)), id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(text, s.Format().Expose()) {
		t.Errorf("our file: %v", err)
	}
}

// A file that is authentic but holds something else than a share.
func TestNotAShareInside(t *testing.T) {
	own := newSoft(t)
	var file bytes.Buffer
	w, err := age.Encrypt(&file, recipientOf(t, own))
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "hello\n")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.OpenShare(file.Bytes(), own); !errors.Is(err, share.ErrRecord) {
		t.Errorf("got %v", err)
	}
}

func FuzzOpenShare(f *testing.F) {
	key, err := ecdh.P256().NewPrivateKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		f.Fatal(err)
	}
	own := &soft{key: key}
	f.Add(sealed(f, newShare(f), own))
	f.Add(sealed(f, newShare(f), newSoft(f), own))
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 64*len(b))()
		own := &soft{key: key}
		s, err := seal.OpenShare(b, own)
		if (s == nil) == (err == nil) || own.uses > 1 {
			t.Fatalf("%v, %d operations", err, own.uses)
		}
		s2, err := seal.ForToken(b, own.SealingKey())
		if s != nil && (!s2 || err != nil) {
			t.Fatal("opened a file that is not for the token")
		}
	})
}
