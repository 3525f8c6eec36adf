package virtual

import (
	"bytes"
	"context"
	"encoding/binary"
)

// application is what SELECT chose.
type application byte

const (
	noApplication application = iota
	appPIV
	appManagement
	appOTP // firmware 4 only: that is where it keeps its serial number
)

var (
	aidPIV        = []byte{0xa0, 0, 0, 3, 8, 0, 0, 0x10, 0, 1, 0}
	aidManagement = []byte{0xa0, 0, 0, 5, 0x27, 0x47, 0x11, 0x17}
	aidOTP        = []byte{0xa0, 0, 0, 5, 0x27, 0x20, 1, 1}
)

const minAID = 5

// dispatch runs a whole command in the selected application.
func (c *Card) dispatch(ctx context.Context, cmd command) ([]byte, status) {
	if cmd.ins == 0xa4 {
		return c.choose(cmd)
	}
	switch c.session.application {
	case appPIV:
		return c.piv(ctx, cmd)
	case appManagement:
		if cmd.ins == 0x1d {
			return c.deviceInfo(), ok
		}
	case appOTP:
		if cmd.ins == 0x01 && cmd.p1 == 0x10 {
			return binary.BigEndian.AppendUint32(nil, c.state.Serial), ok
		}
	}
	return nil, unknownCommand
}

// choose selects an application; who was authenticated before is forgotten.
func (c *Card) choose(cmd command) ([]byte, status) {
	if cmd.p1 != 4 {
		return nil, wrongParameters
	}
	found, answer := noApplication, []byte(nil)
	switch {
	case names(aidPIV, cmd.body):
		found, answer = appPIV, applicationProperties()
	case names(aidManagement, cmd.body):
		found, answer = appManagement, []byte("Virtual mgr - FW version "+c.state.Firmware.String())
	case names(aidOTP, cmd.body) && !c.state.Firmware.hasSerial():
		f := c.state.Firmware
		found, answer = appOTP, []byte{f.Major, f.Minor, f.Patch, 0, 0, 0}
	default:
		return nil, notFound
	}
	c.session = session{application: found, touched: c.session.touched}
	return answer, ok
}

// names tells whether a name given to SELECT stands for an application: its whole name or the
// beginning of it.
func names(aid, given []byte) bool { return len(given) >= minAID && bytes.HasPrefix(aid, given) }

// applicationProperties is the answer to SELECT (SP 800-73-4 part 2, table 3).
func applicationProperties() []byte {
	authority := object(0x79, object(0x4f, aidPIV[:5]))
	return object(0x61, append(object(0x4f, aidPIV[5:]), authority...))
}

// deviceInfo is the answer to READ CONFIG: what the device can do and what is enabled over USB
// (Yubico's YubiKey configuration reference). Of the applications PIV alone is enabled.
func (c *Card) deviceInfo() []byte {
	f := c.state.Firmware
	serial := binary.BigEndian.AppendUint32(nil, c.state.Serial)
	var b []byte
	for _, t := range []tlv{
		{0x01, []byte{0x02, 0x3f}}, {0x02, serial}, {0x03, []byte{0x00, 0x10}},
		{0x04, []byte{c.state.FormFactor}}, {0x05, []byte{f.Major, f.Minor, f.Patch}},
		{0x06, []byte{0, 0}}, {0x07, []byte{0x0f}}, {0x08, []byte{0}}, {0x0a, []byte{0}},
	} {
		b = appendTLV(b, t.tag, t.value)
	}
	return append([]byte{byte(len(b))}, b...)
}

// piv runs a command of the PIV application.
func (c *Card) piv(ctx context.Context, cmd command) ([]byte, status) {
	f := c.state.Firmware
	switch cmd.ins {
	case 0x20:
		return nil, c.verify(cmd)
	case 0x24:
		return nil, c.change(cmd)
	case 0x2c:
		return nil, c.unblock(cmd)
	case 0x87:
		return c.authenticate(ctx, cmd)
	case 0x47:
		return c.generate(cmd)
	case 0xcb:
		return c.getObject(cmd)
	case 0xdb:
		return nil, c.putObject(cmd)
	case 0xf9:
		return c.attest(cmd)
	case 0xfa:
		return nil, c.setTries(cmd)
	case 0xfb:
		return nil, c.reset()
	case 0xfd:
		return []byte{f.Major, f.Minor, f.Patch}, ok
	case 0xfe:
		return nil, c.importKey(cmd)
	case 0xff:
		return nil, c.setManagement(cmd)
	}
	switch {
	case cmd.ins == 0xf8 && f.hasSerial():
		return binary.BigEndian.AppendUint32(nil, c.state.Serial), ok
	case cmd.ins == 0xf7 && f.hasMetadata() && !c.state.is(NoMetadata):
		return c.metadata(cmd)
	case cmd.ins == 0xf6 && f.movesKeys():
		return nil, c.moveKey(cmd)
	}
	return nil, unknownCommand
}
