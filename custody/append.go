package custody

import (
	"io"
	"time"

	"bailiff/custody/ledger"
	"bailiff/custody/record"
)

// append records an act. The rules of succession are checked before a byte is written; the
// personal fields, when there are any, go into a salted personal part.
func (v *Vault) append(kind ledger.Kind, f []record.Field, personal []record.Field) (*ledger.Entry, error) {
	if err := v.mayWrite(); err != nil {
		return nil, err
	}
	now := v.Host.Now()
	if err := v.mayFollow(kind, now, f); err != nil {
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
	e, err := v.Log.Append(kind, now, f, part)
	if err != nil {
		return nil, err
	}
	v.State.apply(e)
	return e, nil
}

func (v *Vault) mayFollow(kind ledger.Kind, now time.Time, f []record.Field) error {
	return v.State.check(&ledger.Entry{Vault: v.Policy.Vault, Number: v.Log.Size(), Time: now, Kind: kind, Fields: f})
}

// MayRecord reports why [Vault.Record] would refuse such an entry now. It is for what people are asked to confirm first.
func (v *Vault) MayRecord(kind ledger.Kind, f []record.Field) error {
	return v.mayFollow(kind, v.Host.Now(), f)
}

// Record appends an entry about an order; see docs/formats.md for the fields of each kind.
func (v *Vault) Record(kind ledger.Kind, f []record.Field, personal []record.Field) (*ledger.Entry, error) {
	switch kind {
	case ledger.OrderReceived, ledger.ReleaseRefused, ledger.ReleaseIntent, ledger.ReleaseOpened, ledger.ReleaseDelivered,
		ledger.KitHandedOver:
		return v.append(kind, f, personal)
	}
	return nil, ErrHistory
}

func digestText(d [32]byte) string { return record.FormatDigest(d) }
