package rig

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
)

// The protocol of pcsc-lite 1.9 between library and daemon (winscard_msg.h, eventhandler.h),
// version 4.4, in the machine's byte order: as much of it as tells what is in the readers.
const (
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

var errDaemon = errors.New("rig: pcscd speaks another protocol")

// daemon is a connection to pcscd that asks for the readers' states.
type daemon struct{ conn net.Conn }

func dialDaemon(socket string) (*daemon, error) {
	conn, err := net.Dial("unix", socket)
	if err != nil {
		return nil, err
	}
	d := &daemon{conn}
	version := make([]byte, 12)
	binary.NativeEndian.PutUint32(version, 4)
	binary.NativeEndian.PutUint32(version[4:], 4)
	answer, err := d.ask(commandVersion, version, len(version))
	if err == nil && binary.NativeEndian.Uint32(answer[8:]) != 0 {
		err = errDaemon
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return d, nil
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
