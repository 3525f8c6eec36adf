package handover_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/release/handover"
)

const (
	vault    = "5f0c4a00112233445566778899aabbcc"
	theWords = "abaisser-abandon-abdiquer-abeille-abolir-aborder-aboutir-aboyer"
)

// pair is a key pair as a ceremony makes them.
type pair struct {
	fingerprint     string
	private, public []byte
}

func newPair(t *testing.T) pair {
	t.Helper()
	return newPairOf(t, &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519})
}

func newPairOf(t *testing.T, config *packet.Config) pair {
	t.Helper()
	config.Time = func() time.Time { return time.Unix(1_790_000_000, 0) }
	e, err := openpgp.NewEntity("b20261121-7f3a9c 000042 REHEARSAL", "", "", config)
	if err != nil {
		t.Fatal(err)
	}
	var private, public bytes.Buffer
	if err := errors.Join(e.SerializePrivateWithoutSigning(&private, nil), e.Serialize(&public)); err != nil {
		t.Fatal(err)
	}
	return pair{hex.EncodeToString(e.PrimaryKey.Fingerprint), private.Bytes(), public.Bytes()}
}

func secretOf(b []byte) *secret.Bytes { return secret.From(bytes.Clone(b)) }

func infoFor(p pair) handover.Info {
	return handover.Info{
		Vault: vault, Mode: keyvalue.Rehearsal, Order: "2026-000123", Key: p.fingerprint,
		Recipient: "Camille Exemple", Office: "Étude Exemple et Modèle, commissaires de justice",
		Contact: []string{"3 place de la Paix, 69001 Lyon", "Téléphone : 04 00 00 00 00"},
		Date:    time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC),
	}
}

func build(t *testing.T, p pair, change func(*handover.Info)) *handover.Kit {
	t.Helper()
	info := infoFor(p)
	if change != nil {
		change(&info)
	}
	k, err := handover.Build(secretOf(p.private), secretOf([]byte(theWords)), info)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestLabelNamesTheKey(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	k := build(t, p, nil)
	r, err := handover.ParseLabel(k.Label)
	if err != nil {
		t.Fatal(err)
	}
	want := handover.Label{Vault: vault, Mode: "rehearsal", Order: "2026-000123", Key: p.fingerprint, PrivateKey: sha256.Sum256(k.PrivateKey)}
	if *r != want {
		t.Errorf("label %+v, want %+v", *r, want)
	}
}

func TestNoSecretInKit(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	k := build(t, p, nil)
	e, err := openpgp.ReadKeyRing(bytes.NewReader(p.private))
	if err != nil {
		t.Fatal(err)
	}
	var subkey bytes.Buffer
	if err := e[0].Subkeys[0].PrivateKey.Serialize(&subkey); err != nil {
		t.Fatal(err)
	}
	scalar := subkey.Bytes()[subkey.Len()-34 : subkey.Len()-2] // before the checksum of two bytes
	locked, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(k.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	if err := locked[0].SerializePrivateWithoutSigning(&whole, nil); err != nil {
		t.Fatal(err)
	}
	for _, file := range [][]byte{whole.Bytes(), k.PrivateKey, k.Label, k.Letter} {
		if bytes.Contains(file, scalar) || bytes.Contains(file, []byte(theWords)) {
			t.Error("a secret stands in the kit in the clear")
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	p, other := newPair(t), newPair(t)
	locked := func() []byte {
		e, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(build(t, p, nil).PrivateKey))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := e[0].SerializePrivateWithoutSigning(&b, nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}()
	tests := []struct {
		name    string
		private []byte
		words   string
		change  func(*handover.Info)
		want    error
	}{
		{"another key", other.private, theWords, nil, handover.ErrWrongKey},
		{"a public key", p.public, theWords, nil, handover.ErrPrivateKey},
		{"two keys", append(bytes.Clone(p.private), other.private...), theWords, nil, handover.ErrPrivateKey},
		{"cut short", p.private[:len(p.private)-3], theWords, nil, handover.ErrPrivateKey},
		{"bytes after the key", append(bytes.Clone(p.private), 0), theWords, nil, handover.ErrPrivateKey},
		{"a marker packet that readers skip", append(bytes.Clone(p.private), 0xca, 3, 'P', 'G', 'P'), theWords, nil, handover.ErrPrivateKey},
		{"locked already", locked, theWords, nil, handover.ErrPrivateKey},
		{"empty", nil, theWords, nil, handover.ErrPrivateKey},
		{"no words", p.private, "", nil, handover.ErrWords},
		{"escape sequence", p.private, theWords, func(i *handover.Info) { i.Recipient = "\x1b[2JX" }, handover.ErrInfo},
		{"line break", p.private, theWords, func(i *handover.Info) { i.Contact = []string{"a\nb"} }, handover.ErrInfo},
		{"bidi override", p.private, theWords, func(i *handover.Info) { i.Office = "\u202etude" }, handover.ErrInfo},
		{"no date", p.private, theWords, func(i *handover.Info) { i.Date = time.Time{} }, handover.ErrInfo},
		{"vault", p.private, theWords, func(i *handover.Info) { i.Vault = "x" }, keyvalue.ErrValue},
		{"mode", p.private, theWords, func(i *handover.Info) { i.Mode = "test" }, keyvalue.ErrValue},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			info := infoFor(p)
			if tt.change != nil {
				tt.change(&info)
			}
			k, err := handover.Build(secretOf(tt.private), secretOf([]byte(tt.words)), info)
			if !errors.Is(err, tt.want) || k != nil {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
}

// A stored secret key whose public half was changed makes some programs leak the secret.
func TestBuildRefusesTamperedPublicParameters(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	e, err := openpgp.ReadKeyRing(bytes.NewReader(p.private))
	if err != nil {
		t.Fatal(err)
	}
	var public bytes.Buffer
	if err := e[0].PrimaryKey.SerializeForHash(&public); err != nil {
		t.Fatal(err)
	}
	tampered := bytes.Clone(p.private)
	at := bytes.Index(tampered, public.Bytes()[3:])
	tampered[at+public.Len()-4] ^= 1 // within the primary key's point
	if _, err := handover.Build(secretOf(tampered), secretOf([]byte(theWords)), infoFor(p)); !errors.Is(err, handover.ErrMismatch) {
		t.Errorf("error %v, want ErrMismatch", err)
	}
}

func TestLetterTellsWhatMatters(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	letter := string(build(t, p, nil).Letter)
	french, english, ok := strings.Cut(letter, strings.Repeat("-", 70))
	if !ok {
		t.Fatal("no line between the languages")
	}
	grouped := strings.ToUpper(p.fingerprint[:4] + " " + p.fingerprint[4:8])
	for _, want := range []string{"Camille Exemple", "Étude Exemple et Modèle", "3 place de la Paix", "2026-000123", "private-key.asc", "Kleopatra", "Thunderbird", "gpg --import", grouped} {
		if !strings.Contains(french, want) || !strings.Contains(english, want) {
			t.Errorf("%q is not in both languages", want)
		}
	}
	if !strings.HasPrefix(french, "RÉPÉTITION") || !strings.Contains(english, "REHEARSAL") || !strings.Contains(french, "Le 1er novembre 2026") || !strings.Contains(english, "1 November 2026") {
		t.Error("mark of rehearsal or date are wrong")
	}
	for line := range strings.Lines(letter) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 76 {
			t.Errorf("a line of %d characters: %q", n, line)
		}
	}
	production := string(build(t, p, func(i *handover.Info) { i.Mode = keyvalue.Production }).Letter)
	if strings.Contains(production, "REHEARSAL") || strings.Contains(production, "RÉPÉTITION") || strings.Contains(production, "{{") {
		t.Error("a production letter speaks of a rehearsal")
	}
}

func FuzzParseLabel(f *testing.F) {
	r := handover.Label{Vault: vault, Mode: "rehearsal", Order: "2026-000123", Key: strings.Repeat("ab", 20)}
	seed, err := r.Format()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte("bailiff-kit/1\nvault: x\n"))
	f.Add(append(bytes.Clone(seed), seed...))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, handover.ParseLabel)
	})
}

// TestTelephone: the letter says "call us" only with the number at which to call.
func TestTelephone(t *testing.T) {
	for line, want := range map[string]string{
		"Tél. 01 23 45 67 89": "01 23 45 67 89", "+33 1 99 00 00 00": "+33 1 99 00 00 00", "Téléphone\u00a0: 01.23.45.67.89": "01.23.45.67.89",
		"1 rue de l’Exemple, 75001 Paris": "", "75001 Paris": "", "office@example.org": "", "12345678 rue": "", "Étude": "",
	} {
		if got := handover.Telephone([]string{"Étude", line}); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
