package main

import (
	"crypto/subtle"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// tokenFlags are the flags of every command that uses tokens.
type tokenFlags struct {
	paths   []string
	pinFile string
}

func (f *tokenFlags) add(t *tool, c *cobra.Command) {
	c.Flags().StringArrayVar(&f.paths, "token", nil, t.T("flag.token"))
	c.Flags().StringVar(&f.pinFile, "pin-file", "", t.T("flag.pin-file"))
}

// unlocked are the tokens of one command; close wipes their keys.
type unlocked []*soft.Token

func (u unlocked) tokens() []token.Token {
	out := make([]token.Token, len(u))
	for i, t := range u {
		out[i] = t
	}
	return out
}

func (u unlocked) close() {
	for _, t := range u {
		_ = t.Close()
	}
}

// unlock opens the tokens that the flags name. holder says whose each token is, for the prompt.
func (t *tool) unlock(f *tokenFlags, mode string, holder func(token.Identity) (string, error)) (unlocked, error) {
	pins, err := f.pins(mode)
	if err != nil {
		return nil, err
	}
	defer pins.Wipe()
	var out unlocked
	for _, path := range f.paths {
		tok, err := t.unlockOne(path, pins, holder)
		if err != nil {
			out.close()
			return nil, err
		}
		out = append(out, tok)
	}
	return out, nil
}

// sit unlocks the tokens and finds their custodians, of whom need must be there; the function
// returned wipes the tokens' keys.
func (t *tool) sit(v *custody.Vault, f *tokenFlags, need int) (custody.Table, func(), error) {
	if err := t.expect(v.Policy, f.paths, need); err != nil {
		return nil, nil, err
	}
	if err := t.showTail(v); err != nil {
		return nil, nil, err
	}
	open, err := t.unlock(f, v.Policy.Mode, holderIn(v.Policy))
	if err != nil {
		return nil, nil, err
	}
	table, err := v.Seat(open.tokens())
	if err != nil {
		open.close()
		return nil, nil, err
	}
	return table, open.close, nil
}

// settled refuses an act that would have the ledger cosigned while a ceremony's proof, which an
// earlier run left without cosignatures, waits to be done again.
func settled(v *custody.Vault) error {
	if u := v.State.Unfinished(); u != nil && u.Proved != nil {
		return fault.At(u.ID, custody.ErrUnfinished)
	}
	return nil
}

// showTail shows the entries that nobody has cosigned yet, before anybody types a PIN: whoever
// cosigns the ledger cosigns them too.
func (t *tool) showTail(v *custody.Vault) error {
	first := true
	for e, err := range v.Log.Tail() {
		if err != nil {
			return err
		}
		if first {
			t.Note("ledger.tail")
			first = false
		}
		t.Note("ledger.entry", e.Number, record.FormatTime(e.Time), t.T("kind."+string(e.Kind)), t.T("ledger.uncosigned"))
		for _, f := range e.Fields {
			t.Note("ledger.field", f.Key, f.Value)
		}
	}
	return nil
}

// expect refuses tokens that cannot make up the table, before anybody is asked for a PIN.
func (t *tool) expect(p *policy.Policy, paths []string, need int) error {
	var ids []string
	for _, path := range paths {
		file, err := soft.Open(t.host().Disk, path)
		if err != nil {
			return err
		}
		id, err := holderIn(p)(file.Identity())
		if err != nil {
			return err
		}
		if slices.Contains(ids, id) {
			return fault.At(id, custody.ErrTwice)
		}
		ids = append(ids, id)
	}
	if len(ids) >= need {
		return nil
	}
	if need < len(p.Custodians) {
		return fault.At(strings.Join(ids, " "), custody.ErrQuorum)
	}
	var missing []string
	for _, c := range p.Custodians {
		if !slices.Contains(ids, c.ID) {
			missing = append(missing, c.ID)
		}
	}
	return fault.At(strings.Join(missing, " "), cli.ErrAbsent)
}

// pins reads the PIN file, which only a rehearsal may have.
func (f *tokenFlags) pins(mode string) (cli.PINs, error) {
	if f.pinFile == "" {
		return nil, nil
	}
	if mode != record.Rehearsal {
		return nil, fault.At("--pin-file", cli.ErrRehearsal)
	}
	return cli.ReadPINs(f.pinFile)
}

func (t *tool) unlockOne(path string, pins cli.PINs, holder func(token.Identity) (string, error)) (*soft.Token, error) {
	file, err := soft.Open(t.host().Disk, path)
	if err != nil {
		return nil, err
	}
	who, err := holder(file.Identity())
	if err != nil {
		return nil, err
	}
	serial := file.Identity().Serial
	if pins != nil {
		pin, err := pins.For(serial)
		if err != nil {
			return nil, err
		}
		tok, err := file.Unlock(pin)
		return tok, fault.At(serial, err)
	}
	return t.askPIN(file, who)
}

// askPIN asks until the PIN is right or the person gives up. It shows the tries left, and never
// spends the last one without being told to.
func (t *tool) askPIN(file *soft.File, who string) (*soft.Token, error) {
	serial := file.Identity().Serial
	for {
		tries, err := file.Tries()
		if err != nil {
			return nil, err
		}
		if tries == 0 {
			return nil, fault.At(serial, token.ErrLocked)
		}
		if tries == 1 {
			if err := t.confirmLastTry(serial); err != nil {
				return nil, err
			}
		}
		pin, err := t.Secret("ask.pin", who, serial, tries)
		if err != nil {
			return nil, err
		}
		tok, err := unlockWith(file, pin)
		if err == nil {
			return tok, nil
		}
		if !errors.Is(err, token.ErrPIN) {
			return nil, fault.At(serial, err)
		}
		t.Note("note.wrong-pin", serial)
	}
}

// confirmLastTry has the token's serial typed, unseen: from habit, people type their PIN here.
func (t *tool) confirmLastTry(serial string) error {
	typed, err := t.Secret("ask.last-try", serial)
	if err != nil {
		return fault.At(serial, err)
	}
	defer typed.Wipe()
	if subtle.ConstantTimeCompare(typed.Expose(), []byte(serial)) != 1 {
		return fault.At(serial, cli.ErrDeclined)
	}
	return nil
}

func unlockWith(file *soft.File, pin *secret.Bytes) (*soft.Token, error) {
	defer pin.Wipe()
	return file.Unlock(pin)
}
