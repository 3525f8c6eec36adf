package main

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/policy"
	"bailiff/custody/reviewed"
	"bailiff/custody/token"
	"bailiff/release/officer"
)

// Bounds of what a policy draft refers to, in bytes.
const (
	maxEnrolment   = 64 << 10
	maxCertificate = 1 << 20
)

// vaultInit makes a vault from a reviewed policy draft, before all the custodians.
func vaultInit(t *tool) *cobra.Command {
	var path, draft string
	var tokens tokenFlags
	var show showQR
	var confirmed []string
	c := t.Leaf("vault init",
		"bailiff vault init --vault vault --policy policy.toml\nbailiff vault init --vault vault --policy policy.toml --token tokens/c01.token --token tokens/c02.token --token tokens/c03.token",
		func([]string) error { return t.initVault(path, draft, &tokens, confirmed, show) })
	c.Flags().StringVar(&path, "vault", "", t.T("flag.vault"))
	c.Flags().StringVar(&draft, "policy", "", t.T("flag.policy"))
	c.Flags().StringArrayVar(&confirmed, "confirm", nil, t.T("flag.confirm-names"))
	tokens.add(t, c)
	show = t.QR(c)
	return t.Require(c, "vault", "policy")
}

// showQR shows a text as a QR code, where that is wanted ([cli.App.QR]).
type showQR func(sentence, text string) error

func (t *tool) initVault(path, draftPath string, flags *tokenFlags, confirmed []string, show showQR) error {
	host := t.host()
	draft, err := host.Disk.Read(draftPath, reviewed.MaxSize)
	if err != nil {
		return err
	}
	f, d, standings, err := t.founding(host, draftPath, draft)
	if err != nil {
		return err
	}
	if err := durable.Room(path); err != nil {
		return err
	}
	if err := custody.Absent(path); err != nil {
		return err
	}
	if err := t.expect(f.Policy, f.Names, flags, len(f.Policy.Custodians)); err != nil {
		return err
	}
	if err := t.review(f, standings, sha256.Sum256(draft)); err != nil {
		return err
	}
	if err := t.confirmDoubts(f, confirmed); err != nil {
		return err
	}
	tokens, leave, err := t.gather(f.Policy, f.Names, flags, len(f.Policy.Custodians))
	if err != nil {
		return err
	}
	defer leave()
	f.Tokens, t.touches = tokens, len(tokens)
	if custody.Interrupted(path) {
		t.Note("vault.anew")
	}
	anchor, err := custody.Init(host, path, *f)
	if err != nil {
		return err
	}
	return t.showFounded(path, d, f.Policy, anchor, show)
}

// founding reads all that the draft refers to. The standings are those of the policy's officers.
func (t *tool) founding(host custody.Host, draftPath string, data []byte) (*custody.Founding, *policy.Draft, []officer.Standing, error) {
	d, err := policy.ParseDraft(draftPath, data)
	if err != nil {
		return nil, nil, nil, filetype.Instead(err, data, filetype.Draft)
	}
	base := filepath.Dir(draftPath)
	enrolments, err := readEnrolments(host, base, d)
	if err != nil {
		return nil, nil, nil, err
	}
	officers, err := t.readCertificates(host, base, d)
	if err != nil {
		return nil, nil, nil, err
	}
	id, err := custody.NewID(rand.Reader)
	if err != nil {
		return nil, nil, nil, err
	}
	p, names, roster, err := d.Build(id, enrolments, officers, host.Roots)
	if err != nil {
		return nil, nil, nil, fault.At(draftPath, err)
	}
	r, err := officer.ParseRoster(roster, p)
	if err != nil {
		return nil, nil, nil, fault.At(draftPath, err)
	}
	f := &custody.Founding{Policy: p, Names: names, Roster: roster, Enrolments: enrolments}
	return f, d, r.Standings(host.Now()), nil
}

func readEnrolments(host custody.Host, base string, d *policy.Draft) ([][]*token.Enrolment, error) {
	out := make([][]*token.Enrolment, len(d.Custodian))
	for i, c := range d.Custodian {
		for _, name := range c.Tokens {
			data, err := host.Disk.Read(beside(base, name), maxEnrolment)
			if err != nil {
				return nil, err
			}
			e, err := token.ParseEnrolment(data)
			if err != nil {
				return nil, fault.At(name, filetype.Instead(err, data, filetype.Enrolment))
			}
			out[i] = append(out[i], e)
		}
	}
	return out, nil
}

// readCertificates reads those of all officers. Each one that cannot be used is said, so that all of them are asked for at
// once; the first is the error.
func (t *tool) readCertificates(host custody.Host, base string, d *policy.Draft) (out []policy.Certificate, first error) {
	for _, name := range d.Officers.Certificates {
		data, err := host.Disk.Read(beside(base, name), maxCertificate)
		if err != nil {
			return nil, err
		}
		o, err := officer.Appoint(data, host.Now())
		switch err = fault.At(name, filetype.Instead(err, data, filetype.Certificate, officer.ErrSecretKey)); {
		case err == nil:
			out = append(out, o)
		case first == nil:
			first = err
		default:
			t.Note("vault.officer-too", t.Explain(err).Error)
		}
	}
	if first != nil {
		return nil, first
	}
	return out, nil
}

// beside resolves a name that a reviewed file gives, relative to that file.
func beside(base, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(base, name)
}

// founded is the JSON of vault init.
type founded struct {
	Vault  string               `json:"vault"`
	Path   string               `json:"path"`
	Mode   string               `json:"mode"`
	Words  string               `json:"words"`
	Anchor string               `json:"anchor"`
	Price  map[string]priceLine `json:"price"`
}

type priceLine struct {
	Custodians int `json:"custodians"`
	Touches    int `json:"touches"`
	Minutes    int `json:"minutes"`
}

func (t *tool) showFounded(path string, d *policy.Draft, p *policy.Policy, anchor *policy.Anchor, show showQR) error {
	typed, err := anchor.Words()
	if err != nil {
		return err
	}
	out := founded{Vault: p.Vault, Path: path, Mode: p.Mode, Words: typed, Anchor: filepath.Join(path, "trust.anchor"), Price: prices(p)}
	err = t.Result(out, func() {
		t.Losing("interrupted.done")
		r := t.Reading(t.Out)
		r.Part("vault.made", path, p.Vault)
		r.Note("vault.quorum", p.Threshold, len(p.Custodians), p.OfficersThreshold, len(p.Officers))
		if p.Mode == "rehearsal" {
			r.Note("vault.rehearsal")
		}
		readWords(r, typed)
		t.readPrices(r, p)
		r.Part("vault.place", wording.Escape(d.Place))
		r.Show()
	})
	if err != nil {
		return err
	}
	// In capitals the code is a quarter smaller; the platform's tool takes the words in either.
	return show(t.T("vault.qr"), strings.ToUpper(typed))
}

// readWords shows the words of an anchor, numbered, four in a row, and then as they are typed.
func readWords(r *cli.Reading, typed string) {
	r.Part("vault.words")
	n := 0
	for row := range slices.Chunk(strings.Split(typed, "-"), 4) {
		line := ""
		for _, word := range row {
			n++
			line += fmt.Sprintf("%2d. %-10s ", n, word)
		}
		r.Note("line", strings.TrimRight(line, " "))
	}
	r.Note("line", typed)
}

// onVault gives a command its --vault, which may be left out where exactly one vault lies in the current folder: that
// one is taken, and said. The other flags named must be given. See docs/decisions/0042-vault-in-sight.md for the commands that
// have their vault named all the same.
func (t *tool) onVault(c *cobra.Command, path *string, required ...string) *cobra.Command {
	c.Flags().StringVar(path, "vault", "", t.T("flag.vault-found"))
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		if !c.Flags().Changed("vault") {
			found, err := inSight()
			if err != nil {
				return err
			}
			if err := c.Flags().Set("vault", found); err != nil {
				return err
			}
			t.Note("vault.found", found)
		}
		return run(c, args)
	}
	return t.Require(c, required...)
}

// inSight is the one vault in the current folder.
func inSight() (string, error) {
	found, err := custody.Vaults(".")
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", fault.At("--vault", cli.ErrNoVault)
	case len(found) > 1:
		return "", fault.At(strings.Join(found, ", "), cli.ErrSeveralVaults)
	}
	return found[0], nil
}
