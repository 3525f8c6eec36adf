package main_test

import (
	"os"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/custodytest"
)

// plays are the moments at which acts begin, and what they are made of.
type plays struct {
	testing.TB
	setup custodytest.Setup
	bench *custodytest.Bench // whose tokens are the originals
	batch string
	order ordered

	bare, empty, proved, exported, tail moment
}

func atBare(p *plays) moment   { return p.bare }
func atEmpty(p *plays) moment  { return p.empty }
func atProved(p *plays) moment { return p.proved }
func atTail(p *plays) moment   { return p.tail }

func atExported(p *plays) moment { return p.exported }

const quorum = 2 // of three custodians

// rehearse makes the moments, each by the act that leads to it.
func rehearse(t *testing.T) *plays {
	t.Helper()
	p := &plays{TB: t, setup: custodytest.Setup{Threshold: quorum, Custodians: 3}}
	officers := new(props)
	p.setup.Officers = officers.appoint(t, 2)
	p.bench = custodytest.Prepare(t, &p.setup)
	p.bare = moment{files: files{"tokens/": nil}, clock: p.bench.Now()}
	for i, file := range p.bench.Files {
		name := "tokens/" + keyvalue.FormatCustodian(i+1)
		for _, ext := range []string{".token", ".state"} {
			data, err := os.ReadFile(file[:len(file)-len(".token")] + ext)
			check(t, err)
			p.bare.files[name+ext] = data
		}
	}
	w := newWorld(t, p.bare, p.setup.Custodians)
	_, err := runInit(p, w)
	check(t, err)
	p.empty = w.keep(t)
	_, err = runCeremony(p, w)
	check(t, err)
	v, err := w.open(true)
	check(t, err)
	p.batch = v.State.Batches[0].ID
	if officers.anchor, err = v.Anchor(); err != nil {
		t.Fatal(err)
	}
	p.proved = w.keep(t)
	s := &scene{T: t, props: officers, clock: w.clock, disk: new(durable.Disk)}
	p.order = s.order(v, 0, nil)
	check(t, v.Close())
	p.proved.clock = s.clock
	w.set(t, p.proved)
	_, err = runAppend(p, w)
	check(t, err)
	p.tail = w.keep(t)
	w.set(t, p.proved)
	_, err = runExport(p, w)
	check(t, err)
	p.exported = w.keep(t)
	return p
}
