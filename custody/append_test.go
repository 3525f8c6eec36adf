package custody_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"bailiff/custody"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
)

// TestRecordKeepsToSuccession: what may not follow the entries that there are is not recorded, and whoever asks before is told the
// same; nor is what [custody.Vault.Append] is not for, whatever may follow.
func TestRecordKeepsToSuccession(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	key := strings.Repeat("ab", 20)
	size := v.Log.Size()
	for act, want := range map[ledger.Act]error{
		&ledger.ReleaseIntent{Order: "x1", Batch: "b20261121-000000", KeyNumber: 1, Key: key, Opening: []string{"c01", "c02"}}: custody.ErrNotReceived,
		&ledger.ReleaseOpened{Order: "x1", Key: key}:                    custody.ErrHistory,
		&ledger.ReleaseDelivered{Order: "x1", Key: key}:                 custody.ErrHistory,
		&ledger.KitHandedOver{Order: "x1", Key: key, Day: "2026-11-21"}: custody.ErrNoKit,
	} {
		_, err := v.Append(act, nil)
		wantError(t, string(act.Kind()), err, want)
		wantError(t, string(act.Kind())+", asked before", v.MayAppend(act), want)
	}
	ceremony := &ledger.CeremonyOpened{Batch: "b20261121-000000", Publish: 1, Sample: 1}
	wantError(t, "a ceremony, asked before", v.MayAppend(ceremony), nil)
	_, err := v.Append(ceremony, nil)
	wantError(t, "a ceremony", err, custody.ErrHistory)
	if v.Log.Size() != size {
		t.Errorf("%d entries more", v.Log.Size()-size)
	}
}

// TestWithoutRandomness: without random bytes there is no vault, no ceremony and nothing personal on record; nothing is made of others.
func TestWithoutRandomness(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2}
	b := custodytest.Prepare(t, &s)
	dry := errors.New("no random bytes")
	after := func(n int64) io.Reader { return io.MultiReader(io.LimitReader(b.Host.Rand, n), iotest.ErrReader(dry)) }
	_, err := custody.NewID(after(15))
	wantError(t, "a name for a vault", err, dry)
	host, signed := b.Host, 0
	host.Rand, host.Notice = after(0), func(custody.Event) { signed++ }
	_, err = custody.Init(host, b.Path, b.Founding(t, s))
	if wantError(t, "a vault", err, dry); signed > 0 {
		t.Errorf("%d signatures", signed)
	}
	_, err = custody.Init(b.Host, b.Path, b.Founding(t, s))
	must(t, err)
	v := b.Open(t, true)
	size := v.Log.Size()
	v.Host.Rand = after(2)
	_, err = v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	wantError(t, "a name for a batch", err, dry)
	v.Host.Rand = after(3 + 31)
	_, err = v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1, Personal: keyvalue.Fields("venue", "Étude exemple")})
	if wantError(t, "a salt", err, dry); v.Log.Size() != size {
		t.Errorf("%d entries more", v.Log.Size()-size)
	}
}
