package custody

import (
	"io"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// append records an act. The rules of succession are checked before a byte is written; the
// personal fields, when there are any, go into a salted personal part.
func (v *Vault) append(act ledger.Act, personal []keyvalue.Field) (*ledger.Entry, error) {
	if err := v.mayWrite(); err != nil {
		return nil, err
	}
	now := v.Host.Now()
	if err := v.mayFollow(act, now); err != nil {
		return nil, err
	}
	var part []byte
	if len(personal) > 0 {
		var salt [32]byte
		if _, err := io.ReadFull(v.Host.Rand, salt[:]); err != nil {
			return nil, err
		}
		var err error
		if part, err = ledger.FormatPersonal(salt, personal); err != nil {
			return nil, err
		}
	}
	e, err := v.Log.Append(act, now, part)
	if err != nil {
		return nil, err
	}
	v.State.apply(e)
	return e, nil
}

// mayFollow tells whether an act may be recorded now. The error names what is at fault, and no entry, since there is none.
func (v *Vault) mayFollow(act ledger.Act, now time.Time) error {
	return v.State.allowed(&ledger.Entry{Vault: v.Policy.Vault, Number: v.Log.Size(), Time: now, Act: act})
}

// MayAppend reports why [Vault.Append] would refuse such an entry now. It is for what people are asked to confirm first.
func (v *Vault) MayAppend(act ledger.Act) error {
	return v.mayFollow(act, v.Host.Now())
}

// Append appends an entry about an order; of any other act it returns [ErrHistory].
func (v *Vault) Append(act ledger.Act, personal []keyvalue.Field) (*ledger.Entry, error) {
	switch act.(type) {
	case *ledger.OrderReceived, *ledger.ReleaseRefused, *ledger.ReleaseIntent, *ledger.ReleaseOpened, *ledger.ReleaseDelivered,
		*ledger.KitHandedOver:
		return v.append(act, personal)
	}
	return nil, ErrHistory
}
