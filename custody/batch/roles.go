package batch

import "slices"

// Role is what becomes of a key when its batch is proved: docs/formats.md, "Sample, burnt, reserve".
type Role string

// The roles.
const (
	Published Role = "published"
	Burnt     Role = "burnt"
	Reserve   Role = "reserve"
)

// Roles knows the role of each key of a batch: the keys of the sample are burnt, of the others the last are the reserve, the
// rest are published. To ask for one key costs no more in a large batch.
type Roles struct {
	sample  []int
	total   int
	reserve int // number of the first key of the reserve
}

// NewRoles takes how many keys there are, how many of them are the reserve, and the numbers of the sample, ascending, which it keeps.
func NewRoles(total, reserve int, sample []int) Roles {
	r := Roles{sample: sample, total: total, reserve: total - reserve + 1}
	for _, n := range slices.Backward(sample) {
		if n >= r.reserve {
			r.reserve--
		}
	}
	return r
}

// Of returns the role of the key of that number, or "" when the batch has none.
func (r Roles) Of(number int) Role {
	if number < 1 || number > r.total {
		return ""
	}
	if _, burnt := slices.BinarySearch(r.sample, number); burnt {
		return Burnt
	}
	if number >= r.reserve {
		return Reserve
	}
	return Published
}
