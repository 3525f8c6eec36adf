package piv

import (
	"bytes"
	"crypto"
	"errors"
	"slices"

	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// The slots that bailiff does not use: authentication, key management, card authentication.
const (
	slotAuthentication     attestation.Slot = 0x9a
	slotKeyManagement      attestation.Slot = 0x9d
	slotCardAuthentication attestation.Slot = 0x9e
)

// The objects that belong to the applet (SP 800-73-4 part 1 table 3, Yubico's and ykman's).
const (
	objectRetired   = 0x5fc10d // certificate of 82; those up to 95 follow
	objectProtected = 0x5fc109 // "printed information": the management key, readable with the PIN
	objectNote      = 0x5fff00 // ykman's note
	objectDevice    = 0x5fff01 // certificate of slot f9
)

// certificateObject returns the object that holds the certificate of a slot; 0 of no slot.
func certificateObject(slot attestation.Slot) uint32 {
	switch slot {
	case slotAuthentication:
		return 0x5fc105
	case attestation.SlotSigning:
		return 0x5fc10a
	case slotKeyManagement:
		return 0x5fc10b
	case slotCardAuthentication:
		return 0x5fc101
	}
	if slot.Retired() {
		return objectRetired + uint32(slot-attestation.SlotFirstRetired)
	}
	return 0
}

// isEmpty reports whether err says that there is no key or no object.
func isEmpty(err error) bool { return errors.Is(err, errNotFound) }

// inspect reads all that [Contents] has.
func inspect(c *Card, d device) (*Contents, error) {
	all := &Contents{Serial: c.Serial(), Firmware: c.firmware, FormFactor: c.shape}
	var err error
	if all.PIN, err = reference(d, refPIN); err != nil {
		return nil, err
	}
	if all.PUK, err = reference(d, refPUK); err != nil {
		return nil, err
	}
	if all.Management, err = management(d); err != nil {
		return nil, err
	}
	if all.Device, err = certificate(d, objectDevice); err != nil {
		return nil, err
	}
	if err := all.slots(d); err != nil {
		return nil, err
	}
	object, err := readDataObject(d, c.Serial())
	if err != nil {
		return nil, err
	}
	all.Vaults = len(object.heads)
	all.Making = object.making
	all.fresh = object.sequence > 0 && object.origin == originFresh
	all.Preparation = all.prepared(object)
	return all, nil
}

// slots asks about every slot, and about certificate and attestation of those that have a key.
func (c *Contents) slots(d device) error {
	which := []attestation.Slot{attestation.SlotSigning}
	for s := attestation.SlotFirstRetired; s <= attestation.SlotLastRetired; s++ {
		which = append(which, s)
	}
	others := len(which)
	which = append(which, slotAuthentication, slotKeyManagement, slotCardAuthentication)
	all := make([]Slot, len(which))
	for i := range all {
		var err error
		if all[i], err = slot(d, which[i]); err == nil && !all[i].Empty {
			err = all[i].describe(d)
		}
		if err != nil {
			return err
		}
	}
	c.Signing, c.Sealing, c.Others = all[0], all[1:others:others], all[others:]
	return nil
}

// describe reads what else there is about a key.
func (s *Slot) describe(d device) (err error) {
	if s.Certificate, err = certificate(d, certificateObject(s.Slot)); err != nil {
		return err
	}
	s.Ours = isLabel(s.Certificate, s.Public)
	s.Attestation, err = attested(d, s.Slot)
	return err
}

// attested returns the device's attestation of a key; nil when it makes none.
func attested(d device, slot attestation.Slot) ([]byte, error) {
	der, err := d.attest(slot)
	if err != nil && !gone(err) {
		return nil, nil
	}
	return der, err
}

// certificate reads a certificate object, which may be absent, compressed or not a certificate: nil.
func certificate(d device, id uint32) ([]byte, error) {
	content, err := d.object(id)
	if gone(err) {
		return nil, err
	}
	if err != nil {
		return nil, nil
	}
	fields, err := elements(content)
	if err != nil || !bytes.Equal(fields[tagCertInfo], []byte{0}) {
		der, _ := element(content, tagCertificate) // f9 has no more than that
		return der, nil
	}
	return fields[tagCertificate], nil
}

// chain returns the device's certificate with the attestations of 9c and a sealing slot; nil unless
// there are all three.
func chain(d device, sealing attestation.Slot) (*attestation.Chain, error) {
	c := &attestation.Chain{}
	var err error
	if c.Intermediate, err = certificate(d, objectDevice); err != nil {
		return nil, err
	}
	if c.Signing, err = attested(d, attestation.SlotSigning); err != nil {
		return nil, err
	}
	if c.Sealing, err = attested(d, sealing); err != nil {
		return nil, err
	}
	if c.Intermediate == nil || c.Signing == nil || c.Sealing == nil {
		return nil, nil
	}
	return c, nil
}

// prepared returns how far the card is prepared.
func (c *Contents) prepared(r *dataObject) Preparation {
	switch {
	case r.sequence > 0 && c.Signing.Ours:
		return Prepared
	case r.sequence > 0:
		return Started
	case c.PIN.Default && c.PUK.Default && c.Management.Default && c.vacant():
		return Fresh
	}
	return InUse
}

// all are the slots that were asked about.
func (c *Contents) all() []Slot { return slices.Concat([]Slot{c.Signing}, c.Sealing, c.Others) }

// twin refuses a key that is in another slot too, with [token.ErrTwin]: a generator that gives the same key again gives it
// to other people as well.
func (c *Contents) twin(s Slot) error {
	for _, other := range c.all() {
		if other.Slot != s.Slot && equalKey(other.Public, s.Public) {
			return fault.At(min(s.Slot, other.Slot).String()+", "+max(s.Slot, other.Slot).String(), token.ErrTwin)
		}
	}
	return nil
}

// vacant reports whether there is no key in any slot.
func (c *Contents) vacant() bool {
	return !slices.ContainsFunc(c.all(), func(s Slot) bool { return !s.Empty })
}

// equalKey compares public keys of any kind.
func equalKey(a, b crypto.PublicKey) bool {
	k, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && b != nil && k.Equal(b)
}
