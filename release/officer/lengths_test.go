package officer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
)

// encodings gives every way in which RFC 9580, section 5.2.3.7, can write a subpacket's length, the
// shortest first.
func encodings(n int) (out [][]byte) {
	if n < 192 {
		out = append(out, []byte{byte(n)})
	}
	if n >= 192 && n < 16320 {
		out = append(out, []byte{byte((n-192)>>8) + 192, byte(n - 192)})
	}
	return append(out, binary.BigEndian.AppendUint32([]byte{255}, uint32(n)))
}

// Subpackets of every length near the bounds of each form: read in the shortest, refused in others.
func TestSubpacketLengths(t *testing.T) {
	for _, n := range []int{1, 2, 190, 191, 192, 193, 447, 448, 8383, 8384, 16318, 16319, 16320, 16321, 70000} {
		body := bytes.Repeat([]byte{0x5a}, n-1)
		for i, length := range encodings(n) {
			area := append(append(bytes.Clone(length), 0x80|subCreation), body...)
			got, err := splitSubpackets(append(bytes.Clone(area), 1, subIssuerKeyID))
			if i > 0 {
				if got != nil || !errors.Is(err, ErrSubpacket) {
					t.Errorf("%d bytes behind % x: %v", n, length, err)
				}
				continue
			}
			if err != nil || len(got) != 2 || got[0].kind != subCreation || !got[0].critical || !bytes.Equal(got[0].body, body) ||
				got[1].kind != subIssuerKeyID || got[1].critical || len(got[1].body) != 0 {
				t.Errorf("%d bytes: %d subpackets, %v", n, len(got), err)
			}
			if got, err := splitSubpackets(area[:len(area)-1]); got != nil || !errors.Is(err, ErrSubpacket) {
				t.Errorf("%d bytes, the last one missing: %v", n, err)
			}
		}
	}
	for _, area := range [][]byte{{0}, {255}, {255, 0, 0, 64}, {255, 0, 0, 64, 0}, {192}, {254}, {192, 0}, {1}} {
		if got, err := splitSubpackets(area); got != nil || !errors.Is(err, ErrSubpacket) {
			t.Errorf("% x: %v", area, err)
		}
	}
}

// Packets of every length near the bounds of each header, in both formats.
func TestPacketHeaders(t *testing.T) {
	for _, tag := range []int{2, 15, 16, 17} {
		for _, n := range []int{0, 1, 191, 192, 193, 255, 256, 8383, 8384, 65535, 65536} {
			body := bytes.Repeat([]byte{0x5a}, n)
			headers := headersOf(tag, n)
			if want := 1 + 1 - tag/16; len(headers) != want {
				t.Fatalf("tag %d has %d headers", tag, len(headers))
			}
			for _, h := range headers {
				file := append(bytes.Clone(h), body...)
				got, err := splitPackets(append(bytes.Clone(file), file...))
				if err != nil || len(got) != 2 || got[1].tag != tag || !got[1].shortest || !bytes.Equal(got[1].body, body) {
					t.Errorf("tag %d, %d bytes behind % x: %v", tag, n, h, err)
				}
				for cut := 1; cut <= len(h); cut++ {
					if got, err := splitPackets(file[:cut]); n > 0 && (got != nil || !errors.Is(err, ErrPacket)) {
						t.Errorf("tag %d, %d bytes, cut to %d: %v", tag, n, cut, err)
					}
				}
			}
			checkLonger(t, tag, body)
		}
	}
	for _, b := range []byte{0x83 | 2<<2, 0x02, 0x7f, 0xc2} { // indeterminate, no packet, no packet, no length
		if got, err := splitPackets([]byte{b}); got != nil || !errors.Is(err, ErrPacket) {
			t.Errorf("% x: %v", b, err)
		}
	}
	for first := 224; first < 255; first++ { // partial lengths
		if got, err := splitPackets(append([]byte{0xc2, byte(first)}, make([]byte, 600)...)); got != nil || !errors.Is(err, ErrPacket) {
			t.Errorf("a partial length %d: %v", first, err)
		}
	}
}

// checkLonger writes the length in four bytes: readable, and not the shortest unless it is that long.
func checkLonger(t *testing.T, tag int, body []byte) {
	t.Helper()
	long := append(binary.BigEndian.AppendUint32([]byte{0xc0 | byte(tag), 255}, uint32(len(body))), body...)
	got, err := splitPackets(long)
	if err != nil || len(got) != 1 || !bytes.Equal(got[0].body, body) || got[0].shortest != (len(body) >= 8384) {
		t.Errorf("tag %d, %d bytes with a length in four: %v", tag, len(body), err)
	}
}

func TestRosterBounds(t *testing.T) {
	for n := range 18 {
		for m := range n + 2 {
			r := &Roster{Threshold: m, Officers: make([]Certificate, n)}
			_, err := r.keys()
			if fits := m >= 2 && m <= n && n <= 16; errors.Is(err, ErrThreshold) == fits {
				t.Errorf("%d of %d officers: %v", m, n, err)
			}
		}
	}
	for size, tooLarge := range map[int]bool{16 * maxCertificate: false, 16*maxCertificate + 1: true} {
		if _, err := splitRoster(make([]byte, size)); err == nil || errors.Is(err, ErrCertificateSize) != tooLarge {
			t.Errorf("a roster of %d bytes: %v", size, err)
		}
	}
}
