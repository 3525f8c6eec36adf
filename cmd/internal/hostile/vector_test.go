// Package hostile holds the programs against testdata/hostile, whose files are the cases that must
// fail closed: each names the one check that must refuse it and the error by which. The format is
// described in testdata/README.md, for implementations in other languages. Were these tests wrong,
// a check could fall out of the programs without anybody noticing.
package hostile

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// vector is one hostile case.
type vector struct {
	number        int    // in the list of cases
	title         string // what is wrong, and nothing else is
	check, expect string
	file          string // of the good world, which the bytes replace; "" for steps
	also          []part // further files
	encoding      string
	body          []byte
}

type part struct {
	file string
	data []byte
}

// The encodings of a body.
const (
	encodingText    = "text"    // as it stands
	encodingEscaped = "escaped" // \\ is a backslash, \xNN a byte
	encodingBase64  = "base64"  // in lines
	encodingGzip    = "gzip"    // base64 of gzip
	encodingSteps   = "steps"   // lines of steps
)

var header = regexp.MustCompile(`\Acase: (\d+)\ntitle: (.+)\ncheck: ([a-z-]+)\nexpect: ([a-z0-9.-]+)\n(?:file: (\S+)\n)?((?:also: \S+ \S+\n)*)encoding: (\S+)\n\n`)

func parseVector(data []byte) (*vector, error) {
	m := header.FindSubmatch(data)
	if m == nil {
		return nil, errors.New("not a header of testdata/README.md")
	}
	number, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return nil, err
	}
	v := &vector{number: number, title: string(m[2]), check: string(m[3]), expect: string(m[4]), file: string(m[5]), encoding: string(m[7])}
	for line := range strings.Lines(string(m[6])) {
		w := strings.Fields(line)
		data, err := base64.StdEncoding.DecodeString(w[2])
		if err != nil {
			return nil, err
		}
		v.also = append(v.also, part{w[1], data})
	}
	if (v.file == "") != (v.encoding == encodingSteps) {
		return nil, errors.New("steps have no file, and all else has one")
	}
	v.body, err = decode(v.encoding, data[len(m[0]):])
	return v, err
}

func (v *vector) format() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "case: %d\ntitle: %s\ncheck: %s\nexpect: %s\n", v.number, v.title, v.check, v.expect)
	if v.file != "" {
		fmt.Fprintf(&b, "file: %s\n", v.file)
	}
	for _, p := range v.also {
		fmt.Fprintf(&b, "also: %s %s\n", p.file, base64.StdEncoding.EncodeToString(p.data))
	}
	fmt.Fprintf(&b, "encoding: %s\n\n", v.encoding)
	body, err := encode(v.encoding, v.body)
	return append(b.Bytes(), body...), err
}

func encode(encoding string, data []byte) ([]byte, error) {
	switch encoding {
	case encodingText, encodingSteps:
		return data, nil
	case encodingEscaped:
		return escape(data), nil
	case encodingBase64:
		return armor(data), nil
	case encodingGzip:
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(data)
		err = errors.Join(err, w.Close())
		return armor(b.Bytes()), err
	}
	return nil, errors.New("unknown encoding")
}

func decode(encoding string, body []byte) ([]byte, error) {
	switch encoding {
	case encodingText, encodingSteps:
		return body, nil
	case encodingEscaped:
		return unescape(body)
	case encodingBase64:
		return base64.StdEncoding.DecodeString(string(body))
	case encodingGzip:
		packed, err := base64.StdEncoding.DecodeString(string(body))
		if err != nil {
			return nil, err
		}
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	}
	return nil, errors.New("unknown encoding")
}

// bestEncoding is the one that a person reads most easily.
func bestEncoding(data []byte) string {
	plain, text := true, bytes.HasPrefix(data, []byte("bailiff-")) || bytes.Contains(data, []byte(" = "))
	for _, c := range data {
		plain = plain && (c == '\n' || c >= ' ' && c <= '~')
	}
	switch {
	case len(data) > 32<<10:
		return encodingGzip
	case plain && len(data) > 0:
		return encodingText
	case text:
		return encodingEscaped
	}
	return encodingBase64
}

func armor(data []byte) []byte {
	text := base64.StdEncoding.EncodeToString(data)
	var b bytes.Buffer
	for len(text) > 76 {
		b.WriteString(text[:76] + "\n")
		text = text[76:]
	}
	b.WriteString(text + "\n")
	return b.Bytes()
}

func escape(data []byte) []byte {
	var b bytes.Buffer
	for _, c := range data {
		switch {
		case c == '\\':
			b.WriteString(`\\`)
		case c == '\n' || c >= ' ' && c <= '~':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, `\x%02x`, c)
		}
	}
	return b.Bytes()
}

var escapes = regexp.MustCompile(`\\(\\|x[0-9a-f]{2}|)`)

func unescape(data []byte) ([]byte, error) {
	var err error
	out := escapes.ReplaceAllFunc(data, func(m []byte) []byte {
		switch len(m) {
		case 2:
			return m[:1]
		case 4:
			n, _ := strconv.ParseUint(string(m[2:]), 16, 8)
			return []byte{byte(n)}
		}
		err = errors.New("a lone backslash")
		return m
	})
	return out, err
}
