package cli

import (
	"bailiff/custody/checkup"
	"bailiff/custody/image"
	"bailiff/custody/machine"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// toolFaults are about the command line.
func toolFaults() []faultRow {
	return []faultRow{
		{ErrUsage, "cli.usage", ExitUsage},
		{ErrUnknownCommand, "cli.unknown-command", ExitUsage},
		{ErrUnknownFlag, "cli.unknown-flag", ExitUsage},
		{ErrNoValue, "cli.no-value", ExitUsage},
		{ErrNumber, "cli.number", ExitUsage},
		{ErrTooMany, "cli.too-many", ExitUsage},
		{ErrNoVault, "cli.no-vault", ExitUsage},
		{ErrSeveralVaults, "cli.several-vaults", ExitUsage},
		{ErrNoBatch, "cli.no-batch", ExitUsage},
		{ErrNoKit, "cli.no-kit", ExitUsage},
		{ErrSeveralChoices, "cli.several-choices", ExitUsage},
		{ErrBare, "cli.bare", ExitUsage},
		{ErrInterrupted, "cli.interrupted", ExitDeclined},
		{ErrNoTerminal, "cli.no-terminal", ExitDeclined},
		{ErrUntold, "cli.untold", ExitStorage},
		{ErrValue, "cli.value", ExitUsage},
		{ErrDay, "cli.day", ExitUsage},
		{ErrPaperParts, "cli.paper-parts", ExitUsage},
		{ErrPaperType, "cli.paper-type", ExitUsage},
		{ErrPaperDigest, "cli.paper-digest", ExitUsage},
		{ErrMissing, "cli.missing", ExitUsage},
		{ErrDiffer, "cli.differ", ExitDeclined},
		{ErrDeclined, "cli.declined", ExitDeclined},
		{ErrRehearsal, "cli.rehearsal", ExitPolicy},
		{ErrAbsent, "cli.absent", ExitQuorum},
		{ErrUnnamed, "cli.unnamed", ExitUsage},
		{ErrSeveral, "cli.several", ExitUsage},
		{ErrSoftToken, "cli.soft-token", ExitUsage},
		{ErrNoTokens, "cli.no-tokens", ExitQuorum},
		{ErrSerial, "cli.serial", ExitUsage},
		{ErrSlot, "cli.slot", ExitUsage},
		{checkup.ErrNoToken, "checkup.no-token", ExitToken},
		{checkup.ErrNetwork, "checkup.network", ExitUnfinished},
		{ErrNoPIN, "cli.no-pin", ExitToken},
		{ErrNoPUK, "cli.no-puk", ExitToken},
		{ErrSamePIN, "cli.same-pin", ExitToken},
	}
}

// tokenFaults are about tokens.
func tokenFaults() []faultRow {
	return []faultRow{
		{token.ErrLocked, "token.locked", ExitToken},
		{token.ErrPIN, "token.pin", ExitToken},
		{token.ErrBackwards, "token.backwards", ExitDamaged},
		{token.ErrForked, "token.forked", ExitDamaged},
		{token.ErrBusy, "token.busy", ExitExists},
		{token.ErrClosed, "token.closed", ExitToken},
		{token.ErrDamaged, "token.damaged", ExitToken},
		{token.ErrPeer, "token.peer", ExitDamaged},
		{token.ErrKey, "token.key", ExitMalformed},
		{token.ErrTwin, "token.twin", ExitToken},
		{token.ErrKind, "token.kind", ExitMalformed},
		{token.ErrMode, "token.mode", ExitPolicy},
		{token.ErrSerial, "token.serial", ExitMalformed},
		{token.ErrProof, "token.proof", ExitDamaged},
		{token.ErrRemoved, "token.removed", ExitToken},
		{token.ErrAbsent, "token.absent", ExitToken},
		{token.ErrTouch, "token.touch", ExitToken},
		{token.ErrSlot, "token.slot", ExitMalformed},
		{token.ErrStatement, "token.statement", ExitDamaged},
		{token.ErrUnattested, "token.unattested", ExitPolicy},
		{soft.ErrName, "soft.name", ExitUsage},
		{soft.ErrPINForm, "soft.pin-form", ExitToken},
		{soft.ErrRandom, "soft.random", ExitFailure},
		{token.ErrHeads, "token.heads", ExitToken},
		{secret.ErrEphemeral, "secret.ephemeral", ExitPolicy},
		{image.ErrForbidden, "image.forbidden", ExitUnfinished},
		{image.ErrRefused, "image.refused", ExitUnfinished},
		{image.ErrReadable, "image.readable", ExitUnfinished},
		{image.ErrBuild, "image.build", ExitUnfinished},
		{image.ErrNamespace, "image.namespace", ExitUnfinished},
		{image.ErrNoDigest, "image.no-digest", ExitUnfinished},
		{machine.ErrSwap, "machine.swap", ExitUnfinished},
		{machine.ErrCoreDumps, "machine.core-dumps", ExitUnfinished},
		{machine.ErrErasing, "machine.erasing", ExitUnfinished},
		{machine.ErrSwaps, "machine.swaps", ExitStorage},
		{machine.ErrTrace, "machine.trace", ExitUnfinished},
		{machine.ErrKernel, "machine.kernel", ExitUnfinished},
	}
}
