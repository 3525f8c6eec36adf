// Package needle finds every secret of a vault again, for the tests that look whether one of them was left anywhere: in
// a file, in what a program wrote, in its memory. It opens with all tokens what a ceremony sealed, and knows in which
// forms a secret may have been written down.
//
// Only tests link it. Were it wrong, a secret could lie in the open and the tests would not see it: whoever uses it
// also plants secrets of each kind, and sees that they are found.
package needle

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// The kinds of secrets, each the first word of a name.
const (
	PIN   = "pin"
	Token = "token" // its private keys
	Share = "share"
	Data  = "data-key"    // and the session key that it becomes
	Key   = "private-key" // its secret numbers
	Words = "words"       // of a kit
)

// Needle is a secret to look for.
type Needle struct {
	Name  string // its kind, then what it belongs to, in words between spaces
	Value []byte
}

// Kind is the first word of the name.
func (n *Needle) Kind() string { return strings.Fields(n.Name)[0] }

// Form is one way of writing a secret down.
type Form struct {
	Name string // raw, hex, HEX, base64 or base64url
	Text []byte
}

// Forms are the ways in which a secret may stand somewhere. In base64 what stands before it decides
// where its bytes fall; only those characters count that its own bytes alone decide.
func Forms(value []byte) []Form {
	out := []Form{
		{"raw", value},
		{"hex", []byte(hex.EncodeToString(value))},
		{"HEX", bytes.ToUpper([]byte(hex.EncodeToString(value)))},
	}
	for skip := range 3 {
		whole := value[skip : skip+(len(value)-skip)/3*3]
		std, url := base64.RawStdEncoding.EncodeToString(whole), base64.RawURLEncoding.EncodeToString(whole)
		out = append(out, Form{"base64", []byte(std)})
		if url != std {
			out = append(out, Form{"base64url", []byte(url)})
		}
	}
	return out
}

// SigningForms are an Ed25519 seed and what RFC 8032 §5.1.5 makes of it: the scalar, before and after its bits are
// set, and the prefix.
func SigningForms(name string, seed []byte) []Needle {
	expanded := sha512.Sum512(seed)
	clamped := bytes.Clone(expanded[:32])
	clamped[0] &= 248
	clamped[31] = clamped[31]&127 | 64
	return []Needle{
		{name + " seed", bytes.Clone(seed)}, {name + " prefix", bytes.Clone(expanded[32:])},
		{name + " expanded", bytes.Clone(expanded[:32])}, {name + " scalar", clamped},
	}
}
