package keyvalue_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/custody/encoding"
	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/fuzztest"
)

const sample = "bailiff-sample/1\nname: Élodie Exemple\nshare: a\nshare: b\n"

func read(data string) (name string, shares []string, err error) {
	r, err := keyvalue.Parse("bailiff-sample/1", []byte(data))
	if err != nil {
		return "", nil, err
	}
	name = r.One("name")
	shares = r.Many("share")
	return name, shares, r.Close()
}

func TestRoundTrip(t *testing.T) {
	name, shares, err := read(sample)
	if err != nil || name != "Élodie Exemple" || len(shares) != 2 {
		t.Fatalf("read %q %q %v", name, shares, err)
	}
	out, err := keyvalue.Format("bailiff-sample/1", []keyvalue.Field{{Key: "name", Value: name}, {Key: "share", Value: "a"}, {Key: "share", Value: "b"}})
	if err != nil || string(out) != sample {
		t.Errorf("wrote %q, %v", out, err)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"another format":       {"bailiff-sample/2\nname: a\n", keyvalue.ErrFormat},
		"empty":                {"", keyvalue.ErrFormat},
		"no final LF":          {"bailiff-sample/1\nname: a", keyvalue.ErrFinalLine},
		"only the head":        {"bailiff-sample/1", keyvalue.ErrFinalLine},
		"CRLF":                 {"bailiff-sample/1\r\nname: a\r\n", encoding.ErrLineEnds},
		"CR in a value":        {"bailiff-sample/1\nname: a\r\n", keyvalue.ErrControl},
		"blank line":           {"bailiff-sample/1\n\nname: a\n", keyvalue.ErrLine},
		"no space after colon": {"bailiff-sample/1\nname:a\n", keyvalue.ErrLine},
		"two spaces":           {"bailiff-sample/1\nname:  a\n", keyvalue.ErrSpace},
		"trailing blank":       {"bailiff-sample/1\nname: a \n", keyvalue.ErrSpace},
		"upper-case key":       {"bailiff-sample/1\nName: a\n", keyvalue.ErrLine},
		"empty value":          {"bailiff-sample/1\nname: \n", keyvalue.ErrLength},
		"missing":              {"bailiff-sample/1\nshare: a\n", keyvalue.ErrMissing},
		"repeated":             {"bailiff-sample/1\nname: a\nname: b\n", keyvalue.ErrTrailing},
		"unknown":              {"bailiff-sample/1\nname: a\nother: b\n", keyvalue.ErrTrailing},
		"escape sequence":      {"bailiff-sample/1\nname: \x1b[31ma\n", keyvalue.ErrControl},
		"NUL":                  {"bailiff-sample/1\nname: a\x00b\n", keyvalue.ErrControl},
		"C1 control":           {"bailiff-sample/1\nname: a\u009bb\n", keyvalue.ErrControl},
		"bidi override":        {"bailiff-sample/1\nname: a\u202eb\n", keyvalue.ErrInvisible},
		"zero width":           {"bailiff-sample/1\nname: a\u200bb\n", keyvalue.ErrInvisible},
		"tag character":        {"bailiff-sample/1\nname: a\U000e0041b\n", keyvalue.ErrInvisible},
		"variation selector":   {"bailiff-sample/1\nname: a\ufe0fb\n", keyvalue.ErrInvisible},
		"byte order mark":      {"\ufeffbailiff-sample/1\nname: a\n", encoding.ErrMark},
		"NFD":                  {"bailiff-sample/1\nname: e\u0301\n", keyvalue.ErrNFC},
		"invalid UTF-8":        {"bailiff-sample/1\nname: \xff\n", keyvalue.ErrUTF8},
		"a long line":          {"bailiff-sample/1\nname: " + strings.Repeat("a", keyvalue.MaxValue+1) + "\n", keyvalue.ErrLength},
		"a huge file":          {"bailiff-sample/1\n" + strings.Repeat("share: a\n", keyvalue.MaxSize/8), keyvalue.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := read(c.data); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

func TestInvisible(t *testing.T) {
	for _, c := range []rune{
		0xad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180d, 0x180e, 0x180f, 0x200b, 0x2060, 0x2065,
		0x2800, 0x3164, 0xfdd0, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff8, 0xffff, 0x16fe4, 0x1d159,
		0xe0000, 0xe0002, 0xe0041, 0xe0080, 0xe0100, 0xe01ef, 0xe01f0, 0xe0fff,
	} {
		if err := keyvalue.CheckText("Jean" + string(c) + "Exemple"); !errors.Is(err, keyvalue.ErrInvisible) {
			t.Errorf("%U: %v", c, err)
		}
	}
}

func TestFormatRefusesWhatParseWould(t *testing.T) {
	for _, f := range []keyvalue.Field{{Key: "name", Value: "a\nb"}, {Key: "name", Value: ""}, {Key: "a b", Value: "c"}, {Key: "name", Value: " a"}} {
		if out, err := keyvalue.Format("x/1", []keyvalue.Field{f}); err == nil {
			t.Errorf("wrote %q", out)
		}
	}
}

func TestValues(t *testing.T) {
	refused := map[string]func(string) error{
		"01": uintError, "+1": uintError, "1e3": uintError, "": uintError, "101": uintError, "18446744073709551616": uintError,
		"2026-11-21T21:24:55+01:00": timeError, "2026-11-21T21:24:55.1Z": timeError, "2026-02-30T00:00:00Z": timeError, "1969-12-31T23:59:59Z": timeError,
		"sha256:00": digestError, strings.Repeat("a", 64): digestError, "sha256:" + strings.Repeat("A", 64): digestError,
		"c00": keyvalue.CheckCustodian, "c17": keyvalue.CheckCustodian, "c1": keyvalue.CheckCustodian, "c 1": keyvalue.CheckCustodian,
		"b2026112-17f3a9c": keyvalue.CheckBatchID, "b20261121-7F3A9C": keyvalue.CheckBatchID,
		"89abcdef01234567": keyvalue.CheckFingerprint, strings.Repeat("A", 40): keyvalue.CheckFingerprint,
		"-1": keyvalue.CheckOrderNumber, "A1": keyvalue.CheckOrderNumber, "000000": keyNumberError, "12345": keyNumberError,
		"2026-13-01": keyvalue.CheckDate, "test": keyvalue.CheckMode,
	}
	for s, check := range refused {
		if err := check(s); !errors.Is(err, keyvalue.ErrValue) {
			t.Errorf("%q: %v", s, err)
		}
	}
	now := time.Date(2026, 11, 21, 21, 24, 55, 0, time.UTC)
	if got, err := keyvalue.Time(keyvalue.FormatTime(now)); err != nil || !got.Equal(now) {
		t.Errorf("time %v, %v", got, err)
	}
	d := [32]byte{1, 2, 3}
	if got, err := keyvalue.Digest(keyvalue.FormatDigest(d)); err != nil || got != d {
		t.Errorf("digest %v, %v", got, err)
	}
	if n, err := keyvalue.KeyNumber(keyvalue.FormatKeyNumber(42)); err != nil || n != 42 {
		t.Errorf("key number %d, %v", n, err)
	}
}

func uintError(s string) error      { _, err := keyvalue.Uint(s, 100); return err }
func timeError(s string) error      { _, err := keyvalue.Time(s); return err }
func digestError(s string) error    { _, err := keyvalue.Digest(s); return err }
func keyNumberError(s string) error { _, err := keyvalue.KeyNumber(s); return err }

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("bailiff-sample/1\n"))
	f.Add([]byte("bailiff-sample/1\nname: a\u00a0: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		r, err := keyvalue.Parse("bailiff-sample/1", data)
		if err != nil {
			if r != nil {
				t.Fatal("a reader beside an error")
			}
			return
		}
		out, err := keyvalue.Format("bailiff-sample/1", r.Rest())
		if err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}
