package main_test

import (
	"errors"
	"fmt"
	"io/fs"

	"bailiff/custody/durable"
	"bailiff/custody/token/soft"
)

// What the acts on tokens leave when they are struck, and how they end.

func leftTokenInit(p *plays, w *world) (outcome, error) {
	_, err := soft.Open(new(durable.Disk), w.path("tokens", "new.token"))
	switch {
	case err == nil:
		return done, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	case w.there("tokens", "new.state"):
		return anew, nil
	}
	return untouched, nil
}

func endedTokenInit(p *plays, w *world) error {
	f, err := soft.Open(new(durable.Disk), w.path("tokens", "new.token"))
	if err != nil {
		return err
	}
	return errors.Join(unlock(p, f).Close(), fullTries(f), w.noParts("tokens"))
}

func leftUnlock(_ *plays, w *world) (outcome, error) {
	f, err := soft.Open(new(durable.Disk), w.path("tokens", "c01.token"))
	if err != nil {
		return "", err
	}
	switch tries, err := f.Tries(); {
	case err != nil:
		return "", err
	case tries == 3:
		return untouched, nil
	case tries == 2:
		return resumed, nil // one try is spent, as if the PIN had been wrong
	default:
		return "", fmt.Errorf("%d tries are left", tries)
	}
}

func endedUnlock(_ *plays, w *world) error {
	f, err := soft.Open(new(durable.Disk), w.path("tokens", "c01.token"))
	if err != nil {
		return err
	}
	return errors.Join(fullTries(f), w.noParts("tokens"))
}
