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

// The card record lies in two objects in turn, so that one of them is whole whatever happens: the one
// with the greater sequence number counts. Their ids are free for anybody (Yubico gives 5f0000 to
// 5fffff, less those of the applet); 4241 and 4242 are "BA" and "BB".
const (
	recordFormat = "bailiff-card/1"
	objectRecord = 0x5f4241
	recordTurns  = 2

	maxRecord = 3000 // bytes; a YubiKey's object has at most 3052
)

// The origins of a card, which say what Init may do with its PIN and PUK.
const (
	originFresh = "fresh"  // all defaults, no key: PIN and PUK are bailiff's to set
	originInUse = "in-use" // they are somebody's
)

// cardRecord is what bailiff keeps on a card (docs/formats.md, "Card record"). Sequence 0 is that of
// a card that has none.
type cardRecord struct {
	serial   string
	sequence uint64
	origin   string
	making   attestation.Slot // the slot that Init is at, 0: none
	heads    heads.List
}

func parseRecord(data []byte) (*cardRecord, error) {
	if len(data) > maxRecord {
		return nil, keyvalue.ErrTooLarge
	}
	r, err := keyvalue.Parse(recordFormat, data)
	if err != nil {
		return nil, err
	}
	c := &cardRecord{
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
	body, err := keyvalue.Format(recordFormat, c.fields())
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

func (c *cardRecord) fields() []keyvalue.Field {
	fields := keyvalue.Fields("serial", c.serial, "sequence", fmt.Sprint(c.sequence), "origin", c.origin)
	if c.making != 0 {
		fields = append(fields, keyvalue.Field{Key: "making", Value: c.making.String()})
	}
	return append(fields, c.heads.Fields()...)
}

func (c *cardRecord) format() ([]byte, error) {
	body, err := keyvalue.Format(recordFormat, c.fields())
	if err != nil {
		return nil, err
	}
	digest := keyvalue.Field{Key: "digest", Value: keyvalue.FormatDigest(sha256.Sum256(body))}
	return keyvalue.Format(recordFormat, append(c.fields(), digest))
}

// objectOf returns where the record of a sequence number lies.
func objectOf(sequence uint64) uint32 { return objectRecord + uint32(sequence%recordTurns) }

// readRecord returns the newest whole record; one with sequence 0 when the card has none. [ErrRecord]:
// what is there is damaged, or another card's. One damaged object beside a whole one is what a
// write that was cut off leaves.
func readRecord(d device, serial string) (*cardRecord, error) {
	newest := &cardRecord{serial: serial, origin: originFresh}
	var bad error
	for turn := range uint32(recordTurns) {
		data, err := d.object(objectRecord + turn)
		if isEmpty(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(data) == 0 {
			continue // deleted
		}
		c, err := parseRecord(data)
		if err == nil && (c.serial != serial || objectOf(c.sequence) != objectRecord+turn) {
			err = fault.At(c.serial, keyvalue.ErrValue)
		}
		if err != nil {
			bad = caused(ErrRecord, err)
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

// write puts the record, changed, in the place of the older one, and reads it back. The caller gives
// the management key.
func (c *cardRecord) write(d device, key *secret.Bytes) error {
	c.sequence++
	data, err := c.format()
	if err != nil {
		return err
	}
	if len(data) > maxRecord {
		return token.ErrHeads
	}
	if err := d.authenticate(key); err != nil {
		return refusedKey(err)
	}
	if err := d.put(objectOf(c.sequence), data); err != nil {
		return err
	}
	back, err := d.object(objectOf(c.sequence))
	if err != nil {
		return err
	}
	if !bytes.Equal(back, data) {
		return caused(ErrRecord, errors.New("read back otherwise than written"))
	}
	return nil
}

// refusedKey says of a management key that it is not that of the card.
func refusedKey(err error) error {
	if errors.Is(err, errDenied) {
		return caused(ErrManagement, err)
	}
	return err
}
