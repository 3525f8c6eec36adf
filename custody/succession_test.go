package custody

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/fuzztest"
)

// story builds a ledger's state entry by entry. A word is a kind of entry with "key=value" changes
// to its [usual] fields; "cosign" is a checkpoint over all entries so far, "wait" lets
// that many seconds pass.
type story struct {
	*State
	size   int64
	waited int64 // seconds
}

var (
	keyA, keyB = strings.Repeat("aa", 20), strings.Repeat("bb", 20)
	digest     = [32]byte{1}
)

// usual returns an act of that kind as the stories mostly have it.
func usual(kind string) ledger.Act {
	for _, a := range []ledger.Act{
		&ledger.PolicyAdopted{},
		&ledger.CeremonyOpened{Batch: "b1", Publish: 2, Sample: 2, Reserve: 1},
		&ledger.BatchAbandoned{Batch: "b1"},
		&ledger.BatchSealed{Batch: "b1", Keys: 5},
		&ledger.SampleChosen{Batch: "b1", Numbers: []int{1, 4}},
		&ledger.BatchProved{Batch: "b1", Published: 2},
		&ledger.BatchExported{Batch: "b1"},
		&ledger.ReleaseRefused{Order: "o9"},
		&ledger.OrderReceived{Order: "o1", OrderDigest: digest, Key: keyA, NotBefore: time.Unix(0, 0)},
		&ledger.ReleaseIntent{Order: "o1", OrderDigest: digest, Batch: "b1", KeyNumber: 2, Key: keyA, Opening: []string{"c01", "c02"}},
		&ledger.ReleaseOpened{Order: "o1", Key: keyA},
		&ledger.ReleaseDelivered{Order: "o1", Key: keyA},
		&ledger.KitHandedOver{Order: "o1", Key: keyA, Day: "1970-01-01"},
	} {
		if string(a.Kind()) == kind {
			return a
		}
	}
	panic("no act is called " + kind)
}

// set changes a field of an act, by the name that it has in its entry.
func set(a ledger.Act, key, value string) {
	name := ""
	for word := range strings.SplitSeq(key, "-") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	switch v := reflect.ValueOf(a).Elem().FieldByName(name).Addr().Interface().(type) {
	case *string:
		*v = value
	case *int:
		*v, _ = strconv.Atoi(value)
	case *[]string:
		*v = strings.Split(value, ",")
	case *[]int:
		*v = nil
		for word := range strings.SplitSeq(value, ",") {
			n, _ := strconv.Atoi(word)
			*v = append(*v, n)
		}
	case *[32]byte:
		*v = sha256.Sum256([]byte(value))
	case *time.Time:
		*v, _ = keyvalue.Time(value)
	}
}

func newStory() *story {
	p := &policy.Policy{Threshold: 2, Reasons: []policy.Reason{{WaitingDays: 0}, {WaitingDays: 2}}}
	for i := range 3 {
		p.Custodians = append(p.Custodians, policy.Custodian{ID: keyvalue.FormatCustodian(i + 1)})
	}
	return &story{State: newState(p)}
}

// tell adds words until one is refused.
func (s *story) tell(words string) error {
	for line := range strings.SplitSeq(words, ";") {
		w := strings.Fields(line)
		if w[0] == "cosign" {
			s.signed = append(s.signed, s.size)
			continue
		}
		if w[0] == "wait" {
			n, err := strconv.ParseInt(w[1], 10, 64)
			if err != nil {
				return err
			}
			s.waited += n
			continue
		}
		e := &ledger.Entry{Act: usual(w[0]), Number: s.size, Time: time.Unix(s.waited, 0)}
		for _, change := range w[1:] {
			key, value, _ := strings.Cut(change, "=")
			set(e.Act, key, value)
		}
		if err := s.check(e); err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
		s.apply(e)
		s.size++
	}
	return nil
}

const (
	started      = "policy; cosign; ceremony-opened"
	sealed       = started + "; batch-sealed; cosign"
	sampledOf    = sealed + "; sample-chosen; cosign"
	provedOf     = sampledOf + "; batch-proved; cosign"
	received     = provedOf + "; order-received"
	intended     = received + "; release-intent; cosign"
	anotherBatch = "ceremony-opened batch=b2; batch-sealed batch=b2; cosign; sample-chosen batch=b2; cosign; batch-proved batch=b2; cosign"
	deliveredO   = intended + "; release-opened; release-delivered; cosign"
)

func TestSuccession(t *testing.T) {
	for _, c := range []struct {
		words string
		want  error
	}{
		{deliveredO, nil},
		{"policy; policy", ErrHistory},
		{"policy; cosign; batch-sealed", ErrHistory},
		{started + "; ceremony-opened batch=b2", ErrHistory},
		{started + "; batch-abandoned; ceremony-opened batch=b2", nil},
		{started + "; batch-abandoned; ceremony-opened", ErrHistory},
		{started + "; batch-abandoned; batch-sealed", ErrHistory},
		{"policy; ceremony-opened sample=0", ErrHistory},
		{"policy; ceremony-opened publish=0", ErrHistory},
		{"policy; ceremony-opened sample=1001", ErrHistory},
		{"policy; ceremony-opened publish=999999", ErrHistory},
		{started + "; batch-sealed keys=4", ErrHistory},
		{started + "; batch-sealed; batch-abandoned", nil},
		{sealed + "; batch-abandoned", ErrHistory},
		{sealed + "; batch-sealed", ErrHistory},
		{started + "; batch-sealed; sample-chosen", ErrNotCosigned},
		{sealed + "; sample-chosen numbers=000001", ErrHistory},
		{sealed + "; sample-chosen numbers=000001,000006", ErrHistory},
		{sampledOf + "; sample-chosen", ErrHistory},
		{sealed + "; batch-proved", ErrHistory},
		{sealed + "; sample-chosen; batch-proved", ErrNotCosigned},
		{sampledOf + "; batch-proved published=3", ErrHistory},
		{sampledOf + "; batch-proved; batch-proved", ErrHistory},
		{sampledOf + "; batch-proved; batch-exported", ErrNotCosigned},
		{sampledOf + "; batch-proved; ceremony-opened batch=b2", ErrHistory},
		{sampledOf + "; batch-proved; order-received; release-intent", ErrPublished},
		{provedOf + "; batch-exported; ceremony-opened batch=b2", nil},
		{received + "; release-intent batch=b2", ErrPublished},
		{received + "; release-intent key-number=000004", ErrBurnt},
		{received + "; release-intent key-number=000005", ErrReserved},
		{received + "; release-intent key-number=000006", ErrNoKey},
		{received + "; release-intent opening=c01", ErrQuorum},
		{received + "; release-intent opening=c01,c02,c03", ErrQuorum},
		{received + "; release-intent opening=c01,c04", ErrStranger},
		{provedOf + "; release-opened", ErrHistory},
		{received + "; release-opened", ErrHistory},
		{received + "; release-delivered", ErrHistory},
		{received + "; release-intent; release-opened", ErrNotCosigned},
		{intended + "; release-delivered", ErrHistory},
		{intended + "; release-opened key=" + keyB, ErrHistory},
		{intended + "; release-opened; release-opened", ErrHistory},
		{intended + "; release-opened; release-delivered key=" + keyB, ErrHistory},
		{intended + "; release-intent opening=c02,c03", nil},
		{intended + "; release-intent key-number=000003", ErrSameOrder},
		{intended + "; " + anotherBatch + "; release-intent batch=b2", ErrSameOrder},
		{received + "; order-received order=o2; release-intent; cosign; release-opened; release-delivered; cosign; release-intent order=o2 replaces=o1", ErrSameOrder},
		{intended + "; release-intent order-digest=d2", ErrSameOrder},
		{intended + "; order-received order=o2", ErrKeyTaken},
		{intended + "; order-received order=o2 replaces=o1", ErrReplaces},
		{received + "; order-received order=o2; release-intent order=o2; release-intent", ErrKeyTaken},
		{deliveredO + "; release-intent", ErrUsed},
		{deliveredO + "; release-delivered", ErrHistory},
		{deliveredO + "; kit-handed-over; cosign", nil},
		{deliveredO + "; kit-handed-over; kit-handed-over", ErrHandedOver},
		{deliveredO + "; kit-handed-over key=" + keyB, ErrHistory},
		{deliveredO + "; kit-handed-over kit=x", ErrHistory},
		{deliveredO + "; kit-handed-over day=1969-12-31", nil},
		{deliveredO + "; kit-handed-over day=1969-12-30", ErrHandoverDay},
		{deliveredO + "; kit-handed-over day=1970-01-02", nil},
		{deliveredO + "; kit-handed-over day=1970-01-03", ErrHandoverDay},
		{deliveredO + "; order-received order=o2 replaces=o1; release-intent order=o2 replaces=o1; kit-handed-over", nil},
		{intended + "; release-opened; release-delivered; kit-handed-over", ErrNoKit},
		{intended + "; release-opened; kit-handed-over", ErrNoKit},
		{provedOf + "; kit-handed-over", ErrNoKit},
		{deliveredO + "; release-opened", ErrHistory},
		{deliveredO + "; order-received order=o2", ErrKeyTaken},
		{deliveredO + "; order-received order=o2 replaces=o1; release-intent order=o2 replaces=o1", nil},
		{deliveredO + "; order-received order=o2 replaces=o1 key=" + keyB, ErrReplaces},
		{deliveredO + "; order-received order=o2 replaces=o1; release-intent order=o2 replaces=o1; order-received order=o3 replaces=o1", ErrReplaces},
		{deliveredO + "; order-received order=o2 replaces=o1; release-intent order=o2", ErrKeyTaken},
		{deliveredO + "; order-received order=o2 key=" + keyB + "; release-intent order=o2 key-number=000003 key=" + keyB, nil},
		{deliveredO + "; order-received", ErrUsed},
		{provedOf + "; release-intent", ErrNotReceived},
		{received + "; order-received", ErrHistory},
		{intended + "; order-received", ErrHistory},
		{received + "; order-received order-digest=d2", ErrSameOrder},
		{received + "; release-intent order-digest=d2", ErrSameOrder},
		{received + "; release-intent key-number=000003 key=" + keyB, ErrSameOrder},
		{received + "; release-intent replaces=o0", ErrReplaces},
		{provedOf + "; order-received waiting=1", ErrHistory},
		{provedOf + "; order-received waiting=2; wait 172799; release-intent", ErrStillWaiting},
		{provedOf + "; order-received waiting=2; wait 172800; release-intent", nil},
		{provedOf + "; order-received not-before=1970-01-01T01:00:00Z; wait 3500; release-intent", ErrStillWaiting},
		{provedOf + "; order-received not-before=1970-01-01T01:00:00Z; wait 3600; release-intent", nil},
		{provedOf + "; order-received not-before=1970-01-01T01:00:00Z waiting=2; wait 3600; release-intent", ErrStillWaiting},
	} {
		if err := newStory().tell(c.words); !errors.Is(err, c.want) {
			t.Errorf("%s:\n%v, want %v", c.words, err, c.want)
		}
	}
}

// TestUnfinished: a ceremony has ended when its proof is cosigned, not before.
func TestUnfinished(t *testing.T) {
	s := newStory()
	if err := s.tell(sampledOf + "; batch-proved"); err != nil {
		t.Fatal(err)
	}
	if s.Unfinished() == nil {
		t.Error("finished before the proof was cosigned")
	}
	if err := s.tell("cosign"); err != nil || s.Unfinished() != nil {
		t.Error("not finished")
	}
}

func TestRoles(t *testing.T) {
	s := newStory()
	if err := s.tell(started + "; batch-sealed"); err != nil {
		t.Fatal(err)
	}
	if b := s.Batches[0]; b.Sample() != nil || b.Roles() != nil || b.published(1) != ErrNoKey {
		t.Error("keys have roles before the sample is chosen")
	}
	if err := s.tell("cosign; sample-chosen"); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(s.Batches[0].Roles())
	if got != "[burnt published published burnt reserve]" {
		t.Error(got)
	}
	if pending := s.Pending(); len(pending) != 0 {
		t.Error(pending)
	}
}

// TestPending: a release is pending from its intent to its delivery.
func TestPending(t *testing.T) {
	s := newStory()
	for _, c := range []struct {
		words   string
		pending int
	}{{received, 0}, {"release-intent; cosign", 1}, {"release-opened", 1}, {"release-delivered", 0}} {
		if err := s.tell(c.words); err != nil || len(s.Pending()) != c.pending {
			t.Errorf("after %s: %v, %v", c.words, s.Pending(), err)
		}
	}
}

// drawn is a batch whose sample is chosen.
func drawn(publish, sample, reserve int, numbers string) *BatchState {
	chosen := new(ledger.SampleChosen)
	set(chosen, "numbers", numbers)
	opened := &ledger.CeremonyOpened{Publish: publish, Sample: sample, Reserve: reserve}
	b := &BatchState{Opened: ledger.WithAct(new(ledger.Entry), opened)}
	b.choose(new(ledger.Entry), chosen)
	return b
}

// TestRolesAroundTheReserve: b, p and r are the burnt, published and reserve keys in order. What is said of one key
// is what is said of all.
func TestRolesAroundTheReserve(t *testing.T) {
	letters := map[batch.Role]string{batch.Burnt: "b", batch.Published: "p", batch.Reserve: "r"}
	refusals := map[batch.Role]error{batch.Burnt: ErrBurnt, batch.Reserve: ErrReserved}
	for _, c := range []struct {
		publish, sample, reserve int
		numbers, want            string
	}{
		{3, 1, 0, "000002", "pbpp"},
		{3, 1, 0, "000004", "pppb"},
		{2, 1, 2, "000001", "bpprr"},
		{2, 1, 2, "000003", "ppbrr"},
		{2, 1, 2, "000004", "pprbr"},
		{2, 1, 2, "000005", "pprrb"},
		{1, 2, 2, "000002,000003", "pbbrr"},
		{1, 2, 2, "000003,000004", "prbbr"},
		{1, 2, 2, "000002,000005", "pbrrb"},
		{1, 3, 2, "000003,000004,000006", "prbbrb"},
		{1, 3, 1, "000001,000002,000005", "bbprb"},
	} {
		b := drawn(c.publish, c.sample, c.reserve, c.numbers)
		got := ""
		for i, role := range b.Roles() {
			got += letters[role]
			if err := b.published(i + 1); err != refusals[role] {
				t.Errorf("%s of %d: key %d is %s: %v", c.numbers, b.Total(), i+1, role, err)
			}
		}
		if got != c.want {
			t.Errorf("%s of %d: %s, not %s", c.numbers, b.Total(), got, c.want)
		}
		for _, n := range []int{0, b.Total() + 1} {
			if err := b.published(n); err != ErrNoKey {
				t.Errorf("%s of %d: key %d: %v", c.numbers, b.Total(), n, err)
			}
		}
	}
}

// TestOneRoleOfMany: whoever opens one key does not pay for all keys of its batch.
func TestOneRoleOfMany(t *testing.T) {
	defer fuzztest.Bounded(t, 0)()
	b := drawn(900_000, 2, 10_000, "000007,905000")
	for number, want := range map[int]error{7: ErrBurnt, 900_001: nil, 900_002: ErrReserved, 905_000: ErrBurnt, 910_003: ErrNoKey} {
		if err := b.published(number); err != want {
			t.Errorf("key %d: %v, not %v", number, err, want)
		}
	}
}

// TestManyOrders: the memory of orders does not slow down with their number.
func TestManyOrders(t *testing.T) {
	s := newStory()
	for i := range 20_000 {
		number, key := fmt.Sprint("o", i), fmt.Sprint(i)
		s.apply(&ledger.Entry{Act: &ledger.OrderReceived{Order: number, Key: key}})
		s.apply(&ledger.Entry{Act: &ledger.ReleaseIntent{Order: number, Key: key}})
	}
	start := time.Now()
	for i := range 20_000 {
		if err := s.CheckOrder("new", digest, "", fmt.Sprint(i)); !errors.Is(err, ErrKeyTaken) {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("20000 questions about 20000 orders took %v", took)
	}
}
