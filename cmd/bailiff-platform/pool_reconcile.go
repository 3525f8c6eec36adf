package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/keyceremony/registry"
)

const maxList = 512 << 20 // bytes

// poolReconcile lets a pool assign again after a backup was restored or the journal was lost.
func poolReconcile(t *tool) *cobra.Command {
	var f reconcileFlags
	c := t.Leaf("pool reconcile", "bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv",
		func([]string) error { return t.reconcile(&f) })
	f.flags(t, c)
	c.Flags().StringVar(&f.assigned, "assigned", "", t.T("flag.assigned"))
	c.Flags().BoolVar(&f.withdrawFree, "withdraw-free", false, t.T("flag.withdraw-free"))
	c.Flags().StringVar(&f.confirm, "confirm", "", t.T("flag.confirm-database"))
	return t.Require(c, "database")
}

type reconcileFlags struct {
	pooled
	assigned, confirm string
	withdrawFree      bool
}

// known reads the list.
func (f *reconcileFlags) known(t *tool) (registry.Known, error) {
	k := registry.Known{WithdrawFree: f.withdrawFree}
	if f.assigned == "" {
		return k, nil
	}
	list, err := t.disk.Read(f.assigned, maxList)
	if err != nil {
		return k, err
	}
	k.Complete = true
	k.Claims, err = registry.ParseClaims(list)
	return k, fault.At(f.assigned, filetype.Instead(err, list, filetype.Claims))
}

func (t *tool) reconcile(f *reconcileFlags) error {
	if err := f.look(false); err != nil {
		return err
	}
	known, err := f.known(t)
	if err != nil {
		return err
	}
	return f.with(t, writing, func(ctx context.Context, pool *registry.Pool) error {
		r, err := pool.Reconcile(ctx, known, t.Now(), func(r *registry.Reconciliation) error { return t.agree(f, r) })
		if err != nil {
			return err
		}
		shown := describeReconciliation(r)
		return t.Result(shown, func() { t.Say("reconcile.done", shown.Returned, shown.Withdrawn) })
	})
}

// agree has a person read what differs, and type the name of the database before it is changed.
func (t *tool) agree(f *reconcileFlags, r *registry.Reconciliation) error {
	read := t.Reading(t.Err)
	t.readFound(read, f, r)
	for _, c := range r.Changes {
		if c.Member == "" {
			read.Part("reconcile.withdrawn", c.Fingerprint, c.Batch)
		} else {
			read.Part("reconcile.returned", c.Fingerprint, c.Batch, c.Member)
		}
	}
	if r.Found == nil && len(r.Changes) == 0 {
		read.Show()
		return nil
	}
	name := filepath.Base(f.path)
	if err := read.Ask("ask.reconcile", r.Returned(), r.Withdrawn(), name); err != nil {
		return err
	}
	return t.Confirm(f.confirm, name, "ask.reconcile", r.Returned(), r.Withdrawn(), name)
}

func (t *tool) readFound(read *cli.Reading, f *reconcileFlags, r *registry.Reconciliation) {
	path := f.file(t).Path
	switch {
	case r.Found == nil && len(r.Changes) == 0:
		read.Part("reconcile.same", path)
	case r.Found == nil:
		read.Part("reconcile.sound", path)
	case errors.Is(r.Found, registry.ErrRestored):
		read.Part("reconcile.restored", f.path, path)
	case errors.Is(r.Found, registry.ErrJournalMissing):
		read.Part("reconcile.missing", path)
	default:
		read.Part("reconcile.other", path)
	}
	if r.Renewed {
		read.Part("reconcile.renewed", path)
	}
}

// reconciliationShown is the JSON of pool reconcile.
type reconciliationShown struct {
	Found      string        `json:"found"` // sound, restored, journal-missing or journal-other
	NewJournal bool          `json:"new_journal"`
	Returned   int           `json:"returned"`
	Withdrawn  int           `json:"withdrawn"`
	Changes    []changeShown `json:"changes"`
}

type changeShown struct {
	Fingerprint string `json:"fingerprint"`
	Batch       string `json:"batch"`
	Member      string `json:"member,omitempty"`
}

func describeReconciliation(r *registry.Reconciliation) reconciliationShown {
	out := reconciliationShown{
		Found: "journal-other", NewJournal: r.Renewed, Returned: r.Returned(), Withdrawn: r.Withdrawn(), Changes: []changeShown{},
	}
	switch {
	case r.Found == nil:
		out.Found = "sound"
	case errors.Is(r.Found, registry.ErrRestored):
		out.Found = "restored"
	case errors.Is(r.Found, registry.ErrJournalMissing):
		out.Found = "journal-missing"
	}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, changeShown{c.Fingerprint, c.Batch, c.Member})
	}
	return out
}
