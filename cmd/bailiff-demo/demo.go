package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"bailiff/cmd/internal/cli"
)

// The ways in which the story itself can go wrong.
var (
	errLetter     = errors.New("demo: the heir does not read what the member wrote")
	errNotRefused = errors.New("demo: what had to be refused was accepted")
	errNoBatch    = errors.New("demo: the vault shows no batch")
	errSilent     = errors.New("demo: the answer does not say what was to be shown")
)

// The cast and the sizes.
const (
	custodians = 5
	threshold  = 3
	officers   = 3
	signers    = 2
	sample     = 3
	reserve    = 2
	member     = "member-0001"
	database   = "sqlite:platform/pool.db"
)

// demo is one performance.
type demo struct {
	*cli.App
	dir     string // absolute; the tools run there, so that commands are short
	bin     string // absolute; where the tools are
	private string // removed at the end: keyrings, and PINs unless --pins names a place
	pins    string // PIN and passphrase files
	env     []string
	keys    int

	vault, batch, order string // ids, known as the story goes on
	key                 *keyShown
	openPGP             openPGP // of the member and of the heir
	tokens              tokens
	lines               lines // of those tokens
}

// act is a part of the story; its title is a sentence of the catalogue.
type act struct {
	title string
	play  func(*demo, context.Context) error
}

func acts() []act {
	return []act{
		{"demo.title.custodians", (*demo).custodiansAct},
		{"demo.title.officers", (*demo).officersAct},
		{"demo.title.vault", (*demo).vaultAct},
		{"demo.title.ceremony", (*demo).ceremonyAct},
		{"demo.title.platform", (*demo).platformAct},
		{"demo.title.member", (*demo).memberAct},
		{"demo.title.order", (*demo).orderAct},
		{"demo.title.release", (*demo).releaseAct},
		{"demo.title.heir", (*demo).heirAct},
		{"demo.title.again", (*demo).againAct},
	}
}

// summary is the JSON of the demo.
type summary struct {
	Dir     string   `json:"dir"`
	Vault   string   `json:"vault"`
	Batch   string   `json:"batch"`
	Order   string   `json:"order"`
	Key     string   `json:"key"`
	Seconds int      `json:"seconds"`
	Cards   *account `json:"cards,omitempty"`
	Checks  []check  `json:"checks"`
}

// play acts out the story.
func play(ctx context.Context, app *cli.App, o options) error {
	start := app.Now()
	d, err := prepare(ctx, app, o)
	if err != nil {
		return err
	}
	defer d.strike(ctx)
	d.Say(d.lines.begin, d.keys)
	d.Say("demo.where", d.dir)
	for i, a := range acts() {
		d.heading(i+1, a.title)
		if err := a.play(d, ctx); err != nil {
			return err
		}
	}
	seconds := int(app.Now().Sub(start).Round(time.Second).Seconds())
	s := summary{Dir: d.dir, Vault: d.vault, Batch: d.batch, Order: d.order, Key: d.key.Fingerprint, Seconds: seconds, Cards: d.tokens.report(), Checks: d.checks()}
	return d.Result(s, func() { d.epilogue(s) })
}

// epilogue prints how to check each file without these tools.
func (d *demo) epilogue(s summary) {
	d.line("")
	d.Say("demo.done", s.Seconds)
	if s.Cards != nil {
		d.tellAccount(s.Cards)
	}
	d.Say("demo.checks")
	for _, c := range s.Checks {
		d.comment(c.Shows)
		d.line(c.Command)
	}
}

// heading prints the title of an act.
func (d *demo) heading(n int, id string) { d.line(fmt.Sprintf("\n%d. %s", n, d.T(id))) }

// comment prints what a check shows, as a shell's comment.
func (d *demo) comment(id string) { d.line("\n# " + d.T(id)) }

// tell prints what somebody does, indented.
func (d *demo) tell(id string, args ...any) {
	text := "  "
	used := len(text)
	for word := range strings.SplitSeq(d.T(id, args...), " ") { // not at a no-break space
		if used+1+utf8.RuneCountInString(word) > width {
			text, used = text+"\n  ", 2
		}
		text += " " + word
		used += 1 + utf8.RuneCountInString(word)
	}
	d.line(text)
}

// line prints a line, unless a JSON result was asked for.
func (d *demo) line(text string) {
	if !d.JSON {
		fmt.Fprintln(d.Out, text)
	}
}
