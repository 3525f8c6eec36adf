package batch_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/fuzztest"
)

var (
	hexA = strings.Repeat("a1", 32)
	hexB = strings.Repeat("0b", 32)
	fp   = strings.Repeat("f0", 20)
)

var block = "key: 000042 " + fp + "\npublic: " + hexA + "\nsealed: " + hexB +
	"\nshare: c01 7 " + hexA + " " + hexB + "\nshare: c03 255 " + hexB + " " + hexA + "\n"

func TestRecord(t *testing.T) {
	r, err := batch.ParseRecord([]byte(block))
	if err != nil {
		t.Fatal(err)
	}
	if r.Number != 42 || r.Fingerprint != fp || r.Public[0] != 0xa1 || r.Sealed[31] != 0x0b || len(r.Shares) != 2 ||
		r.Shares[1].Custodian != "c03" || r.Shares[1].X != 255 || r.Shares[1].Commitment != r.Public {
		t.Errorf("read %+v", r)
	}
	if out, err := r.Format(); err != nil || string(out) != block {
		t.Errorf("wrote %q, %v", out, err)
	}
	// The leaf, put together from the text as docs/formats.md says.
	sealed := sha256.Sum256([]byte(block[strings.Index(block, "sealed: "):]))
	leaf := sha256.Sum256([]byte("\x00bailiff-key/1\n" + string(r.Public[:]) + string(sealed[:])))
	if r.SealedDigest() != sealed || r.Leaf() != leaf {
		t.Error("the leaf is another")
	}
}

func TestRecordRefusals(t *testing.T) {
	replace := func(old, new string) string { return strings.Replace(block, old, new, 1) }
	share := "share: c03 255 " + hexB + " " + hexA + "\n"
	for name, text := range map[string]string{
		"empty":                "",
		"no final LF":          strings.TrimSuffix(block, "\n"),
		"a blank line":         block + "\n",
		"a second block":       block + block,
		"CRLF":                 strings.ReplaceAll(block, "\n", "\r\n"),
		"number 0":             replace("000042", "000000"),
		"a short number":       replace("000042", "42"),
		"a key id":             replace(fp, fp[:16]),
		"upper case":           replace(fp, strings.ToUpper(fp)),
		"upper-case digest":    replace(hexA, strings.ToUpper(hexA)),
		"a short digest":       replace(hexA, hexA[1:]),
		"no digit":             replace(hexA, "g"+hexA[1:]),
		"two blanks":           replace("c01 7", "c01  7"),
		"x of 0":               replace("c01 7", "c01 0"),
		"x of 256":             replace("c01 7", "c01 256"),
		"x with a zero":        replace("c01 7", "c01 07"),
		"x twice":              replace("c01 7", "c01 255"),
		"no x":                 replace("c01 7 ", "c01 "),
		"custodian twice":      replace("c01", "c03"),
		"custodians reversed":  replace("c01", "c04"),
		"no such custodian":    replace("c01", "c17"),
		"one share":            replace(share, ""),
		"public after sealed":  replace("public", "sealed"),
		"a line cut short":     block[:len(block)-20],
		"a hundred custodians": block + strings.Repeat(share, 100),
	} {
		if r, err := batch.ParseRecord([]byte(text)); !errors.Is(err, batch.ErrRecord) || r != nil {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

func manifestText(lines ...string) []byte {
	return []byte("bailiff-manifest/1\n" + strings.Join(lines, "\n") + "\n")
}

var manifestLines = []string{
	"vault: 5f0c00112233445566778899aabbccdd", "batch: b20261121-7f3a9c", "mode: rehearsal", "profile: v4-curve25519",
	"created: 2026-11-21T21:24:55Z", "threshold: 2", "custodians: 3", "keys: 2", "volume: sealed-0001.zip 1000 " + hexA,
	"volume: sealed-0002.zip 1000 " + hexB, "records: sha256:" + hexA, "tree: sha256:" + hexA,
	"root: sha256:" + hexB,
}

func TestManifest(t *testing.T) {
	data := manifestText(manifestLines...)
	m, err := batch.ParseManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := m.Format(); err != nil || !bytes.Equal(out, data) {
		t.Errorf("wrote %q, %v", out, err)
	}
	for name, c := range map[string]struct {
		line int
		text string
		want error
	}{
		"vault":              {0, "vault: 5f0c", keyvalue.ErrValue},
		"mode":               {2, "mode: test", keyvalue.ErrValue},
		"profile":            {3, "profile: curve25519", batch.ErrManifestProfile},
		"profile characters": {3, "profile: v4-A", batch.ErrManifestProfile},
		"k of 1":             {5, "threshold: 1", batch.ErrManifestThreshold},
		"k over n":           {5, "threshold: 4", batch.ErrManifestThreshold},
		"no majority":        {6, "custodians: 4", batch.ErrManifestThreshold},
		"too many":           {6, "custodians: 17", keyvalue.ErrValue},
		"no keys":            {7, "keys: 0", keyvalue.ErrValue},
		"fewer keys":         {7, "keys: 1", batch.ErrManifestVolumes},
		"a gap":              {9, "volume: sealed-0003.zip 1000 " + hexB, batch.ErrManifestVolumes},
		"another folder":     {9, "volume: ../sealed-0002.zip 1000 " + hexB, batch.ErrManifestVolumes},
		"an empty volume":    {9, "volume: sealed-0002.zip 0 " + hexB, batch.ErrManifestVolumes},
		"a large volume":     {9, "volume: sealed-0002.zip 2146435073 " + hexB, keyvalue.ErrValue},
		"a short volume":     {9, "volume: sealed-0002.zip 1000", keyvalue.ErrValue},
		"digest without":     {10, "records: " + hexA, keyvalue.ErrValue},
		"no tree":            {11, "records: sha256:" + hexA, keyvalue.ErrMissing},
		"no root":            {12, "tree: sha256:" + hexA, keyvalue.ErrMissing},
	} {
		lines := append([]string{}, manifestLines...)
		lines[c.line] = c.text
		if m, err := batch.ParseManifest(manifestText(lines...)); !errors.Is(err, c.want) || m != nil {
			t.Errorf("%s: %v, %v; want %v", name, m, err, c.want)
		}
	}
	if _, err := batch.ParseManifest(manifestText(append(manifestLines[:8:8], manifestLines[10:]...)...)); !errors.Is(err, batch.ErrManifestVolumes) {
		t.Errorf("no volumes: %v", err)
	}
	m.Vault = "?"
	if _, err := m.Format(); err == nil {
		t.Error("wrote what cannot be read")
	}
}

const burntText = "bailiff-burnt/1\nvault: 5f0c00112233445566778899aabbccdd\nbatch: b20261121-7f3a9c\n"

func TestBurntList(t *testing.T) {
	one, two := "key: 000007 "+fp+"\n", "key: 000042 "+strings.Repeat("f1", 20)+"\n"
	for _, text := range []string{burntText, burntText + one + two} {
		l, err := batch.ParseBurntList([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if out, err := l.Format(); err != nil || string(out) != text {
			t.Errorf("wrote %q, %v", out, err)
		}
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"descending":        {burntText + two + one, batch.ErrListOrder},
		"number twice":      {burntText + one + "key: 000007 " + hexA + "\n", batch.ErrListOrder},
		"fingerprint twice": {burntText + one + "key: 000008 " + fp + "\n", batch.ErrListOrder},
		"no fingerprint":    {burntText + "key: 000007\n", keyvalue.ErrValue},
		"a key id":          {burntText + "key: 000007 f0f0f0f0f0f0f0f0\n", keyvalue.ErrValue},
		"three words":       {burntText + "key: 000007 " + fp + " x\n", keyvalue.ErrValue},
		"an unknown field":  {burntText + "burnt: 000007\n", keyvalue.ErrTrailing},
	} {
		if l, err := batch.ParseBurntList([]byte(c.text)); !errors.Is(err, c.want) || l != nil {
			t.Errorf("%s: %v, %v; want %v", name, l, err, c.want)
		}
	}
	for _, l := range []batch.BurntList{
		{Vault: "?", Batch: "b20261121-7f3a9c"},
		{Vault: "5f0c00112233445566778899aabbccdd", Batch: "?"},
		{Vault: "5f0c00112233445566778899aabbccdd", Batch: "b20261121-7f3a9c", Keys: []batch.ListedKey{{Number: 0, Fingerprint: fp}}},
	} {
		if out, err := l.Format(); err == nil || len(fault.Objects(err)) == 0 {
			t.Errorf("wrote %q, %v", out, err)
		}
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte(block))
	f.Add([]byte(strings.Replace(block, fp, hexA, 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, batch.ParseRecord)
	})
}

func FuzzManifest(f *testing.F) {
	f.Add(manifestText(manifestLines...))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, batch.ParseManifest)
	})
}

// TestReserveList: the same form under its own name.
func TestReserveList(t *testing.T) {
	text := strings.Replace(burntText, "burnt", "reserve", 1) + "key: 000007 " + fp + "\n"
	l, err := batch.ParseReserveList([]byte(text))
	if err != nil || len(l.Keys) != 1 || l.Keys[0].Number != 7 || l.Keys[0].Fingerprint != fp {
		t.Fatalf("%+v, %v", l, err)
	}
	if out, err := l.Format(); err != nil || string(out) != text {
		t.Errorf("wrote %q, %v", out, err)
	}
	if l, err := batch.ParseReserveList([]byte(burntText)); err == nil || l != nil {
		t.Errorf("a burnt list passes for a reserve list: %v", l)
	}
	if l, err := batch.ParseBurntList([]byte(text)); err == nil || l != nil {
		t.Errorf("a reserve list passes for a burnt list: %v", l)
	}
}

func FuzzReserveList(f *testing.F) {
	f.Add([]byte(strings.Replace(burntText, "burnt", "reserve", 1) + "key: 000007 " + fp + "\nkey: 000042 " + hexA + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, batch.ParseReserveList)
	})
}

func FuzzBurntList(f *testing.F) {
	f.Add([]byte(burntText))
	f.Add([]byte(burntText + "key: 000007 " + fp + "\nkey: 000042 " + hexA + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, batch.ParseBurntList)
	})
}
