package piv

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
)

const sampleObject = "testdata/data-object.txt"

func golden(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(sampleObject)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sample is the data object in testdata.
func sample(t testing.TB) *dataObject {
	t.Helper()
	c := &dataObject{serial: "12345678", sequence: 7, origin: originFresh, making: 0x83}
	for _, vault := range []string{"7c1e5f0a93b2d4468f0e1a2b3c4d5e70", "7c1e5f0a93b2d4468f0e1a2b3c4d5e6f"} {
		if _, err := c.heads.Keep(vault, token.Head{Size: 112, Root: [32]byte{0x8d, 0x3a}}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestObjectGolden(t *testing.T) {
	got, err := sample(t).format()
	if err != nil || !bytes.Equal(got, golden(t)) {
		t.Errorf("wrote\n%s%v", got, err)
	}
	c, err := parseDataObject(golden(t))
	if err != nil || c.making != 0x83 || c.sequence != 7 || len(c.heads) != 2 {
		t.Errorf("read %+v, %v", c, err)
	}
}

// Every altered bit is noticed, and every cut.
func TestObjectAltered(t *testing.T) {
	data := golden(t)
	for i := range data {
		for bit := range 8 {
			altered := bytes.Clone(data)
			altered[i] ^= 1 << bit
			if c, err := parseDataObject(altered); c != nil || err == nil {
				t.Fatalf("bit %d of byte %d altered: accepted", bit, i)
			}
		}
		if c, err := parseDataObject(data[:i]); c != nil || err == nil {
			t.Fatalf("cut before byte %d: accepted", i)
		}
	}
}

// A full list of vaults has room in an object.
func TestObjectFull(t *testing.T) {
	c := &dataObject{serial: "4294967295", sequence: 1<<63 - 1, origin: originInUse, making: 0x95}
	for i := range 16 {
		vault := "ffffffffffffffffffffffffffffff" + string("0123456789abcdef"[i]) + "0"
		if _, err := c.heads.Keep(vault, token.Head{Size: 1<<63 - 1, Root: [32]byte{1}}); err != nil {
			t.Fatal(err)
		}
	}
	data, err := c.format()
	if err != nil || len(data) > maxObject {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

func FuzzObject(f *testing.F) {
	f.Add(golden(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		c, err := parseDataObject(data)
		if err != nil {
			if c != nil {
				t.Fatal("an object beside an error")
			}
			return
		}
		if out, err := c.format(); err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}

func FuzzElements(f *testing.F) {
	f.Add([]byte{1, 1, 0xff, 5, 1, 1, 6, 2, 3, 3})
	f.Add(appendElement(nil, tagObject, make([]byte, 300)))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		all, err := elements(data)
		if err != nil {
			if all != nil || !errors.Is(err, ErrAnswer) {
				t.Fatalf("%v beside %v", all, err)
			}
			return
		}
		for tag, value := range all {
			if got, err := element(appendElement(nil, tag, value), tag); err != nil || !bytes.Equal(got, value) {
				t.Fatalf("%02x %x came back as %x, %v", tag, value, got, err)
			}
		}
	})
}

func TestObjectTooLarge(t *testing.T) {
	if c, err := parseDataObject(make([]byte, maxObject+1)); c != nil || !errors.Is(err, keyvalue.ErrTooLarge) {
		t.Errorf("%v, %v", c, err)
	}
}
