package virtual

import (
	"encoding/json"
	"errors"
)

// errState refuses what is not a saved card.
var errState = errors.New("virtual: not the state of a software card")

// stateMark stands in every saved card: nobody may take it for a real one.
const stateMark = "REHEARSAL: software PIV card, holds no secret worth keeping"

const maxState = 1 << 20 // bytes of a saved card

// state is what a card keeps without power.
type state struct {
	Mark       string
	Serial     uint32
	Firmware   Firmware
	FormFactor byte
	PIN, PUK   reference
	Management management
	Keys       map[byte]key
	Objects    map[uint32][]byte
	Quirks     []Quirk `json:",omitempty"`
}

// reference is a PIN or a PUK.
type reference struct {
	Value      []byte // 8 bytes, padded with FF
	Left, Most int
}

// key is what a slot holds.
type key struct {
	Algorithm algorithm
	PIN       byte // policies: SP 800-73-4 has none; these are Yubico's numbers
	Touch     byte
	Imported  bool
	Private   []byte // scalar, seed, or PKCS #1 for RSA
}

// Yubico's numbers for policies, in generate, import, metadata and attestations.
const (
	pinNever  = 1
	pinOnce   = 2
	pinAlways = 3

	touchNever  = 1
	touchAlways = 2
	touchCached = 3
)

// Slots, key references and objects (SP 800-73-4 part 1, tables 3 and 4b; Yubico's extensions).
const (
	slotManagement  = 0x9b
	slotSigning     = 0x9c
	slotCard        = 0x9e
	slotAttestation = 0xf9
	referencePIN    = 0x80
	referencePUK    = 0x81

	objectDiscovery   = 0x7e
	objectAttestation = 0x5fff01
)

func isKeySlot(slot byte) bool {
	return slot >= 0x82 && slot <= 0x95 || slot == 0x9a || slot >= slotSigning && slot <= slotCard
}

// Save returns the card's state, which [Restore] takes: a readable file with all keys.
func (c *Card) Save() ([]byte, error) {
	c.busy.Lock()
	defer c.busy.Unlock()
	return json.MarshalIndent(c.state, "", " ")
}

// Restore makes a card of what Save returned. Serial, Firmware, FormFactor and Quirks of the options
// are those of the saved card; the PIN options are not looked at.
func Restore(saved []byte, o Options) (*Card, error) {
	if len(saved) > maxState {
		return nil, errState
	}
	var s state
	if err := json.Unmarshal(saved, &s); err != nil || !s.sound() {
		return nil, errState
	}
	c := empty(o)
	c.state = s
	return c, nil
}

// sound tells whether a saved state can have been that of a card.
func (s *state) sound() bool {
	if _, err := ParseFirmware(s.Firmware.String()); err != nil || s.Mark != stateMark || checkQuirks(s.Quirks) != nil {
		return false
	}
	for _, r := range []reference{s.PIN, s.PUK} {
		if len(r.Value) != pinLength || r.Left < 0 || r.Left > r.Most || r.Most > maxTries {
			return false
		}
	}
	if _, err := s.Management.cipher(); err != nil {
		return false
	}
	for _, k := range s.Keys {
		if _, err := k.open(); err != nil {
			return false
		}
	}
	return s.Objects != nil && s.Keys != nil
}
