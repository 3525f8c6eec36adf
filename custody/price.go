package custody

import "bailiff/custody/policy"

// SecondsPerTouch is the time that the printed prices reckon for one token operation, with the
// person, the PIN and the touch.
const SecondsPerTouch = 5

// Price is what an act costs at the table.
type Price struct {
	Custodians int // how many must be present
	Touches    int // token operations, all custodians together
}

// Minutes returns the time that the touches take, rounded up.
func (p Price) Minutes() int { return (p.Touches*SecondsPerTouch + 59) / 60 }

// CeremonyPrice returns what a ceremony with that sample costs: everybody opens every sampled
// key, and cosigns the root, the sample and the proof.
func CeremonyPrice(p *policy.Policy, sample int) Price {
	n := len(p.Custodians)
	return Price{Custodians: n, Touches: n * (sample + 3)}
}

// ResumePrice returns what is left of a ceremony whose root is cosigned: everybody opens every
// sampled key and cosigns the proof and, unless they have, the sample.
func (v *Vault) ResumePrice(b *BatchState) Price {
	n := len(v.Policy.Custodians)
	left := b.Opened.Act.Sample + 2
	if cosigned(v.State, b.Sampled, everything) {
		left--
	}
	return Price{Custodians: n, Touches: n * left}
}

// ReleasePrice returns what one release costs: k custodians cosign the intent, open, and cosign
// the delivery.
func ReleasePrice(p *policy.Policy) Price {
	return Price{Custodians: p.Threshold, Touches: 3 * p.Threshold}
}
