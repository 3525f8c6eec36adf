package rig

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestVersions: the rig agrees with every generation of pcscd that speaks a protocol it knows, and with no
// other. (A machine has one pcscd, with which all other tests talk.)
func TestVersions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		major, minor uint32
		takes        []uint32 // minor versions
		want         error
	}{
		"pcsc-lite 1.9": {4, 4, []uint32{4}, nil},
		"pcsc-lite 2.3": {4, 5, []uint32{5}, nil},
		"pcsc-lite 2.5": {4, 6, []uint32{4, 5, 6}, nil},
		"a later one":   {4, 7, []uint32{7}, errDaemon},
		"another world": {5, 0, nil, errDaemon},
	} {
		t.Run(name, func(t *testing.T) {
			socket := filepath.Join(t.TempDir(), "s")
			l, err := net.Listen("unix", socket)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go answerVersions(l, c.major, c.minor, c.takes)
			d, err := dialDaemon(socket)
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if theirs := fmt.Sprintf("%d.%d", c.major, c.minor); err != nil && !strings.Contains(err.Error(), theirs) {
				t.Errorf("%v does not name %s", err, theirs)
			}
			if d != nil {
				d.conn.Close()
			}
		})
	}
}

// answerVersions says what a daemon of that version says to a library that names its own.
func answerVersions(l net.Listener, major, minor uint32, takes []uint32) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		question := make([]byte, 8+12)
		if _, err := io.ReadFull(conn, question); err == nil {
			const stopped = 0x8010001E // SCARD_E_SERVICE_STOPPED
			answer := make([]byte, 12)
			binary.NativeEndian.PutUint32(answer, major)
			binary.NativeEndian.PutUint32(answer[4:], minor)
			if binary.NativeEndian.Uint32(question[8:]) != major || !slices.Contains(takes, binary.NativeEndian.Uint32(question[12:])) {
				binary.NativeEndian.PutUint32(answer[8:], stopped)
			}
			_, _ = conn.Write(answer)
		}
		conn.Close()
	}
}
