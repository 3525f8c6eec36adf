package cli

import (
	"strings"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/fault"
)

// checkLang refuses a language that the catalogue does not have.
func (a *App) checkLang(args []string) error {
	for i, arg := range args {
		code, joined := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			code, joined = args[i+1], true
		}
		if _, ok := wording.Parse(code); joined && !ok {
			return fault.At("--lang "+code, &ValueError{ErrValue, bare(a.T("flag.lang"))})
		}
	}
	return nil
}
