package registry

import (
	"strconv"
	"strings"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// ParseClaims reads a platform's list of members and their keys: one line each, the reference of the member, a comma
// and the fingerprint, in either case, as programs export it; lines end in LF or CRLF, and a byte order mark may stand in front. A line without a member, only
// the comma and the fingerprint, is a key that is not to be given. [ErrList] names the line.
func ParseClaims(list []byte) ([]Claim, error) {
	list, err := encoding.Lines(list)
	if err != nil {
		return nil, err
	}
	var out []Claim
	n := 0
	for line := range strings.Lines(string(list)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		comma := strings.LastIndexByte(line, ',')
		if comma < 0 {
			return nil, fault.At("line "+strconv.Itoa(n), ErrList)
		}
		c := Claim{Member: line[:comma], Fingerprint: strings.ToLower(line[comma+1:])}
		if keyvalue.CheckFingerprint(c.Fingerprint) != nil || c.Member != "" && CheckMember(c.Member) != nil {
			return nil, fault.At("line "+strconv.Itoa(n), ErrList)
		}
		out = append(out, c)
	}
	return out, nil
}
