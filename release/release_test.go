package release_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"bailiff/custody"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/release"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// TestRelease follows one key to its heir, and then the same key to whoever lost the first kit.
func TestRelease(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	first := b.order(t, nil)
	r := b.run(t, first, 1, 2, 3)
	var said []string
	r.Said = func(m release.Milestone, object string) { said = append(said, string(m)+" "+object) }
	from := b.v.Log.Size() - 1 // order-received
	touches := map[custody.Act][]string{}
	b.v.Host.Notice = func(e custody.Event) { touches[e.Act] = append(touches[e.Act], e.Custodian) }
	must(t, r.Run())
	if want := []string{"intended 2026-000001", "opened 2026-000001", "delivered " + r.Kit}; !slices.Equal(said, want) {
		t.Errorf("said %q", said)
	}
	if !slices.Equal(touches[custody.ActOpen], []string{"c01", "c02"}) || !slices.Equal(touches[custody.ActSign], []string{"c01", "c02", "c01", "c02"}) {
		t.Errorf("touches %v", touches)
	}
	key, err := os.ReadFile(filepath.Join(r.Kit, handover.PrivateKeyFile))
	must(t, err)
	words, err := handover.ReadWords(b.Host.Disk, r.Kit)
	must(t, err)
	if got := opened(t, key, words.Expose()); got != b.keys[0].fingerprint {
		t.Errorf("the kit holds %s", got)
	}
	o, err := order.Parse(first.text)
	must(t, err)
	recorded(t, b, from, receipt(o, first, 0))
	recorded(t, b, from+1, intent(o, first))
	recorded(t, b, from+2, &ledger.ReleaseOpened{Order: "2026-000001", Key: b.keys[0].fingerprint})
	recorded(t, b, from+3, &ledger.ReleaseDelivered{Order: "2026-000001", Key: b.keys[0].fingerprint, Kit: sha256.Sum256(key)})
	if _, _, err := b.v.Covered(from + 3); err != nil || b.v.Log.Size() != from+4 {
		t.Error("the delivery is not cosigned, or not the last entry:", err)
	}
	persons := keyvalue.Fields("member", "M-4711", "recipient", "Heir Sample", "recipient-born", "1971-03-30", "checker", "Anne Sample", "checker", "Karim Sample")
	if got := personal(t, b, from+1); !slices.Equal(got, persons) {
		t.Errorf("personal part %v", got)
	}

	_, err = b.examine(first)
	wantError(t, "the same order", err, custody.ErrUsed)
	second := func(edit func(*order.Order)) signed {
		return b.order(t, func(o *order.Order) {
			o.Number, o.RecipientBorn = "2026-000002", ""
			edit(o)
		})
	}
	_, err = b.examine(second(func(*order.Order) {}))
	wantError(t, "another order", err, custody.ErrKeyTaken)
	r = b.run(t, second(func(o *order.Order) { o.Replaces, o.ReplacesWhy = "2026-000001", "lost" }))
	r.Kit += "-2"
	must(t, r.Run())
	st := b.v.State.Orders["2026-000002"]
	if st.Received.Act.Replaces != "2026-000001" || st.Intent.Act.Replaces != "2026-000001" || b.v.State.Orders["2026-000001"].ReplacedBy != "2026-000002" {
		t.Error("the ledger does not say what was replaced")
	}
	if got := personal(t, b, st.Intent.Number); !slices.Equal(got, slices.Delete(persons, 2, 3)) {
		t.Errorf("personal part %v", got)
	}
	if again, err := os.ReadFile(filepath.Join(r.Kit, handover.PrivateKeyFile)); err != nil || bytes.Equal(again, key) {
		t.Error("the second kit is the first one", err)
	}
}

// recorded expects an entry of that act.
func recorded(t *testing.T, b *bench, number int64, want ledger.Act) {
	t.Helper()
	e, _, err := b.v.Log.Entry(number)
	must(t, err)
	if !reflect.DeepEqual(e.Act, want) {
		t.Errorf("entry %d is %s %+v, want %s %+v", number, e.Act.Kind(), e.Act, want.Kind(), want)
	}
}

// personal is what the ledger keeps of persons beside an entry.
func personal(t *testing.T, b *bench, number int64) []keyvalue.Field {
	t.Helper()
	part, err := b.v.Log.Personal(number)
	must(t, err)
	_, fields, err := ledger.ParsePersonal(part)
	must(t, err)
	return fields
}
