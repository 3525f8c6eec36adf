package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/skip2/go-qrcode"
	"github.com/spf13/cobra"
)

// The colours in which a code is drawn on a terminal: black on white, whatever its own are. Most cameras read no
// code in reversed colours.
const (
	blackOnWhite = "\x1b[38;5;16;48;5;231m"
	usualColours = "\x1b[0m"
)

// QR adds the flag --qr to a command, and returns what shows a text as a QR code below a sentence: on a terminal,
// and elsewhere only where the flag asks for it. With --json it goes to standard error. The text is public, and
// stands on the screen in letters before: where a terminal cannot show the code, a sentence says so. Where it does, the code
// takes 24 rows: it waits until the person has read what stands there, and presses Enter, and the letters stand beneath it once more. A
// console may have no way back.
//
// A code takes half a row of characters for each of its rows. That of 114 capitals, digits and hyphens, or of 78
// other characters, fits 80 columns and 24 rows with the margin that cameras need and the sentence.
func (a *App) QR(c *cobra.Command) (show func(sentence, text string) error) {
	on := false
	c.Flags().BoolVar(&on, "qr", false, a.T("flag.qr"))
	return func(sentence, text string) error {
		w := a.Out
		if a.JSON {
			w = a.Err
		}
		columns := width(w)
		if asked := c.Flags().Changed("qr"); asked && !on || !asked && (a.JSON || columns == 0) {
			return nil
		}
		code, err := qrcode.New(text, qrcode.Low)
		if err != nil {
			return err
		}
		lines := strings.Split(strings.TrimSuffix(code.ToSmallString(true), "\n"), "\n")
		if columns > 0 && !drawable(lines, columns, os.Getenv) {
			a.print(w, a.T("qr.not-here"))
			return nil
		}
		if rows, _ := a.screen(); rows > 0 && !a.JSON {
			a.Losing("interrupted.done")
			if err := a.await("qr.next"); err != nil {
				return err
			}
		}
		a.print(w, sentence)
		if err := draw(w, lines, columns > 0); err != nil || columns == 0 {
			return err
		}
		a.print(w, text) // above the code it has left a screen of 24 rows
		return nil
	}
}

// drawable reports whether a terminal shows the lines of a code: wide enough, in UTF-8, with colours.
func drawable(lines []string, columns int, getenv func(string) string) bool {
	return utf8.RuneCountInString(lines[0]) <= columns && getenv("TERM") != "dumb" && inUTF8(getenv)
}

// inUTF8 reports whether the locale's characters are in UTF-8.
func inUTF8(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := getenv(name); value != "" {
			return strings.Contains(strings.ReplaceAll(strings.ToLower(value), "-", ""), "utf8")
		}
	}
	return false
}

func draw(w io.Writer, lines []string, coloured bool) error {
	for _, line := range lines {
		if coloured {
			line = blackOnWhite + line + usualColours
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}
