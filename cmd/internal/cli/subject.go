package cli

import (
	"strings"

	"bailiff/custody/fault"
)

// subjects are the flags, and arguments, whose value an error is about that names no object itself: by the package in
// its id. What the others say names its object in the sentence: a token, this machine, what was typed.
var subjects = map[string][]string{
	"order": {"order"}, "release": {"order", "vault"}, "handover": {"kit"},
	"custody": {"vault"}, "ledger": {"vault"}, "vault": {"FILE", "vault"}, "share": {"vault"}, "seal": {"vault"},
	"policy": {"policy", "vault"}, "script": {"script"}, "keyceremony": {"vault"}, "reviewed": {"policy", "script"},
	"record": {"FILE", "order", "trust", "vault"}, "encoding": {"FILE", "order", "trust"}, "filetype": {"FILE", "order", "script"},
	"keybatch": {"FILE"}, "registry": {"database"}, "journal": {"journal", "database"},
	"durable": {"out", "kit", "vault"}, "fs": {"out", "kit", "vault", "database"}, "unix": {"out", "kit", "vault", "database"}, "io": {"FILE", "vault"},
}

// subject is what an error is about that names no object, as the command line has it; "" when that does not tell.
func (a *App) subject(err error, id string) string {
	if len(fault.Objects(err)) > 0 || a.running == nil {
		return ""
	}
	area, _, _ := strings.Cut(id, ".")
	for _, name := range subjects[area] {
		value := a.given(name)
		if name == "FILE" && a.running.Flags().NArg() > 0 {
			value = a.running.Flags().Arg(0)
		}
		if value != "" {
			return value
		}
	}
	return ""
}
