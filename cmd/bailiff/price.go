package main

import (
	"bailiff/custody"
	"bailiff/custody/policy"
)

// The sizes for which prices are printed before anything is decided.
const (
	pricedSample = 10
	pricedDrill  = 1
	pricedKeys   = 1000
)

// priced are the acts whose price is printed, in that order.
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
		{"drill", pricedDrill, func(p *policy.Policy) custody.Price { return custody.DrillPrice(p, pricedDrill) }},
		{"release", 1, custody.ReleasePrice},
		{"wind-down", pricedKeys, func(p *policy.Policy) custody.Price { return custody.WindDownPrice(p, pricedKeys) }},
		{"change", pricedKeys, func(p *policy.Policy) custody.Price { return custody.ChangePrice(p, pricedKeys) }},
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
		t.Say("price."+row.name, price.Custodians, price.Touches, price.Minutes(), row.keys)
	}
}
