package ledger

import "bailiff/custody/keyvalue"

// PolicyAdopted says which policy is in force from here on.
type PolicyAdopted struct {
	Number int
	Policy [32]byte // digest of the policy's text
}

// Kind is "policy".
func (*PolicyAdopted) Kind() Kind { return "policy" }

func (a *PolicyAdopted) form(f *form) {
	f.count("policy-number", &a.Number)
	f.digest("policy", &a.Policy)
}

// CeremonyOpened begins a batch: how many of its keys are to be published, burnt in proof, and kept in reserve.
type CeremonyOpened struct {
	Batch                    string
	Script, Software         [32]byte // digests of the reviewed script and of the program
	Publish, Sample, Reserve int
}

// Kind is "ceremony-opened".
func (*CeremonyOpened) Kind() Kind { return "ceremony-opened" }

// Total is how many keys the ceremony is to make.
func (a *CeremonyOpened) Total() int { return a.Publish + a.Sample + a.Reserve }

func (a *CeremonyOpened) form(f *form) {
	f.batch(&a.Batch)
	f.digest("script", &a.Script)
	f.digest("software", &a.Software)
	f.count("publish", &a.Publish)
	f.count("sample", &a.Sample)
	f.count("reserve", &a.Reserve)
}

// Interrupted is why a batch was abandoned.
const Interrupted = "interrupted"

// BatchAbandoned ends a batch of which nothing was published.
type BatchAbandoned struct {
	Batch string
	Why   string // Interrupted
}

// Kind is "batch-abandoned".
func (*BatchAbandoned) Kind() Kind { return "batch-abandoned" }

func (a *BatchAbandoned) form(f *form) {
	f.batch(&a.Batch)
	f.text("why", &a.Why, checkAbandoned)
}

// BatchSealed says what a batch holds.
type BatchSealed struct {
	Batch    string
	Keys     int      // at least 1
	Root     [32]byte // of the batch's tree
	Manifest [32]byte // digest of manifest.txt
}

// Kind is "batch-sealed".
func (*BatchSealed) Kind() Kind { return "batch-sealed" }

func (a *BatchSealed) form(f *form) {
	f.batch(&a.Batch)
	f.number("keys", &a.Keys, 1, maxCount)
	f.digest("root", &a.Root)
	f.digest("manifest", &a.Manifest)
}

// SampleChosen says which keys the witnesses' dice drew, to be burnt in proof.
type SampleChosen struct {
	Batch   string
	Dice    string // digits 1 to 6, as thrown
	Numbers []int  // of keys, ascending
}

// Kind is "sample-chosen".
func (*SampleChosen) Kind() Kind { return "sample-chosen" }

func (a *SampleChosen) form(f *form) {
	f.batch(&a.Batch)
	f.text("dice", &a.Dice, checkDice)
	ascending(f, "numbers", &a.Numbers, 1, keyvalue.KeyNumber, keyvalue.FormatKeyNumber)
}

// BatchProved says that the tokens opened every key of the sample.
type BatchProved struct {
	Batch          string
	Published      int      // keys
	Burnt, Reserve [32]byte // digests of the two lists
}

// Kind is "batch-proved".
func (*BatchProved) Kind() Kind { return "batch-proved" }

func (a *BatchProved) form(f *form) {
	f.batch(&a.Batch)
	f.count("published", &a.Published)
	f.digest("burnt", &a.Burnt)
	f.digest("reserve", &a.Reserve)
}

// BatchExported says that a public batch was written.
type BatchExported struct {
	Batch string
	File  [32]byte // digest of the public batch
}

// Kind is "batch-exported".
func (*BatchExported) Kind() Kind { return "batch-exported" }

func (a *BatchExported) form(f *form) {
	f.batch(&a.Batch)
	f.digest("file", &a.File)
}
