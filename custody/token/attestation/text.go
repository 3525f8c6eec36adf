package attestation

import (
	"encoding/base64"
	"strings"
)

// maxText is how long the text of one certificate may be.
var maxText = base64.StdEncoding.EncodedLen(MaxCertificate)

// Format returns the chain as one line: the DER of its three certificates in standard base64 (RFC 4648,
// section 4, padded), those of slot f9, of the signing key and of the sealing key, with a blank between.
func (c *Chain) Format() string {
	e := base64.StdEncoding.EncodeToString
	return e(c.Intermediate) + " " + e(c.Signing) + " " + e(c.Sealing)
}

// ParseChain reads what [Chain.Format] writes, in its only encoding ([ErrForm]). Each part is of 1 to
// [MaxCertificate] bytes; whether they are certificates is for [Roots.Verify]. No text is [ErrNone].
func ParseChain(text string) (*Chain, error) {
	switch {
	case text == "":
		return nil, ErrNone
	case len(text) > 3*maxText+2:
		return nil, ErrForm
	}
	words := strings.Split(text, " ")
	if len(words) != 3 {
		return nil, ErrForm
	}
	var parts [3][]byte
	for i, w := range words {
		b, err := base64.StdEncoding.Strict().DecodeString(w)
		if err != nil || len(b) == 0 || len(b) > MaxCertificate || base64.StdEncoding.EncodeToString(b) != w {
			return nil, ErrForm
		}
		parts[i] = b
	}
	return &Chain{Intermediate: parts[0], Signing: parts[1], Sealing: parts[2]}, nil
}
