package hostile

import (
	"archive/zip"
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/keygen"
	"bailiff/keyceremony/script"
	"bailiff/release/officer"
	"bailiff/release/order"
)

var officersBorn = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// maker makes testdata/good: a rehearsal vault of two of three with one proved batch, its tokens, its
// officers and a signed order, and the small files around them.
type maker struct {
	*world
	bench *custodytest.Bench
}

func makeGood(t *testing.T) {
	t.Helper()
	m := &maker{world: &world{TB: t, dir: root + "good", keys: map[int]*packet.PrivateKey{}}}
	setup := custodytest.Setup{Threshold: 2, Custodians: 3, Officers: m.appoint(), Path: m.path("vault")}
	m.bench = custodytest.New(t, setup)
	m.batch()
	m.order()
	m.sealed()
	m.put("draft.toml", []byte(goodDraft))
	m.forged()
	m.attested()
	m.devices()
	for i, f := range m.bench.Files {
		for _, suffix := range []string{".token", ".state"} {
			data, err := os.ReadFile(strings.TrimSuffix(f, ".token") + suffix)
			m.must(err)
			m.put("tokens/"+keyvalue.FormatCustodian(i+1)+suffix, data)
		}
	}
}

// forged makes a public batch in which one key stands twice, as a dishonest ceremony would: all that is
// signed in it is well signed.
func (m *maker) forged() {
	v := batchtest.NewVault(m, "00112233445566778899aabbccddeeff")
	file := batchtest.Write(m, v.Batch(m, batchtest.Options{Batch: "b20261121-7f3a9c", Publish: 3, Sample: 1, AlterKeys: func(keys []keybatch.Key) {
		keys[1] = keybatch.Key{Number: 2, Fingerprint: keys[0].Fingerprint, Public: keys[0].Public, SealedDigest: keys[1].SealedDigest}
	}}))
	anchor, err := v.Anchor.Format()
	m.must(err)
	m.put("forged/twice.zip", file)
	m.put("forged/twice.anchor", anchor)
}

const goodDraft = `mode = "rehearsal"
threshold = 2
profile = "v4-curve25519"
place = "Sample office, Paris"
legal-basis = "Sample text."

[[custodian]]
name = "Anne Exemple"
office = "Office A"
place = "Paris"
tokens = ["c01.enrolment"]

[[custodian]]
name = "Bruno Exemple"
office = "Office B"
place = "Lyon"
tokens = ["c02.enrolment"]

[[custodian]]
name = "Carla Exemple"
office = "Office C"
place = "Lille"
tokens = ["c03.enrolment"]

[officers]
threshold = 2
certificates = ["officer-1.asc", "officer-2.asc"]

[[reason]]
name = "death"
waiting-days = 0
papers = ["death-certificate", "proof-of-heirship"]
`

func (m *maker) appoint() (out []policy.Certificate) {
	for i := range 3 {
		p := secret.From([]byte(passphrase))
		locked, public, err := officer.NewKey("Officer Sample "+strconv.Itoa(i+1), p, officersBorn)
		m.must(err)
		m.put(fmt.Sprintf("officers/officer-%d.secret.asc", i+1), locked)
		m.put(fmt.Sprintf("officers/officer-%d.asc", i+1), public)
		c, err := officer.Appoint(public, officersBorn)
		m.must(err)
		out = append(out, c)
	}
	return out
}

// batch holds a ceremony of six keys and exports the public batch.
func (m *maker) batch() {
	text := fmt.Sprintf("vault = %q\nmode = \"rehearsal\"\nprofile = \"v4-curve25519\"\npublish = 3\nsample = 2\nreserve = 1\n"+
		"place = \"Sample office, Paris\"\nwitnesses = [\"Witness Sample\"]\n", m.bench.Anchor.Vault)
	m.put("script.toml", []byte(text))
	s, err := script.Parse("script.toml", []byte(text))
	m.must(err)
	v := m.bench.Open(m, true)
	c := &keyceremony.Ceremony{
		Vault: v, Table: m.bench.Seat(m, v), Generator: &generator.InProcess{Rand: rand.Reader}, MaxVolume: strictzip.MaxSize,
		Script: s, Dice: func() (string, error) { return "31415265351246253412", nil }, Drawn: func(string, []int) error { return nil },
		Progress: func(keyceremony.Stage, int, int) {}, Said: func(keyceremony.Milestone, string) {},
	}
	_, err = c.Run()
	m.must(err)
	_, _, err = keyceremony.Export(v, v.State.Batches[0].ID, m.path("batch.zip"), 1, func(int, int) {})
	m.must(err)
	m.must(v.Cosign(m.bench.Seat(m, v)))
	m.must(v.Close())
	for name, from := range map[string]string{"checkpoint.txt": "checkpoint.txt", "entry.txt": "entries/000000000002.txt", "proof.txt": "entries/000000000002.proof"} {
		m.put(name, unzip(m, m.read("batch.zip"), from))
	}
}

func unzip(t testing.TB, file []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// order has two officers sign an order for the first published key.
func (m *maker) order() {
	v := m.bench.Open(m, false)
	st := v.State.Batches[0]
	b, err := batch.Open(v.Host.Disk, v.BatchPath(st.ID))
	m.must(err)
	defer b.Close()
	number := 1
	for st.Roles()[number-1] != batch.Published {
		number++
	}
	rec, err := b.Record(number)
	m.must(err)
	issued := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	o := &order.Order{
		Vault: v.Policy.Vault, Mode: v.Policy.Mode, Number: "2026-000123", Roster: v.Policy.Roster,
		Batch: st.ID, KeyNumber: number, Key: rec.Fingerprint, Member: "M-4711", Reason: "death",
		Papers: []order.Paper{
			{Type: "death-certificate", Date: "2026-11-01", Digest: [32]byte{1}, Issuer: "Mairie exemple"},
			{Type: "proof-of-heirship", Date: "2026-11-10", Digest: [32]byte{2}, Issuer: "Office exemple"},
		},
		Checkers: []string{"Alix Exemple", "Basile Exemple"}, Recipient: "Camille Exemple", RecipientBorn: "1971-03-30",
		Issued: issued, NotBefore: issued, Expires: issued.AddDate(0, 3, 0),
	}
	text, err := o.Format()
	m.must(err)
	m.put("order.txt", text)
	m.put("order.sig", signed(m.world, text, 1, 2))
}

// sealed makes a key pair of its own with its shares and everything sealed, and keeps the secrets.
func (m *maker) sealed() {
	v := m.bench.Open(m, false)
	batch := v.State.Batches[0].ID
	pair, err := keygen.Generate(keypair.V4Curve25519, keypair.UserID(batch, 1, true), officersBorn, true)
	m.must(err)
	dataKey, err := secret.Random(rand.Reader, share.Size)
	m.must(err)
	file, err := seal.SealKey(pair.Private, dataKey)
	m.must(err)
	m.put("sealed/public.pgp", pair.Public)
	m.put("sealed/private.pgp", bytes.Clone(pair.Private.Expose()))
	m.put("sealed/key.pgp", file)
	m.put(dataKeyFile, []byte(hex.EncodeToString(dataKey.Expose())+"\n"))
	shares, err := share.Split(dataKey, v.Policy.Vault, batch, pair.Fingerprint, v.Policy.IDs(), 2)
	m.must(err)
	var commitments strings.Builder
	for i, s := range shares {
		sum := s.Commitment()
		fmt.Fprintf(&commitments, "%s %x\n", s.Custodian, sum)
		m.put("shares/"+s.Custodian+".share", bytes.Clone(s.Format().Expose()))
		if i == 0 {
			file, err := seal.SealShare(&s, []*ecdh.PublicKey{m.bench.Tokens[0].SealingKey()})
			m.must(err)
			m.put("sealed/share-c01.age", file)
		}
	}
	m.put("shares/commitments.txt", []byte(commitments.String()))
}
