package custody

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/share"
)

// TestHeaderIsOfTheCeremony: a manifest that departs in one thing from the policy, or from what its ceremony was to make, is not
// sealed and not read.
func TestHeaderIsOfTheCeremony(t *testing.T) {
	v := &Vault{Policy: &policy.Policy{Vault: "v", Mode: keyvalue.Rehearsal, Profile: "p", Threshold: 2, Custodians: make([]policy.Custodian, 3)}}
	st := &BatchState{ID: "b", Opened: ledger.WithAct(new(ledger.Entry), &ledger.CeremonyOpened{Publish: 2, Sample: 1, Reserve: 1})}
	good := batch.Manifest{Vault: "v", Batch: "b", Mode: keyvalue.Rehearsal, Profile: "p", Threshold: 2, Custodians: 3, Keys: 4}
	if err := v.checkHeader(&good, st); err != nil {
		t.Fatal(err)
	}
	for what, edit := range map[string]func(m *batch.Manifest){
		"vault":      func(m *batch.Manifest) { m.Vault = "w" },
		"batch":      func(m *batch.Manifest) { m.Batch = "c" },
		"mode":       func(m *batch.Manifest) { m.Mode = keyvalue.Production },
		"profile":    func(m *batch.Manifest) { m.Profile = "q" },
		"threshold":  func(m *batch.Manifest) { m.Threshold = 3 },
		"custodians": func(m *batch.Manifest) { m.Custodians = 4 },
		"keys":       func(m *batch.Manifest) { m.Keys = 3 },
	} {
		m := good
		edit(&m)
		if err := v.checkHeader(&m, st); !errors.Is(err, ErrDamaged) {
			t.Errorf("another %s: %v", what, err)
		}
	}
}

// TestCombineWantsAQuorum: no data key is put together from fewer shares than the policy wants.
func TestCombineWantsAQuorum(t *testing.T) {
	v := &Vault{Policy: &policy.Policy{Threshold: 2}}
	if key, err := v.combine(make([]share.Share, 1), &batch.Record{}); key != nil || !errors.Is(err, ErrQuorum) {
		t.Error(err)
	}
}

// TestNoReserve: where nobody can look, it is not said that a list lies there.
func TestNoReserve(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v := &Vault{Path: file}
	if err := v.noReserve(&BatchState{ID: "b1"}); err == nil || errors.Is(err, batch.ErrStray) {
		t.Error(err)
	}
}

// TestOrderMemory: what the memory of orders says of an order, each condition alone.
func TestOrderMemory(t *testing.T) {
	for words, want := range map[string]error{
		received + "; release-intent opening=c01":                           ErrQuorum,
		received + "; release-intent opening=c01,c02,c03":                   ErrQuorum,
		received + "; release-intent opening=c01,c09":                       ErrStranger,
		received + "; release-intent batch=b2":                              ErrPublished,
		received + "; release-intent key-number=000001":                     ErrBurnt,
		received + "; release-intent key-number=000005":                     ErrReserved,
		received + "; release-intent key-number=000006":                     ErrNoKey,
		sampledOf + "; batch-proved; order-received; release-intent":        ErrPublished,
		"policy; ceremony-opened reserve=10001":                             ErrHistory,
		"policy; ceremony-opened sample=1000 reserve=10000":                 nil,
		"policy; ceremony-opened publish=999996 sample=2 reserve=1":         nil,
		"policy; ceremony-opened publish=999997 sample=2 reserve=1":         ErrHistory,
		sampledOf + "; batch-proved published=3":                            ErrHistory,
		sealed + "; batch-proved":                                           ErrHistory,
		sealed + "; batch-exported":                                         ErrHistory,
		started + "; sample-chosen":                                         ErrHistory,
		sealed + "; sample-chosen; batch-proved":                            ErrNotCosigned,
		sampledOf + "; batch-proved; batch-proved":                          ErrHistory,
		sampledOf + "; batch-proved; batch-exported":                        ErrNotCosigned,
		started + "; batch-abandoned; batch-abandoned":                      ErrHistory,
		"policy; cosign; batch-abandoned":                                   ErrHistory,
		started + "; cosign; cosign; release-refused":                       nil,
		provedOf + "; order-received replaces=o7":                           ErrReplaces,
		intended + "; order-received order=o2 key=" + keyB + " replaces=o1": ErrReplaces,
		deliveredO + "; ceremony-opened batch=b2; ceremony-opened batch=b3": ErrHistory,
		sampledOf + "; batch-proved; ceremony-opened batch=b2":              ErrHistory,
		sampledOf + "; batch-proved; cosign; ceremony-opened batch=b2":      nil,
	} {
		if err := newStory().tell(words); !errors.Is(err, want) {
			t.Errorf("%s:\n%v, want %v", words, err, want)
		}
	}
	s := newStory()
	if err := s.tell(received); err != nil || s.Begun("o1") != nil || s.Begun("o2") != nil {
		t.Error("an order begun that was received only", err)
	}
	if err := s.tell("release-intent"); err != nil || s.Begun("o1") == nil {
		t.Error("an order is not begun", err)
	}
}
