package table

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// glance is how often the readers are looked into while a card is waited for. A look needs no PIN and leaves
// alone what is in use.
const glance = 300 * time.Millisecond

// Patient is how long an operation takes at least that ended without a touch, before the card is asked again: a card
// can refuse at once, and would ask some hundred times a second.
const Patient = 2 * time.Second

// search is a wait for a card that is not there yet.
type search struct {
	wanted func(serial string) bool
	ask    func()                                     // tells which card is wanted
	wrong  func(serial string)                        // tells why this one is not
	try    func(serial string) (done bool, err error) // with one that is there
	lack   error                                      // what is missing when nobody comes
}

// errAside: the card was set aside, which was told; another one, or the same one mended, is waited for.
var errAside = errors.New("table: a token was set aside")

// until looks into the readers until the search is done. What can be mended is told once, and waited for.
func (t *Table) until(s search) error {
	end := t.Now().Add(t.Wait)
	asked := false
	for {
		began := t.Now()
		done, tried, err := t.round(s)
		if done || err != nil && !waitable(err) {
			return err
		}
		if tried && err == nil {
			asked = false // something changed, and the list tells of a time before
			continue
		}
		if !t.Endless && !t.Now().Before(end) {
			return cmp.Or(err, s.lack)
		}
		if errors.Is(err, token.ErrTouch) {
			t.Sleep(began.Add(Patient).Sub(t.Now())) // most have waited longer by themselves
			continue
		}
		asked = !t.announce("", err) && asked
		if !asked && (err == nil || errors.Is(err, token.ErrBusy)) {
			s.ask()
			t.remind(s)
			asked = true
		}
		t.Sleep(glance)
	}
}

// round looks once, and tries the wanted cards that are there.
func (t *Table) round(s search) (done, tried bool, err error) {
	if err := t.look(); err != nil {
		return false, false, err
	}
	for _, r := range t.list {
		if !usable(r) || !s.wanted(r.Serial) || !t.aside[r.Serial].IsZero() {
			continue
		}
		tried = true
		if done, err = s.try(r.Serial); done || err != nil && !errors.Is(err, errAside) {
			return done, true, err
		}
	}
	if tried {
		return false, true, nil
	}
	return false, false, t.remark(s)
}

// remind tells of cards that were set aside a while ago that they still are: one that was taken out and put in
// again while somebody else typed a PIN was not seen to be away.
func (t *Table) remind(s search) {
	for _, r := range t.list {
		since := t.aside[r.Serial]
		if usable(r) && s.wanted(r.Serial) && !since.IsZero() && t.Now().Sub(since) > Patient {
			t.tell(StillAside, r.Serial)
		}
	}
}

// look sees what is in the readers. No reader at all is as good as an empty one: a YubiKey brings its own.
func (t *Table) look() error {
	list, err := t.Readers.List()
	if err != nil && !errors.Is(err, piv.ErrNoReader) {
		return err
	}
	now, mute := map[string]place{}, map[string]bool{}
	for _, r := range list {
		mute[r.Name] = r.State == piv.Busy || r.State == piv.Failed
		if usable(r) {
			now[r.Serial] = place{reader: r.Name, said: t.there[r.Serial].said}
		}
	}
	for serial, before := range t.there {
		if _, still := now[serial]; still {
			continue
		}
		if mute[before.reader] {
			now[serial] = before
			continue
		}
		t.gone(serial)
	}
	t.list, t.there = list, now
	return nil
}

// gone notices that a card was taken out.
func (t *Table) gone(serial string) {
	delete(t.aside, serial)
	if t.holder(serial) != "" {
		t.tell(TakenOut, serial)
	}
}

// usable reports whether a card that can be asked is in a reader.
func usable(r piv.Reader) bool { return r.State == piv.Usable || r.State == piv.Held }

// remark tells of each reader, once, why what is in it does not help, and returns [token.ErrBusy]
// when the card that is wanted may be in a reader that another process holds.
func (t *Table) remark(s search) (busy error) {
	for _, r := range t.list {
		var err error
		switch r.State {
		case piv.Busy:
			busy = fault.At(r.Name, piv.HeldBy(r.Holders))
		case piv.Failed, piv.Foreign:
			if !errors.Is(r.Err, token.ErrRemoved) { // pulled out while it was looked at
				err = fault.At(r.Name, r.Err)
			}
		case piv.Usable:
			if !t.there[r.Serial].said && !s.wanted(r.Serial) {
				s.wrong(r.Serial)
			}
			t.there[r.Serial] = place{reader: r.Name, said: true}
		}
		t.announce(r.Name, err)
	}
	return busy
}

// announce tells an error unless it was the last that was told there. It reports whether anything changed.
func (t *Table) announce(where string, err error) bool {
	if t.told[where] == gist(err) {
		return false
	}
	t.told[where] = gist(err)
	if err != nil {
		t.amiss(err)
	}
	return true
}

// gist is what err says, and of what, without the words of layers below; empty for nil.
func gist(err error) string {
	if err == nil {
		return ""
	}
	words := fault.Objects(err)
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return strings.Join(append(words, err.Error()), "\n")
}

// waitable reports whether people can mend what is amiss while the program waits.
func waitable(err error) bool {
	return isOne(err, token.ErrAbsent, token.ErrRemoved, token.ErrBusy, token.ErrTouch,
		piv.ErrLibrary, piv.ErrDaemon, piv.ErrPermission, piv.ErrNoReader, piv.ErrReader)
}

// hopeless reports whether an act must end, whatever is done at the table: nothing that is amiss with a card
// or a reader is the reason.
func hopeless(err error) bool {
	_, nobody := errors.AsType[unasked](err)
	return nobody || isOne(err, piv.ErrBuild, piv.ErrMessage, ledger.ErrFork,
		token.ErrPeer, token.ErrBackwards, token.ErrForked, token.ErrHeads)
}
