package custody_test

import (
	"crypto/ecdh"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

// oneReader is the only reader of a table: at most one token is in it, and it notes what is asked of whom.
type oneReader struct {
	in  string // the serial of the token in it
	log []string
}

// carried is a token that somebody carries to the reader when it is asked for something.
type carried struct {
	token.Token
	reader *oneReader
	name   string
}

func (c *carried) Present() bool { return c.reader.in == c.name }

func (c *carried) note(what string) {
	if !c.Present() {
		c.reader.in = c.name
		c.reader.log = append(c.reader.log, "put "+c.name)
	}
	c.reader.log = append(c.reader.log, what+" "+c.name)
}

func (c *carried) Sign(message []byte) ([]byte, error) {
	c.note("sign")
	return c.Token.Sign(message)
}

func (c *carried) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	c.note("open")
	return c.Token.ECDH(peer)
}

// Head is known from when the token was unlocked.
func (c *carried) Head(vault string) (token.Head, error) {
	return c.Token.(token.HeadKeeper).Head(vault)
}

func (c *carried) KeepHead(vault string, h token.Head) error {
	c.note("keep")
	return c.Token.(token.HeadKeeper).KeepHead(vault, h)
}

// TestTurnsAtOneReader: every token keeps the head before it signs, and is put in once a round; the one
// that is in the reader comes first.
func TestTurnsAtOneReader(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	defer v.Close()
	table := b.Seat(t, v, 1, 2, 3)
	reader := &oneReader{in: "c02"}
	for i := range table {
		c := &carried{table[i].Token, reader, table[i].Custodian}
		table[i].Token, table[i].Heads = c, c
	}
	if err := refuse(v); err != nil {
		t.Fatal(err)
	}
	if err := v.Cosign(table); err != nil {
		t.Fatal(err)
	}
	want := "keep c02, sign c02, put c01, keep c01, sign c01, put c03, keep c03, sign c03"
	if got := strings.Join(reader.log, ", "); got != want {
		t.Errorf("the tokens were asked\n%s\nnot\n%s", got, want)
	}
}

// TestTurnsOfThosePresent: before anybody touches a token, all that are there have kept the head.
func TestTurnsOfThosePresent(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	defer v.Close()
	table := b.Seat(t, v, 1, 2, 3)
	log := new(oneReader)
	for i := range table {
		c := &seated{carried{table[i].Token, log, table[i].Custodian}}
		table[i].Token, table[i].Heads = c, c
	}
	if err := refuse(v); err != nil {
		t.Fatal(err)
	}
	if err := v.Cosign(table); err != nil {
		t.Fatal(err)
	}
	asked := slices.DeleteFunc(log.log, func(s string) bool { return strings.HasPrefix(s, "put") })
	if got, want := fmt.Sprint(asked), "[keep c01 keep c02 keep c03 sign c01 sign c02 sign c03]"; got != want {
		t.Errorf("asked %s, not %s", got, want)
	}
}

// seated is a token with a reader of its own.
type seated struct{ carried }

func (*seated) Present() bool { return true }
