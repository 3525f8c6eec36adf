package release_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/testkit/custodytest"
	"bailiff/release"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// published is a key that an order can name.
type published struct {
	number      int
	fingerprint string
}

// bench is a vault of two of three, whose tokens are devices in memory, with one proved batch; two officers sign its orders.
type bench struct {
	*custodytest.Production
	v        *custody.Vault
	officers []*officer.SecretKey
	batch    string
	keys     []published // two
	burnt    published
}

func newBench(t *testing.T, mode string) *bench {
	t.Helper()
	return newBenchOf(t, mode, 0)
}

// newBenchOf has officers whose keys expire that long after they were made; 0 is never.
func newBenchOf(t *testing.T, mode string, lifetime time.Duration) *bench {
	t.Helper()
	b := &bench{}
	setup := custodytest.Setup{Threshold: 2, Custodians: 3, Officers: b.appoint(t, lifetime)}
	b.Production = custodytest.NewProduction(t, setup)
	f, err := b.Build(t, mode)
	must(t, err)
	b.Anchor, err = custody.Init(b.Host, b.Path, f)
	must(t, err)
	b.v = b.Production.Open(t, true)
	b.deposit(t)
	b.Forward(time.Minute)
	return b
}

// appoint makes two officers.
func (b *bench) appoint(t *testing.T, lifetime time.Duration) (out []policy.Certificate) {
	t.Helper()
	born := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range []string{"Officer Sample 1", "Officer Sample 2"} {
		e, err := openpgp.NewEntity(name, "", "", &packet.Config{
			Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519, Time: func() time.Time { return born },
			KeyLifetimeSecs: uint32(lifetime / time.Second),
		})
		must(t, err)
		e.Subkeys = nil
		var public, private bytes.Buffer
		must(t, errors.Join(e.Serialize(&public), e.SerializePrivateWithoutSigning(&private, nil)))
		key, err := officer.OpenSecretKey(secret.From(private.Bytes()), nil)
		must(t, err)
		c, err := officer.Appoint(public.Bytes(), born)
		must(t, err)
		b.officers = append(b.officers, key)
		out = append(out, c)
	}
	return out
}

// deposit holds a ceremony: two keys are published, one is burnt.
func (b *bench) deposit(t *testing.T) {
	t.Helper()
	v, table := b.v, b.Seat(t, b.v)
	var err error
	b.batch, err = v.OpenCeremony(custody.Ceremony{Publish: 2, Sample: 1})
	must(t, err)
	created := b.Now()
	var all []published
	d, err := v.Deposit(b.batch, created, 1<<20, func(w *batch.Writer) error {
		for n := 1; n <= 3; n++ {
			rec := sealedKey(t, v, b.batch, n, created)
			all = append(all, published{n, rec.Fingerprint})
			if err := w.Add(rec); err != nil {
				return err
			}
		}
		return nil
	})
	must(t, err)
	must(t, v.Seal(d, func(int, int) {}))
	must(t, v.Cosign(table))
	must(t, v.ChooseSample(b.batch, strings.Repeat("351426", 4)))
	must(t, v.Cosign(table))
	must(t, v.ProveSample(table, b.batch, func(int, int) {}))
	must(t, v.Cosign(table))
	for i, role := range v.State.Batch(b.batch).Roles() {
		if role == batch.Published {
			b.keys = append(b.keys, all[i])
		} else {
			b.burnt = all[i]
		}
	}
}

// compose makes a key pair.
func compose(t *testing.T, batch string, number int, created time.Time, rehearsal bool) *keypair.Pair {
	t.Helper()
	_, primary, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	scalar, err := ecdh.X25519().GenerateKey(rand.Reader)
	must(t, err)
	pair, err := keypair.Compose(primary, scalar.Bytes(), scalar.PublicKey().Bytes(), keypair.UserID(batch, number, rehearsal), created, rehearsal)
	must(t, err)
	return pair
}

// sealedKey makes a key pair and seals it as a ceremony does.
func sealedKey(t *testing.T, v *custody.Vault, id string, number int, created time.Time) batch.SealedKey {
	t.Helper()
	pair := compose(t, id, number, created, v.Policy.Mode == keyvalue.Rehearsal)
	defer pair.Private.Wipe()
	dataKey, err := secret.Random(rand.Reader, share.Size)
	must(t, err)
	defer dataKey.Wipe()
	rec := batch.SealedKey{Number: number, Fingerprint: pair.Fingerprint, Public: pair.Public}
	rec.Sealed, err = seal.SealKey(pair.Private, dataKey)
	must(t, err)
	shares, err := share.Split(dataKey, v.Policy.Vault, id, pair.Fingerprint, v.Policy.IDs(), v.Policy.Threshold)
	must(t, err)
	for i := range shares {
		s := &shares[i]
		file, err := seal.SealShare(s, []*ecdh.PublicKey{v.Policy.Custodians[i].Tokens[0].SealingKey})
		must(t, err)
		rec.Shares = append(rec.Shares, batch.SealedShare{Custodian: s.Custodian, X: s.X, File: file, Commitment: s.Commitment()})
		s.Wipe()
	}
	return rec
}

// signed is an order as it comes: the text and the signatures.
type signed struct{ text, signatures []byte }

// order has the officers sign an order for the first published key, altered by edit.
func (b *bench) order(t *testing.T, edit func(*order.Order)) signed {
	t.Helper()
	now := b.Now()
	o := &order.Order{
		Vault: b.v.Policy.Vault, Mode: b.v.Policy.Mode, Number: "2026-000001", Roster: b.v.Policy.Roster, Batch: b.batch,
		KeyNumber: b.keys[0].number, Key: b.keys[0].fingerprint, Member: "M-4711", Reason: "death",
		Papers: []order.Paper{
			{Type: "death-certificate", Date: "2026-11-01", Digest: [32]byte{1}, Issuer: "Town Sample"},
			{Type: "proof-of-heirship", Date: "2026-11-02", Digest: [32]byte{2}, Issuer: "Notary Sample"},
		},
		Checkers: []string{"Anne Sample", "Karim Sample"}, Recipient: "Heir Sample", RecipientBorn: "1971-03-30",
		Issued: now, NotBefore: now, Expires: now.AddDate(0, 1, 0),
	}
	if edit != nil {
		edit(o)
	}
	text, err := o.Format()
	must(t, err)
	return b.sign(t, text)
}

func (b *bench) sign(t *testing.T, text []byte) signed {
	t.Helper()
	s := signed{text: text}
	for _, key := range b.officers {
		sig, err := officer.Sign(text, key, b.Now())
		must(t, err)
		s.signatures = append(s.signatures, sig...)
	}
	return s
}

// request is an order that has to wait eight days and is issued that long ago.
func (b *bench) request(t *testing.T) signed {
	t.Helper()
	return b.order(t, func(o *order.Order) {
		o.Reason, o.Papers, o.Issued = "request", nil, o.Issued.AddDate(0, 0, -8)
	})
}

func (b *bench) examine(s signed) (*release.Examined, error) {
	return release.Examine(b.v, s.text, s.signatures, b.Now())
}

func (b *bench) receive(t *testing.T, s signed) *release.Examined {
	t.Helper()
	x, err := release.Receive(b.v, s.text, s.signatures, b.Now())
	must(t, err)
	return x
}

// run is a release of that order with those custodians at the table; none means the first two.
func (b *bench) run(t *testing.T, s signed, custodians ...int) *release.Release {
	t.Helper()
	if len(custodians) == 0 {
		custodians = []int{1, 2}
	}
	return &release.Release{
		Vault: b.v, Examined: b.receive(t, s), Table: b.Seat(t, b.v, custodians...), Kit: b.Path + "-kit",
		Office: "Étude exemple", Contact: []string{"Rue Exemple 1"}, Said: func(release.Milestone, string) {},
		WordsInKit: b.v.Policy.Mode == keyvalue.Rehearsal,
	}
}

// reopen closes the vault and opens it again, as another run of the program does.
func (b *bench) reopen(t *testing.T) {
	t.Helper()
	must(t, b.v.Close())
	b.v = b.Production.Open(t, true)
}

// opened is the fingerprint of the key in a kit, opened with the words.
func opened(t *testing.T, armored, words []byte) string {
	t.Helper()
	keys, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(armored))
	must(t, err)
	must(t, keys[0].DecryptPrivateKeys(words))
	return hex.EncodeToString(keys[0].PrimaryKey.Fingerprint)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}
