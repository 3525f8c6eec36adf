package secret_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"bailiff/custody/secret"
)

const content = "Qx7!private-key-material-9Zk"

func fresh() *secret.Bytes { return secret.From([]byte(content)) }

// leaks fails the test when out shows the content in any usual notation.
func leaks(t *testing.T, what, out string) {
	t.Helper()
	b := []byte(content)
	decimal := strings.Trim(fmt.Sprint(b[:8]), "[]")
	forms := []string{
		content[:6], content[10:16], hex.EncodeToString(b[:4]), strings.ToUpper(hex.EncodeToString(b[:4])),
		fmt.Sprintf("% x", b[:4]), decimal, strings.ReplaceAll(decimal, " ", ","), strings.ReplaceAll(decimal, " ", ", "),
		"0x51, 0x78", base64.StdEncoding.EncodeToString(b)[:12],
	}
	for _, form := range forms {
		if strings.Contains(out, form) {
			t.Errorf("%s shows the secret (%q): %s", what, form, out)
		}
	}
}

func TestEveryVerbPrintsRedacted(t *testing.T) {
	b := fresh()
	defer b.Wipe()
	verbs := []string{
		"%v", "%+v", "%#v", "%s", "%q", "%#q", "%x", "%X", "% x", "%#x", "%d", "%+d", "%o", "%O", "%b", "%c", "%U",
		"%e", "%g", "%t", "%20s", "%-20v", "%.2s", "%z",
	}
	for _, verb := range verbs {
		for what, arg := range map[string]any{"pointer": b, "value": *b} {
			if out := fmt.Sprintf(verb, arg); out != "[secret]" {
				t.Errorf("%s of a %s: %q", verb, what, out)
			}
		}
		type hidden struct {
			pointer *secret.Bytes
			value   secret.Bytes
		}
		type shown struct {
			Pointer *secret.Bytes
			Value   secret.Bytes
			List    []*secret.Bytes
			Map     map[string]secret.Bytes
		}
		leaks(t, verb+" of unexported fields", fmt.Sprintf(verb, hidden{b, *b}))
		leaks(t, verb+" of a pointer to them", fmt.Sprintf(verb, &hidden{b, *b}))
		out := fmt.Sprintf(verb, shown{b, *b, []*secret.Bytes{b}, map[string]secret.Bytes{"k": *b}})
		leaks(t, verb+" of exported fields", out)
		if strings.Count(out, "[secret]") != 4 {
			t.Errorf("%s of exported fields: %s", verb, out)
		}
	}
}

func TestPrintsRedacted(t *testing.T) {
	b := fresh()
	defer b.Wipe()
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "pointer", b, "value", *b)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "pointer", b, "value", *b)
	if strings.Count(log.String(), "[secret]") != 4 {
		t.Errorf("slog: %s", &log)
	}
	asJSON, err := json.Marshal(map[string]any{"pointer": b, "value": *b, "list": []*secret.Bytes{b}})
	if err != nil || strings.Count(string(asJSON), `"[secret]"`) != 3 {
		t.Errorf("json: %s %v", asJSON, err)
	}
	type document struct{ Key *secret.Bytes }
	asXML, err := xml.Marshal(document{b})
	if err != nil || !strings.Contains(string(asXML), "[secret]") {
		t.Errorf("xml: %s %v", asXML, err)
	}
	var asGob bytes.Buffer
	if err := gob.NewEncoder(&asGob).Encode(b); err == nil {
		t.Error("gob encodes a secret")
	}
	wrapped := fmt.Errorf("opening %v: %w", b, errors.New("no"))
	misused := fmt.Sprintf(strings.Clone("%!w"), b) + fmt.Errorf(strings.Clone("%w"), b).Error()
	extra := fmt.Sprintf(strings.Clone("no verb"), b)
	prints := map[string]string{
		"Println": fmt.Sprintln(b, *b), "String": b.String(), "GoString": b.GoString(), "slog": log.String(),
		"json": string(asJSON), "xml": string(asXML), "gob": asGob.String(), "error": wrapped.Error(),
		"wrapping what is no error": misused, "extra argument": extra, "type": fmt.Sprintf("%T %p", b, b),
	}
	for what, out := range prints {
		leaks(t, what, out)
	}
	if got := wrapped.Error(); got != "opening [secret]: no" {
		t.Errorf("error: %q", got)
	}
	text, err := b.MarshalText()
	if err != nil || string(text) != "[secret]" {
		t.Errorf("text: %q %v", text, err)
	}
}

func TestPrintingNilAndWiped(t *testing.T) {
	b := fresh()
	b.Wipe()
	var none *secret.Bytes
	if got := fmt.Sprintf("%v %v %s", b, secret.Bytes{}, none); got != "[secret] [secret] <nil>" {
		t.Errorf("%q", got)
	}
}

func TestNewIsZeroedEvenInUsedMemory(t *testing.T) {
	for _, n := range []int{0, 1, 31, 32, 33, 96, 97, 4096, 65504, 65505, 64 << 10, 64<<10 + 1, 3 << 20} {
		for range 3 {
			b := secret.New(n)
			data := b.Expose()
			if data == nil || len(data) != n || cap(data) != n || b.Len() != n {
				t.Fatalf("New(%d): length %d, capacity %d, Len %d", n, len(data), cap(data), b.Len())
			}
			if !bytes.Equal(data, make([]byte, n)) {
				t.Fatalf("New(%d) is not zeroed", n)
			}
			for i := range data {
				data[i] = 0xff
			}
			b.Wipe()
		}
	}
}

func TestFromMovesItsArgument(t *testing.T) {
	source := []byte(content)
	b := secret.From(source)
	defer b.Wipe()
	if !bytes.Equal(source, make([]byte, len(content))) {
		t.Error("the source still holds the secret")
	}
	if string(b.Expose()) != content {
		t.Error("the secret is not the source")
	}
	b.Expose()[0] ^= 1
	if string(b.Expose()) == content {
		t.Error("Expose returned a copy")
	}
}

func TestRandomReadsExactly(t *testing.T) {
	r := strings.NewReader("0123456789")
	b, err := secret.Random(iotest.OneByteReader(r), 8)
	if err != nil || string(b.Expose()) != "01234567" || r.Len() != 2 {
		t.Fatalf("%v, %d bytes left", err, r.Len())
	}
	b.Wipe()
	if b, err := secret.Random(r, 8); !errors.Is(err, io.ErrUnexpectedEOF) || b != nil {
		t.Errorf("a short source: %v %v", b, err)
	}
	broken := errors.New("broken")
	if _, err := secret.Random(iotest.ErrReader(broken), 8); !errors.Is(err, broken) {
		t.Errorf("a broken source: %v", err)
	}
}

func TestEqual(t *testing.T) {
	a, b, other, short, wiped := fresh(), fresh(), fresh(), secret.From([]byte("short")), fresh()
	defer a.Wipe()
	defer b.Wipe()
	defer other.Wipe()
	defer short.Wipe()
	other.Expose()[len(content)-1] ^= 1
	wiped.Wipe()
	if !a.Equal(b) || !b.Equal(a) || !a.Equal(a) || !secret.New(0).Equal(secret.New(0)) {
		t.Error("equal secrets differ")
	}
	for what, o := range map[string]*secret.Bytes{"other": other, "short": short, "wiped": wiped, "nil": nil, "zero": {}} {
		if a.Equal(o) || o.Equal(a) {
			t.Errorf("equal to %s", what)
		}
	}
	if wiped.Equal(wiped) || (*secret.Bytes)(nil).Equal(nil) {
		t.Error("secrets that are gone are equal")
	}
}

func TestWipeZeroesAndMayBeRepeated(t *testing.T) {
	b := fresh()
	duplicate := *b
	data := b.Expose()
	b.Wipe()
	if !bytes.Equal(data, make([]byte, len(data))) {
		t.Errorf("Wipe left % x", data)
	}
	if b.Expose() != nil || b.Len() != 0 || duplicate.Expose() != nil {
		t.Error("a wiped secret still shows")
	}
	after := fresh() // takes the room that was given back
	defer after.Wipe()
	b.Wipe()
	duplicate.Wipe()
	(*secret.Bytes)(nil).Wipe()
	(&secret.Bytes{}).Wipe()
	if string(after.Expose()) != content {
		t.Error("a second Wipe erased another secret")
	}
}

func TestNegativeLengthPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	secret.New(-1)
}

// Many goroutines with secrets of many sizes: no two share a byte.
func TestConcurrentSecretsAreApart(t *testing.T) {
	var group sync.WaitGroup
	for worker := range 16 {
		group.Go(func() {
			var held []*secret.Bytes
			for i := range 400 {
				b := secret.New(1 + (i*37+worker*101)%9000)
				copy(b.Expose(), bytes.Repeat([]byte{byte(worker)}, b.Len()))
				held = append(held, b)
				if len(held) == 20 {
					for _, b := range held {
						if bytes.Count(b.Expose(), []byte{byte(worker)}) != b.Len() {
							t.Errorf("another's byte in a secret of worker %d", worker)
						}
						b.Wipe()
					}
					held = held[:0]
				}
			}
		})
	}
	group.Wait()
}

func TestConcurrentWipesOfOneSecret(t *testing.T) {
	for range 200 {
		b := fresh()
		var group sync.WaitGroup
		for range 4 {
			group.Go(b.Wipe)
		}
		group.Wait()
	}
}

func BenchmarkNewWipe(b *testing.B) {
	for b.Loop() {
		secret.New(32).Wipe()
	}
}
