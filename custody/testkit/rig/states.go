package rig

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"

	"bailiff/custody/fault"
)

// The protocol of pcsc-lite between library and daemon (winscard_msg.h, eventhandler.h), in the
// machine's byte order: as much of it as tells what is in the readers, which is the same in all its
// versions from 4.4 on.
const (
	protocolMajor = 4
	// oldestMinor is that of pcsc-lite 1.9 and 2.0; 2.4 and later still take it. Those between speak
	// newestMinor and nothing else.
	oldestMinor = 4
	newestMinor = 5

	commandVersion = 0x11
	commandStates  = 0x12

	maxReaders = 16
	nameSize   = 128
	stateSize  = 184

	offsetState = nameSize + 4
	offsetATR   = nameSize + 4 + 4 + 4 + 36 // its length

	bitAbsent  = 0x02
	bitPresent = 0x04
)

var errDaemon = errors.New("rig: pcscd speaks a protocol that is not known here")

// daemon is a connection to pcscd that asks for the readers' states.
type daemon struct{ conn net.Conn }

// dialDaemon speaks the oldest version that it knows, or the daemon's own where that is another one
// that it knows.
func dialDaemon(socket string) (*daemon, error) {
	var theirs [2]uint32
	for minor := uint32(oldestMinor); minor <= newestMinor; minor++ {
		conn, err := net.Dial("unix", socket)
		if err != nil {
			return nil, err
		}
		d := &daemon{conn}
		var taken bool
		if taken, theirs, err = d.agree(minor); taken {
			return d, nil
		}
		conn.Close()
		if err != nil {
			return nil, err
		}
	}
	return nil, fault.At(fmt.Sprintf("%d.%d", theirs[0], theirs[1]), errDaemon)
}

// agree reports whether the daemon takes that version, and returns its own.
func (d *daemon) agree(minor uint32) (taken bool, theirs [2]uint32, err error) {
	version := make([]byte, 12)
	binary.NativeEndian.PutUint32(version, protocolMajor)
	binary.NativeEndian.PutUint32(version[4:], minor)
	answer, err := d.ask(commandVersion, version, len(version))
	if err != nil {
		return false, theirs, err
	}
	theirs = [2]uint32{binary.NativeEndian.Uint32(answer), binary.NativeEndian.Uint32(answer[4:])}
	return binary.NativeEndian.Uint32(answer[8:]) == 0, theirs, nil
}

func (d *daemon) ask(command uint32, body []byte, size int) ([]byte, error) {
	head := make([]byte, 8, 8+len(body))
	binary.NativeEndian.PutUint32(head, uint32(len(body)))
	binary.NativeEndian.PutUint32(head[4:], command)
	if _, err := d.conn.Write(append(head, body...)); err != nil {
		return nil, err
	}
	answer := make([]byte, size)
	_, err := io.ReadFull(d.conn, answer)
	return answer, err
}

// readerState is what the daemon knows of a reader.
type readerState struct {
	name    string
	present bool // a card that answered to reset
	absent  bool
}

// states returns the readers that there are.
func (d *daemon) states() ([]readerState, error) {
	b, err := d.ask(commandStates, nil, maxReaders*stateSize)
	if err != nil {
		return nil, err
	}
	var all []readerState
	for ; len(b) >= stateSize; b = b[stateSize:] {
		name, _, _ := bytes.Cut(b[:nameSize], []byte{0})
		if len(name) == 0 {
			continue
		}
		bits := binary.NativeEndian.Uint32(b[offsetState:])
		atr := binary.NativeEndian.Uint32(b[offsetATR:])
		all = append(all, readerState{string(name), bits&bitPresent != 0 && atr > 0, bits&bitAbsent != 0})
	}
	return all, nil
}
