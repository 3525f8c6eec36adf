package main_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/keyceremony"
	"bailiff/release"
	"bailiff/release/handover"
)

// What each act on the vault leaves when it is struck, and how it ends.

func leftInit(_ *plays, w *world) (outcome, error) {
	if w.there("vault") {
		v, _, err := w.verify()
		if err != nil {
			return "", err
		}
		return done, v.Close()
	}
	if _, err := w.open(false); !errors.Is(err, custody.ErrNoVault) {
		return "", fmt.Errorf("an unfinished vault opens: %w", err)
	}
	if w.there("vault.part") {
		return anew, nil
	}
	return untouched, nil
}

func endedInit(_ *plays, w *world) error {
	v, err := w.verifyFinished()
	if err != nil {
		return err
	}
	if w.there("vault.part") {
		err = errors.New("vault.part is left")
	}
	return errors.Join(err, v.Close())
}

func leftCeremony(p *plays, w *world) (outcome, error) {
	v, r, err := w.verify()
	if err != nil {
		return "", err
	}
	defer v.Close()
	if len(v.State.Batches) == 0 {
		return untouched, nil
	}
	st := v.State.Batches[0]
	if v.State.Unfinished() == nil {
		return done, nil
	}
	if r.UnfinishedBatch != st.ID {
		return "", fmt.Errorf("batch %s is unfinished, and verify names %q", st.ID, r.UnfinishedBatch)
	}
	if err := w.unpublished(st.ID); err != nil {
		return "", err
	}
	if st.Sealed != nil {
		if _, _, err := v.Covered(st.Sealed.Number); err == nil {
			return resumed, nil
		}
	}
	return anew, nil
}

func endedCeremony(_ *plays, w *world) error {
	v, err := w.verifyFinished()
	if err != nil {
		return err
	}
	last := v.State.Batches[len(v.State.Batches)-1]
	if err := v.Close(); err != nil {
		return err
	}
	if v, err = custody.Open(w.sound(), w.path("vault"), true); err != nil {
		return err
	}
	defer v.Close()
	if _, _, err = keyceremony.Export(v, last.ID, w.path("late.zip"), 1, func(int, int) {}); err != nil {
		return err
	}
	return w.onlyProved(v, last, w.path("late.zip"))
}

func leftExport(p *plays, w *world) (outcome, error) {
	v, _, err := w.verify()
	if err != nil {
		return "", err
	}
	defer v.Close()
	st := v.State.Batch(p.batch)
	switch {
	case w.there("batch.zip") && len(st.Exports) == 0:
		return "", errors.New("a public batch without its entry")
	case w.there("batch.zip"):
		return done, w.onlyProved(v, st, w.path("batch.zip"))
	case len(st.Exports) > 0:
		return resumed, nil
	}
	return untouched, nil
}

func endedExport(p *plays, w *world) error {
	v, r, err := w.verify()
	if err != nil {
		return err
	}
	defer v.Close()
	st := v.State.Batch(p.batch)
	if len(st.Exports) != 1 || w.there("batch.zip.part") || len(r.Leftovers) > 0 {
		return fmt.Errorf("exports %v, left over %v", st.Exports, r.Leftovers)
	}
	return w.onlyProved(v, st, w.path("batch.zip"))
}

func leftAppend(_ *plays, w *world) (outcome, error) {
	v, r, err := w.verify()
	if err != nil {
		return "", err
	}
	defer v.Close()
	if r.Uncosigned != v.Log.Size()-w.start {
		return "", fmt.Errorf("%d entries, of which %d are not cosigned", v.Log.Size(), r.Uncosigned)
	}
	if v.Log.Size() > w.start {
		return done, nil
	}
	return untouched, nil
}

func endedAppend(_ *plays, w *world) error {
	v, r, err := w.verify()
	if err != nil {
		return err
	}
	if v.Log.Size() != w.start+1 || r.Uncosigned != 1 || len(r.Leftovers) > 0 {
		err = fmt.Errorf("%d entries, left %+v", v.Log.Size(), *r)
	}
	return errors.Join(err, v.Close())
}

func leftCosign(_ *plays, w *world) (outcome, error) {
	v, r, err := w.verify()
	if err != nil {
		return "", err
	}
	if r.Uncosigned == 0 {
		return done, v.Close()
	}
	return untouched, v.Close()
}

func endedCosign(_ *plays, w *world) error {
	v, err := w.verifyFinished()
	if err != nil {
		return err
	}
	return v.Close()
}

func leftRelease(p *plays, w *world) (outcome, error) {
	v, r, err := w.verify()
	if err != nil {
		return "", err
	}
	defer v.Close()
	if w.there("kit") {
		if _, err := handover.Check(new(durable.Disk), w.path("kit")); err != nil {
			return "", fmt.Errorf("half a kit: %w", err)
		}
	}
	o := v.State.Orders[releasedOrder]
	switch {
	case o == nil || o.Intent == nil:
		return untouched, nil
	case o.Delivered == nil && !slices.Contains(r.PendingOrders, releasedOrder):
		return "", errors.New("the order is under way, and verify does not name it")
	case o.Delivered == nil:
		return resumed, nil
	case r.Uncosigned > 0:
		return resumed, nil
	}
	return done, nil
}

const releasedOrder = "2026-000001"

func endedRelease(p *plays, w *world) error {
	v, err := w.verifyFinished()
	if err != nil {
		return err
	}
	defer v.Close()
	kit, err := handover.Check(new(durable.Disk), w.path("kit"))
	if err != nil {
		return err
	}
	if o := v.State.Orders[releasedOrder]; o.Delivered.Act.Kit != kit.PrivateKey {
		return errors.New("the ledger names another kit")
	}
	if left, _ := filepath.Glob(w.path("kit*")); len(left) != 1 {
		return fmt.Errorf("beside the kit: %v", left)
	}
	if w.loose[w.path("kit")] {
		return errors.New("the delivery is on record, and the kit may yet be lost")
	}
	if _, err := release.Examine(v, p.order.text, p.order.signatures, w.clock); !errors.Is(err, custody.ErrUsed) {
		return fmt.Errorf("a second release: %w", err)
	}
	if w.opened < quorum {
		return fmt.Errorf("%d shares were opened", w.opened)
	}
	return nil
}
