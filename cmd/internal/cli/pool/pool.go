// Package pool puts the errors of the platform's key pool into the table of faults. It is apart from
// package cli since the pool links database/sql, which the bailiff's tool must not.
package pool

import (
	"bailiff/cmd/internal/cli"
	"bailiff/keyceremony/registry"
	"bailiff/keyceremony/registry/journal"
)

// AddFaults lets a explain the errors of package registry and of its journal.
func AddFaults(a *cli.App) {
	a.AddFault(registry.ErrMemory, "registry.memory", cli.ExitUsage)
	a.AddFault(registry.ErrRestored, "registry.restored", cli.ExitUnfinished)
	a.AddFault(registry.ErrJournalMissing, "registry.journal-missing", cli.ExitStorage)
	a.AddFault(registry.ErrJournal, "registry.journal", cli.ExitDamaged)
	a.AddFault(registry.ErrIncomplete, "registry.incomplete", cli.ExitUnfinished)
	a.AddFault(registry.ErrNotImported, "registry.not-imported", cli.ExitUnfinished)
	a.AddFault(registry.ErrConflict, "registry.conflict", cli.ExitDamaged)
	a.AddFault(registry.ErrList, "registry.list", cli.ExitMalformed)
	a.AddFault(journal.ErrNotJournal, "journal.not-journal", cli.ExitMalformed)
	a.AddFault(journal.ErrDiffers, "journal.differs", cli.ExitDamaged)
	a.AddFault(registry.ErrMode, "registry.mode", cli.ExitPolicy)
	a.AddFault(registry.ErrDatabase, "registry.database", cli.ExitMalformed)
	a.AddFault(registry.ErrOpen, "registry.open", cli.ExitStorage)
	a.AddFault(registry.ErrSchema, "registry.schema", cli.ExitMalformed)
	a.AddFault(registry.ErrBusy, "registry.busy", cli.ExitExists)
	a.AddFault(registry.ErrWords, "registry.words", cli.ExitDamaged)
	a.AddFault(registry.ErrAnchorChanged, "registry.anchor-changed", cli.ExitDamaged)
	a.AddFault(registry.ErrNotPinned, "registry.not-pinned", cli.ExitUnfinished)
	a.AddFault(registry.ErrBatchChanged, "registry.batch-changed", cli.ExitDamaged)
	a.AddFault(registry.ErrBurnt, "registry.burnt", cli.ExitPolicy)
	a.AddFault(registry.ErrReserve, "registry.reserve", cli.ExitPolicy)
	a.AddFault(registry.ErrKnown, "registry.known", cli.ExitDamaged)
	a.AddFault(registry.ErrMember, "registry.member", cli.ExitUsage)
	a.AddFault(registry.ErrAssigned, "registry.assigned", cli.ExitExists)
	a.AddFault(registry.ErrEmpty, "registry.empty", cli.ExitUnfinished)
	a.AddFault(registry.ErrNoKey, "registry.no-key", cli.ExitStorage)
	a.AddFault(registry.ErrOtherKey, "registry.other-key", cli.ExitOrder)
	a.AddFault(registry.ErrWithdrawn, "registry.withdrawn", cli.ExitPolicy)
	a.AddFault(registry.ErrNoPolicy, "registry.no-policy", cli.ExitUnfinished)
}
