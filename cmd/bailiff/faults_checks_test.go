package main_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
	"bailiff/custody/token/soft"
	"bailiff/keyceremony"
	"bailiff/keyceremony/keybatch"
	"bailiff/release"
	"bailiff/release/handover"
)

// told holds what a person is told of a failing disk: an error of the table, with the file at fault
// and a hint, and the exit code of disks.
func told(err error) error {
	app := &cli.App{Name: "bailiff", Lang: wording.English}
	f := app.Explain(err)
	if f.Exit != cli.ExitStorage || f.Hint == "" || len(fault.Objects(err)) == 0 {
		return fmt.Errorf("exit code %d, %q, hint %q: %w", f.Exit, f.Error, f.Hint, err)
	}
	return nil
}

// verify is vault verify: the vault holds, and the report names what is unfinished.
func (w *world) verify() (*custody.Vault, *custody.Report, error) {
	v, err := custody.Open(w.sound(), w.path("vault"), false)
	if err != nil {
		return nil, nil, fmt.Errorf("vault verify: %w", err)
	}
	r, err := v.Verify(func(int, int) {})
	if err != nil {
		return nil, nil, fmt.Errorf("vault verify: %w", errors.Join(err, v.Close()))
	}
	return v, r, w.verifyOnce(v)
}

// verifyOnce holds the whole ledger against the rule that an order opens a key once.
func (w *world) verifyOnce(v *custody.Vault) error {
	delivered := map[string]int{}
	intents := 0
	for e, err := range v.Log.Entries() {
		if err != nil {
			return err
		}
		switch e.Kind {
		case ledger.ReleaseDelivered:
			delivered[e.Get("order")]++
		case ledger.ReleaseIntent:
			if _, _, err := v.Covered(e.Number); err == nil {
				intents++
			}
		}
	}
	for number, n := range delivered {
		if n != 1 {
			return fmt.Errorf("order %s is delivered %d times", number, n)
		}
	}
	if w.start > 1 && w.opened > quorum*intents { // not so in a ceremony, which opens its sample
		return fmt.Errorf("%d shares are opened on the strength of %d intents", w.opened, intents)
	}
	return nil
}

// verifyFinished is verify of a vault in which nothing is left to do.
func (w *world) verifyFinished() (*custody.Vault, error) {
	v, r, err := w.verify()
	if err != nil {
		return nil, err
	}
	if r.UnfinishedBatch != "" || len(r.PendingOrders) > 0 || r.Uncosigned > 0 || len(r.Leftovers) > 0 {
		return nil, errors.Join(fmt.Errorf("left unfinished: %+v", *r), v.Close())
	}
	return v, nil
}

func (w *world) there(names ...string) bool {
	_, err := os.Lstat(w.path(names...))
	return err == nil
}

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

// unpublished makes sure that nothing of a batch that is not proved gets out.
func (w *world) unpublished(batch string) error {
	v, err := custody.Open(w.sound(), w.path("vault"), true)
	if err != nil {
		return err
	}
	defer v.Close()
	_, _, err = keyceremony.Export(v, batch, w.path("early.zip"), 1, func(int, int) {})
	if !errors.Is(err, custody.ErrPublished) && !errors.Is(err, custody.ErrNoBatch) || w.there("early.zip") {
		return fmt.Errorf("exporting an unproved batch: %w", err)
	}
	return nil
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

// onlyProved verifies a public batch as a platform does: it holds the keys that were proved and
// published, and no other.
func (w *world) onlyProved(v *custody.Vault, st *custody.BatchState, path string) error {
	anchor, err := v.Anchor()
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		return err
	}
	verified, err := file.Verify(anchor, 1, nil)
	if err != nil {
		return err
	}
	n := 0
	for k, err := range verified.Keys() {
		if err != nil {
			return err
		}
		if n++; st.Roles()[k.Number-1] != custody.Published {
			return fmt.Errorf("key %d is published, and it is %s", k.Number, st.Roles()[k.Number-1])
		}
	}
	if n != published {
		return fmt.Errorf("%d keys are published", n)
	}
	return nil
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
	if o := v.State.Orders[releasedOrder]; o.Delivered.Get("kit") != record.FormatDigest(kit.PrivateKey) {
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

// noParts finds no unfinished file in a folder.
func (w *world) noParts(folder string) error {
	entries, err := os.ReadDir(w.path(folder))
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".part") {
			return fmt.Errorf("%s is left", e.Name())
		}
	}
	return err
}

func fullTries(f *soft.File) error {
	if tries, err := f.Tries(); err != nil || tries != 3 {
		return fmt.Errorf("%d tries are left: %w", tries, err)
	}
	return nil
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
