package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// Reading is what a person reads, in parts that no page tears apart: a custodian with their tokens, a paper with its digest. Where
// they decide upon it, the last part is what the question is about, and stands on one screen with it.
//
// At a terminal it is shown page by page, each until the person presses Enter, so that nothing has left the screen before it was read.
// Elsewhere, and in plain lines, it is shown at once.
type Reading struct {
	app   *App
	to    io.Writer
	parts []part
}

// part is some lines, each of which goes where its sentence goes.
type part []line

type line struct {
	to   io.Writer
	text string
}

// Reading begins one whose sentences go to standard error, or to standard output.
func (a *App) Reading(to io.Writer) *Reading { return &Reading{app: a, to: to} }

// Part begins a part with a sentence.
func (r *Reading) Part(id string, args ...any) {
	r.parts = append(r.parts, part{{r.to, r.app.T(id, args...)}})
}

// Note adds a sentence to the part.
func (r *Reading) Note(id string, args ...any) {
	if len(r.parts) == 0 {
		r.parts = append(r.parts, nil)
	}
	last := len(r.parts) - 1
	r.parts[last] = append(r.parts[last], line{r.to, r.app.T(id, args...)})
}

// Show shows what nobody is asked about.
func (r *Reading) Show() { _ = r.show(0) } // when the terminal is gone there is nobody to tell

// Ask shows what the question is about, which is asked right after it: the last part stays on the screen with it.
func (r *Reading) Ask(question string, args ...any) error {
	const frame = 2 // columns of the line in front of a question, and rows of what is typed and of the cursor below it
	_, columns := r.app.screen()
	return r.show(height(r.app.T(question, args...), columns-frame) + frame)
}

// Leave shows what people judge before they type a PIN, and leaves rows on the last page for what is said until then.
func (r *Reading) Leave(rows int) error { return r.show(rows) }

// screen is the size of the terminal, in rows and columns; no rows where nothing is shown page by page.
func (a *App) screen() (rows, columns int) {
	f, ok := a.Err.(*os.File)
	if !ok || !a.Terminal || a.Plain {
		return 0, 0
	}
	columns, rows, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0, 0
	}
	return rows, columns
}

// leastRows is the height below which a terminal is taken for higher than it says: pages of a line or two help nobody.
const leastRows = 10

// show leaves room for as many rows below the last part.
func (r *Reading) show(room int) error {
	rows, columns := r.app.screen()
	if rows == 0 {
		r.print(r.parts)
		return nil
	}
	pages := r.pages(max(rows, leastRows)-1, max(columns, narrowest), room)
	for i, page := range pages {
		r.print(page)
		if i == len(pages)-1 {
			break
		}
		if err := r.app.turn(i+1, len(pages)); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reading) print(parts []part) {
	for _, p := range parts {
		for _, l := range p {
			r.app.clearLine()
			r.app.print(l.to, l.text)
		}
	}
}

// pages puts the parts on pages of that many rows, one of which says how to go on; the last has room for as many rows more.
func (r *Reading) pages(rows, columns, room int) (pages [][]part) {
	var page []part
	used := 0
	for i, p := range r.parts {
		for _, piece := range p.split(rows-1, columns) {
			size, below := piece.height(columns), 1
			if i == len(r.parts)-1 {
				below = max(room, 1)
			}
			if used > 0 && used+size+below > rows {
				pages, page, used = append(pages, page), nil, 0
			}
			page, used = append(page, piece), used+size
		}
	}
	return append(pages, page)
}

// split tears a part that is higher than a page.
func (p part) split(rows, columns int) (pieces []part) {
	first := 0
	for i := range p {
		if i > first && p[first:i+1].height(columns) > rows {
			pieces, first = append(pieces, p[first:i]), i
		}
	}
	return append(pieces, p[first:])
}

func (p part) height(columns int) (rows int) {
	for _, l := range p {
		if _, ok := l.to.(*results); ok && width(l.to) == 0 {
			continue // it goes to a file
		}
		rows += height(l.text, columns)
	}
	return rows
}

// height is how many rows a text takes.
func height(text string, columns int) (rows int) {
	columns = max(columns, narrowest)
	for l := range strings.SplitSeq(Wrap(text, columns), "\n") {
		rows += max(1, (utf8.RuneCountInString(l)+columns-1)/columns)
	}
	return rows
}

// turn waits until the person has read a page.
func (a *App) turn(page, pages int) error { return a.await("reading.next", page, pages) }

// await waits until the person presses Enter. What they type shows nowhere: it may be a PIN that comes too soon.
func (a *App) await(id string, args ...any) error {
	typed, err := a.unseen(func() { fmt.Fprint(a.Err, "\r", a.T(id, args...)) })
	if err != nil {
		return ErrNoTerminal
	}
	typed.Wipe()
	fmt.Fprint(a.Err, "\r\x1b[K")
	return nil
}
