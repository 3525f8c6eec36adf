package ledger_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"bailiff/custody/ledger"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
)

// card is a token that signs with ECDSA, of a custodian c04 of their own.
func card(t testing.TB) (*tokentest.Device, ledger.Cosigner) {
	t.Helper()
	d := tokentest.NewDevice(t, 5, "ledger", token.ECDSAP256)
	return d, ledger.Cosigner{Custodian: "c04", Index: 1, Key: d.SigningKey()}
}

// signCard makes the cosignature of the card.
func signCard(t testing.TB, body []byte) ledger.Signature {
	t.Helper()
	d, cosigner := card(t)
	s := ledger.NewSignature(cosigner, start)
	var err error
	if s.Sig, err = d.Sign(s.Message(body)); err != nil {
		t.Fatal(err)
	}
	return s
}

// mixed are the cosigners with the card's.
func mixed(t testing.TB) []ledger.Cosigner {
	_, c := card(t)
	return append(cosigners(), c)
}

func TestMixedCheckpoint(t *testing.T) {
	data := signed(t, signCard(t, body), sign(body, "c01", 1))
	cp, err := ledger.OpenCheckpoint(data, vault, mixed(t), 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(cp.Signatures) != 2 || cp.Signatures[0].Custodian != "c01" || cp.Signatures[1].Custodian != "c04" {
		t.Fatalf("signed by %+v", cp.Signatures)
	}
	if _, ok := cp.Signatures[0].At(); !ok {
		t.Error("an Ed25519 signature without its time")
	}
	if at, ok := cp.Signatures[1].At(); ok || cp.Signatures[1].Time != 0 {
		t.Errorf("an ECDSA signature states the time %v", at)
	}
	if again, err := ledger.FormatCheckpoint(cp.Body, cp.Signatures); err != nil || !bytes.Equal(again, data) {
		t.Errorf("came back as %q, %v", again, err)
	}
	if _, err := ledger.OpenCheckpoint(data, vault, cosigners(), 1); !errors.Is(err, ledger.ErrSigner) {
		t.Errorf("an unknown card: %v", err)
	}
}

// ecdsaVerifier is what github.com/transparency-dev/formats/note makes of an ECDSA key, written
// from c2sp.org/signed-note and not with the code under test: the key id is that of the
// SubjectPublicKeyInfo alone, the signature is ASN.1 over the SHA-256 of the text.
type ecdsaVerifier struct {
	name string
	key  *ecdsa.PublicKey
}

func (v ecdsaVerifier) Name() string { return v.name }
func (v ecdsaVerifier) KeyHash() uint32 {
	der, err := x509.MarshalPKIXPublicKey(v.key)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(der)
	return binary.BigEndian.Uint32(sum[:])
}
func (v ecdsaVerifier) Verify(msg, sig []byte) bool {
	digest := sha256.Sum256(msg)
	return ecdsa.VerifyASN1(v.key, digest[:], sig)
}

func TestNoteReadsECDSACosignatures(t *testing.T) {
	_, c := card(t)
	key := c.Key.Public().(*ecdsa.PublicKey)
	name := fmt.Sprintf("bailiff/vault/%s/c04/1", vault)
	data := signed(t, signCard(t, body), sign(body, "c01", 1))
	n, err := note.Open(data, note.VerifierList(ecdsaVerifier{name, key}))
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Sigs) != 1 || n.Sigs[0].Name != name || n.Text != string(body) {
		t.Errorf("note read %+v", n)
	}
}

// TestECDSACosignatureByHand verifies one with openssl, as docs/formats.md says.
func TestECDSACosignatureByHand(t *testing.T) {
	dir := t.TempDir()
	_, c := card(t)
	write(t, dir, "note", string(signed(t, signCard(t, body), sign(body, "c01", 1))))
	write(t, dir, "signer", c.Key.String())
	out := shell(t, `cd `+dir+` && sed '/^$/,$d' note > body &&
		{ printf 3039301306072a8648ce3d020106082a8648ce3d030107032200; sed 's/^p256://' signer; } |
			tr -d '\n' | tr a-f A-F | basenc -d --base16 > key.der &&
		grep /c04/1 note | cut -d' ' -f3 | base64 -d | tail -c +5 > sig &&
		openssl dgst -sha256 -verify key.der -keyform DER -signature sig body`)
	if out != "Verified" { // Verified OK
		t.Errorf("openssl said %q", out)
	}
	id := shell(t, `cd `+dir+` && openssl ec -pubin -in key.der -inform DER -conv_form uncompressed -outform DER 2>/dev/null | sha256sum | cut -c1-8`)
	want := shell(t, `cd `+dir+` && grep /c04/1 note | cut -d' ' -f3 | base64 -d | head -c 4 | od -An -tx1 | tr -d ' '`)
	if id != want || len(id) != 8 {
		t.Errorf("the key id by hand is %s, in the note %s", id, want)
	}
}

// ecdsaLine replaces what follows the key id in the card's line.
func ecdsaLine(t *testing.T, data []byte, change func(sig []byte) []byte) []byte {
	t.Helper()
	all := lines(data)
	f := strings.Fields(all[len(all)-1])
	raw, err := base64.StdEncoding.DecodeString(f[2])
	if err != nil {
		t.Fatal(err)
	}
	f[2] = base64.StdEncoding.EncodeToString(append(raw[:4:4], change(raw[4:])...))
	all[len(all)-1] = strings.Join(f, " ") + "\n"
	return []byte(strings.Join(all, ""))
}

// TestECDSACosignatureHasOneForm: stock verifiers take the higher s, which anybody can make of the
// lower one; here it would be a second checkpoint of the same root.
func TestECDSACosignatureHasOneForm(t *testing.T) {
	data := signed(t, sign(body, "c01", 1), signCard(t, body))
	n := tokentest.NewDevice(t, 5, "ledger", token.ECDSAP256).SigningKey().Public().(*ecdsa.PublicKey).Params().N
	for name, c := range map[string]struct {
		change func(sig []byte) []byte
		want   error
	}{
		"the same": {func(s []byte) []byte { return s }, nil},
		"the higher s": {func(s []byte) []byte {
			var v struct{ R, S *big.Int }
			if _, err := asn1.Unmarshal(s, &v); err != nil {
				t.Fatal(err)
			}
			v.S.Sub(n, v.S)
			out, err := asn1.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}, ledger.ErrSignature},
		"a byte more":     {func(s []byte) []byte { return append(slices.Clone(s), 0) }, ledger.ErrSignature},
		"a long length":   {func(s []byte) []byte { return append([]byte{s[0], 0x81}, s[1:]...) }, ledger.ErrSignature},
		"nothing":         {func([]byte) []byte { return nil }, ledger.ErrCheckpoint},
		"a byte":          {func([]byte) []byte { return []byte{0x30} }, ledger.ErrSignature},
		"a time before":   {func(s []byte) []byte { return append(make([]byte, 8), s...) }, ledger.ErrCheckpoint},
		"Ed25519's bytes": {func([]byte) []byte { return make([]byte, 72) }, ledger.ErrSignature},
	} {
		cp, err := ledger.OpenCheckpoint(ecdsaLine(t, data, c.change), vault, mixed(t), 2)
		if !errors.Is(err, c.want) || (cp == nil) != (c.want != nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	short := strings.Replace(string(data), lines(data)[4], ed25519Line(t), 1)
	if cp, err := ledger.OpenCheckpoint([]byte(short), vault, mixed(t), 2); cp != nil || !errors.Is(err, ledger.ErrCheckpoint) {
		t.Errorf("an Ed25519 line without its last byte: %v", err)
	}
}

// ed25519Line is c01's line without the last byte of its signature.
func ed25519Line(t *testing.T) string {
	f := strings.Fields(line(t, "c01", 1))
	raw, err := base64.StdEncoding.DecodeString(f[2])
	if err != nil {
		t.Fatal(err)
	}
	return f[0] + " " + f[1] + " " + base64.StdEncoding.EncodeToString(raw[:len(raw)-1]) + "\n"
}

// An ECDSA signature that claims a time was not made by this format: FormatCheckpoint would lose it.
func TestECDSACosignatureHasNoTime(t *testing.T) {
	timed := signCard(t, body)
	timed.Time = uint64(start.Unix())
	if _, err := ledger.FormatCheckpoint(body, []ledger.Signature{timed}); !errors.Is(err, ledger.ErrSignature) {
		t.Errorf("with a time: %v", err)
	}
	d, c := card(t)
	cosigned := ledger.Signature{Cosigner: c}
	var err error
	if cosigned.Sig, err = d.Sign(ledger.CosignedMessage(body, uint64(start.Unix()))); err != nil {
		t.Fatal(err)
	}
	if err := cosigned.Verify(body); !errors.Is(err, ledger.ErrSignature) {
		t.Errorf("of the message of Ed25519: %v", err)
	}
}

func TestAlteredMixedCheckpointNeverVerifies(t *testing.T) {
	data := signed(t, sign(body, "c01", 1), signCard(t, body))
	damages(string(data), flips, 1, func(what, damaged string) {
		if cp, err := ledger.OpenCheckpoint([]byte(damaged), vault, mixed(t), 2); err == nil || cp != nil {
			t.Errorf("%s: opened", what)
		}
	})
}

// The example of a checkpoint by two kinds of key. Both sign without randomness, so it never changes.
func TestMixedCheckpointGolden(t *testing.T) {
	path := filepath.Join("testdata", "mixed-checkpoint.txt")
	got := signed(t, sign(body, "c01", 1), signCard(t, body))
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("wrote\n%s\nwant\n%s%v", got, want, err)
	}
}

func FuzzOpenMixedCheckpoint(f *testing.F) {
	f.Add(signed(f, sign(body, "c01", 1), signCard(f, body)))
	f.Add(signed(f, signCard(f, body)))
	list := mixed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		cp, err := ledger.OpenCheckpoint(data, vault, list, 1)
		if err != nil {
			if cp != nil {
				t.Fatal("a checkpoint beside an error")
			}
			return
		}
		out, err := ledger.FormatCheckpoint(cp.Body, cp.Signatures)
		if err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}
