package ledger

import (
	"time"

	"bailiff/custody/keyvalue"
)

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

// OrderReceived says that an order was presented for the first time: its waiting time runs.
type OrderReceived struct {
	Order                        string
	OrderDigest, SignatureDigest [32]byte
	Replaces                     string // number of an earlier order, or ""
	Key                          string
	Waiting                      int // days of 24 hours
	NotBefore                    time.Time
}

// Kind is "order-received".
func (*OrderReceived) Kind() Kind { return "order-received" }

func (a *OrderReceived) form(f *form) {
	f.order(&a.Order)
	f.digest("order-digest", &a.OrderDigest)
	f.digest("signature-digest", &a.SignatureDigest)
	f.maybe("replaces", &a.Replaces, checkOrder)
	f.key(&a.Key)
	f.number("waiting", &a.Waiting, 0, maxWait)
	f.time("not-before", &a.NotBefore)
}

// ReleaseRefused says that an order was refused.
type ReleaseRefused struct {
	Order       string // its number, or Unreadable
	OrderDigest [32]byte
	Why         string // the word of the refusal
}

// Kind is "release-refused".
func (*ReleaseRefused) Kind() Kind { return "release-refused" }

func (a *ReleaseRefused) form(f *form) {
	f.text("order", &a.Order, keyvalue.CheckOrderNumber)
	f.digest("order-digest", &a.OrderDigest)
	f.text("why", &a.Why, checkWord)
}

// ReleaseIntent says which custodians are about to open a key, and on which order.
type ReleaseIntent struct {
	Order                        string
	OrderDigest, SignatureDigest [32]byte
	Replaces                     string // number of an earlier order, or ""
	Batch                        string
	KeyNumber                    int
	Key                          string
	Opening                      []string // custodians, ascending; at least two, as every policy asks for
}

// Kind is "release-intent".
func (*ReleaseIntent) Kind() Kind { return "release-intent" }

func (a *ReleaseIntent) form(f *form) {
	f.order(&a.Order)
	f.digest("order-digest", &a.OrderDigest)
	f.digest("signature-digest", &a.SignatureDigest)
	f.maybe("replaces", &a.Replaces, checkOrder)
	f.batch(&a.Batch)
	field(f, "key-number", &a.KeyNumber, keyvalue.KeyNumber, keyvalue.FormatKeyNumber)
	f.key(&a.Key)
	ascending(f, "opening", &a.Opening, 2, custodian, func(id string) string { return id })
}

func custodian(s string) (string, error) { return s, keyvalue.CheckCustodian(s) }

// ReleaseOpened says that the private key was put together again.
type ReleaseOpened struct {
	Order, Key string
}

// Kind is "release-opened".
func (*ReleaseOpened) Kind() Kind { return "release-opened" }

func (a *ReleaseOpened) form(f *form) {
	f.order(&a.Order)
	f.key(&a.Key)
}

// ReleaseDelivered says that the kit is durable and ready to be handed over.
type ReleaseDelivered struct {
	Order, Key string
	Kit        [32]byte // digest of the kit's private-key.asc
}

// Kind is "release-delivered".
func (*ReleaseDelivered) Kind() Kind { return "release-delivered" }

func (a *ReleaseDelivered) form(f *form) {
	f.order(&a.Order)
	f.key(&a.Key)
	f.digest("kit", &a.Kit)
}

// KitHandedOver says that a bailiff stated that the kit was handed over.
type KitHandedOver struct {
	Order, Key string
	Kit        [32]byte // that of ReleaseDelivered
	Day        string   // YYYY-MM-DD
}

// Kind is "kit-handed-over".
func (*KitHandedOver) Kind() Kind { return "kit-handed-over" }

func (a *KitHandedOver) form(f *form) {
	f.order(&a.Order)
	f.key(&a.Key)
	f.digest("kit", &a.Kit)
	f.text("day", &a.Day, keyvalue.CheckDate)
}
