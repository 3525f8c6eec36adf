package officer

import (
	"slices"
	"strings"
)

// NewRoster puts officers in order. It refuses what [ParseRoster] would refuse.
func NewRoster(officers []*Certificate, threshold int) (*Roster, error) {
	r := &Roster{Threshold: threshold}
	for _, o := range officers {
		r.Officers = append(r.Officers, *o)
	}
	slices.SortFunc(r.Officers, func(a, b Certificate) int { return strings.Compare(a.Fingerprint, b.Fingerprint) })
	if _, err := r.keys(); err != nil {
		return nil, err
	}
	return r, nil
}
