package table

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

const (
	vault    = "00112233445566778899aabbccddeeff"
	rightly  = "271828" // the PIN of every card
	rightPUK = "31415926"
)

// errAway is why the people of these tests cannot be asked, or a file agrees to nothing.
var errAway = errors.New("test: nobody can be asked")

// world is a table with its readers, cards and people, all made up, in a time of its own. It plays a transcript:
//
//	with X       how it is set up: wait 1s (endless otherwise), file (of PINs), readers 2
//	do X         an act begins; it ends with a line `ok` or `error …`
//	< X          what is done at this moment with cards and readers
//	> X          what is typed; `> nothing`, `> nobody` where nobody can be asked
//	… 2s         so much time passed, if half a second or more
//	PIN …        a card tries a PIN or PUK, or changes them
//	anything     else: what people are told and asked
//
// What happens must be what stands there, line for line.
type world struct {
	*testing.T
	lines []string
	next  int

	now, since time.Time // since: when the last line was said
	slots      []string  // serials by reader; empty: none
	busy       map[int]bool
	fails      map[int]error // by reader
	down       error         // of all readers together
	cards      map[string]*fakeCard
	table      *Table
	single     *Single
	refusals   []string // new PINs that no card takes
}

// fakeCard is a card in a reader or in a hand.
type fakeCard struct {
	w       *world
	serial  string
	pin     string
	pins    piv.Tries // left
	other   bool      // its keys are not the enrolled ones
	head    token.Head
	session int // ends when the card is taken out, or let go
	held    bool
	mishaps map[string][]string // by operation, one each time it is asked for; "": none
}

func somePolicy() *policy.Policy {
	card := func(index int, serial string) policy.Token {
		return policy.Token{Index: index, Kind: token.KindPIV, Serial: serial}
	}
	return &policy.Policy{Vault: vault, Threshold: 2, Custodians: []policy.Custodian{
		{ID: "c01", Tokens: []policy.Token{card(1, "100")}},
		{ID: "c02", Tokens: []policy.Token{card(1, "200"), card(2, "201")}},
		{ID: "c03", Tokens: []policy.Token{card(1, "300")}},
	}}
}

// play plays a transcript.
func play(t *testing.T, transcript string) {
	t.Helper()
	w := &world{
		T: t, now: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), slots: make([]string, 3),
		busy: map[int]bool{}, fails: map[int]error{}, cards: map[string]*fakeCard{},
	}
	w.since = w.now
	for _, line := range strings.Split(transcript, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			w.lines = append(w.lines, line)
		}
	}
	for _, serial := range []string{"100", "200", "201", "300", "999"} {
		w.cards[serial] = &fakeCard{w: w, serial: serial, pin: rightly, pins: piv.Tries{PIN: 3, PUK: 3}, mishaps: map[string][]string{}}
	}
	o := Options{
		Readers: w, People: w, Now: func() time.Time { return w.now }, Sleep: w.pass, Endless: true,
		Policy: somePolicy(), Who: func(id string) string { return id },
	}
	w.single = &Single{Options: o, Touches: 2}
	for ; w.next < len(w.lines); w.next++ {
		words := strings.Fields(w.lines[w.next])
		switch {
		case words[0] == "with" && words[1] == "wait":
			o.Wait, o.Endless, w.single.Endless = w.must(time.ParseDuration(words[2])), false, false
		case words[0] == "with" && words[1] == "file":
			o.File = &File{LastTry: errAway, PIN: func(string) (*secret.Bytes, error) { return secret.From([]byte(words[2])), nil }}
			w.single.File = o.File
		case words[0] == "with" && words[1] == "readers":
			w.slots = make([]string, w.number(words[2]))
		case words[0] == "<":
			w.happens(words[1:])
		case words[0] == "do":
			if w.table == nil {
				w.table = New(o)
			}
			w.next++
			w.since = w.now
			if err := w.do(words[1:]); err != nil {
				w.say("error " + err.Error())
			} else {
				w.say("ok")
			}
			w.next-- // the loop goes on to the line after that
		default:
			t.Fatalf("line %d, %q, did not happen", w.next+1, w.lines[w.next])
		}
	}
	if w.table != nil {
		w.table.Close()
	}
	for _, c := range w.cards {
		if c.held {
			t.Errorf("card %s was not let go", c.serial)
		}
	}
}

func (w *world) must(d time.Duration, err error) time.Duration {
	if err != nil {
		w.Fatal(err)
	}
	return d
}

func (w *world) number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

// pass lets time pass. Who waits for more than an hour waits for ever.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(max(d, 0))
	if w.now.Sub(w.since) > time.Hour {
		w.Fatalf("waits for ever before line %d, %q", w.next+1, w.line())
	}
}

func (w *world) line() string {
	if w.next < len(w.lines) {
		return w.lines[w.next]
	}
	return "(the end)"
}

// say is something that happens. What follows it in the transcript is done at once.
func (w *world) say(what string) {
	if passed := w.now.Sub(w.since).Truncate(100 * time.Millisecond); passed >= 500*time.Millisecond {
		w.since = w.now
		w.say("… " + passed.String())
	}
	w.since = w.now
	if w.line() != what {
		w.Fatalf("line %d: %q, not %q", w.next+1, what, w.line())
	}
	for w.next++; strings.HasPrefix(w.line(), "< "); w.next++ {
		w.happens(strings.Fields(w.line())[1:])
	}
}

// do begins an act.
func (w *world) do(words []string) error {
	switch act, args := words[0], words[1:]; act {
	case "fill": // NEED or SERIALS
		if len(args) == 1 && len(args[0]) == 1 {
			return w.table.Fill(nil, w.number(args[0]))
		}
		return w.table.Fill(args, 0)
	case "sign":
		_, err := w.seat(args[0]).Sign([]byte("message"))
		return err
	case "open":
		_, err := w.seat(args[0]).ECDH(nil)
		return err
	case "keep":
		return w.seat(args[0]).KeepHead(vault, headOf(args[1]))
	case "head":
		h, err := w.seat(args[0]).Head(vault)
		if err == nil && h != headOf(args[1]) {
			err = fmt.Errorf("the head is %v", h)
		}
		return err
	case "present":
		if w.seat(args[0]).Present() {
			return nil
		}
		return token.ErrAbsent
	case "find":
		w.single.Serial = strings.Join(args, "")
		err := w.single.Find()
		if err == nil {
			w.say("found " + w.single.Serial)
		}
		return err
	case "prove":
		return w.single.WithPIN(func(pin *secret.Bytes) error {
			return w.single.Try(func(c Card) error {
				t, err := c.Unlock(pin, piv.Enrolled{})
				if err == nil {
					_, err = t.Sign(nil)
				}
				return err
			})
		})
	case "change":
		return w.single.ChangePIN(w.choose)
	case "unblock":
		return w.single.Unblock(w.choose)
	}
	w.Fatalf("no act %q", words)
	return nil
}

// choose has a PIN chosen.
func (w *world) choose(_ *secret.Bytes, refused error) (*secret.Bytes, error) {
	if refused != nil {
		w.say("refused " + refused.Error())
	}
	return w.answer("choose")
}

func (w *world) seat(custodian string) *seat { return w.table.seated(custodian) }

func headOf(s string) token.Head {
	return token.Head{Size: int64(len(s)), Root: [32]byte{s[0]}}
}

// happens does something with cards and readers.
func (w *world) happens(words []string) {
	switch c := w.cards[words[1]]; words[0] {
	case "put": // SERIAL READER
		w.slots[w.number(words[2])] = c.serial
	case "out":
		c.out()
	case "busy", "free":
		w.busy[w.number(words[1])] = words[0] == "busy"
	case "fails":
		w.fails[w.number(words[1])] = piv.ErrReader
	case "daemon": // down or up
		w.down = nil
		if words[1] == "down" {
			w.down = piv.ErrDaemon
		}
	case "tries": // SERIAL N
		c.pins.PIN = w.number(words[2])
	case "puk":
		c.pins.PUK = w.number(words[2])
	case "other":
		c.other = true
	case "head": // SERIAL HEAD
		c.head = headOf(words[2])
	case "mishap": // SERIAL OPERATION WHAT…, one a time
		c.mishaps[words[2]] = words[3:]
	case "refuses":
		w.refusals = words[1:]
	case "passes":
		w.pass(w.must(time.ParseDuration(words[1])))
	default:
		w.Fatalf("nothing like %q happens", words)
	}
}

// Tell implements [People].
func (w *world) Tell(e Event) {
	text := []string{string(e.Kind)}
	add := func(what string) {
		if what != "" {
			text = append(text, what)
		}
	}
	add(e.Serial)
	add(e.Custodian)
	add(strings.Join(e.Wanted, "|"))
	if e.Total > 0 {
		add(fmt.Sprintf("%d/%d", e.Done, e.Total))
	}
	if e.Kind == Wrong {
		add(fmt.Sprintf("%s %d", e.Code, e.Tries))
	}
	if e.Kind == Touch {
		add(string(e.Touch.Operation))
		if e.Touch.Done {
			add("over")
		}
		e.Err = e.Touch.Err
	}
	if e.Err != nil && slices.Contains([]Kind{Amiss, Waiting, Stopped, Touch}, e.Kind) {
		add(e.Err.Error())
	}
	w.say(strings.Join(text, " "))
}

// Ask implements [People].
func (w *world) Ask(q Question) (*secret.Bytes, error) {
	what := fmt.Sprintf("ask %s %s", q.Code, q.Serial)
	switch {
	case q.LastTry:
		what += " last try"
	case q.Code != Nothing:
		what += fmt.Sprintf(" %d", q.Tries)
	}
	if q.Optional {
		what += " optional"
	}
	return w.answer(what)
}

func (w *world) answer(question string) (*secret.Bytes, error) {
	w.say(question)
	typed, ok := strings.CutPrefix(w.line(), "> ")
	if !ok {
		w.Fatalf("line %d: no answer to %q", w.next+1, question)
	}
	for w.next++; strings.HasPrefix(w.line(), "< "); w.next++ {
		w.happens(strings.Fields(w.line())[1:])
	}
	switch typed {
	case "nothing":
		return nil, nil
	case "nobody":
		return nil, errAway
	case "right":
		typed = rightly
	}
	return secret.From([]byte(typed)), nil
}

// List implements [Readers].
func (w *world) List() ([]piv.Reader, error) {
	if w.down != nil {
		return nil, w.down
	}
	if len(w.slots) == 0 {
		return nil, piv.ErrNoReader
	}
	list := make([]piv.Reader, len(w.slots))
	for i, serial := range w.slots {
		r := piv.Reader{Name: fmt.Sprint("reader ", i), State: piv.Empty}
		switch {
		case w.busy[i]:
			r.State, r.Holders = piv.Busy, []string{"gpg (7)"}
		case w.fails[i] != nil:
			r.State, r.Err = piv.Failed, w.fails[i]
		case serial != "" && w.cards[serial].held:
			r.State, r.Serial = piv.Held, serial
		case serial != "":
			r.State, r.Serial = piv.Usable, serial
		}
		list[i] = r
	}
	return list, nil
}

// Open implements [Readers].
func (w *world) Open(serial string, touch func(piv.Touch)) (Card, error) {
	list, err := w.List()
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.State == piv.Usable && r.Serial == serial {
			c := w.cards[serial]
			c.held = true
			c.session++
			return &lent{fakeCard: c, session: c.session, touch: touch}, nil
		}
	}
	if i := slices.IndexFunc(list, func(r piv.Reader) bool { return r.State == piv.Busy }); i >= 0 {
		return nil, fault.At(list[i].Name, token.ErrBusy)
	}
	return nil, fault.At(serial, token.ErrAbsent)
}
