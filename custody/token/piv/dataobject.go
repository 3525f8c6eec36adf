package piv

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/heads"
)

// The data object of bailiff lies under two ids in turn, so that one of them is whole whatever happens: the one
// with the greater sequence number counts. Their ids are free for anybody (Yubico gives 5f0000 to
// 5fffff, less those of the applet); 4241 and 4242 are "BA" and "BB".
const (
	objectFormat  = "bailiff-card/1"
	objectBailiff = 0x5f4241
	objectTurns   = 2

	maxObject = 3000 // bytes; a YubiKey's object has at most 3052
)

// The origins of a card, which say what Init may do with its PIN and PUK.
const (
	originFresh = "fresh"  // all defaults, no key: PIN and PUK are bailiff's to set
	originInUse = "in-use" // they are somebody's
)

// dataObject is what bailiff keeps on a card (docs/formats.md, "Data object of a card"). Sequence 0 is that of
// a card that has none.
type dataObject struct {
	serial   string
	sequence uint64
	origin   string
	making   attestation.Slot // the slot that Init is at, 0: none
	heads    heads.List
}

func parseDataObject(data []byte) (*dataObject, error) {
	if len(data) > maxObject {
		return nil, keyvalue.ErrTooLarge
	}
	r, err := keyvalue.Parse(objectFormat, data)
	if err != nil {
		return nil, err
	}
	c := &dataObject{
		serial:   r.Checked("serial", func(s string) error { return token.CheckSerial(token.KindPIV, s) }),
		sequence: r.Uint("sequence", math.MaxInt64),
		origin:   r.Checked("origin", checkOrigin),
	}
	if s, ok := r.Optional("making"); ok {
		slot, err := token.ParseSlot(s)
		r.Fail("making", err)
		c.making = attestation.Slot(slot)
	}
	c.heads = heads.Read(r)
	digest := r.Digest("digest")
	if err := r.Close(); err != nil {
		return nil, err
	}
	if c.sequence == 0 {
		return nil, fault.At("sequence", keyvalue.ErrValue)
	}
	body, err := keyvalue.Format(objectFormat, c.fields())
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(body) != digest {
		return nil, fault.At("digest", keyvalue.ErrValue)
	}
	return c, nil
}

func checkOrigin(s string) error {
	if s != originFresh && s != originInUse {
		return keyvalue.ErrValue
	}
	return nil
}

func (c *dataObject) fields() []keyvalue.Field {
	fields := keyvalue.Fields("serial", c.serial, "sequence", fmt.Sprint(c.sequence), "origin", c.origin)
	if c.making != 0 {
		fields = append(fields, keyvalue.Field{Key: "making", Value: c.making.String()})
	}
	return append(fields, c.heads.Fields()...)
}

func (c *dataObject) format() ([]byte, error) {
	body, err := keyvalue.Format(objectFormat, c.fields())
	if err != nil {
		return nil, err
	}
	digest := keyvalue.Field{Key: "digest", Value: keyvalue.FormatDigest(sha256.Sum256(body))}
	return keyvalue.Format(objectFormat, append(c.fields(), digest))
}

// objectOf returns where the data object of a sequence number lies.
func objectOf(sequence uint64) uint32 { return objectBailiff + uint32(sequence%objectTurns) }

// readDataObject returns the newest whole one; that with sequence 0 when the card has none. [ErrObject]:
// what is there is damaged, or another card's. One damaged object beside a whole one is what a
// write that was cut off leaves.
func readDataObject(d device, serial string) (*dataObject, error) {
	newest := &dataObject{serial: serial, origin: originFresh}
	var bad error
	for turn := range uint32(objectTurns) {
		data, err := d.object(objectBailiff + turn)
		if isEmpty(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(data) == 0 {
			continue // deleted
		}
		c, err := parseDataObject(data)
		if err == nil && (c.serial != serial || objectOf(c.sequence) != objectBailiff+turn) {
			err = fault.At(c.serial, keyvalue.ErrValue)
		}
		if err != nil {
			bad = caused(ErrObject, err)
			continue
		}
		if c.sequence > newest.sequence {
			newest = c
		}
	}
	if newest.sequence == 0 && bad != nil {
		return nil, bad
	}
	return newest, nil
}

// write puts the data object, changed, in the place of the older one, and reads it back. The caller gives
// the management key.
func (c *dataObject) write(d device, key *secret.Bytes) error {
	c.sequence++
	data, err := c.format()
	if err != nil {
		return err
	}
	if len(data) > maxObject {
		return token.ErrHeads
	}
	if err := put(d, key, objectOf(c.sequence), data); err != nil {
		return err
	}
	back, err := d.object(objectOf(c.sequence))
	if err != nil {
		return err
	}
	if !bytes.Equal(back, data) {
		return caused(ErrObject, errors.New("read back otherwise than written"))
	}
	return nil
}

// put writes an object of the card under the management key.
func put(d device, key *secret.Bytes, id uint32, content []byte) error {
	if err := d.authenticate(key); err != nil {
		return refusedKey(err)
	}
	return d.put(id, content)
}

// refusedKey says of a management key that it is not that of the card.
func refusedKey(err error) error {
	if errors.Is(err, errDenied) {
		return caused(ErrManagement, err)
	}
	return err
}
