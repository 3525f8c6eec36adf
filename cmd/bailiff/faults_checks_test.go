package main_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token/soft"
	"bailiff/keyceremony"
	"bailiff/keyceremony/keybatch"
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
		switch a := e.Act.(type) {
		case *ledger.ReleaseDelivered:
			delivered[a.Order]++
		case *ledger.ReleaseIntent:
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

// unpublished makes sure that nothing of a batch that is not proved gets out.
func (w *world) unpublished(batch string) error {
	v, err := custody.Open(w.sound(), w.path("vault"), true)
	if err != nil {
		return err
	}
	defer v.Close()
	_, _, err = keyceremony.Export(v, batch, w.path("early.zip"), 1, func(int, int) {})
	refused := slices.ContainsFunc([]error{custody.ErrPublished, custody.ErrUnsealed, custody.ErrNoBatch}, func(e error) bool { return errors.Is(err, e) })
	if !refused || w.there("early.zip") {
		return fmt.Errorf("exporting an unproved batch: %w", err)
	}
	return nil
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
	verified, _, err := verifyPublic(f, anchor)
	if err != nil {
		return err
	}
	n := 0
	for k, err := range verified.Keys() {
		if err != nil {
			return err
		}
		if n++; st.Roles()[k.Number-1] != batch.Published {
			return fmt.Errorf("key %d is published, and it is %s", k.Number, st.Roles()[k.Number-1])
		}
	}
	if n != published {
		return fmt.Errorf("%d keys are published", n)
	}
	return nil
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

// verifyPublic verifies an open public batch.
func verifyPublic(f *os.File, anchor *policy.Anchor) (*keybatch.Verified, [32]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, [32]byte{}, err
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		return nil, [32]byte{}, err
	}
	digest, err := file.Digest()
	if err != nil {
		return nil, digest, err
	}
	verified, err := file.Verify(anchor, nil, 1, nil)
	return verified, digest, err
}
