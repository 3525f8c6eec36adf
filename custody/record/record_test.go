package record_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/custody/encoding"
	"bailiff/custody/record"
	"bailiff/custody/testkit/fuzztest"
)

const sample = "bailiff-sample/1\nname: Élodie Exemple\nshare: a\nshare: b\n"

func read(data string) (name string, shares []string, err error) {
	r, err := record.Parse("bailiff-sample/1", []byte(data))
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
	out, err := record.Format("bailiff-sample/1", []record.Field{{Key: "name", Value: name}, {Key: "share", Value: "a"}, {Key: "share", Value: "b"}})
	if err != nil || string(out) != sample {
		t.Errorf("wrote %q, %v", out, err)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"another format":       {"bailiff-sample/2\nname: a\n", record.ErrFormat},
		"empty":                {"", record.ErrFormat},
		"no final LF":          {"bailiff-sample/1\nname: a", record.ErrFinalLine},
		"only the head":        {"bailiff-sample/1", record.ErrFinalLine},
		"CRLF":                 {"bailiff-sample/1\r\nname: a\r\n", encoding.ErrLineEnds},
		"CR in a value":        {"bailiff-sample/1\nname: a\r\n", record.ErrControl},
		"blank line":           {"bailiff-sample/1\n\nname: a\n", record.ErrLine},
		"no space after colon": {"bailiff-sample/1\nname:a\n", record.ErrLine},
		"two spaces":           {"bailiff-sample/1\nname:  a\n", record.ErrSpace},
		"trailing blank":       {"bailiff-sample/1\nname: a \n", record.ErrSpace},
		"upper-case key":       {"bailiff-sample/1\nName: a\n", record.ErrLine},
		"empty value":          {"bailiff-sample/1\nname: \n", record.ErrLength},
		"missing":              {"bailiff-sample/1\nshare: a\n", record.ErrMissing},
		"repeated":             {"bailiff-sample/1\nname: a\nname: b\n", record.ErrTrailing},
		"unknown":              {"bailiff-sample/1\nname: a\nother: b\n", record.ErrTrailing},
		"escape sequence":      {"bailiff-sample/1\nname: \x1b[31ma\n", record.ErrControl},
		"NUL":                  {"bailiff-sample/1\nname: a\x00b\n", record.ErrControl},
		"C1 control":           {"bailiff-sample/1\nname: a\u009bb\n", record.ErrControl},
		"bidi override":        {"bailiff-sample/1\nname: a\u202eb\n", record.ErrInvisible},
		"zero width":           {"bailiff-sample/1\nname: a\u200bb\n", record.ErrInvisible},
		"tag character":        {"bailiff-sample/1\nname: a\U000e0041b\n", record.ErrInvisible},
		"variation selector":   {"bailiff-sample/1\nname: a\ufe0fb\n", record.ErrInvisible},
		"byte order mark":      {"\ufeffbailiff-sample/1\nname: a\n", encoding.ErrMark},
		"NFD":                  {"bailiff-sample/1\nname: e\u0301\n", record.ErrNFC},
		"invalid UTF-8":        {"bailiff-sample/1\nname: \xff\n", record.ErrUTF8},
		"a long line":          {"bailiff-sample/1\nname: " + strings.Repeat("a", record.MaxValue+1) + "\n", record.ErrLength},
		"a huge file":          {"bailiff-sample/1\n" + strings.Repeat("share: a\n", record.MaxSize/8), record.ErrTooLarge},
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
		if err := record.CheckText("Jean" + string(c) + "Exemple"); !errors.Is(err, record.ErrInvisible) {
			t.Errorf("%U: %v", c, err)
		}
	}
}

func TestFormatRefusesWhatParseWould(t *testing.T) {
	for _, f := range []record.Field{{Key: "name", Value: "a\nb"}, {Key: "name", Value: ""}, {Key: "a b", Value: "c"}, {Key: "name", Value: " a"}} {
		if out, err := record.Format("x/1", []record.Field{f}); err == nil {
			t.Errorf("wrote %q", out)
		}
	}
}

func TestValues(t *testing.T) {
	refused := map[string]func(string) error{
		"01": uintError, "+1": uintError, "1e3": uintError, "": uintError, "101": uintError, "18446744073709551616": uintError,
		"2026-11-21T21:24:55+01:00": timeError, "2026-11-21T21:24:55.1Z": timeError, "2026-02-30T00:00:00Z": timeError, "1969-12-31T23:59:59Z": timeError,
		"sha256:00": digestError, strings.Repeat("a", 64): digestError, "sha256:" + strings.Repeat("A", 64): digestError,
		"c00": record.CheckCustodian, "c17": record.CheckCustodian, "c1": record.CheckCustodian, "c 1": record.CheckCustodian,
		"b2026112-17f3a9c": record.CheckBatchID, "b20261121-7F3A9C": record.CheckBatchID,
		"89abcdef01234567": record.CheckFingerprint, strings.Repeat("A", 40): record.CheckFingerprint,
		"-1": record.CheckOrderNumber, "A1": record.CheckOrderNumber, "000000": keyNumberError, "12345": keyNumberError,
		"2026-13-01": record.CheckDate, "test": record.CheckMode,
	}
	for s, check := range refused {
		if err := check(s); !errors.Is(err, record.ErrValue) {
			t.Errorf("%q: %v", s, err)
		}
	}
	now := time.Date(2026, 11, 21, 21, 24, 55, 0, time.UTC)
	if got, err := record.Time(record.FormatTime(now)); err != nil || !got.Equal(now) {
		t.Errorf("time %v, %v", got, err)
	}
	d := [32]byte{1, 2, 3}
	if got, err := record.Digest(record.FormatDigest(d)); err != nil || got != d {
		t.Errorf("digest %v, %v", got, err)
	}
	if n, err := record.KeyNumber(record.FormatKeyNumber(42)); err != nil || n != 42 {
		t.Errorf("key number %d, %v", n, err)
	}
}

func uintError(s string) error      { _, err := record.Uint(s, 100); return err }
func timeError(s string) error      { _, err := record.Time(s); return err }
func digestError(s string) error    { _, err := record.Digest(s); return err }
func keyNumberError(s string) error { _, err := record.KeyNumber(s); return err }

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("bailiff-sample/1\n"))
	f.Add([]byte("bailiff-sample/1\nname: a\u00a0: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		r, err := record.Parse("bailiff-sample/1", data)
		if err != nil {
			if r != nil {
				t.Fatal("a reader beside an error")
			}
			return
		}
		out, err := record.Format("bailiff-sample/1", r.Rest())
		if err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}
