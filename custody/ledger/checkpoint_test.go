package ledger_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
)

var (
	root = tlog.Hash(sha256.Sum256([]byte("a root")))
	body = ledger.CheckpointBody(vault, 1234, root)
)

func signed(t testing.TB, sigs ...ledger.Signature) []byte {
	t.Helper()
	data, err := ledger.FormatCheckpoint(body, sigs)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCheckpointOpens(t *testing.T) {
	data := signed(t, sign(body, "c03", 1), sign(body, "c02", 2), sign(body, "c01", 1))
	cp, err := ledger.OpenCheckpoint(data, vault, cosigners(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if cp.Vault != vault || cp.Size != 1234 || cp.Root != root || !bytes.Equal(cp.Body, body) {
		t.Errorf("read %+v", cp)
	}
	var who []string
	for _, s := range cp.Signatures {
		who = append(who, fmt.Sprintf("%s/%d", s.Custodian, s.Index))
		if at, ok := s.At(); !ok || !at.Equal(start) {
			t.Errorf("%s signed at %v", s.Custodian, at)
		}
	}
	if want := []string{"c01/1", "c02/2", "c03/1"}; !slices.Equal(who, want) {
		t.Errorf("signed by %q, want %q", who, want)
	}
	if again, err := ledger.FormatCheckpoint(cp.Body, cp.Signatures); err != nil || !bytes.Equal(again, data) {
		t.Errorf("came back as %q, %v", again, err)
	}
}

// cosignVerifier is a verifier of c2sp.org/tlog-cosignature for x/mod's note package, written
// from the specification and not with the code under test.
type cosignVerifier struct {
	name string
	key  crypto.PublicKey
}

func (v cosignVerifier) Name() string { return v.name }
func (v cosignVerifier) KeyHash() uint32 {
	sum := sha256.Sum256([]byte(v.name + "\n\x04" + string(v.key.(ed25519.PublicKey))))
	return binary.BigEndian.Uint32(sum[:])
}
func (v cosignVerifier) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(v.key.(ed25519.PublicKey), append([]byte(head), msg...), sig[8:])
}

// TestNoteAndTlogReadOurCheckpoints: tools made for signed notes and checkpoints open ours.
func TestNoteAndTlogReadOurCheckpoints(t *testing.T) {
	var list []note.Verifier
	for _, c := range cosigners() {
		list = append(list, cosignVerifier{fmt.Sprintf("bailiff/vault/%s/%s/%d", vault, c.Custodian, c.Index), c.Key.Public()})
	}
	n, err := note.Open(signed(t, sign(body, "c01", 1), sign(body, "c02", 2)), note.VerifierList(list...))
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Sigs) != 2 || len(n.UnverifiedSigs) != 0 || n.Text != string(body) {
		t.Errorf("note read %+v", n)
	}
	if want := fmt.Sprintf("bailiff/vault/%s\n1234\n%s\n", vault, base64.StdEncoding.EncodeToString(root[:])); n.Text != want {
		t.Errorf("body %q, want %q", n.Text, want)
	}
}

// TestStockNoteTakesMore: x/mod's note package passes over signatures by others and over damaged ones of
// unknown names; the very same checkpoints are refused here.
func TestStockNoteTakesMore(t *testing.T) {
	var list []note.Verifier
	for _, c := range cosigners() {
		list = append(list, cosignVerifier{fmt.Sprintf("bailiff/vault/%s/%s/%d", vault, c.Custodian, c.Index), c.Key.Public()})
	}
	good := signed(t, sign(body, "c01", 1), sign(body, "c02", 2))
	for what, more := range map[string]string{
		"a stranger":             "— example.org/witness " + base64.StdEncoding.EncodeToString(make([]byte, 76)) + "\n",
		"a custodian of no one":  "— bailiff/vault/" + vault + "/c15/1 " + base64.StdEncoding.EncodeToString(make([]byte, 76)) + "\n",
		"c02 under another key":  "— bailiff/vault/" + vault + "/c02/2 " + base64.StdEncoding.EncodeToString(make([]byte, 76)) + "\n",
		"c02's own line again":   line(t, "c02", 2),
		"a key id of four bytes": "— x " + base64.StdEncoding.EncodeToString(make([]byte, 5)) + "\n",
	} {
		bad := append(slices.Clone(good), more...)
		if _, err := note.Open(bad, note.VerifierList(list...)); err != nil {
			t.Errorf("%s: note refuses it: %v", what, err)
		}
		if c, err := ledger.OpenCheckpoint(bad, vault, cosigners(), threshold); err == nil || c != nil {
			t.Errorf("%s: accepted", what)
		}
	}
}

func TestFormatCheckpointRefusals(t *testing.T) {
	wrong := sign(body, "c01", 1)
	wrong.Sig[5] ^= 1
	untimed := sign(body, "c01", 1)
	untimed.Time = 0
	for name, c := range map[string]struct {
		body []byte
		sigs []ledger.Signature
		want error
	}{
		"no signature":           {body, nil, ledger.ErrTooFew},
		"a wrong signature":      {body, []ledger.Signature{wrong}, ledger.ErrSignature},
		"no time":                {body, []ledger.Signature{untimed}, ledger.ErrSignature},
		"of another body":        {ledger.CheckpointBody(vault, 1235, root), []ledger.Signature{sign(body, "c01", 1)}, ledger.ErrSignature},
		"a custodian twice":      {body, []ledger.Signature{sign(body, "c02", 1), sign(body, "c02", 2)}, ledger.ErrTwice},
		"a token twice":          {body, []ledger.Signature{sign(body, "c02", 1), sign(body, "c02", 1)}, ledger.ErrTwice},
		"not a custodian":        {body, []ledger.Signature{sign(body, "c99", 1)}, ledger.ErrCosigners},
		"a fourth token":         {body, []ledger.Signature{sign(body, "c01", 4)}, ledger.ErrCosigners},
		"size 0":                 {ledger.CheckpointBody(vault, 0, root), []ledger.Signature{sign(body, "c01", 1)}, ledger.ErrCheckpoint},
		"not a vault":            {ledger.CheckpointBody("x", 1, root), []ledger.Signature{sign(body, "c01", 1)}, ledger.ErrCheckpoint},
		"a line more":            {append(slices.Clone(body), "x\n"...), []ledger.Signature{sign(body, "c01", 1)}, ledger.ErrCheckpoint},
		"leading zero in size":   {bytes.Replace(body, []byte("\n1234"), []byte("\n01234"), 1), nil, ledger.ErrCheckpoint},
		"root not in base64":     {bytes.Replace(body, []byte("=\n"), []byte("\n"), 1), nil, ledger.ErrCheckpoint},
		"a CR in the root":       {bytes.Replace(body, []byte("=\n"), []byte("=\r\n"), 1), nil, ledger.ErrCheckpoint},
		"nothing":                {nil, nil, ledger.ErrCheckpoint},
		"a body without last LF": {body[:len(body)-1], nil, ledger.ErrCheckpoint},
	} {
		if data, err := ledger.FormatCheckpoint(c.body, c.sigs); !errors.Is(err, c.want) || data != nil {
			t.Errorf("%s: %v, %q", name, err, data)
		}
	}
}

// line returns the signature line of a token, without asking whether it may stand there.
func line(t testing.TB, custodian string, index int) string {
	return lines(signed(t, sign(body, custodian, index)))[4] + "\n"
}

func TestOpenCheckpointRefusals(t *testing.T) {
	head := string(body) + "\n"
	l1, l2, l2b, l3 := line(t, "c01", 1), line(t, "c02", 1), line(t, "c02", 2), line(t, "c03", 1)
	stranger := line(t, "c04", 1)
	another, err := ledger.FormatCheckpoint(ledger.CheckpointBody(vault, 1235, root), []ledger.Signature{sign(ledger.CheckpointBody(vault, 1235, root), "c02", 1)})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"too few":                    {head + l1, ledger.ErrTooFew},
		"two tokens of one":          {head + l2 + l2b, ledger.ErrTwice},
		"one line twice":             {head + l1 + l1, ledger.ErrTwice},
		"a stranger among enough":    {head + l1 + l2 + stranger, ledger.ErrSigner},
		"out of order":               {head + l2 + l1, ledger.ErrCheckpoint},
		"another's signature":        {head + l1 + strings.Replace(l2, "c02/1", "c03/1", 1), ledger.ErrSigner},
		"another checkpoint's":       {head + l1 + lines(another)[4] + "\n", ledger.ErrSignature},
		"no blank line":              {string(body) + l1 + l2, ledger.ErrCheckpoint},
		"two blank lines":            {head + "\n" + l1 + l2, ledger.ErrCheckpoint},
		"blank line between":         {head + l1 + "\n" + l2, ledger.ErrCheckpoint},
		"blank line at the end":      {head + l1 + l2 + "\n", ledger.ErrCheckpoint},
		"no final LF":                {head + l1 + strings.TrimSuffix(l2, "\n"), ledger.ErrCheckpoint},
		"CRLF":                       {strings.ReplaceAll(head+l1+l2, "\n", "\r\n"), ledger.ErrCheckpoint},
		"a CR in base64":             {head + l1 + strings.Replace(l2, "=\n", "=\r\n", 1), ledger.ErrCheckpoint},
		"a hyphen for the dash":      {head + l1 + strings.Replace(l2, "—", "-", 1), ledger.ErrCheckpoint},
		"two spaces":                 {head + l1 + strings.Replace(l2, "/1 ", "/1  ", 1), ledger.ErrCheckpoint},
		"index 01":                   {head + l1 + strings.Replace(l2, "/1 ", "/01 ", 1), ledger.ErrCheckpoint},
		"index 0":                    {head + l1 + strings.Replace(l2, "/1 ", "/0 ", 1), ledger.ErrCheckpoint},
		"a foreign name":             {head + l1 + strings.Replace(l2, "bailiff/", "other/", 1), ledger.ErrCheckpoint},
		"an extension line":          {string(body) + "extra\n\n" + l1 + l2, ledger.ErrCheckpoint},
		"bytes before":               {"\n" + head + l1 + l2, ledger.ErrCheckpoint},
		"very many signatures":       {head + strings.Repeat(l1, 1e5), ledger.ErrCheckpoint},
		"seventeen signatures":       {head + strings.Repeat(l3, 17), ledger.ErrCheckpoint},
		"empty":                      {"", ledger.ErrCheckpoint},
		"an unused bit in base64":    {head + l1 + l2[:len(l2)-4] + "B==\n", ledger.ErrCheckpoint},
		"nothing but the body":       {head, ledger.ErrCheckpoint},
		"another vault, same format": {strings.ReplaceAll(head+l1+l2, vault, other), ledger.ErrVault},
	} {
		if cp, err := ledger.OpenCheckpoint([]byte(c.data), vault, cosigners(), threshold); !errors.Is(err, c.want) || cp != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestAWrongSignatureIsNamed(t *testing.T) {
	data := signed(t, sign(body, "c01", 1), sign(body, "c02", 1), sign(body, "c03", 1))
	all := lines(data)
	raw, err := base64.StdEncoding.DecodeString(strings.Fields(all[5])[2])
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-1] ^= 1
	all[5] = strings.Replace(all[5], strings.Fields(all[5])[2], base64.StdEncoding.EncodeToString(raw), 1)
	_, err = ledger.OpenCheckpoint([]byte(strings.Join(all, "")+"\n"), vault, cosigners(), threshold)
	if !errors.Is(err, ledger.ErrSignature) || !slices.Equal(fault.Objects(err), []string{"c02"}) {
		t.Errorf("error %v", err)
	}
}

func TestCosignerListRefusals(t *testing.T) {
	data := signed(t, sign(body, "c01", 1), sign(body, "c02", 1))
	twoNames := cosigners()
	twoNames[3].Key = twoNames[0].Key
	short := cosigners()
	short[1].Key = token.SigningKey{}
	for name, c := range map[string]struct {
		list      []ledger.Cosigner
		threshold int
	}{
		"no threshold":                 {cosigners(), 0},
		"unreachable":                  {cosigners(), 4},
		"nobody":                       {nil, 1},
		"one key for two custodians":   {twoNames, 2},
		"a token twice":                {append(cosigners(), cosigners()[0]), 2},
		"no key":                       {short, 2},
		"a custodian id that is wrong": {append(cosigners(), ledger.Cosigner{Custodian: "x", Index: 1, Key: public("x", 1)}), 2},
	} {
		if _, err := ledger.OpenCheckpoint(data, vault, c.list, c.threshold); !errors.Is(err, ledger.ErrCosigners) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAlteredCheckpointNeverVerifies flips bits in every byte and cuts at every byte.
func TestAlteredCheckpointNeverVerifies(t *testing.T) {
	data := signed(t, sign(body, "c01", 1), sign(body, "c02", 2), sign(body, "c03", 1))
	damages(string(data), flips, 1, func(what, damaged string) {
		if cp, err := ledger.OpenCheckpoint([]byte(damaged), vault, cosigners(), 1); err == nil || cp != nil {
			if strings.Contains(what, "cut") && cp != nil && len(cp.Signatures) < 3 {
				return // the last signatures are gone, whole: fewer signed
			}
			t.Errorf("%s: opened", what)
		}
	})
}

func FuzzOpenCheckpoint(f *testing.F) {
	f.Add(signed(f, sign(body, "c01", 1), sign(body, "c02", 2)))
	f.Add(signed(f, sign(body, "c03", 1)))
	f.Add(body)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		cp, err := ledger.OpenCheckpoint(data, vault, cosigners(), 1)
		if err != nil {
			if cp != nil {
				t.Fatal("a checkpoint beside an error")
			}
			return
		}
		out, err := ledger.FormatCheckpoint(cp.Body, cp.Signatures)
		if err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}
