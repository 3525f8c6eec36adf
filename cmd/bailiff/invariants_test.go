package main_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"slices"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/keyceremony"
	"bailiff/keyceremony/script"
	"bailiff/release"
	"bailiff/release/order"
)

// refused fails unless err is want and no token was asked.
func (s *scene) refused(what string, err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Errorf("%s: %v, want %v", what, err, want)
	}
	s.untouched()
}

// halted runs a ceremony whose witnesses walk out before they throw, and returns its batch: sealed
// and cosigned.
func (s *scene) halted(v *custody.Vault) *custody.BatchState {
	s.Helper()
	c := s.ceremony(v, published)
	c.Dice = func() (string, error) { return "", os.ErrDeadlineExceeded }
	if _, err := c.Run(); !errors.Is(err, os.ErrDeadlineExceeded) {
		s.Fatal(err)
	}
	s.touches()
	return v.State.Unfinished()
}

// TestInvariant2OneTouchOneShareOneKey: each opening costs each token that opens exactly one
// operation, and no token can be made to open another key's share with it.
func TestInvariant2OneTouchOneShareOneKey(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	run := s.release(v, s.order(v, 0, nil))
	s.touches()
	check(t, run.Run())
	for i, want := range []int{1, 1, 0, 0, 0} {
		if s.tokens[i].ecdh != want {
			t.Errorf("token %d opened %d shares, not %d", i+1, s.tokens[i].ecdh, want)
		}
	}
}

// TestInvariant3CustodianCounts: a spare stands in for its twin and never beside it; a stranger
// counts for nothing; one custodian, or k tokens of fewer, open nothing.
func TestInvariant3CustodianCounts(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	run := s.release(v, s.order(v, 0, nil))
	_, err := v.Seat([]token.Token{s.tokens[1], s.tokens[3]})
	s.refused("a token and its spare", err, custody.ErrTwice)
	_, err = v.Seat([]token.Token{s.tokens[0], s.tokens[4]})
	s.refused("a stranger", err, custody.ErrStranger)
	run.Table = s.seat(v, 4)
	s.refused("k-1 custodians", run.Run(), custody.ErrQuorum)
	if v.State.Begun("2026-000001") != nil {
		t.Error("an intent without a quorum was recorded")
	}
	run.Table = s.seat(v, 4, 3)
	check(t, run.Run())
	if s.tokens[3].ecdh != 1 || s.tokens[1].ecdh != 0 {
		t.Error("the spare did not open")
	}
}

// TestInvariant4NothingPublishedUnproved: before its proof is cosigned nothing of a batch leaves
// or is released; before its root is, it is abandoned; after, resumed with the same script.
func TestInvariant4NothingPublishedUnproved(t *testing.T) {
	s := play(t, empty)
	out := s.path + ".zip"
	v := s.open()
	st := s.halted(v)
	unproved := func(when string) {
		t.Helper()
		_, _, err := keyceremony.Export(v, st.ID, out, 1, func(int, int) {})
		s.refused(when+": export", err, custody.ErrPublished)
		s.refused(when+": release", v.Locate(st.ID, 1, "00"), custody.ErrPublished)
		if _, err := os.Lstat(out); err == nil {
			t.Errorf("%s: there is a file", when)
		}
	}
	unproved("sealed")
	s.refused("abandoning a cosigned batch", v.Abandon(st.ID), custody.ErrHistory)
	s.refused("proof before the sample", v.ProveSample(s.seat(v, 1, 2, 3), st.ID, func(int, int) {}), custody.ErrHistory)
	check(t, v.ChooseSample(st.ID, witnessDice))
	s.refused("proof before the sample is cosigned", v.ProveSample(s.seat(v, 1, 2, 3), st.ID, func(int, int) {}), custody.ErrNotCosigned)
	s.refused("proof without everybody", v.ProveSample(s.seat(v, 1, 2), st.ID, func(int, int) {}), custody.ErrQuorum)
	check(t, v.Cosign(s.seat(v, 1, 2, 3)))
	check(t, v.ProveSample(s.seat(v, 1, 2, 3), st.ID, func(int, int) {}))
	s.touches()
	unproved("proved, not cosigned")
	check(t, v.Close())

	v = s.open()
	other := s.ceremony(v, published)
	other.Script.Digest[0]++
	_, err := other.Run()
	s.refused("another script", err, keyceremony.ErrOtherScript)
	s.refused("cosigning the proof of an earlier run", v.Cosign(s.seat(v, 1, 2)), custody.ErrUnfinished)
	if again := s.run(s.ceremony(v, published)); again != st.ID {
		t.Errorf("batch %s began, %s was to be resumed", again, st.ID)
	}
	if ecdh, sign := s.touches(); ecdh != 3*sampled || sign != 3 {
		t.Errorf("the proof was done again with %d openings and %d signatures", ecdh, sign)
	}
	v = s.open()
	verified, _, err := keyceremony.Export(v, st.ID, out, 1, func(int, int) {})
	check(t, err)
	if verified.Published != published || verified.Burnt != sampled || verified.Reserve != reserved {
		t.Errorf("%+v", verified)
	}
	for role, want := range map[batch.Role]error{batch.Burnt: custody.ErrBurnt, batch.Reserve: custody.ErrReserved} {
		number, fingerprint := s.key(v, role, 0)
		o := s.order(v, 0, func(o *order.Order) { o.KeyNumber, o.Key = number, fingerprint })
		_, err := s.examine(v, o)
		s.refused(string(role), err, want)
	}
}

// TestInvariant4RootOfAnEarlierRun: a root that was recorded and not cosigned is never vouched for by
// a later run, whatever act has the ledger cosigned.
func TestInvariant4RootOfAnEarlierRun(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	c := s.ceremony(v, published)
	s.tokens[2].broken = token.ErrBusy
	if _, err := c.Run(); !errors.Is(err, token.ErrBusy) {
		t.Fatal(err)
	}
	batch := v.State.Unfinished().ID
	s.tokens[2].broken = nil
	check(t, v.Close())
	v = s.open()
	check(t, s.release(v, s.order(v, 0, nil)).Run())
	if st := v.State.Batch(batch); st.Sealed == nil || st.Abandoned == nil {
		t.Error("the root was cosigned with the release")
	}
	if _, err := os.Lstat(v.BatchPath(batch)); err == nil {
		t.Error("the abandoned batch is still there")
	}
	check(t, v.Close())
	_, err := custody.Open(s.host(), s.path, false)
	check(t, err)
}

// TestInvariant9RehearsalAndProductionApart: the mark is in policy, batch, keys, scripts and orders,
// and neither side takes the other's.
func TestInvariant9RehearsalAndProductionApart(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	_, err := s.examine(v, s.order(v, 0, func(o *order.Order) { o.Mode = keyvalue.Production }))
	s.refused("an order for production", err, order.ErrMode)
	c := s.ceremony(v, published)
	c.Script.Mode = keyvalue.Production
	_, err = c.Run()
	s.refused("a script for production", err, script.ErrMode)
	batch := v.State.Batches[0]
	b, _, err := v.Published(batch.ID)
	check(t, err)
	rec, err := b.Record(1)
	check(t, err)
	public, err := b.Public(rec)
	check(t, err)
	m := b.Manifest()
	profile := keypair.Profile(m.Profile)
	if _, err := keypair.Check(profile, public, keypair.UserID(batch.ID, 1, true), m.Created, true); err != nil || m.Mode != keyvalue.Rehearsal {
		t.Errorf("the key is not marked: %v", err)
	}
	if _, err := keypair.Check(profile, public, keypair.UserID(batch.ID, 1, false), m.Created, false); err == nil {
		t.Error("a marked key passes in production")
	}
	v.Policy.Mode = keyvalue.Production
	_, err = v.Seat([]token.Token{s.tokens[0]})
	s.refused("a rehearsal's token in production", err, policy.ErrSoftToken)
	if err := v.Policy.Check(); !errors.Is(err, policy.ErrSoftToken) {
		t.Errorf("a production policy with software tokens: %v", err)
	}
}

// TestInvariant10NothingModifiedInPlace: no act changes or removes a file that was there.
func TestInvariant10NothingModifiedInPlace(t *testing.T) {
	s := play(t, proved)
	before := load(t, s.path)
	unchanged := func(act string) {
		t.Helper()
		after := load(t, s.path)
		for _, name := range slices.Sorted(maps.Keys(before)) {
			if data, ok := after[name]; !ok || !bytes.Equal(data, before[name]) {
				t.Errorf("%s changed %s", act, name)
			}
		}
		if len(after) == len(before) {
			t.Errorf("%s left no trace", act)
		}
		before = after
	}
	v := s.open()
	_, _, err := keyceremony.Export(v, v.State.Batches[0].ID, s.path+".zip", 1, func(int, int) {})
	check(t, err)
	unchanged("export")
	check(t, s.release(v, s.order(v, 0, nil)).Run())
	unchanged("release")
	check(t, release.Refuse(v, []byte("x"), ledger.Unreadable, "malformed"))
	unchanged("refusal")
	check(t, v.Cosign(s.seat(v, 2, 3)))
	unchanged("cosigning")
	s.run(s.ceremony(v, 1))
	unchanged("ceremony")
}

// TestInvariant13PricePrinted: the price is exactly what the tokens are asked for.
func TestInvariant13PricePrinted(t *testing.T) {
	s := play(t, proved)
	v := s.open()
	price := custody.CeremonyPrice(v.Policy, sampled)
	s.run(s.ceremony(v, 1))
	if ecdh, sign := s.touches(); ecdh+sign != price.Touches || price.Custodians != 3 {
		t.Errorf("ceremony: %d openings and %d signatures; printed %+v", ecdh, sign, price)
	}
	v = s.open()
	run := s.release(v, s.order(v, 0, nil))
	run.Table = s.seat(v, 1, 2, 3) // one more than needed, who is not asked
	price = custody.ReleasePrice(v.Policy)
	check(t, run.Run())
	if ecdh, sign := s.touches(); ecdh+sign != price.Touches || price.Custodians != 2 {
		t.Errorf("release: %d openings and %d signatures; printed %+v", ecdh, sign, price)
	}
}
