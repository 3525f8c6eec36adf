package main_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/ProtonMail/go-crypto/openpgp/s2k"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
	"bailiff/release"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// lookalike puts another kit in the place of the one in dir, as whoever knows the published key and no private one
// makes it: the right public part, a secret of their own, locked with the words given, and a record that fits.
func lookalike(t *testing.T, dir string, trueWords, words []byte) {
	t.Helper()
	path := filepath.Join(dir, handover.PrivateKeyFile)
	e := readKit(t, path)
	check(t, e.DecryptPrivateKeys(trueWords))
	other, err := openpgp.NewEntity("somebody", "", "", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519})
	check(t, err)
	e.PrivateKey.PrivateKey = other.PrivateKey.PrivateKey
	e.Subkeys[0].PrivateKey.PrivateKey = other.Subkeys[0].PrivateKey.PrivateKey
	check(t, e.EncryptPrivateKeys(words, &packet.Config{
		DefaultCipher: packet.CipherAES256,
		S2KConfig:     &s2k.Config{S2KMode: s2k.IteratedSaltedS2K, Hash: crypto.SHA256, S2KCount: 65011712},
	}))
	var out bytes.Buffer
	w, err := armor.Encode(&out, "PGP PRIVATE KEY BLOCK", nil)
	check(t, errors.Join(err, e.SerializePrivateWithoutSigning(w, nil), w.Close()))
	out.WriteByte('\n')
	rewrite(t, path, out.Bytes())
	matchRecord(t, dir)
}

func readKit(t *testing.T, path string) *openpgp.Entity {
	t.Helper()
	file, err := os.Open(path)
	check(t, err)
	defer file.Close()
	keys, err := openpgp.ReadArmoredKeyRing(file)
	check(t, err)
	return keys[0]
}

// matchRecord has kit.txt name the private key that lies beside it.
func matchRecord(t *testing.T, dir string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, handover.LabelFile))
	check(t, err)
	key, err := os.ReadFile(filepath.Join(dir, handover.PrivateKeyFile))
	check(t, err)
	r, err := handover.ParseLabel(text)
	check(t, err)
	r.PrivateKey = sha256.Sum256(key)
	text, err = r.Format()
	check(t, err)
	rewrite(t, filepath.Join(dir, handover.LabelFile), text)
	_, err = handover.Check(&durable.Disk{}, dir)
	check(t, err) // all that can be known without the words is right
}

func rewrite(t *testing.T, path string, data []byte) {
	t.Helper()
	check(t, errors.Join(os.Remove(path), os.WriteFile(path, data, 0o400)))
}

// writtenWords returns the words in the kit of a rehearsal.
func writtenWords(t *testing.T, dir string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, handover.WordsFile))
	check(t, err)
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return lines[len(lines)-1]
}

// stopBeforeDelivery runs a release whose delivery cannot be recorded: the kit is in place, nothing else is.
func stopBeforeDelivery(t *testing.T, disk *durable.Disk, v *custody.Vault, r *release.Release) {
	t.Helper()
	disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpCreate && v.State.Orders[r.Examined.Order.Number].Opened != nil && strings.Contains(path, "/entries/") && !strings.Contains(path, "personal") {
			if _, err := os.Lstat(r.Kit); err == nil {
				return errPower
			}
		}
		return nil
	}
	if err := r.Run(); !errors.Is(err, errPower) {
		t.Fatal(err)
	}
	disk.Hook = nil
	check(t, v.Close())
}

// TestKitOfAnEarlierRun: between two runs of a release whoever can write to its folder may have put another kit there.
// It is delivered only if its words open it to the published key and every byte is the one that was made; the true kit
// is, without a touch to open; of all others nothing is recorded, and the key can be opened into another folder.
func TestKitOfAnEarlierRun(t *testing.T) {
	other := []byte("abaisser-abandon-abdiquer-abeille-abolir-aborder-aboutir-aboyer")
	for name, c := range map[string]struct {
		spoil func(t *testing.T, kit string)
		want  error
	}{
		"the true one": {func(*testing.T, string) {}, nil},
		"another secret": {func(t *testing.T, kit string) {
			lookalike(t, kit, writtenWords(t, kit), writtenWords(t, kit))
		}, handover.ErrWords},
		"another secret, and its words": {func(t *testing.T, kit string) {
			words := writtenWords(t, kit)
			lookalike(t, kit, words, other)
			replaceIn(t, filepath.Join(kit, handover.WordsFile), words, other)
		}, handover.ErrWords},
		"other words": {func(t *testing.T, kit string) {
			replaceIn(t, filepath.Join(kit, handover.WordsFile), writtenWords(t, kit), other)
		}, handover.ErrWords},
		"other words above": {func(t *testing.T, kit string) {
			replaceIn(t, filepath.Join(kit, handover.WordsFile), []byte("REHEARSAL"), []byte("EARNEST"))
		}, handover.ErrNotMade},
		"another telephone number": {func(t *testing.T, kit string) {
			replaceIn(t, filepath.Join(kit, handover.LetterFile), []byte("Rue Exemple 1"), []byte("Rue Exemple 2"))
		}, handover.ErrNotMade},
		"a second key behind the first": {func(t *testing.T, kit string) {
			key, err := os.ReadFile(filepath.Join(kit, handover.PrivateKeyFile))
			check(t, err)
			rewrite(t, filepath.Join(kit, handover.PrivateKeyFile), append(key, key...))
			text, err := os.ReadFile(filepath.Join(kit, handover.LabelFile))
			check(t, err)
			r, err := handover.ParseLabel(text)
			check(t, err)
			r.PrivateKey = sha256.Sum256(append(key, key...))
			text, err = r.Format()
			check(t, err)
			rewrite(t, filepath.Join(kit, handover.LabelFile), text)
		}, durable.ErrExists},
		"no words": {func(t *testing.T, kit string) { check(t, os.Remove(filepath.Join(kit, handover.WordsFile))) }, os.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, proved)
			v := s.open()
			o := s.order(v, 0, nil)
			r := s.release(v, o)
			stopBeforeDelivery(t, s.disk, v, r)
			c.spoil(t, r.Kit)
			v = s.open()
			size := v.Log.Size()
			r = s.release(v, o)
			s.touches()
			err := r.Run()
			opened, _ := s.touches()
			if opened > 0 || !errors.Is(err, c.want) {
				t.Fatalf("%d shares opened, %v", opened, err)
			}
			if c.want == nil {
				delivered(t, v, r, writtenWords(t, r.Kit))
				return
			}
			if v.Log.Size() != size {
				t.Errorf("%d entries were recorded", v.Log.Size()-size)
			}
			r = s.release(v, o)
			r.Kit += "-2"
			check(t, r.Run())
			delivered(t, v, r, writtenWords(t, r.Kit))
		})
	}
}

func replaceIn(t *testing.T, path string, old, with []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	check(t, err)
	if !bytes.Contains(data, old) {
		t.Fatalf("%s is not in %s", old, path)
	}
	rewrite(t, path, bytes.ReplaceAll(data, old, with))
}

// delivered holds the kit against the ledger, and opens it.
func delivered(t *testing.T, v *custody.Vault, r *release.Release, words []byte) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(r.Kit, handover.PrivateKeyFile))
	check(t, err)
	o := v.State.Orders[r.Examined.Order.Number]
	if o.Delivered == nil || o.Delivered.Act.Kit != sha256.Sum256(key) {
		t.Fatal("the ledger does not say that this kit was delivered")
	}
	check(t, readKit(t, filepath.Join(r.Kit, handover.PrivateKeyFile)).DecryptPrivateKeys(words))
}

// TestKitSwappedInPlace: another program writes to the kit as soon as it is there, before its delivery is recorded.
func TestKitSwappedInPlace(t *testing.T) {
	for _, name := range []string{handover.LabelFile, handover.LetterFile, handover.PrivateKeyFile, handover.WordsFile} {
		t.Run(name, func(t *testing.T) {
			s := play(t, proved)
			v := s.open()
			r := s.release(v, s.order(v, 0, nil))
			s.disk.Hook = func(op durable.Op, path string) error {
				if op == durable.OpRead && path == filepath.Join(r.Kit, name) {
					s.disk.Hook = nil
					data, err := os.ReadFile(path)
					check(t, err)
					data[len(data)-2] ^= 1
					rewrite(t, path, data)
				}
				return nil
			}
			if err := r.Run(); !errors.Is(err, handover.ErrNotMade) || !strings.Contains(err.Error(), name) {
				t.Errorf("refused as %v", err)
			}
			if v.State.Orders[r.Examined.Order.Number].Delivered != nil {
				t.Error("its delivery is on record")
			}
		})
	}
}

// TestKitOfAnEarlierRunInProduction: there the words stand on paper only, so who copied them types them again.
func TestKitOfAnEarlierRunInProduction(t *testing.T) {
	officers := new(props)
	p := custodytest.NewProduction(t, custodytest.Setup{Threshold: 2, Custodians: 3, Officers: officers.appoint(t, 2)})
	officers.anchor = p.Init(t)
	v := p.Open(t, true)
	c := &keyceremony.Ceremony{
		Vault: v, Table: p.Seat(t, v), Generator: &generator.InProcess{Rand: rand.Reader}, MaxVolume: strictzip.MaxSize,
		Script: &script.Script{
			Digest: sha256.Sum256([]byte("script")), Vault: v.Policy.Vault, Mode: keyvalue.Production, Profile: "v4-curve25519",
			Publish: 2, Sample: 1, Reserve: 1, Place: "Étude exemple", Witnesses: []string{"Witness Sample"},
		},
		Dice:     func() (string, error) { return witnessDice, nil },
		Drawn:    func(string, []int) error { return nil },
		Progress: func(keyceremony.Stage, int, int) {},
		Said:     func(keyceremony.Milestone, string) {},
	}
	_, err := c.Run()
	check(t, err)
	s := &scene{T: t, props: officers, path: p.Path, clock: p.Now(), disk: p.Host.Disk}
	o := s.order(v, 0, func(o *order.Order) { o.Mode = keyvalue.Production })
	p.Forward(time.Minute)
	var shown []byte
	begin := func(v *custody.Vault, typed ...string) *release.Release {
		x, err := release.Receive(v, o.text, o.signatures, p.Now())
		check(t, err)
		return &release.Release{
			Vault: v, Examined: x, Table: p.Seat(t, v, 1, 2), Kit: p.Path + "-kit", Office: "Étude exemple", Contact: []string{"Rue Exemple 1"},
			Said:      func(release.Milestone, string) {},
			ShowWords: func(words *secret.Bytes) error { shown = bytes.Clone(words.Expose()); return nil },
			AskWords: func(int) (*secret.Bytes, error) {
				if len(typed) == 0 {
					return nil, errPower
				}
				words := typed[0]
				typed = typed[1:]
				return secret.From([]byte(words)), nil
			},
		}
	}
	r := begin(v)
	stopBeforeDelivery(t, p.Host.Disk, v, r)
	kept := load(t, r.Kit)
	lookalike(t, r.Kit, shown, shown)
	v = p.Open(t, true)
	size := v.Log.Size()
	if err := begin(v, string(shown), string(shown), string(shown)).Run(); !errors.Is(err, errPower) || v.Log.Size() != size {
		t.Errorf("a look-alike: %v, %d entries recorded", err, v.Log.Size()-size)
	}
	check(t, os.RemoveAll(r.Kit))
	store(t, r.Kit, kept)
	r = begin(v, "abaisser-abandon", "abaisser", string(shown))
	check(t, r.Run())
	delivered(t, v, r, shown)
	if e, _, err := v.Log.Entry(v.Log.Size() - 1); err != nil || e.Act.Kind() != "release-delivered" {
		t.Error(e, err)
	}
}
