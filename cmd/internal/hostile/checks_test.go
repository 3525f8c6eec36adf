package hostile

import (
	"bytes"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/strictzip"
	"bailiff/custody/token"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/script"
	"bailiff/release"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// The files of the good world that checks read.
const (
	policyFile      = "vault/policies/000000.policy"
	rosterFile      = "vault/policies/000000-officers.pgp"
	anchorFile      = "vault/trust.anchor"
	enrolmentFile   = "vault/policies/000000-c01-1.enrolment"
	dataKeyFile     = "sealed/data-key.txt"
	certificateFile = "officers/officer-1.asc"
	secretFile      = "officers/officer-1.secret.asc"
)

// checks are the readers and verifiers of the programs; testdata/README.md lists them.
var checks = map[string]func(*world) error{
	"anchor":            func(w *world) error { return of(policy.ParseAnchor(w.read(anchorFile))) },
	"attestation":       (*world).attestation,
	"certificate":       func(w *world) error { return of(officer.ReadCertificate(w.read(certificateFile))) },
	"checkpoint":        (*world).checkpoint,
	"device-checkpoint": (*world).deviceCheckpoint,
	"device-policy":     func(w *world) error { return of(policy.Parse(w.read(devicePolicyFile))) },
	"draft":             func(w *world) error { return of(policy.ParseDraft("draft.toml", w.read("draft.toml"))) },
	"enrolment":         func(w *world) error { return of(token.ParseEnrolment(w.read(enrolmentFile))) },
	"entry":             func(w *world) error { return of(ledger.ParseEntry(w.read("entry.txt"))) },
	"examine":           (*world).examine,
	"heads":             (*world).heads,
	"manifest":          (*world).manifest,
	"order":             (*world).order,
	"private-key":       (*world).privateKey,
	"origin":            (*world).origin,
	"policy":            func(w *world) error { return of(policy.Parse(w.read(policyFile))) },
	"proof":             (*world).proof,
	"public":            (*world).public,
	"release":           (*world).release,
	"roster":            func(w *world) error { return of(w.roster()) },
	"script":            func(w *world) error { return of(script.Parse("script.toml", w.read("script.toml"))) },
	"sealed-key":        (*world).sealedKey,
	"seal":              (*world).sealedShare,
	"secret-key":        (*world).secretKey,
	"share":             func(w *world) error { return of(share.Parse(secret.From(w.read("shares/c01.share")))) },
	"shares":            (*world).shares,
	"signatures":        (*world).signatures,
	"token":             func(w *world) error { return of(w.unlock("c01")) },
	"vault":             (*world).vault,
	"zip":               (*world).zip,
}

func of[T any](_ T, err error) error { return err }

// order reads the order as the commands do.
func (w *world) order() error {
	text, err := w.disk.Read(w.path("order.txt"), order.MaxSize)
	if err != nil {
		return err
	}
	return of(order.Parse(text))
}

func (w *world) policy() (*policy.Policy, error) { return policy.Parse(w.read(policyFile)) }

func (w *world) roster() (*officer.Roster, error) {
	p, err := w.policy()
	if err != nil {
		return nil, err
	}
	return officer.ParseRoster(w.read(rosterFile), p)
}

// signatures verifies the officers' signatures, without the ledger.
func (w *world) signatures() error {
	r, err := w.roster()
	if err != nil {
		return err
	}
	return of(r.Verify(w.read("order.txt"), w.read("order.sig"), w.now))
}

func (w *world) secretKey() error {
	p := secret.From([]byte(passphrase))
	defer p.Wipe()
	return of(officer.OpenSecretKey(secret.From(w.read(secretFile)), p))
}

// shares combines the shares that are there.
func (w *world) shares() error {
	commitments := map[string][32]byte{}
	for line := range strings.Lines(string(w.read("shares/commitments.txt"))) {
		custodian, digits, _ := strings.Cut(strings.TrimSpace(line), " ")
		sum, err := keyvalue.Hex(digits, 32)
		if err != nil {
			return err
		}
		commitments[custodian] = [32]byte(sum)
	}
	names, err := filepath.Glob(w.path("shares/*.share"))
	w.must(err)
	var all []share.Share
	for _, name := range names {
		data, err := os.ReadFile(name)
		w.must(err)
		s, err := share.Parse(secret.From(data))
		if err != nil {
			return err
		}
		all = append(all, *s)
	}
	return of(share.Combine(all, commitments))
}

// sealedShare opens a sealed share with the token of c01.
func (w *world) sealedShare() error {
	t, err := w.unlock("c01")
	if err != nil {
		return err
	}
	return of(seal.OpenShare(w.read("sealed/share-c01.age"), t))
}

// sealedKey opens the private key and holds it against the public one.
func (w *world) sealedKey() error {
	dataKey, err := hex.DecodeString(strings.TrimSpace(string(w.read(dataKeyFile))))
	w.must(err)
	private, err := seal.OpenKey(w.read("sealed/key.pgp"), secret.From(dataKey))
	if err != nil {
		return err
	}
	return keypair.CheckPrivate(keypair.V4Curve25519, private, w.read("sealed/public.pgp"))
}

// privateKey holds a private key that is not sealed against the public one.
func (w *world) privateKey() error {
	return keypair.CheckPrivate(keypair.V4Curve25519, secret.From(w.read("sealed/private.pgp")), w.read("sealed/public.pgp"))
}

func (w *world) zip() error {
	data := w.read("batch.zip")
	z, err := strictzip.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	return z.Walk(func(string, []byte) error { return nil })
}

func (w *world) public() error {
	anchor, err := policy.ParseAnchor(w.read(anchorFile))
	if err != nil {
		return err
	}
	data := w.read("batch.zip")
	f, err := keybatch.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	return of(f.Verify(anchor, nil, 1, nil))
}

func (w *world) proof() error {
	p, err := ledger.ParseProof(w.read("proof.txt"))
	if err != nil {
		return err
	}
	return p.Check()
}

// checkpoint verifies a checkpoint with the anchor alone.
func (w *world) checkpoint() error {
	a, err := policy.ParseAnchor(w.read(anchorFile))
	if err != nil {
		return err
	}
	var cosigners []ledger.Cosigner
	for _, s := range a.Signers {
		cosigners = append(cosigners, ledger.Cosigner(s))
	}
	return of(ledger.OpenCheckpoint(w.read("checkpoint.txt"), a.Vault, cosigners, a.Threshold))
}

// manifestFile is the manifest of the one batch.
func (w *world) manifestFile() string {
	w.Helper()
	files, err := fs.Glob(os.DirFS(w.dir), "vault/batches/*/manifest.txt")
	w.must(err)
	return files[0]
}

func (w *world) manifest() error { return of(batch.ParseManifest(w.read(w.manifestFile()))) }

func (w *world) open(write bool) (*custody.Vault, error) {
	v, err := custody.Open(w.host(), w.path("vault"), write)
	if err == nil {
		w.Cleanup(func() { _ = v.Close() })
	}
	return v, err
}

// vault verifies every byte of the vault.
func (w *world) vault() error {
	v, err := w.open(false)
	if err != nil {
		return err
	}
	return of(v.Verify(func(int, int) {}))
}

// heads holds the vault against what the tokens at the table remember.
func (w *world) heads() error {
	v, err := w.open(false)
	if err != nil {
		return err
	}
	table, err := w.seat(v)
	if err != nil {
		return err
	}
	return v.CheckHeads(table)
}

func (w *world) seat(v *custody.Vault) (custody.Quorum, error) {
	tokens, err := w.unlockAll()
	if err != nil {
		return nil, err
	}
	return v.Seat(tokens)
}

// examine holds the order against the vault.
func (w *world) examine() error {
	v, err := w.open(false)
	if err != nil {
		return err
	}
	return of(release.Examine(v, w.read("order.txt"), w.read("order.sig"), w.tick()))
}

// receive records that the order was received.
func (w *world) receive() error {
	v, err := w.open(true)
	if err != nil {
		return err
	}
	defer v.Close()
	return of(release.Receive(v, w.read("order.txt"), w.read("order.sig"), w.tick()))
}

// release receives the order and carries it out.
func (w *world) release() error {
	if err := w.receive(); err != nil {
		return err
	}
	v, err := w.open(true)
	if err != nil {
		return err
	}
	defer v.Close()
	x, err := release.Examine(v, w.read("order.txt"), w.read("order.sig"), w.tick())
	if err != nil {
		return err
	}
	table, err := w.seat(v)
	if err != nil {
		return err
	}
	w.meanwhile()
	r := &release.Release{
		Vault: v, Examined: x, Table: table, Kit: w.path("kit"), Office: "Étude exemple",
		Contact: []string{"Rue Exemple 1"}, WordsInKit: true, Said: func(release.Milestone, string) {},
	}
	return r.Run()
}
