// Package cards puts the errors of virtual readers into the table of faults. It is apart from package
// cli since the readers reach a network of their own, which the bailiff's tool must not link.
package cards

import (
	"bailiff/cmd/internal/cli"
	"bailiff/custody/testkit/rig"
)

// AddFaults lets a explain the errors of package rig.
func AddFaults(a *cli.App) {
	a.AddFault(rig.ErrMissing, "rig.missing", cli.ExitUnfinished)
	a.AddFault(rig.ErrNamespace, "rig.namespace", cli.ExitUnfinished)
	a.AddFault(rig.ErrFolder, "rig.folder", cli.ExitStorage)
	a.AddFault(rig.ErrStart, "rig.start", cli.ExitFailure)
	a.AddFault(rig.ErrTaken, "rig.taken", cli.ExitExists)
	a.AddFault(rig.ErrCard, "rig.card", cli.ExitUsage)
}
