package ledger_test

import (
	"crypto/sha256"
	"testing"

	"bailiff/custody/ledger"
)

// TestHandedOver: the bytes of the entry in which a bailiff states that a kit was handed over; persons stand beside it only.
func TestHandedOver(t *testing.T) {
	const want = "bailiff-entry/1\nvault: " + vault + "\nnumber: 12\ntime: 2026-11-21T21:36:55Z\nkind: kit-handed-over\norder: 2026-000123\nkey: " + key + "\n" +
		"kit: sha256:cbc8a597a67c465497550c4a4a7eebdb138442c06be06a78cc1ee8715658ff44\nday: 2026-11-22\npersonal: sha256:7d3ad177304b74ff0c6017c4307718d87100d99a4edd126dbd26d307139cf7de\n"
	l, _ := sample(t)
	part, err := ledger.FormatPersonal(sha256.Sum256([]byte{12}), fields("bailiff", "Maître Exemple", "handed-to", "Jean Héritier"))
	if err != nil {
		t.Fatal(err)
	}
	if _, got, err := ledger.ParsePersonal(part); err != nil || len(got) != 2 {
		t.Errorf("the personal part reads %v, %v", got, err)
	}
	stated := func(day string) *ledger.KitHandedOver {
		return &ledger.KitHandedOver{Order: "2026-000123", Key: key, Kit: sum("kit"), Day: day}
	}
	for _, day := range []string{"", "22.11.2026"} {
		if _, err := l.Append(stated(day), at(12), part); err == nil {
			t.Errorf("a handover on %q", day)
		}
	}
	e, err := l.Append(stated("2026-11-22"), at(12), part)
	if err != nil {
		t.Fatal(err)
	}
	text, err := e.Format()
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("the entry is\n%s\nwant\n%s", text, want)
	}
}
