package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/registry"
	"bailiff/release/order"
)

const (
	lifetime = 90      // days from not-before to expires, unless said otherwise
	maxDays  = 100_000 // of a waiting time: beyond it is a typing error
)

// days fills in the two counts of days that were not given, from the policy's wait, and checks those that were.
func (f *orderFlags) days(c *cobra.Command, p *policy.Policy) error {
	if r := p.Reason(f.reason); r != nil && !c.Flags().Changed("not-before") {
		f.wait = r.WaitingDays
	}
	if !c.Flags().Changed("expires") {
		f.expires = f.wait + lifetime
	}
	if f.wait < 0 || f.wait > maxDays {
		return cli.BadValue(c, "not-before")
	}
	if f.expires <= f.wait || f.expires > 2*maxDays {
		return cli.BadValue(c, "expires")
	}
	return nil
}

// check reports which flag, of those that must have a certain form, does not have it.
func (f *orderFlags) check(c *cobra.Command) error {
	for _, v := range []struct {
		flag, value string
		check       func(string) error
		optional    bool
	}{
		{"number", f.number, keyvalue.CheckOrderNumber, false},
		{"key", f.key, keyvalue.CheckFingerprint, true},
		{"reason", f.reason, oneOf(policy.ReasonNames()), false},
		{"replaces", f.replaces, keyvalue.CheckOrderNumber, true},
	} {
		if v.value == "" && v.optional {
			continue
		}
		if v.check(v.value) != nil {
			return cli.BadValue(c, v.flag)
		}
	}
	if f.born == "" {
		return nil
	}
	return fault.At("--recipient-born", cli.CheckDay(f.born))
}

func oneOf(values []string) func(string) error {
	return func(s string) error {
		if !slices.Contains(values, s) {
			return keyvalue.ErrValue
		}
		return nil
	}
}

// papers reads each --paper: type|issuer|date|FILE, the file being hashed, or type|issuer|date|sha256:…. What is wrong names the flag, by
// its place among its like, and the part.
func (t *tool) papers(f *orderFlags, p *policy.Policy) ([]order.Paper, error) {
	var out []order.Paper
	for i, v := range f.papers {
		paper, err := t.paper(v, t.natureHint(f.reason, p))
		if err != nil {
			return nil, fault.At(fmt.Sprintf("--paper %d", i+1), err)
		}
		out = append(out, paper)
	}
	return out, nil
}

func (t *tool) paper(value, natures string) (p order.Paper, err error) {
	parts := strings.Split(value, "|")
	if len(parts) != 4 || parts[3] == "" {
		return p, fault.At(value, &cli.ValueError{Err: cli.ErrPaperParts, Form: paperExample})
	}
	p = order.Paper{Type: parts[0], Issuer: parts[1], Date: parts[2]}
	if !slices.Contains(policy.PaperTypes(), p.Type) {
		return p, fault.At(p.Type, &cli.ValueError{Err: cli.ErrPaperType, Form: natures})
	}
	if err := keyvalue.CheckText(p.Issuer); err != nil {
		return p, fault.At(t.T("order-new.issuer"), err)
	}
	if err := cli.CheckDay(p.Date); err != nil {
		return p, err
	}
	if !strings.HasPrefix(parts[3], digestPrefix) {
		p.Digest, err = t.hashFile(parts[3])
		return p, err
	}
	if p.Digest, err = keyvalue.Digest(parts[3]); err != nil {
		return p, fault.At(parts[3], cli.ErrPaperDigest)
	}
	return p, nil
}

const paperExample = "--paper 'death-certificate|Mairie exemple|2026-11-01|acte.pdf'"

// natures lists the natures of papers and the reasons, as they are typed and as people call them.
func (t *tool) natures() string {
	var b strings.Builder
	b.WriteString("\n\n" + t.T("order-new.natures"))
	for _, name := range policy.PaperTypes() {
		b.WriteString("\n  " + t.T("order-new.nature", name, t.T("paper."+name)))
	}
	b.WriteString("\n\n" + t.T("order-new.reasons"))
	for _, name := range policy.ReasonNames() {
		b.WriteString("\n  " + t.T("order-new.nature", name, t.T("reason."+name)))
	}
	return b.String()
}

// natureHint lists the types of papers, those first that the policy demands for the reason.
func (t *tool) natureHint(reason string, p *policy.Policy) string {
	var demanded, others []string
	r := p.Reason(reason)
	for _, name := range policy.PaperTypes() {
		shown := name + " (" + t.T("paper."+name) + ")"
		if r != nil && slices.Contains(r.Papers, name) {
			demanded = append(demanded, shown)
		} else {
			others = append(others, shown)
		}
	}
	if len(demanded) == 0 {
		return strings.Join(others, ", ")
	}
	return t.T("order-new.demanded", strings.Join(demanded, ", "), strings.Join(others, ", "))
}

const maxRoster = 16 << 20 // bytes

// hashFile returns the SHA-256 of a regular file, which is a paper and not empty.
func (t *tool) hashFile(path string) (sum [32]byte, err error) {
	f, err := t.disk.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err == nil && n == 0 {
		err = cli.NotWritten(order.ErrPaperEmpty)
	}
	if err != nil {
		return sum, fault.At(path, err)
	}
	return [32]byte(h.Sum(nil)), nil
}

const digestPrefix = "sha256:"

// termsFlags name what an order is checked against before it is signed: the pool, or, for an officer who is not to read
// that, the public batch of its key.
type termsFlags struct {
	pooled
	batch, trust string
}

func (f *termsFlags) flags(t *tool, c *cobra.Command) {
	c.Flags().StringVar(&f.database, "database", "", t.T("flag.database"))
	c.Flags().StringVar(&f.batch, "public-batch", "", t.T("flag.public-batch"))
	c.Flags().StringVar(&f.trust, "trust", "", t.T("flag.trust"))
	cli.Either(c, "database", "public-batch")
}

// check refuses flags that do not name one of the two, in full.
func (f *termsFlags) check() error {
	switch {
	case f.database == "" && f.batch == "":
		return fault.At("--database", cli.ErrMissing)
	case f.database != "" && f.batch != "":
		return fault.At("--public-batch", cli.ErrTooMany)
	case f.batch != "" && f.trust == "":
		return fault.At("--trust", cli.ErrMissing)
	case f.batch == "" && f.trust != "":
		return fault.At("--public-batch", cli.ErrMissing)
	}
	return nil
}

// checkTerms returns the policy of the vault, unless the order names another key than the pool or the batch does, or the vault
// would have to refuse it.
func (t *tool) checkTerms(f *termsFlags, o *order.Order) (*policy.Policy, error) {
	find := f.fromPool
	if f.batch != "" {
		find = f.fromBatch
	}
	p, err := find(t, o)
	if err != nil {
		return nil, err
	}
	return p, cli.NotSigned(o.CheckDraft(p, t.Now()))
}

func (f *termsFlags) fromPool(t *tool, o *order.Order) (p *policy.Policy, err error) {
	said := &registry.Key{Vault: o.Vault, Batch: o.Batch, Number: o.KeyNumber, Fingerprint: o.Key, Member: o.Member}
	err = f.with(t, reading, func(ctx context.Context, pool *registry.Pool) error {
		if err := pool.CheckKey(ctx, said); err != nil {
			return fault.At(o.Number, err)
		}
		p, err = pool.Policy(ctx, o.Vault)
		return err
	})
	return p, err
}

func (f *termsFlags) fromBatch(t *tool, o *order.Order) (*policy.Policy, error) {
	anchor, err := t.anchor(f.trust)
	if err != nil {
		return nil, err
	}
	file, err := t.disk.Open(f.batch)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fault.At(f.batch, err)
	}
	b, err := keybatch.Open(file, info.Size())
	if err != nil {
		return nil, fault.At(f.batch, filetype.InsteadOf(err, f.batch, filetype.Batch))
	}
	terms, err := b.Terms(anchor, nil)
	if err != nil {
		return nil, fault.At(f.batch, err)
	}
	return terms.Policy, fault.At(o.Number, terms.CheckKey(o.Batch, o.KeyNumber, o.Key))
}
