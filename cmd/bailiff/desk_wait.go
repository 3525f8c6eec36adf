package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// glance is how often the readers are looked into while a token is waited for. A look needs no PIN
// and leaves alone what is in use.
const glance = 300 * time.Millisecond

// patient is how long an operation takes at least that ended without a touch, before the token is asked again: a
// card can refuse at once, and would ask some hundred times a second.
const patient = 2 * time.Second

// search is a wait for a token that is not there yet.
type search struct {
	wanted func(serial string) bool
	ask    func()                                     // says which token is wanted
	wrong  func(serial string)                        // says why this one is not
	take   func(serial string) (done bool, err error) // tries one that is there
	lack   error                                      // what is missing when nobody comes
}

// errAside: the token cannot be unlocked, which was said; another one, or the same one mended, is waited for.
var errAside = errors.New("bailiff: a token was set aside")

// until looks into the readers until the search is done. What can be mended is said once, with its
// hint, and waited for.
func (d *desk) until(s search) error {
	end := time.Now().Add(d.wait)
	asked := false
	for {
		began := time.Now()
		done, tried, err := d.round(s)
		if done || err != nil && !waitable(err) {
			return err
		}
		if tried && err == nil {
			asked = false // something changed, and the list tells of a time before
			continue
		}
		if !d.endless && !time.Now().Before(end) {
			return cmp.Or(err, s.lack)
		}
		if errors.Is(err, token.ErrTouch) {
			time.Sleep(time.Until(began.Add(patient))) // most have waited longer by themselves
			continue
		}
		asked = !d.announce("", err) && asked
		if !asked && (err == nil || errors.Is(err, token.ErrBusy)) {
			s.ask()
			d.remind(s)
			asked = true
		}
		time.Sleep(glance)
	}
}

// round looks once, and tries the wanted tokens that are there.
func (d *desk) round(s search) (done, tried bool, err error) {
	if err := d.look(); err != nil {
		return false, false, err
	}
	for _, r := range d.list {
		if !ready(r) || !s.wanted(r.Serial) || !d.aside[r.Serial].IsZero() {
			continue
		}
		tried = true
		if done, err = s.take(r.Serial); done || err != nil && !errors.Is(err, errAside) {
			return done, true, err
		}
	}
	if tried {
		return false, true, nil
	}
	return false, false, d.remark(s)
}

// admit unlocks a token. At a terminal one that cannot be unlocked is set aside, which leaves time to
// mend it.
func (d *desk) admit(s *seat) error {
	err := s.unlock()
	if err == nil || !d.endless || waitable(err) || hopeless(err) {
		return err
	}
	return d.setAside(s, err)
}

// setAside leaves a token alone until it was taken out, says why and what can be done, and returns [errAside].
func (d *desk) setAside(s *seat, err error) error {
	s.drop()
	if errors.Is(err, cli.ErrDeclined) {
		d.note("desk.declined")
	} else {
		d.warn(err)
	}
	text := "desk.aside"
	if d.seated(s.custodian) == s {
		text = "desk.aside.seated"
	}
	d.note(text, s.enrolled.Serial)
	d.aside[s.enrolled.Serial] = time.Now()
	return errAside
}

// remind says of tokens that were set aside a while ago that they still are: one that was taken out and put in
// again while somebody else typed a PIN was not seen to be away.
func (d *desk) remind(s search) {
	for _, r := range d.list {
		if since := d.aside[r.Serial]; ready(r) && s.wanted(r.Serial) && !since.IsZero() && time.Since(since) > patient {
			d.note("desk.aside.still", r.Serial)
		}
	}
}

// hopeless tells whether an act must end, whatever is done at the table: nothing that is amiss with a token
// or a reader is the reason.
func hopeless(err error) bool {
	return slices.ContainsFunc([]error{
		cli.ErrNoTerminal, piv.ErrBuild, piv.ErrMessage, ledger.ErrFork,
		token.ErrPeer, token.ErrBackwards, token.ErrForked, token.ErrHeads,
	}, func(one error) bool { return errors.Is(err, one) })
}

// look sees what is in the readers. No reader at all is as good as an empty one: a YubiKey brings its own.
func (d *desk) look() error {
	list, err := d.readers.List(forever())
	if err != nil && !errors.Is(err, piv.ErrNoReader) {
		return err
	}
	now, mute := map[string]place{}, map[string]bool{}
	for _, r := range list {
		mute[r.Name] = r.State == piv.Busy || r.State == piv.Failed
		if ready(r) {
			now[r.Serial] = place{reader: r.Name, said: d.there[r.Serial].said}
		}
	}
	for serial, before := range d.there {
		if _, still := now[serial]; still {
			continue
		}
		if mute[before.reader] {
			now[serial] = before
			continue
		}
		d.leave(serial)
	}
	d.list, d.there = list, now
	return nil
}

// leave notices that a token was taken out.
func (d *desk) leave(serial string) {
	delete(d.aside, serial)
	if c, _, ok := d.policy.Holder(token.KindPIV, serial); ok {
		d.note("desk.out", serial, d.who(c.ID))
	}
}

// ready tells whether a token that can be asked is in a reader.
func ready(r piv.Reader) bool { return r.State == piv.Usable || r.State == piv.Held }

// remark says of each reader, once, why what is in it does not help, and returns [token.ErrBusy]
// when the token that is wanted may be in a reader that another process holds.
func (d *desk) remark(s search) (amiss error) {
	for _, r := range d.list {
		var err error
		switch r.State {
		case piv.Busy:
			amiss = fault.At(r.Name, heldBy(r.Holders))
		case piv.Failed, piv.Foreign:
			if !errors.Is(r.Err, token.ErrRemoved) { // pulled out while it was looked at
				err = fault.At(r.Name, r.Err)
			}
		case piv.Usable:
			if !d.there[r.Serial].said && !s.wanted(r.Serial) {
				s.wrong(r.Serial)
			}
			d.there[r.Serial] = place{reader: r.Name, said: true}
		}
		d.announce(r.Name, err)
	}
	return amiss
}

// heldBy is [token.ErrBusy] with the processes that hold the reader, where they are known.
func heldBy(holders []string) error {
	if len(holders) == 0 {
		return token.ErrBusy
	}
	return fault.At(strings.Join(holders, ", "), token.ErrBusy)
}

// announce says an error unless it was the last that was said there. It returns whether anything changed.
func (d *desk) announce(where string, err error) bool {
	text := ""
	if err != nil {
		text = d.t.Explain(err).Error
	}
	if d.told[where] == text {
		return false
	}
	d.told[where] = text
	if err != nil {
		d.warn(err)
	}
	return true
}

// waitable tells whether people can mend what is amiss while the program waits.
func waitable(err error) bool {
	return slices.ContainsFunc([]error{
		token.ErrAbsent, token.ErrRemoved, token.ErrBusy, token.ErrTouch,
		piv.ErrLibrary, piv.ErrDaemon, piv.ErrPermission, piv.ErrNoReader, piv.ErrReader,
	}, func(one error) bool { return errors.Is(err, one) })
}
