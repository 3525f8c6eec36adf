package main

import (
	"bailiff/custody"
	"bailiff/custody/policy"
)

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

// sayPrices prints what each act costs at the table.
func (t *tool) sayPrices(p *policy.Policy) {
	t.Say("price.title", custody.SecondsPerTouch)
	for _, row := range priced() {
		price := row.of(p)
		t.Say("price."+row.name, price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()), row.keys)
	}
}
