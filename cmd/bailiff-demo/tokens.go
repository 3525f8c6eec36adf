package main

import (
	"context"
	"io"
	"os"
)

// tokens are what the custodians carry.
type tokens interface {
	// fresh has custodian n, from 1, prepare a token and enrol it, and returns its serial number.
	fresh(ctx context.Context, n int) (serial string, err error)
	// all, some and others are the flags of a command for all tokens, for those of a quorum, and for
	// those of a quorum with the last custodian in it; and for the file of their PINs.
	all() []string
	some() []string
	others() []string
	// lines are what is told of tokens of this kind.
	lines() lines
	// attend has the custodians sit by while a program runs. They hear what it prints on standard
	// error; leave is called once it has ended.
	attend(l invocation) (hear io.Writer, leave func() error)
	// checks are the stock commands for tokens of this kind.
	checks() []check
	// report tells at the end what the tokens did.
	report() *account
	// close puts away what was set up for them.
	close()
}

// lines are sentences of the catalogue that differ with the kind of the tokens.
type lines struct{ begin, custodians, release string }

// everybody are the numbers of all custodians.
func everybody() (out []int) {
	for n := range custodians {
		out = append(out, n+1)
	}
	return out
}

// software are software tokens: a file each.
type software struct{ *demo }

func (s *software) fresh(ctx context.Context, n int) (string, error) {
	pin, err := s.newSecret(pinFile(n), pinSize)
	if err != nil {
		return "", err
	}
	err = s.tool(ctx, []string{"token.made"}, "bailiff", "token", "init", "--soft", "--out", tokenFile(n), "--pin-file", pin)
	if err != nil {
		return "", err
	}
	var shown struct{ Serial string }
	err = s.ask(ctx, &shown, "bailiff", "token", "show", tokenFile(n))
	return shown.Serial, err
}

func (s *software) all() []string    { return s.flags(everybody()) }
func (s *software) some() []string   { return s.flags(everybody()[:threshold]) }
func (s *software) others() []string { return s.flags(everybody()[custodians-threshold:]) }

func (s *software) flags(who []int) []string {
	var args []string
	for _, n := range who {
		args = append(args, "--token", tokenFile(n))
	}
	return append(args, "--pin-file", s.secretPath(sharedPINs))
}

func (s *software) lines() lines {
	return lines{begin: "demo.begin", custodians: "demo.custodians", release: "demo.release"}
}

// attend: nobody has to do anything.
func (s *software) attend(invocation) (io.Writer, func() error) {
	return io.Discard, func() error { return nil }
}

func (s *software) checks() []check  { return nil }
func (s *software) report() *account { return nil }
func (s *software) close()           {}

// custodiansAct: each custodian makes a token.
func (d *demo) custodiansAct(ctx context.Context) error {
	d.tell(d.lines.custodians, custodians)
	serials := make([]string, custodians)
	for i := range serials {
		var err error
		if serials[i], err = d.tokens.fresh(ctx, i+1); err != nil {
			return err
		}
	}
	d.tell("demo.pins")
	return d.join(serials, func(name string) ([]byte, error) { return os.ReadFile(d.secretPath(name)) })
}
