package cli

import (
	"bailiff/custody/keyvalue"
)

// Unread is asked before a secret is. In production it refuses a process that others may have read, with
// the reason; otherwise it warns once.
func (a *App) Unread(mode string) error {
	if a.Exposed == nil {
		return nil
	}
	if mode == keyvalue.Production {
		return a.Exposed
	}
	if !a.warned {
		a.warned = true
		told := a.Explain(a.Exposed)
		a.Note("machine.exposed", told.Error)
		a.Note("card.todo", told.Hint)
	}
	return nil
}
