package piv

import (
	"crypto"

	"bailiff/custody/token/attestation"
)

// Preparation is how far bailiff has prepared a card.
type Preparation string

// The states of preparation, as [Card.Inspect] recognises them.
const (
	Fresh    Preparation = "fresh"    // as from the factory: defaults, no key in any slot
	Started  Preparation = "started"  // [Card.Init] was cut short and can go on
	Prepared Preparation = "prepared" // bailiff's signing key is in 9c; a further vault needs one slot only
	InUse    Preparation = "in use"   // by something else
)

// Contents is what a card tells about itself without a PIN.
type Contents struct {
	Serial      string
	Firmware    attestation.Version
	FormFactor  attestation.FormFactor // 0: not told
	Preparation Preparation
	Making      attestation.Slot // the slot that a cut short Init was at; 0: none
	PIN, PUK    Reference
	Management  Management
	Signing     Slot   // 9c
	Sealing     []Slot // the twenty slots 82 to 95, in order
	Others      []Slot // 9a, 9d and 9e, which bailiff does not use
	Vaults      int    // ledgers of which the card keeps the last head
	Device      []byte // certificate of slot f9, DER; nil when there is none

	fresh bool // the data object says that PIN and PUK are bailiff's to set
}

// Reference is what a card tells about its PIN or PUK.
type Reference struct {
	Default bool
	Tries   int // left; 0: locked
	Max     int // after a right entry
}

// Management is what a card tells about its management key.
type Management struct {
	Algorithm string // "3DES", "AES-128", "AES-192", "AES-256"
	Default   bool
	Touch     bool // a touch each time it is used
	Protected bool // kept in the card, readable with the PIN, by the note that ykman understands
}

// Slot is what a card tells about one slot. Where Empty only the first two fields count.
type Slot struct {
	Slot        attestation.Slot
	Empty       bool
	Algorithm   string           // "Ed25519", "P-256" or another, "not known"
	Public      crypto.PublicKey // nil where not known
	Generated   bool             // in the device, as it says; attestation proves it
	PIN         attestation.PINPolicy
	Touch       attestation.TouchPolicy
	Certificate []byte // DER; nil when there is none, or none that can be read
	Ours        bool   // the certificate is bailiff's label, and of this key
	Attestation []byte // DER; nil when the device does not attest the key
}

// Inspect reads what a card tells without a PIN. It changes nothing. For a card that answers, all
// that it cannot tell is left empty; [ErrObject] when the data object is damaged.
func (c *Card) Inspect() (contents *Contents, err error) {
	err = c.use(func(d device) (err error) {
		contents, err = inspect(c, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	return contents, nil
}

// Tries are the tries that are left.
type Tries struct{ PIN, PUK int }

// Tries returns what is left of the tries. It costs none.
func (c *Card) Tries() (t Tries, err error) {
	err = c.use(func(d device) error {
		pin, err := reference(d, refPIN)
		if err != nil {
			return err
		}
		puk, err := reference(d, refPUK)
		t = Tries{pin.Tries, puk.Tries}
		return err
	})
	if err != nil {
		return Tries{}, err
	}
	return t, nil
}

// Next is the slot that [Card.Init] would take: that which a cut short run was at, if nothing else came into it, or
// the first free one; [ErrFull] when there is none.
func (c *Contents) Next() (attestation.Slot, error) {
	if c.Making != 0 {
		s := c.slot(c.Making)
		if s.Empty || s.isSealing(Enrolled{}) == nil && (s.Ours || s.Certificate == nil) {
			return s.Slot, nil
		}
	}
	if free := c.Free(); len(free) > 0 {
		return free[0], nil
	}
	return 0, ErrFull
}

// Free returns the retired slots without a key, in order.
func (c *Contents) Free() []attestation.Slot {
	var free []attestation.Slot
	for _, s := range c.Sealing {
		if s.Empty {
			free = append(free, s.Slot)
		}
	}
	return free
}
