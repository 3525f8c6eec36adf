package release

import (
	"crypto/sha256"
	"errors"
	"slices"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/secret"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// ErrNotWritten says that nobody confirmed having written the words down.
var ErrNotWritten = errors.New("release: the words were not written down")

// Release is all that a run needs.
type Release struct {
	Vault    *custody.Vault // open for writing
	Examined *Examined
	Table    custody.Quorum
	Kit      string   // directory that the kit becomes; must not exist
	Office   string   // who hands over, for the letter
	Contact  []string // lines, for the letter
	// ShowWords shows the heir's words to the person who writes them down, and returns once they
	// are, and were read back from the paper.
	ShowWords func(words *secret.Bytes) error
	// AskWords asks who wrote them down for the words of a kit that an earlier run left behind; failed is how often what
	// it returned did not open it. It is asked until the kit is open, or it fails. What it returns is wiped here.
	AskWords func(failed int) (*secret.Bytes, error)
	// WordsInKit has the words lie in the kit of a rehearsal that nobody watches; nobody is shown them or asked for
	// them then. Production refuses it.
	WordsInKit bool
	Said       func(event Milestone, object string)
}

// Milestone is a step of a release that is durable.
type Milestone string

// The milestones, in order; the object told beside each is the order number, of Delivered the
// kit's directory.
const (
	Resumed   Milestone = "resumed"
	Intended  Milestone = "intended"
	Opened    Milestone = "opened"
	Delivered Milestone = "delivered"
)

// spaceOfRelease bounds what a kit needs, or what a release writes to the ledger, in bytes, and some more.
const spaceOfRelease = 1 << 20

// Check refuses what can be refused before a PIN is asked for or a token touched: an order that was
// not examined for this vault or not received there, a machine that is not fit, texts that the letter cannot bear,
// a place where no kit can be put, a full disk.
// [Release.Run] does too. It needs no table.
func (r *Release) Check() error {
	if r.Examined.vault != r.Vault {
		return fault.At(r.Kit, custody.ErrHistory)
	}
	if err := r.Examined.free(); err != nil {
		return err
	}
	if err := r.Examined.mayBegin(r.Vault.Host.Now()); err != nil {
		return err
	}
	if _, err := r.Vault.Machine(); err != nil {
		return err
	}
	if r.WordsInKit && r.Vault.Policy.Mode != keyvalue.Rehearsal {
		return fault.At(handover.WordsFile, handover.ErrNoWords)
	}
	if err := r.info().Check(); err != nil {
		return err
	}
	if err := durable.Room(r.Kit); err != nil {
		return err
	}
	for _, path := range []string{r.Kit, r.Vault.Path} {
		if err := r.Vault.Host.Disk.Space(path, spaceOfRelease); err != nil {
			return err
		}
	}
	_, err := r.earlierKit()
	return err
}

// Run carries the release to its end, from wherever an earlier run of the same order was cut
// short. Of the custodians at the table exactly the threshold open the key; those of the standing
// intent, when they are all there.
func (r *Release) Run() error {
	v := r.Vault
	if err := r.Check(); err != nil {
		return err
	}
	table, err := r.quorum()
	if err != nil {
		return err
	}
	if err := v.CheckHeads(table); err != nil {
		return err
	}
	earlier, err := r.earlierKit()
	if err != nil {
		return err
	}
	if v.State.Begun(r.Examined.Order.Number) != nil {
		r.Said(Resumed, r.Examined.Order.Number)
	}
	var kit *handover.Kit
	if earlier {
		kit, err = r.reopen()
	} else {
		kit, err = r.open(table)
	}
	if err != nil {
		return err
	}
	return r.deliver(table, kit)
}

// quorum chooses who opens the key.
func (r *Release) quorum() (custody.Quorum, error) {
	k := r.Vault.Policy.Threshold
	if err := r.Table.Need(k); err != nil {
		return nil, err
	}
	if o := r.Vault.State.Begun(r.Examined.Order.Number); o != nil {
		opening := o.Intent.Act.Opening
		again := slices.DeleteFunc(slices.Clone(r.Table), func(p custody.Present) bool { return !slices.Contains(opening, p.Custodian) })
		if len(again) == k {
			return again, nil
		}
	}
	return r.Table[:k:k], nil
}

// open records the intent, has it cosigned, opens the key and writes the kit.
func (r *Release) open(table custody.Quorum) (*handover.Kit, error) {
	intent, err := r.intend(table)
	if err != nil {
		return nil, err
	}
	o := r.Examined.Order
	private, err := r.Vault.OpenKey(table, intent.Number, o.Batch, o.KeyNumber)
	if err != nil {
		return nil, err
	}
	defer private.Wipe()
	if r.Vault.State.Orders[o.Number].Opened == nil {
		if _, err := r.Vault.Append(&ledger.ReleaseOpened{Order: o.Number, Key: o.Key}, nil); err != nil {
			return nil, err
		}
	}
	r.Said(Opened, o.Number)
	return r.writeKit(private)
}

// intend records who will open what, and has the ledger cosigned. An intent of an earlier run that
// is cosigned may have opened the key already, so each further opening has one of its own.
func (r *Release) intend(table custody.Quorum) (*ledger.Entry, error) {
	v, o := r.Vault, r.Examined.Order
	opening := table.IDs()
	intent, err := r.standing(opening)
	if err != nil {
		return nil, err
	}
	if intent == nil {
		if intent, err = v.Append(&ledger.ReleaseIntent{
			Order: o.Number, OrderDigest: r.Examined.Text, SignatureDigest: r.Examined.Signature, Replaces: o.Replaces,
			Batch: o.Batch, KeyNumber: o.KeyNumber, Key: o.Key, Opening: opening,
		}, r.personal()); err != nil {
			return nil, err
		}
	}
	if err := v.Cosign(table); err != nil {
		return nil, err
	}
	r.Said(Intended, o.Number)
	return intent, nil
}

// standing returns the same intent when an earlier run recorded it and was cut short before it was
// cosigned; otherwise nil. Unless the release had begun in time, the order has not expired since it
// was examined.
func (r *Release) standing(opening []string) (*ledger.Entry, error) {
	v, o := r.Vault, r.Examined.Order
	known := v.State.Begun(o.Number)
	if known != nil {
		if _, _, err := v.Covered(known.Intent.Number); !errors.Is(err, custody.ErrNotCosigned) {
			return nil, err
		}
	}
	if err := o.Check(order.CheckContext{Policy: v.Policy, Now: v.Host.Now()}); err != nil || known == nil {
		return nil, err
	}
	if slices.Equal(known.Intent.Act.Opening, opening) && known.Intent.Act.SignatureDigest == r.Examined.Signature {
		return known.Intent.Entry, nil
	}
	return nil, nil
}

// personal is what the intent's personal part keeps of persons.
func (r *Release) personal() []keyvalue.Field {
	o := r.Examined.Order
	f := keyvalue.Fields("member", o.Member, "recipient", o.Recipient)
	if o.RecipientBorn != "" {
		f = append(f, keyvalue.Fields("recipient-born", o.RecipientBorn)...)
	}
	for _, c := range o.Checkers {
		f = append(f, keyvalue.Fields("checker", c)...)
	}
	return f
}

// deliver records the delivery of the kit that was made, or opened again, and has it cosigned.
func (r *Release) deliver(table custody.Quorum, kit *handover.Kit) error {
	o := r.Examined.Order
	_, err := r.Vault.Append(&ledger.ReleaseDelivered{Order: o.Number, Key: o.Key, Kit: sha256.Sum256(kit.PrivateKey)}, nil)
	if err != nil {
		return err
	}
	if err := r.Vault.Cosign(table); err != nil {
		return err
	}
	r.Said(Delivered, r.Kit)
	return nil
}

// Refuse records that an order was refused, and why, in one word.
func Refuse(v *custody.Vault, text []byte, number, why string) error {
	_, err := v.Append(&ledger.ReleaseRefused{Order: number, OrderDigest: sha256.Sum256(text), Why: why}, nil)
	return err
}
