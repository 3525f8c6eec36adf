package hostile

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/token"
)

const firstShare = "shares/c01.share"

func (w *world) share(file string) *share.Share {
	w.Helper()
	s, err := share.Parse(secret.From(w.read(file)))
	w.must(err)
	return s
}

// reshared is the share of c01 with something changed.
func (w *world) reshared(change func(*share.Share)) []byte {
	w.Helper()
	s := w.share(firstShare)
	change(s)
	return bytes.Clone(s.Format().Expose())
}

func shareCases(w *world) []vector {
	other := w.share("shares/c02.share")
	y := line(w.read(firstShare), "share: ")
	zero := bytes.Replace(w.read(firstShare), append([]byte("x: "), line(w.read(firstShare), "x: ")...), []byte("x: 0"), 1)
	return []vector{
		replacing(43, "a share at x 0", "share", "share.x", firstShare, zero),
		replacing(14, "a share at x 256", "share", "share.record", firstShare, bytes.Replace(zero, []byte("x: 0"), []byte("x: 256"), 1)),
		happening(44, "k less one shares", "shares", "share.too-few", "remove shares/c01.share", "remove shares/c02.share"),
		replacing(45, "one bit of a share", "shares", "share.wrong-share", firstShare, w.edited(firstShare, string(y), turned(y))),
		w.atOneX(other.X),
		happening(46, "one custodian's share twice", "shares", "share.duplicate", "copy shares/c01.share shares/c04.share"),
		replacing(47, "another batch's share", "shares", "share.foreign", firstShare, w.reshared(func(s *share.Share) { s.Batch = "b20260101-000000" })),
		replacing(47, "another key's share", "shares", "share.foreign", firstShare, w.reshared(func(s *share.Share) { s.Key = strings.Repeat("ab", 20) })),
		replacing(48, "one liar among k and one", "shares", "share.wrong-share", firstShare, w.reshared(func(s *share.Share) { copy(s.Y.Expose(), other.Y.Expose()) })),
		replacing(48, "a share nobody committed to", "shares", "share.uncommitted", "shares/commitments.txt", bytes.Join(bytes.SplitAfter(w.read("shares/commitments.txt"), []byte("\n"))[1:], nil)),
	}
}

// atOneX has the share of c01 at the x of another, and a commitment to it.
func (w *world) atOneX(x uint8) vector {
	w.Helper()
	text := w.reshared(func(s *share.Share) { s.X = x })
	s, err := share.Parse(secret.From(bytes.Clone(text)))
	w.must(err)
	commitments := bytes.SplitAfter(w.read("shares/commitments.txt"), []byte("\n"))
	commitments[0] = fmt.Appendf(nil, "c01 %x\n", s.Commitment())
	return replacing(46, "two shares at one x", "shares", "share.duplicate", firstShare, text, part{"shares/commitments.txt", bytes.Join(commitments, nil)})
}

// turned is the hexadecimal number with its last bit turned.
func turned(digits []byte) string {
	b, _ := hex.DecodeString(string(digits))
	b[len(b)-1] ^= 1
	return hex.EncodeToString(b)
}

func tokenCases(w *world) []vector {
	file := w.read("sealed/share-c01.age")
	point := line(w.read(enrolmentFile), "sealing: ")
	state := w.read("tokens/c01.state")
	return []vector{
		replacing(50, "software tokens in production", "policy", "policy.soft-token", policyFile, w.edited(policyFile, "mode: rehearsal", "mode: production")),
		replacing(50, "a token of an unknown kind", "enrolment", "token.kind", enrolmentFile, w.edited(enrolmentFile, "kind: soft", "kind: card")),
		replacing(55, "a PIN that is locked", "token", "token.locked", "tokens/c01.state", bytes.Replace(state, []byte("tries: 3"), []byte("tries: 0"), 1)),
		replacing(56, "a point off the curve in an enrolment", "enrolment", "token.key", enrolmentFile, w.edited(enrolmentFile, string(point), offCurve(point))),
		replacing(56, "a point off the curve in a sealed share", "seal", "seal.damaged", "sealed/share-c01.age", w.offCurveStanza(file)),
		replacing(53, "another token's state", "token", "token.damaged", "tokens/c01.state", w.read("tokens/c02.state")),
		happening(53, "a share for another token", "seal", "seal.not-for-token", "copy tokens/c02.token tokens/c01.token", "copy tokens/c02.state tokens/c01.state"),
		replacing(53, "an enrolment whose proof is another's", "enrolment", "token.proof", enrolmentFile, bytes.Replace(w.read(enrolmentFile), line(w.read(enrolmentFile), "proof: "), line(w.read("vault/policies/000000-c02-1.enrolment"), "proof: "), 1)),
	}
}

// offCurve is a compressed point whose x is that of no point of P-256: the next one after this.
func offCurve(point []byte) string {
	b, _ := hex.DecodeString(string(bytes.TrimPrefix(point, []byte("p256:"))))
	for {
		b[len(b)-1]++
		if _, err := token.ParseSealingKey("p256:" + hex.EncodeToString(b)); err != nil {
			return "p256:" + hex.EncodeToString(b)
		}
	}
}

// offCurveStanza puts a point off the curve into the stanza of a sealed share, with the tag that makes it
// the token's (C2SP age, p256tag): whoever knows the public key can compute it.
func (w *world) offCurveStanza(file []byte) []byte {
	w.Helper()
	lines := strings.SplitAfterN(string(file), "\n", 3)
	words := strings.Split(strings.TrimSpace(lines[1]), " ")
	point, err := base64.RawStdEncoding.DecodeString(words[3])
	w.must(err)
	point[len(point)-1] ^= 1
	key, err := hex.DecodeString(strings.TrimPrefix(string(line(w.read("tokens/c01.token"), "sealing: ")), "p256:"))
	w.must(err)
	hash := sha256.Sum256(key)
	tag, err := hkdf.Extract(sha256.New, append(bytes.Clone(point), hash[:4]...), []byte("age-encryption.org/p256tag"))
	w.must(err)
	words[2], words[3] = base64.RawStdEncoding.EncodeToString(tag[:4]), base64.RawStdEncoding.EncodeToString(point)
	lines[1] = strings.Join(words, " ") + "\n"
	return []byte(strings.Join(lines, ""))
}
