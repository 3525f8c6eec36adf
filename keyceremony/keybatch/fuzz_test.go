package keybatch

import (
	"bytes"
	"strings"
	"testing"

	"bailiff/custody/testkit/fuzztest"
)

func FuzzHeader(f *testing.F) {
	good := "bailiff-batch/1\nvault: 5f0c4a1b2c3d4e5f60718293a4b5c6d7\nbatch: b20261121-7f3a9c\nmode: rehearsal\n" +
		"profile: v4-curve25519\ncreated: 2026-11-21T21:24:55Z\nkeys: 6\npublished: 3\nsample: 2\nreserve: 1\n"
	for _, key := range []string{"root", "policy", "manifest", "leaves", "burnt", "reserve-list"} {
		good += key + ": sha256:" + strings.Repeat("0f", 32) + "\n"
	}
	if _, err := ParseHeader([]byte(good)); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(good))
	f.Add([]byte(strings.Replace(good, "sample: 2", "sample: 02", 1)))
	f.Add([]byte(strings.Replace(good, "published: 3", "published: 999999", 1)))
	f.Add([]byte(strings.TrimSuffix(good, "\n")))
	f.Add([]byte(good + "more: 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if h := fuzztest.RoundTrip(t, data, ParseHeader); h != nil {
			if h.Published+h.Sample+h.Reserve != h.Keys || h.Published == 0 {
				t.Fatalf("counts of %+v", h)
			}
		}
	})
}

func FuzzLeaves(f *testing.F) {
	digests := strings.Repeat("0a", 32) + " " + strings.Repeat("ff", 32)
	good := "000001 " + strings.Repeat("a", 40) + " " + digests + " published\n" +
		"000002 " + strings.Repeat("b", 64) + " " + digests + " burnt\n" +
		"000003 " + strings.Repeat("c", 40) + " " + digests + " reserve\n"
	if _, err := parseLeaves([]byte(good), 3); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(good), 3)
	f.Add([]byte(good), 2)
	f.Add([]byte(good), 1<<40)
	f.Add([]byte(good), -1)
	f.Add([]byte(strings.ToUpper(good)), 3)
	f.Add([]byte(strings.TrimSuffix(good, "\n")), 3)
	f.Add([]byte(strings.ReplaceAll(good, "\n", "\r\n")), 3)
	f.Add([]byte(strings.ReplaceAll(good, "000002", "000004")), 3)
	f.Add([]byte(strings.ReplaceAll(good, "burnt", "lost")), 3)
	f.Fuzz(func(t *testing.T, data []byte, total int) {
		defer fuzztest.Bounded(t, 64*len(data))()
		leaves, err := parseLeaves(data, total)
		if err != nil {
			if leaves != nil {
				t.Fatal("leaves and an error")
			}
			return
		}
		var again []byte
		for i := range leaves {
			again = leaves[i].append(again, i+1)
		}
		if !bytes.Equal(again, data) || len(leaves) != total {
			t.Fatalf("%q came back as %q", data, again)
		}
	})
}
