package piv

import (
	"crypto/rand"
	"errors"
	"io"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

const (
	pinTries, pukTries = 3, 3
	sizeManagement     = 24 // AES-192
)

// defaultPIN, defaultPUK and defaultManagement are those of every YubiKey from the factory.
func defaultPIN() *secret.Bytes { return secret.From([]byte("123456")) }
func defaultPUK() *secret.Bytes { return secret.From([]byte("12345678")) }
func defaultManagement() *secret.Bytes {
	return secret.From([]byte{1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8})
}

// preparation is one run of [Card.Init].
type preparation struct {
	card     *Card
	order    Order
	contents *Contents
	object   *dataObject
	slot     attestation.Slot // of the sealing key
	pin      *secret.Bytes    // in force, of which we hold a copy
	key      *secret.Bytes    // management key in force
}

func (p *preparation) wipe() {
	p.pin.Wipe()
	p.key.Wipe()
}

// step is one thing to do; one without a name is part of the next.
type step struct {
	name Step
	do   func(device) error
}

// check refuses what cannot be done before anything is written.
func (p *preparation) check() error {
	c, o := p.contents, p.order
	if err := keyvalue.CheckMode(o.Mode); err != nil {
		return err
	}
	if c.Preparation == InUse && o.InUse == "" {
		return ErrInUse
	}
	if c.Preparation == InUse && o.InUse != c.Serial {
		return ErrSerial
	}
	if err := p.checkFitness(); err != nil {
		return err
	}
	if err := p.checkSecrets(); err != nil {
		return err
	}
	if c.Signing.Empty {
		if err := p.checkAlgorithm(); err != nil {
			return err
		}
	}
	var err error
	p.slot, err = c.Next()
	return err
}

// checkFitness refuses the card that could not be enrolled once it is prepared.
func (p *preparation) checkFitness() error {
	fit := p.contents.Fitness(p.order.Now)
	if len(fit.Unfit) > 0 {
		return fit.Unfit[0]
	}
	if p.order.Mode == keyvalue.Production && len(fit.Rehearsal) > 0 {
		return fit.Rehearsal[0]
	}
	return nil
}

// ours tells whether PIN and PUK are still bailiff's to set.
func (p *preparation) ours() bool {
	return p.contents.Preparation == Fresh || p.contents.Preparation == Started && p.contents.fresh
}

func (p *preparation) checkSecrets() error {
	if !p.ours() {
		return CheckPINForm(p.order.PIN)
	}
	if err := CheckNewPIN(p.order.PIN); err != nil {
		return err
	}
	return CheckNewPUK(p.order.PUK, p.order.PIN)
}

func (p *preparation) checkAlgorithm() error {
	switch p.order.Signing {
	case token.ECDSAP256:
		return nil
	case token.Ed25519:
		if !p.contents.Firmware.Less(attestation.Version{Major: 5, Minor: 7}) {
			return nil
		}
	}
	return ErrAlgorithm
}

// steps are what is left to do, up to the proof.
func (p *preparation) steps() []step {
	all := []step{{do: p.enter}, {StepBegin, p.begin}}
	if p.ours() {
		all = append(all, step{StepRetries, p.retries}, step{StepManagement, p.management},
			step{StepPUK, p.puk}, step{StepPIN, p.newPIN})
	} else {
		all = append(all, step{StepManagement, p.management})
	}
	return append(all, step{StepSigning, p.signing}, step{StepSealing, p.sealing})
}

// enter verifies the PIN that is in force, and finds the management key that is.
func (p *preparation) enter(d device) error {
	if p.contents.PIN.Default && p.ours() {
		p.pin = defaultPIN()
	} else {
		p.pin = clone(p.order.PIN)
	}
	if err := d.verifyPIN(p.pin); err != nil {
		return err
	}
	stored, err := protectedKey(d)
	if err != nil && !errors.Is(err, ErrManagement) {
		return err
	}
	candidates := []*secret.Bytes{stored, clone(p.order.Management)}
	if p.contents.Management.Default {
		candidates = []*secret.Bytes{defaultManagement(), stored}
	}
	for _, key := range candidates {
		if p.key == nil && key.Len() > 0 {
			if err := d.authenticate(key); err == nil {
				p.key = key
				continue
			} else if !errors.Is(err, errDenied) {
				return err
			}
		}
		key.Wipe()
	}
	if p.key == nil {
		return ErrManagement
	}
	return nil
}

func clone(s *secret.Bytes) *secret.Bytes {
	if s.Len() == 0 {
		return nil
	}
	c := secret.New(s.Len())
	copy(c.Expose(), s.Expose())
	return c
}

// begin notes which slot is being made.
func (p *preparation) begin(d device) error {
	r, err := readDataObject(d, p.contents.Serial)
	if err != nil {
		return err
	}
	p.object = r
	if r.sequence > 0 && r.making == p.slot {
		return nil
	}
	if r.sequence == 0 && !p.ours() {
		r.origin = originInUse
	}
	r.making = p.slot
	return r.write(d, p.key)
}

// retries sets the tries, and PIN and PUK to their defaults. Whether the card did so it is asked, before a try is spent
// on a default that may not be in force.
func (p *preparation) retries(d device) error {
	if err := d.setRetries(p.key, p.pin, pinTries, pukTries); err != nil {
		return refusedKey(err)
	}
	for ref, want := range map[byte]Reference{refPIN: {true, pinTries, pinTries}, refPUK: {true, pukTries, pukTries}} {
		got, err := reference(d, ref)
		if err == nil && got != want {
			err = fault.At("SET PIN RETRIES", ErrUnlike)
		}
		if err != nil {
			return err
		}
	}
	p.pin.Wipe()
	p.pin = defaultPIN()
	return d.verifyPIN(p.pin)
}

// management puts a random key in the place of the default one, or keeps a given one in the card.
// The key is stored before it is in force: else nobody would know it if the card were pulled between.
func (p *preparation) management(d device) error {
	next := p.key
	if p.contents.Management.Default {
		random, err := secret.Random(p.card.readers.random(), sizeManagement)
		if err != nil {
			return err
		}
		next = random
	}
	err := p.protect(d, next)
	if next == p.key {
		return err
	}
	if err == nil {
		err = refusedKey(d.setManagement(p.key, next))
	}
	if err != nil {
		next.Wipe()
		return err
	}
	p.key.Wipe()
	p.key = next
	return nil
}

// protect keeps the key in the card, readable with the PIN, unless it is there.
func (p *preparation) protect(d device, key *secret.Bytes) error {
	stored, err := protectedKey(d)
	defer stored.Wipe()
	if err == nil && stored.Equal(key) {
		return p.note(d)
	}
	if err != nil && !errors.Is(err, ErrManagement) {
		return err
	}
	if err := d.authenticate(p.key); err != nil {
		return refusedKey(err)
	}
	content := appendElement(nil, tagProtected, appendElement(nil, tagKey, key.Expose()))
	defer clear(content)
	if err := d.put(objectProtected, content); err != nil {
		return err
	}
	return p.note(d)
}

// note tells ykman that the management key can be read with the PIN.
func (p *preparation) note(d device) error {
	if there, err := noted(d); err != nil || there {
		return err
	}
	if err := d.authenticate(p.key); err != nil {
		return refusedKey(err)
	}
	return d.put(objectNote, note())
}

func (p *preparation) puk(d device) error {
	old := defaultPUK()
	defer old.Wipe()
	return d.setPUK(old, p.order.PUK)
}

func (p *preparation) newPIN(d device) error {
	if err := d.setPIN(p.pin, p.order.PIN); err != nil {
		return err
	}
	p.pin.Wipe()
	p.pin = clone(p.order.PIN)
	return d.verifyPIN(p.pin)
}

// random is where management keys come from.
func (r *Readers) random() io.Reader {
	if r.Rand != nil {
		return r.Rand
	}
	return rand.Reader
}
