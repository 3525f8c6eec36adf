package attestation

import (
	"time"

	"bailiff/custody/fault"
)

// Maker is whose device it is, by the certificate of its slot f9 alone. A card without any key yet
// has that and no more: it is a foretaste of what [Roots.Verify] will say once there are keys, and
// proves nothing by itself, since a certificate can be copied.
type Maker struct {
	Root string  // subject of the pinned root
	Test bool    // the root is the test root, whose private key is published
	Made Version // the firmware on the certificate; 0.0.0: not stated
}

// VerifyDevice looks at the certificate of slot f9, in DER, at the given time. Errors: as those of
// [Roots.Verify] about that certificate; [ErrNone] when there is none.
func (r *Roots) VerifyDevice(intermediate []byte, at time.Time) (*Maker, error) {
	d, err := r.device(intermediate, at)
	if err != nil {
		return nil, fault.At(partDevice, err)
	}
	return &Maker{Root: d.by.root().Subject.CommonName, Test: d.by.test, Made: d.made}, nil
}
