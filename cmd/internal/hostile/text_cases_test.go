package hostile

import (
	"bytes"
	"strings"
	"testing"
)

// replacing is a vector in which one file of the good world is another.
func replacing(number int, title, check, expect, file string, data []byte, also ...part) vector {
	return vector{number: number, title: title, check: check, expect: expect, file: file, also: also, encoding: bestEncoding(data), body: data}
}

// happening is a vector of steps.
func happening(number int, title, check, expect string, lines ...string) vector {
	return vector{number: number, title: title, check: check, expect: expect, encoding: encodingSteps, body: []byte(strings.Join(lines, "\n") + "\n")}
}

// allVectors derives all vectors from testdata/good.
func allVectors(t testing.TB) (all []vector) {
	w := newWorld(t)
	for _, cases := range []func(*world) []vector{
		textCases, nameCases, grammarCases, signatureCases, signatureFileCases, officerCases, certificateCases, storedKeyCases,
		orderCases, policyCases, shareCases, tokenCases, deviceCases, attestationCases, mediaCases, zipCases, batchCases, vaultCases,
	} {
		all = append(all, cases(w)...)
	}
	return all
}

// edited is a file of the good world with one text replaced by another.
func (w *world) edited(file, old, with string) []byte {
	w.Helper()
	data := w.read(file)
	if bytes.Count(data, []byte(old)) != 1 {
		w.Fatalf("%q does not stand once in %s", old, file)
	}
	return bytes.Replace(data, []byte(old), []byte(with), 1)
}

// inOrder puts a text behind the member's reference.
func (w *world) inOrder(text string) []byte { return w.edited("order.txt", "M-4711", "M-4711"+text) }

func textCases(w *world) []vector {
	var out []vector
	for _, c := range []struct {
		number              int
		title, text, expect string
	}{
		{1, "an escape sequence in the member", "\x1b[2J", "record.control"},
		{2, "a C1 control", "\u009b2J", "record.control"},
		{3, "a carriage return in a line", "\rM", "record.control"},
		{3, "a backspace", "\b\b", "record.control"},
		{3, "a form feed", "\f", "record.control"},
		{4, "a right-to-left override", "\u202egro", "record.invisible"},
		{4, "a first-strong isolate", "\u2068x", "record.invisible"},
		{5, "a zero-width joiner", "\u200dx", "record.invisible"},
		{5, "a tag character", "\U000e0041", "record.invisible"},
		{5, "a byte order mark in a line", "\ufeffx", "record.invisible"},
		{7, "a decomposed letter", "e\u0301", "record.nfc"},
		{8, "a byte that is no UTF-8", "\xff", "record.utf8"},
		{8, "an overlong encoding", "\xc0\xaf", "record.utf8"},
		{8, "a surrogate", "\xed\xa0\x80", "record.utf8"},
		{8, "a NUL", "\x00", "record.control"},
	} {
		out = append(out, replacing(c.number, c.title, "order", c.expect, "order.txt", w.inOrder(c.text)))
	}
	order, sigs := w.read("order.txt"), w.read("order.sig")
	one := signed(w, order, 1)
	return append(out,
		replacing(8, "a byte order mark in front", "order", "encoding.mark", "order.txt", append([]byte("\ufeff"), order...)),
		replacing(9, "a line of a million bytes in an order", "order", "durable.too-large", "order.txt", w.inOrder(strings.Repeat("x", 1_000_000))),
		replacing(9, "a line of a million bytes in a script", "script", "reviewed.too-large", "script.toml", w.edited("script.toml", "Witness Sample", strings.Repeat("x", 1_000_000))),
		replacing(9, "a million bytes in a policy", "vault", "durable.too-large", policyFile, append(w.read(policyFile), bytes.Repeat([]byte("x"), 1_000_000)...)),
		replacing(9, "seventeen signatures", "signatures", "order.too-many-signatures", "order.sig", bytes.Repeat(one, 17)),
		replacing(9, "a million signatures", "signatures", "order.too-many-signatures", "order.sig", bytes.Repeat([]byte{0x88, 0}, 1_000_000)),
		replacing(9, "both signatures five thousand times", "signatures", "order.too-many-signatures", "order.sig", bytes.Repeat(sigs, 5000)),
	)
}

// nameCases are names that people read. A name in two scripts is no error: it is shown with code points.
func nameCases(w *world) []vector {
	escape := "\x1b[8m"
	return []vector{
		replacing(1, "an escape sequence in a custodian's name", "draft", "record.control", "draft.toml", w.edited("draft.toml", "Bruno", `Bruno\u001b[2J`)),
		replacing(4, "a right-to-left override in a witness", "script", "record.invisible", "script.toml", w.edited("script.toml", "Witness", `Witness\u202e`)),
		replacing(10, "an escape sequence in a user ID", "certificate", "order.user-id", certificateFile, certificateOf(w, newOfficer(w, 10, "Officer"+escape))),
		replacing(10, "a name in a ZIP file with an escape sequence", "zip", "vault.zip-name", "batch.zip", zipFile([]zipItem{{name: "a" + escape, data: "x"}}, nil)),
	}
}

func grammarCases(w *world) []vector {
	var out []vector
	for _, c := range []struct {
		number                   int
		title, old, with, expect string
	}{
		{11, "a field twice", "member: M-4711\n", "member: M-4711\nmember: M-4712\n", "record.missing"},
		{12, "a field in capitals", "member:", "Member:", "record.line"},
		{12, "an unknown field", "member:", "nickname: x\nmember:", "record.missing"},
		{12, "two fields in the other order", "member: M-4711\nreason: death\n", "reason: death\nmember: M-4711\n", "record.missing"},
		{14, "a leading zero", "key-number: 0", "key-number: 00", "record.value"},
		{14, "an exponent", "key-number: 000", "key-number: 1e0", "record.value"},
		{14, "an overflow", "key-number: 0000", "key-number: 18446744073709551", "record.value"},
		{14, "a sign", "key-number: 0", "key-number: +", "record.value"},
		{16, "one line that ends in CR LF", "M-4711\n", "M-4711\r\n", "record.control"},
	} {
		out = append(out, replacing(c.number, c.title, "order", c.expect, "order.txt", w.edited("order.txt", c.old, c.with)))
	}
	order := w.read("order.txt")
	key := line(order, "key: ")
	return append(out,
		replacing(11, "the last field twice", "order", "record.trailing", "order.txt", append(order, []byte("expires: 2099-01-01T00:00:00Z\n")...)),
		replacing(11, "a key twice in a draft", "draft", "reviewed.syntax", "draft.toml", w.edited("draft.toml", "profile = ", "threshold = 2\nprofile = ")),
		replacing(11, "a key twice in a script", "script", "reviewed.syntax", "script.toml", w.edited("script.toml", "sample = 2", "sample = 2\nsample = 1")),
		replacing(12, "a key in capitals in a draft", "draft", "reviewed.case", "draft.toml", w.edited("draft.toml", "threshold = 2\nprofile", "Threshold = 2\nprofile")),
		replacing(12, "an unknown key in a draft", "draft", "reviewed.unknown", "draft.toml", w.edited("draft.toml", "profile = ", "profil = \"x\"\nprofile = ")),
		replacing(12, "a missing key in a script", "script", "reviewed.missing", "script.toml", w.edited("script.toml", "sample = 2\n", "")),
		replacing(12, "a kind of entry that does not exist", "entry", "ledger.kind", "entry.txt", w.edited("entry.txt", "kind: batch-sealed", "kind: batch-sold")),
		replacing(13, "a field too many", "order", "record.trailing", "order.txt", append(order, []byte("x: y\n")...)),
		replacing(13, "an empty line at the end", "order", "record.line", "order.txt", append(order, '\n')),
		replacing(14, "a number in hexadecimal in a script", "script", "script.counts", "script.toml", w.edited("script.toml", "publish = 3", "publish = 0xffffff")),
		replacing(14, "an overflow in a script", "script", "reviewed.syntax", "script.toml", w.edited("script.toml", "publish = 3", "publish = 18446744073709551619")),
		replacing(15, "a short key ID as a fingerprint", "order", "record.value", "order.txt", bytes.Replace(order, key, key[32:], 1)),
		replacing(15, "a long key ID as a fingerprint", "order", "record.value", "order.txt", bytes.Replace(order, key, key[24:], 1)),
		replacing(15, "a fingerprint in capitals", "order", "record.value", "order.txt", bytes.Replace(order, key, bytes.ToUpper(key), 1)),
		replacing(16, "all lines end in CR LF", "order", "encoding.line-ends", "order.txt", bytes.ReplaceAll(order, []byte("\n"), []byte("\r\n"))),
		replacing(16, "no LF at the end", "order", "record.final-line", "order.txt", order[:len(order)-1]),
	)
}

// line is the value of a field.
func line(text []byte, key string) []byte {
	_, rest, _ := bytes.Cut(text, []byte("\n"+key))
	value, _, _ := bytes.Cut(rest, []byte("\n"))
	return value
}
