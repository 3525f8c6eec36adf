package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/record"
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

// check tells which flag, of those that must have a certain form, does not have it.
func (f *orderFlags) check(c *cobra.Command) error {
	for _, v := range []struct {
		flag, value string
		check       func(string) error
		optional    bool
	}{
		{"number", f.number, record.CheckOrderNumber, false},
		{"key", f.key, record.CheckFingerprint, true},
		{"reason", f.reason, oneOf(policy.ReasonNames()), false},
		{"recipient-born", f.born, record.CheckDate, true},
		{"replaces", f.replaces, record.CheckOrderNumber, true},
	} {
		if v.value == "" && v.optional {
			continue
		}
		if v.check(v.value) != nil {
			return cli.BadValue(c, v.flag)
		}
	}
	return nil
}

func oneOf(values []string) func(string) error {
	return func(s string) error {
		if !slices.Contains(values, s) {
			return record.ErrValue
		}
		return nil
	}
}

// papers reads each --paper: type|issuer|date|FILE, the file being hashed, or type|issuer|date|sha256:….
func (t *tool) papers(c *cobra.Command, values []string) ([]order.Paper, error) {
	var out []order.Paper
	for i, v := range values {
		p, err := t.paper(c, v)
		if err != nil {
			return nil, fault.At(fmt.Sprintf("--paper %d", i+1), err)
		}
		out = append(out, p)
	}
	return out, nil
}

func (t *tool) paper(c *cobra.Command, value string) (p order.Paper, err error) {
	bad := cli.NewValueError(c, "paper")
	parts := strings.Split(value, "|")
	if len(parts) != 4 || parts[3] == "" || record.CheckText(parts[1]) != nil {
		return p, bad
	}
	if !slices.Contains(policy.PaperTypes(), parts[0]) || record.CheckDate(parts[2]) != nil {
		return p, bad
	}
	p = order.Paper{Type: parts[0], Issuer: parts[1], Date: parts[2]}
	if !strings.HasPrefix(parts[3], digestPrefix) {
		p.Digest, err = t.hashFile(parts[3])
		return p, err
	}
	if p.Digest, err = record.Digest(parts[3]); err != nil {
		return p, bad
	}
	return p, nil
}
