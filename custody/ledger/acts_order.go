package ledger

import (
	"time"

	"bailiff/custody/keyvalue"
)

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
