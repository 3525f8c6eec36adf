package main

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/table"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// tokenFlags are the flags of every command that uses tokens.
type tokenFlags struct {
	named   []string // files of software tokens, serials of PIV tokens
	folder  string   // of software tokens
	used    []string // as named, and those of the folder that are needed: [tool.choose]
	pinFile string
	wait    time.Duration
}

func (f *tokenFlags) add(t *tool, c *cobra.Command) {
	c.Flags().StringArrayVar(&f.named, "token", nil, t.T("flag.token"))
	c.Flags().StringVar(&f.folder, "tokens", "", t.T("flag.tokens"))
	c.Flags().StringVar(&f.pinFile, "pin-file", "", t.T("flag.pin-file"))
	c.Flags().DurationVar(&f.wait, "wait", 0, t.T("flag.wait"))
}

// files are the software tokens' files.
func (f *tokenFlags) files() []string { return slices.DeleteFunc(slices.Clone(f.used), isSerial) }

// serials are those of PIV tokens.
func (f *tokenFlags) serials() []string {
	return slices.DeleteFunc(slices.Clone(f.used), func(s string) bool { return !isSerial(s) })
}

// isSerial reports whether a name is a PIV token's serial and no file's: it has digits only.
func isSerial(s string) bool { return strings.Trim(s, "0123456789") == "" }

// sit unlocks the tokens, which were expected, and finds their custodians, of whom need must be there; the function
// returned lets go of the tokens.
func (t *tool) sit(v *custody.Vault, f *tokenFlags, need int) (custody.Quorum, func(), error) {
	if err := t.showTail(v); err != nil {
		return nil, nil, err
	}
	tokens, leave, err := t.gather(v.Policy, namesIn(v), f, need)
	if err != nil {
		return nil, nil, err
	}
	table, err := v.Seat(tokens)
	if err != nil {
		leave()
		return nil, nil, err
	}
	return table, leave, nil
}

// namesIn are the names that a vault knows; nil where they were erased, and the ids must do.
func namesIn(v *custody.Vault) *policy.Names {
	names, err := v.Names()
	if err != nil {
		return nil
	}
	return names
}

// gather unlocks the software tokens, then seats the PIV tokens.
func (t *tool) gather(p *policy.Policy, names *policy.Names, f *tokenFlags, need int) ([]token.Token, func(), error) {
	if err := t.Unread(p.Mode); err != nil {
		return nil, nil, err
	}
	pins, err := f.pins(p.Mode)
	if err != nil {
		return nil, nil, err
	}
	seats := t.newTable(p, names, f, pins)
	var out []token.Token
	var soft []*soft.Token
	show := t.Hush()
	leave := func() {
		show()
		seats.Close()
		for _, one := range soft {
			_ = one.Close() // it wipes, and can do no more
		}
		pins.Wipe()
	}
	sit := func() error {
		for _, path := range f.files() {
			id, err := t.custodianOf(p, path)
			if err != nil {
				return err
			}
			one, err := t.unlockOne(path, pins, holderName(p, names, id))
			if err != nil {
				return err
			}
			soft, out = append(soft, one), append(out, one)
		}
		if serials := f.serials(); len(serials) > 0 || len(f.used) == 0 {
			return seats.Fill(serials, need)
		}
		pins.Wipe() // there is no card that could be taken out and ask again
		return nil
	}
	if err := sit(); err != nil {
		leave()
		return nil, nil, err
	}
	return append(out, seats.Tokens()...), leave, nil
}

// noneUnfinished refuses an act that would have the ledger cosigned while a ceremony's proof, which an
// earlier run left without cosignatures, waits to be done again.
func noneUnfinished(v *custody.Vault) error {
	if u := v.State.Unfinished(); u != nil && u.Proved != nil {
		return fault.At(u.ID, custody.ErrUnfinished)
	}
	return nil
}

// expect refuses tokens that cannot make up the table, before anything is read aloud or anybody asked for a PIN. Who is missing is told by
// name.
func (t *tool) expect(p *policy.Policy, names *policy.Names, f *tokenFlags, need int) error {
	if err := t.choose(p, f, need); err != nil {
		return err
	}
	if len(f.used) == 0 {
		return anyToken(p, need)
	}
	var ids []string
	for _, name := range f.used {
		id, err := t.custodianOf(p, name)
		if err != nil {
			return err
		}
		if slices.Contains(ids, id) {
			return fault.At(holderName(p, names, id), custody.ErrTwice)
		}
		ids = append(ids, id)
	}
	if len(ids) >= need {
		return nil
	}
	if need < len(p.Custodians) {
		return fault.At(named(p, names, ids), custody.ErrQuorum)
	}
	missing := slices.DeleteFunc(p.IDs(), func(id string) bool { return slices.Contains(ids, id) })
	return fault.At(named(p, names, missing), cli.ErrAbsent)
}

// named lists custodians by id and, where it can be read, name.
func named(p *policy.Policy, names *policy.Names, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = holderName(p, names, id)
	}
	return strings.Join(out, ", ")
}

// choose names the software tokens of the folder that are needed: one of each custodian, in the order of their files, until there are
// enough. Of tokens that belong to nobody here nothing is said: a folder may serve several vaults.
func (t *tool) choose(p *policy.Policy, f *tokenFlags, need int) error {
	f.used = slices.Clone(f.named)
	if f.folder == "" {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(wildcards.Replace(f.folder), "*.token"))
	if err != nil || len(files) == 0 {
		return fault.At(f.folder, cli.ErrNoTokens)
	}
	var there []string
	for _, name := range f.named {
		id, _ := t.custodianOf(p, name) // which is told later
		there = append(there, id)
	}
	for _, name := range files {
		id, err := t.custodianOf(p, name)
		if len(there) < need && err == nil && !slices.Contains(there, id) {
			there, f.used = append(there, id), append(f.used, name)
		}
	}
	if len(f.used) == 0 {
		return fault.At(filepath.Dir(files[0]), cli.ErrNoTokens)
	}
	return nil
}

// wildcards are what has a meaning in a pattern of names.
var wildcards = strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`)

// anyToken refuses when too few custodians have PIV tokens, which need not be named.
func anyToken(p *policy.Policy, need int) error {
	for _, c := range p.Custodians {
		if slices.ContainsFunc(c.Tokens, func(t policy.Token) bool { return t.Kind == token.KindPIV }) {
			need--
		}
	}
	if need > 0 {
		return fault.At("--token", cli.ErrUnnamed)
	}
	return nil
}

// custodianOf returns whose token a flag names by the policy; a stranger's is refused before any PIN.
func (t *tool) custodianOf(p *policy.Policy, name string) (string, error) {
	id := token.Identity{Kind: token.KindPIV, Serial: name}
	if isSerial(name) {
		if token.CheckSerial(id.Kind, id.Serial) != nil {
			return "", fault.At(name, cli.ErrSerial)
		}
	} else {
		file, err := soft.Open(t.host().Disk, name)
		if err != nil {
			return "", filetype.InsteadOf(err, name, filetype.SoftToken)
		}
		id = file.Identity()
	}
	c, _, ok := p.Holder(id.Kind, id.Serial)
	if !ok {
		return "", fault.At(id.Serial, custody.ErrStranger)
	}
	return c.ID, nil
}

// pins reads the PIN file, which only a rehearsal may have.
func (f *tokenFlags) pins(mode string) (cli.PINs, error) {
	if f.pinFile == "" {
		return nil, nil
	}
	if mode != keyvalue.Rehearsal {
		return nil, fault.At("--pin-file", cli.ErrRehearsal)
	}
	return cli.ReadPINs(f.pinFile)
}

// unlockOne opens a software token, whose custodian a prompt names.
func (t *tool) unlockOne(path string, pins cli.PINs, custodian string) (*soft.Token, error) {
	file, err := soft.Open(t.host().Disk, path)
	if err != nil {
		return nil, err
	}
	serial := file.Identity().Serial
	if pins == nil {
		asked := table.Question{Serial: serial, Custodian: custodian, Soft: true}
		return table.Unlock(custodians{tool: t, who: func(string) string { return custodian }}, asked, file.Tries, file.Unlock)
	}
	pin, err := pins.For(serial)
	if err != nil {
		return nil, err
	}
	tok, err := file.Unlock(pin)
	return tok, fault.At(serial, err)
}
