package main

import (
	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/policy"
	"bailiff/keyceremony"
)

// confidence is that of [keyceremony.DefectBound], in percent.
const confidence = "95"

// pricedSample is the sample for which the price of a ceremony is printed before anything is decided.
const pricedSample = 10

// priced are the acts whose price is printed, in that order: those that there are.
func priced() []struct {
	name string
	keys int
	of   func(*policy.Policy) custody.Price
} {
	return []struct {
		name string
		keys int
		of   func(*policy.Policy) custody.Price
	}{
		{"ceremony", pricedSample, func(p *policy.Policy) custody.Price { return custody.CeremonyPrice(p, pricedSample) }},
		{"release", 1, custody.ReleasePrice},
	}
}

func prices(p *policy.Policy) map[string]priceLine {
	out := map[string]priceLine{}
	for _, row := range priced() {
		price := row.of(p)
		out[row.name] = priceLine{price.Custodians, price.Touches, price.Minutes()}
	}
	return out
}

// readPrices shows what each act costs at the table.
func (t *tool) readPrices(r *cli.Reading, p *policy.Policy) {
	r.Part("price.title", custody.SecondsPerTouch)
	for _, row := range priced() {
		price := row.of(p)
		r.Note("price."+row.name, price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()), row.keys)
	}
	t.readSamples(r, p)
}

// readSamples shows what samples of several sizes prove, and what each costs, while the script is not written yet that chooses one.
func (t *tool) readSamples(r *cli.Reading, p *policy.Policy) {
	r.Part("price.samples", confidence)
	for _, share := range []float64{0.64, smallSample, 0.05} {
		sample := keyceremony.SampleFor(share)
		price := custody.CeremonyPrice(p, sample)
		bound := t.Lang.Decimal(100 * keyceremony.DefectBound(sample))
		r.Note("price.sample", sample, bound, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
	}
}
