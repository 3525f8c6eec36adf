package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/words"
	"bailiff/release"
	"bailiff/release/handover"
)

// patientTries is how often somebody may miss before they are told what else there is to do.
const patientTries = 3

// showWords shows the heir's words on the terminal, waits until they are written down, clears the screen, and has them read back
// from the paper: what is on the paper, and nothing else, opens the kit. Who has missed one sees them again. A slip of the
// fingers would cost the key another opening, so it asks again; who gives up presses Ctrl-C.
func (t *tool) showWords(whole *secret.Bytes) error {
	t.Losing("interrupted.words")
	for {
		if err := t.revealWords(whole); err != nil {
			return err
		}
		right, err := t.readBack(whole)
		if err != nil {
			return err
		}
		if right {
			t.LosingNothing()
			t.Note("words.right")
			return nil
		}
	}
}

func (t *tool) revealWords(whole *secret.Bytes) error {
	show := func(tty io.Writer) error {
		fmt.Fprintln(tty, t.T("release.words"))
		_, err := tty.Write(whole.Expose())
		fmt.Fprintln(tty)
		return err
	}
	return t.Reveal(show, func() error {
		for {
			answer, err := t.Line("ask.written", t.T("word.written"))
			if errors.Is(err, cli.ErrInterrupted) {
				return err
			}
			if err != nil {
				return release.ErrNotWritten
			}
			if strings.EqualFold(answer, t.T("word.written")) {
				return nil
			}
		}
	})
}

// readBack has the words typed from the paper, unseen, one by one or several at once. It reports whether all of them are right:
// not so when somebody asks to see them again, by a mere Enter, or misses one word too often.
func (t *tool) readBack(whole *secret.Bytes) (bool, error) {
	t.Note("words.back")
	for right, missed := 0, 0; right < words.Count(whole); {
		typed, err := t.Secret("ask.word", right+1, words.Count(whole))
		if errors.Is(err, cli.ErrDeclined) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		n, all := t.compare(whole, typed, right)
		right += n
		if n > 0 || all {
			missed = 0
		}
		if !all {
			missed++
		}
		if missed == patientTries {
			return false, nil
		}
	}
	return true, nil
}

// compare returns how many of the words typed are those of whole, from the one numbered first, and whether all of them are; else it says
// which is not.
func (t *tool) compare(whole, typed *secret.Bytes, first int) (n int, all bool) {
	given := t.listed(typed, first)
	if given == nil {
		return 0, false
	}
	defer given.Wipe()
	if first+words.Count(given) > words.Count(whole) {
		t.Note("words.too-many", first+1, words.Count(whole)-first)
		return 0, false
	}
	n = words.Match(whole, given, first)
	if n < words.Count(given) {
		t.Note("words.other", first+n+1)
		return n, false
	}
	return n, true
}

// askWords asks for the words of a kit that an interrupted run left, unseen, one by one or several at once.
func (t *tool) askWords(failed int) (*secret.Bytes, error) {
	switch {
	case failed == 0:
		t.Note("words.kit")
	case failed%patientTries == 0:
		t.Note("words.kit-stuck")
	default:
		t.Note("words.kit-again")
	}
	var whole *secret.Bytes
	for words.Count(whole) < handover.Words {
		typed, err := t.Insist("ask.word", words.Count(whole)+1, handover.Words)
		if err != nil {
			whole.Wipe()
			return nil, err
		}
		if given := t.listed(typed, words.Count(whole)); given != nil {
			whole = words.Append(whole, given)
		}
	}
	return whole, nil
}

// listed returns what was typed as words of the list, and wipes it; nil when one is none, and it says which, counted from the one
// numbered first.
func (t *tool) listed(typed *secret.Bytes, first int) *secret.Bytes {
	defer typed.Wipe()
	given, err := words.Typed(typed)
	switch {
	case errors.Is(err, words.ErrUnknownWord):
		at := 0
		for _, object := range fault.Objects(err) {
			_, _ = fmt.Sscanf(object, "word %d", &at)
		}
		t.Note("words.unlisted", first+at)
	case err != nil:
		t.Note("card.nothing")
	}
	return given
}
