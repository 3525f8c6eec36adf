package strictzip_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"testing"
	"time"

	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/ziptest"
)

// member is an entry as an attacker would write it: every field of its headers is free.
type member struct {
	name, content, extra, comment    string
	localName, localExtra, localBody string
	offset, shift                    int // of the local header as stated; added to what is true
	size                             int // stated on top of what is true
	flags, method, clock, date       uint16
	attributes                       uint32
}

// forge writes a file by an encoder of its own, after the APPNOTE and not after ours.
func forge(members ...member) []byte {
	le := binary.LittleEndian
	var file, dir []byte
	for _, m := range members {
		name := m.name
		if m.localName != "" {
			name = m.localName
		}
		common := func(b []byte, name int) []byte {
			for _, v := range []uint16{10, m.flags, m.method, m.clock, 33 + m.date} {
				b = le.AppendUint16(b, v)
			}
			b = le.AppendUint32(b, crc32.ChecksumIEEE([]byte(m.content)))
			b = le.AppendUint32(b, uint32(len(m.content)+m.size))
			b = le.AppendUint32(b, uint32(len(m.content)+m.size))
			return le.AppendUint16(b, uint16(name))
		}
		offset := len(file) + m.shift
		if m.offset != 0 {
			offset = m.offset
		}
		file = common(append(file, "PK\x03\x04"...), len(name))
		file = le.AppendUint16(file, uint16(len(m.localExtra)))
		file = append(file, name+m.localExtra+m.content+m.localBody...)
		dir = common(append(dir, "PK\x01\x02\x1e\x03"...), len(m.name))
		dir = le.AppendUint16(dir, uint16(len(m.extra)))
		dir = le.AppendUint16(dir, uint16(len(m.comment)))
		dir = append(dir, 0, 0, 0, 0)
		dir = le.AppendUint32(dir, 0o100444<<16+m.attributes)
		dir = le.AppendUint32(dir, uint32(offset))
		dir = append(dir, m.name+m.extra+m.comment...)
	}
	end := append([]byte{}, "PK\x05\x06\x00\x00\x00\x00"...)
	end = le.AppendUint16(end, uint16(len(members)))
	end = le.AppendUint16(end, uint16(len(members)))
	end = le.AppendUint32(end, uint32(len(dir)))
	end = le.AppendUint32(end, uint32(len(file)))
	return append(append(append(file, dir...), end...), 0, 0)
}

func TestForgerAgreesWithTheWriter(t *testing.T) {
	got := forge(member{name: "a/key.pgp", content: "sealed"}, member{name: "b", content: ""})
	if !bytes.Equal(got, ziptest.Pack(t, "a/key.pgp", "sealed", "b", "")) {
		t.Error("two encoders of the profile disagree")
	}
}

func TestForgeriesAreRefused(t *testing.T) {
	good := func(name string) member { return member{name: name, content: "content"} }
	for name, c := range map[string]struct {
		members []member
		want    error
	}{
		"duplicate name":       {[]member{good("a"), good("a")}, strictzip.ErrDuplicate},
		"descending names":     {[]member{good("b"), good("a")}, strictzip.ErrOrder},
		"parent folder":        {[]member{good("../a")}, strictzip.ErrName},
		"absolute path":        {[]member{good("/a")}, strictzip.ErrName},
		"upper case":           {[]member{good("A")}, strictzip.ErrName},
		"case-colliding":       {[]member{good("KEY"), good("key")}, strictzip.ErrName},
		"a folder":             {[]member{good("a/")}, strictzip.ErrName},
		"escape in the name":   {[]member{good("a\x1b[31m")}, strictzip.ErrName},
		"file and folder":      {[]member{good("a"), good("a/b")}, strictzip.ErrCollision},
		"overlapping entries":  {[]member{good("a"), {name: "b", content: "content", shift: -1}}, strictzip.ErrGap},
		"one place, two names": {[]member{good("a"), {name: "b", content: "content", shift: -38}}, strictzip.ErrGap},
		"gap between entries":  {[]member{{name: "a", content: "content", localBody: "?"}, good("b")}, strictzip.ErrGap},
		"gap before directory": {[]member{good("a"), {name: "b", content: "content", localBody: "?"}}, strictzip.ErrGap},
		"bytes at the front":   {[]member{{name: "a", content: "content", offset: 1}}, strictzip.ErrGap},
		"bomb":                 {[]member{{name: "a", content: "content", size: 1 << 30}}, strictzip.ErrSize},
		"local name differs":   {[]member{{name: "a", content: "content", localName: "b"}}, strictzip.ErrLocal},
		"local extra field":    {[]member{{name: "a", content: "content", localExtra: "xx\x00\x00"}}, strictzip.ErrGap},
		"extra for a byte":     {[]member{{name: "a", content: "content", localExtra: "xx\x00\x00", size: 4}}, strictzip.ErrLocal},
		"extra field":          {[]member{{name: "a", content: "content", extra: "xx\x00\x00"}}, strictzip.ErrExtra},
		"entry comment":        {[]member{{name: "a", content: "content", comment: "c"}}, strictzip.ErrComment},
		"data descriptor":      {[]member{{name: "a", content: "content", flags: 8}}, strictzip.ErrFlags},
		"encrypted":            {[]member{{name: "a", content: "content", flags: 1}}, strictzip.ErrFlags},
		"UTF-8 flag":           {[]member{{name: "a", content: "content", flags: 0x800}}, strictzip.ErrFlags},
		"deflated":             {[]member{{name: "a", content: "content", method: 8}}, strictzip.ErrMethod},
		"time of day":          {[]member{{name: "a", content: "content", clock: 1}}, strictzip.ErrDate},
		"another date":         {[]member{{name: "a", content: "content", date: 1}}, strictzip.ErrDate},
		"a symlink":            {[]member{{name: "a", content: "content", attributes: 0o020000 << 16}}, strictzip.ErrAttributes},
		"no entries":           {nil, strictzip.ErrEmpty},
	} {
		if _, err := ziptest.Unpack(forge(c.members...)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestBytesAroundAreRefused(t *testing.T) {
	data := ziptest.Pack(t, "a", "content")
	commented := append(bytes.Clone(data), "hello"...)
	binary.LittleEndian.PutUint16(commented[len(data)-2:], 5)
	dirSize := bytes.Clone(data)
	binary.LittleEndian.PutUint32(dirSize[len(data)-10:], 1)
	needless := append(bytes.Clone(data[:len(data)-22]), make([]byte, 56)...)
	needless = append(append(needless, "PK\x06\x07"+string(make([]byte, 16))...), data[len(data)-22:]...)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"prefix":           {append([]byte("#!"), data...), strictzip.ErrSize},
		"trailing bytes":   {append(bytes.Clone(data), 0), strictzip.ErrEnd},
		"archive comment":  {commented, strictzip.ErrEnd},
		"directory size":   {dirSize, strictzip.ErrSize},
		"needless ZIP64":   {needless, strictzip.Err64},
		"a file of text":   {bytes.Repeat([]byte("text\n"), 20), strictzip.ErrEnd},
		"an empty file":    {nil, strictzip.ErrEnd},
		"two files in one": {append(bytes.Clone(data), data...), strictzip.ErrSize},
	} {
		if _, err := ziptest.Unpack(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := strictzip.Open(bytes.NewReader(data), strictzip.MaxSize+1); !errors.Is(err, strictzip.ErrTooLarge) {
		t.Error(err)
	}
	if _, err := strictzip.Open(bytes.NewReader(data), int64(len(data))+1); err == nil {
		t.Error("opened a file that is shorter than it is said to be")
	}
}

// TestFilesOfArchiveZip refuses what Go's own writer makes, whatever it is told.
func TestFilesOfArchiveZip(t *testing.T) {
	date := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		header zip.FileHeader
		raw    bool
		want   error
	}{
		"as it comes": {zip.FileHeader{Name: "a"}, false, strictzip.ErrFlags},
		"deflated":    {zip.FileHeader{Name: "a", Method: zip.Deflate}, true, strictzip.ErrMethod},
		"undated":     {zip.FileHeader{Name: "a"}, true, strictzip.ErrDate},
		//lint:ignore SA1019 the raw writer takes the date from here alone
		"extra time": {zip.FileHeader{Name: "a", Modified: date, ModifiedDate: 33, Extra: []byte("xx\x00\x00")}, true, strictzip.ErrExtra},
		//lint:ignore SA1019 as above
		"at its best": {zip.FileHeader{Name: "a", ModifiedDate: 33, ExternalAttrs: 0o100444 << 16}, true, strictzip.ErrVersion},
	} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		content := []byte("content")
		create := w.CreateHeader
		if c.raw {
			create = w.CreateRaw
			c.header.CRC32 = crc32.ChecksumIEEE(content)
			c.header.CompressedSize64, c.header.UncompressedSize64 = uint64(len(content)), uint64(len(content))
		}
		f, err := create(&c.header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := ziptest.Unpack(b.Bytes()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
