package ledger_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// entry is the i-th entry of the sample history.
func entry(t testing.TB, i int) *ledger.Entry {
	a := acts()[i]
	return &ledger.Entry{Vault: vault, Number: int64(i), Time: at(i), Act: a.Act}
}

// format writes an entry without the checks of Entry.Format.
func format(t testing.TB, e *ledger.Entry, fields []keyvalue.Field) []byte {
	t.Helper()
	all := append([]keyvalue.Field{{Key: "vault", Value: e.Vault}, {Key: "number", Value: "0"},
		{Key: "time", Value: keyvalue.FormatTime(e.Time)}, {Key: "kind", Value: string(e.Act.Kind())}}, fields...)
	data, err := keyvalue.Format("bailiff-entry/1", all)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEntryOfEveryKind(t *testing.T) {
	for i, a := range acts() {
		e := entry(t, i)
		data, err := e.Format()
		if err != nil {
			t.Fatalf("%s: %v", a.Kind(), err)
		}
		got, err := ledger.ParseEntry(data)
		if err != nil {
			t.Fatalf("%s: %v", a.Kind(), err)
		}
		if got.Vault != vault || got.Number != int64(i) || !got.Time.Equal(at(i)) || !reflect.DeepEqual(got.Act, a.Act) || got.Personal != nil {
			t.Errorf("%s: read %+v", a.Kind(), got)
		}
	}
}

// TestEntryFieldsAreExactlyThoseOfTheKind: each field must be there, once, in its place.
func TestEntryFieldsAreExactlyThoseOfTheKind(t *testing.T) {
	for i, a := range acts() {
		e := entry(t, i)
		for j, f := range a.fields() {
			if f.Key != "replaces" {
				if _, err := ledger.ParseEntry(format(t, e, without(a.fields(), j))); !errors.Is(err, keyvalue.ErrMissing) {
					t.Errorf("%s without %s: %v", a.Kind(), f.Key, err)
				}
			}
			for what, list := range map[string][]keyvalue.Field{
				"repeated":     slices.Insert(slices.Clone(a.fields()), j, f),
				"unknown":      slices.Insert(slices.Clone(a.fields()), j, keyvalue.Field{Key: "extra", Value: "1"}),
				"personal":     slices.Insert(slices.Clone(a.fields()), j, keyvalue.Field{Key: "personal", Value: digest("p")}),
				"out of place": append(without(a.fields(), j), f),
			} {
				if what == "out of place" && j == len(a.fields())-1 {
					continue
				}
				if _, err := ledger.ParseEntry(format(t, e, list)); err == nil {
					t.Errorf("%s with %s %s was read", a.Kind(), f.Key, what)
				}
			}
		}
		if _, err := ledger.ParseEntry(format(t, e, append(slices.Clone(a.fields()), fields("personal", digest("p"), "personal", digest("p"))...))); err == nil {
			t.Errorf("%s with two personal parts was read", a.Kind())
		}
	}
}

// badValues has, for each key, values that are refused though they are good text.
var badValues = map[string][]string{
	"policy-number":    {"-1", "01", "1000000", "1e3", "x"},
	"policy":           {strings.Repeat("a", 64), "sha256:", strings.ToUpper(digest("a")), digest("a") + "0"},
	"batch":            {"b20261121-7F3A9C", "20261121-7f3a9c", "b2026112-17f3a9c", "b20261121-7f3a9"},
	"script":           {"none"},
	"software":         {"sha512:" + strings.Repeat("a", 64)},
	"publish":          {"+9", "1000000", "18446744073709551616"},
	"sample":           {"02"},
	"reserve":          {"1.0"},
	"why":              {"Two", "two words", "-x", "no.", strings.Repeat("a", 41)},
	"keys":             {"0", "1000000", "00"},
	"root":             {key},
	"manifest":         {"x"},
	"dice":             {"0", "7", "1 2", "12a", strings.Repeat("1", 1001)},
	"numbers":          {"3", "000000", "000003 000003", "000004 000003", "000003, 000004", "000003  000004", "0000003"},
	"published":        {"-9"},
	"burnt":            {"x"},
	"file":             {"x"},
	"order":            {"-1", "A", "2026_1", strings.Repeat("1", 41), "1/2"},
	"order-digest":     {"x"},
	"signature-digest": {"x"},
	"replaces":         {ledger.Unreadable, "É"},
	"key-number":       {"42", "000000", "1000000"},
	"key":              {"89abcdef01234567", strings.ToUpper(key), strings.Repeat("a", 39), strings.Repeat("a", 62)},
	"opening":          {"c01", "c01 c01", "c03 c01", "c00 c01", "c01 c17", "c01,c02", "c01  c02"},
	"kit":              {"x"},
}

func TestEntryRefusesBadValues(t *testing.T) {
	tried := map[string]bool{}
	for i, a := range acts() {
		e := entry(t, i)
		for j, f := range a.fields() {
			for _, v := range badValues[f.Key] {
				list := slices.Clone(a.fields())
				list[j].Value = v
				if _, err := ledger.ParseEntry(format(t, e, list)); !errors.Is(err, keyvalue.ErrValue) {
					t.Errorf("%s, %s %q: %v", a.Kind(), f.Key, v, err)
				}
				tried[f.Key] = true
			}
		}
	}
	if len(tried) != len(badValues) {
		t.Errorf("tried only %d of %d keys", len(tried), len(badValues))
	}
	if _, err := ledger.ParseEntry(format(t, entry(t, 9), fields("order", ledger.Unreadable, "key", key))); !errors.Is(err, keyvalue.ErrValue) {
		t.Errorf("a release of an unreadable order: %v", err)
	}
}

func TestEntryHeadRefusals(t *testing.T) {
	good, err := entry(t, 9).Format()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		old, new string
		want     error
	}{
		"unknown kind":     {"release-opened", "release-closed", ledger.ErrKind},
		"version 2":        {"bailiff-entry/1", "bailiff-entry/2", keyvalue.ErrFormat},
		"vault too short":  {vault, vault[1:], keyvalue.ErrValue},
		"leading zero":     {"number: 9", "number: 09", keyvalue.ErrValue},
		"number too large": {"number: 9", "number: 1000000000", keyvalue.ErrValue},
		"a time zone":      {"55Z", "55+00:00", keyvalue.ErrValue},
		"a CR":             {"number: 9", "number: 9\r", keyvalue.ErrControl},
	} {
		if _, err := ledger.ParseEntry([]byte(strings.Replace(string(good), c.old, c.new, 1))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ledger.ParseEntry(bytes.Repeat([]byte("x"), 1<<20)); !errors.Is(err, durable.ErrTooLarge) {
		t.Errorf("a huge entry: %v", err)
	}
}

// TestFormatRefusesWhatCannotBeRead: an entry that could not be opened again is never written.
func TestFormatRefusesWhatCannotBeRead(t *testing.T) {
	for name, change := range map[string]func(*ledger.Entry){
		"vault":     func(e *ledger.Entry) { e.Vault = "x" },
		"number":    func(e *ledger.Entry) { e.Number = -1 },
		"too large": func(e *ledger.Entry) { e.Number = ledger.MaxSize },
		"time":      func(e *ledger.Entry) { e.Time = e.Time.AddDate(-100, 0, 0) },
		"no fields": func(e *ledger.Entry) { e.Act = new(ledger.ReleaseOpened) },
		"LF":        func(e *ledger.Entry) { e.Act = &ledger.ReleaseOpened{Order: "1\nkey", Key: key} },
	} {
		e := entry(t, 9)
		change(e)
		if data, err := e.Format(); err == nil {
			t.Errorf("%s: wrote %q", name, data)
		}
	}
}

func TestPersonalOfEveryKind(t *testing.T) {
	for i, a := range acts() {
		data := a.part(t, i)
		if data == nil {
			continue
		}
		salt, got, err := ledger.ParsePersonal(data)
		if err != nil || !slices.Equal(got, a.personal) {
			t.Errorf("%s: %q, %v", a.Kind(), got, err)
		}
		if again, err := ledger.FormatPersonal(salt, got); err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s came back as %q, %v", a.Kind(), again, err)
		}
	}
}

func TestPersonalRefusals(t *testing.T) {
	for name, list := range map[string][]keyvalue.Field{
		"unknown key":            fields("secret", "x"),
		"about last":             fields("member", "M", "recipient", "R", "checker", "A", "about", "x"),
		"policy and intent":      append(slices.Clone(acts()[0].personal), acts()[8].personal...),
		"no checker":             fields("member", "M", "recipient", "R"),
		"two recipients":         fields("member", "M", "recipient", "R", "recipient", "R", "checker", "A"),
		"not a date":             fields("member", "M", "recipient", "R", "recipient-born", "31/01/1970", "checker", "A"),
		"a custodian's bare id":  fields("place", "x", "legal-basis", "x", "custodian", "c01"),
		"a custodian unnumbered": fields("place", "x", "legal-basis", "x", "custodian", "c00 A"),
		"a bidi override":        fields("about", "a\u202eb"),
		"office without number":  fields("place", "x", "legal-basis", "x", "custodian", "c01 A", "office", "office A"),
	} {
		if data, err := ledger.FormatPersonal([32]byte{}, list); err == nil {
			t.Errorf("%s: wrote %q", name, data)
		}
	}
	for i, a := range acts() {
		if a.personal == nil {
			continue
		}
		for j := range a.personal {
			if f := a.personal[j].Key; f == "about" || f == "recipient-born" || f == "legal-basis" || f == "custodian" || f == "checker" {
				continue
			}
			if _, err := ledger.FormatPersonal([32]byte{}, without(a.personal, j)); err == nil {
				t.Errorf("entry %d: written without %s", i, a.personal[j].Key)
			}
		}
	}
}
