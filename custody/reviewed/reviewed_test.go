package reviewed_test

import (
	"errors"
	"strings"
	"testing"

	"bailiff/custody/encoding"
	"bailiff/custody/keyvalue"
	"bailiff/custody/reviewed"
)

type draft struct {
	Threshold int     `toml:"threshold"`
	Place     string  `toml:"place"`
	Custodian []named `toml:"custodian"`
}

type named struct {
	Name string `toml:"name"`
}

func TestDecode(t *testing.T) {
	var d draft
	err := reviewed.Decode("p.toml", []byte("# sample\nthreshold = 3\nplace = \"Étude exemple\"\n[[custodian]]\nname = \"a\"\n"), &d)
	if err != nil || d.Threshold != 3 || d.Place != "Étude exemple" || len(d.Custodian) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
}

func TestLinesOfWindowsAreRead(t *testing.T) {
	const text = "threshold = 3\nplace = \"Étude exemple\"\n[[custodian]]\nname = \"a\"\n"
	for name, data := range map[string]string{
		"CR LF": strings.ReplaceAll(text, "\n", "\r\n"), "a mark": "\ufeff" + text, "both": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		var d draft
		if err := reviewed.Decode("p.toml", []byte(data), &d); err != nil || d.Threshold != 3 || d.Place != "Étude exemple" {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

func TestRefusalsNameFileLineAndKey(t *testing.T) {
	for name, c := range map[string]struct {
		data  string
		want  error
		where string
	}{
		"unknown key":       {"threshold = 3\nthreshhold = 4\n", reviewed.ErrUnknown, "p.toml: line 2: threshhold"},
		"unknown in table":  {"[[custodian]]\nnom = \"a\"\n", reviewed.ErrUnknown, "p.toml: line 2: custodian.nom"},
		"missing key":       {"place = \"a\"\ncustodian = []\n", reviewed.ErrMissing, "p.toml: threshold"},
		"missing in table":  {"threshold = 3\nplace = \"a\"\n[[custodian]]\nname = \"a\"\n[[custodian]]\n", reviewed.ErrMissing, "p.toml: custodian: 2: name"},
		"repeated key":      {"threshold = 3\nthreshold = 4\n", reviewed.ErrSyntax, "p.toml: "},
		"another type":      {"threshold = \"3\"\n", reviewed.ErrSyntax, "p.toml: line 1"},
		"overflow":          {"threshold = 99999999999999999999\n", reviewed.ErrSyntax, "p.toml: line 1"},
		"trailing text":     {"threshold = 3 4\n", reviewed.ErrSyntax, "p.toml: line 1"},
		"case variant":      {"Threshold = 3\n", reviewed.ErrCase, "p.toml: Threshold"},
		"bidi in a comment": {"threshold = 3 # \u202e4\n", keyvalue.ErrInvisible, "p.toml: line 1"},
		"escape sequence":   {"place = \"\x1b[2J\"\n", keyvalue.ErrControl, "p.toml: line 1"},
		"a lone CR":         {"threshold = 3\r# 4\n", keyvalue.ErrControl, "p.toml: line 1"},
		"UTF-16":            {"\xff\xfet\x00h\x00r\x00e\x00", encoding.ErrUTF16, "p.toml: "},
		"huge":              {strings.Repeat("#\n", reviewed.MaxSize), reviewed.ErrTooLarge, "p.toml: "},
	} {
		t.Run(name, func(t *testing.T) {
			err := reviewed.Decode("p.toml", []byte(c.data), new(draft))
			if !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), c.where) {
				t.Errorf("%v; want %q: %v", err, c.where, c.want)
			}
		})
	}
}
