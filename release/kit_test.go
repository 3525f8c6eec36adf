package release_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/release"
	"bailiff/release/handover"
)

// TestWordsAreCopied: in a rehearsal as in production the words are shown once and lie nowhere; to take up a kit they are
// typed, until they are right or nobody types any more.
func TestWordsAreCopied(t *testing.T) {
	for _, mode := range []string{keyvalue.Rehearsal, keyvalue.Production} {
		t.Run(mode, func(t *testing.T) { wordsAreCopied(t, mode) })
	}
}

func wordsAreCopied(t *testing.T, mode string) {
	b := newBench(t, mode)
	s := b.order(t, nil)
	var shown []byte
	r := b.watched(t, s)
	r.ShowWords = func(*secret.Bytes) error { return release.ErrNotWritten }
	wantError(t, "not written down", r.Run(), release.ErrNotWritten)
	if _, err := os.Lstat(r.Kit); err == nil {
		t.Error("a kit whose words nobody has")
	}
	r = b.watched(t, s)
	r.ShowWords = func(words *secret.Bytes) error { shown = bytes.Clone(words.Expose()); return nil }
	b.lose(t, r)
	if _, err := os.Lstat(filepath.Join(r.Kit, handover.WordsFile)); err == nil || len(shown) == 0 {
		t.Error("the words lie in the kit, or were not shown", err)
	}

	b.Forward(50 * time.Hour) // the letter keeps its date
	size, shares := b.v.Log.Size(), 0
	b.v.Host.Notice = func(e custody.Event) {
		if e.Act == custody.ActOpen {
			shares++
		}
	}
	var asked []int
	take := func(typed ...string) error {
		asked = nil
		r := b.watched(t, s)
		r.AskWords = func(failed int) (*secret.Bytes, error) {
			asked = append(asked, failed)
			if len(typed) < len(asked) {
				return nil, io.EOF
			}
			return secret.From([]byte(typed[len(asked)-1])), nil
		}
		return r.Run()
	}
	wantError(t, "nobody types", take(), io.EOF)
	if !slices.Equal(asked, []int{0}) {
		t.Errorf("asked %v", asked)
	}
	wantError(t, "other words, four times", take("abaisser", "abaisser", "abaisser", "abaisser"), io.EOF)
	if !slices.Equal(asked, []int{0, 1, 2, 3, 4}) {
		t.Errorf("asked %v", asked)
	}
	alone := b.run(t, s, 1)
	wantError(t, "one custodian", alone.Run(), custody.ErrQuorum) // before the words are asked for
	folder := filepath.Dir(r.Kit)
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpSyncDir && path == folder {
			return errPower
		}
		return nil
	}
	wantError(t, "the folder cannot be synced", take(string(shown)), errPower)
	b.Host.Disk.Hook = nil
	if b.v.Log.Size() != size {
		t.Errorf("%d entries recorded", b.v.Log.Size()-size)
	}
	must(t, take("abaisser", string(shown)))
	if b.v.State.Orders["2026-000001"].Delivered == nil || b.v.Log.Size() != size+1 || shares != 0 {
		t.Errorf("%d entries recorded, %d shares opened", b.v.Log.Size()-size, shares)
	}
}

// watched is a release with somebody at the screen.
func (b *bench) watched(t *testing.T, s signed) *release.Release {
	t.Helper()
	r := b.run(t, s)
	r.WordsInKit = false
	return r
}

// TestKitOfAnEarlierRun: it is delivered as it was made, without another share being opened; another one, though its words
// open it, is not; and when it is lost the key is opened again under an intent of its own.
func TestKitOfAnEarlierRun(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	r := b.run(t, s)
	b.lose(t, r)
	words, err := handover.ReadWords(b.Host.Disk, r.Kit)
	must(t, err)
	half(t, r.Kit, words)
	size := b.v.Log.Size()
	err = b.run(t, s).Run()
	wantError(t, "half of the key", err, handover.ErrWrongKey)
	if err == nil || !strings.Contains(err.Error(), r.Kit) || b.v.Log.Size() != size {
		t.Errorf("%v, %d entries", err, b.v.Log.Size()-size)
	}
	must(t, os.Remove(filepath.Join(r.Kit, handover.WordsFile)))
	wantError(t, "no words", b.run(t, s).Run(), fs.ErrNotExist)
	must(t, os.RemoveAll(r.Kit))
	opened := b.v.State.Orders["2026-000001"].Opened.Number
	r = b.run(t, s)
	r.Said = func(m release.Milestone, _ string) {
		if m == release.Delivered {
			t.Error("delivered without the last cosignature")
		}
	}
	b.cut(t, r, func(op durable.Op, path string) bool {
		return checkpoint(op, path) && b.v.State.Orders["2026-000001"].Delivered != nil
	})
	_, err = b.examine(s)
	wantError(t, "all but the last cosignature", err, release.ErrAwaitsCosignature)
	st := b.v.State.Orders["2026-000001"]
	if st.Opened.Number != opened || st.Intent.Number < opened || st.Delivered == nil {
		t.Errorf("opened %d, then an intent %d, delivered %v", st.Opened.Number, st.Intent.Number, st.Delivered)
	}
}

// half locks the key in a kit again without its subkey, with the same words, and has kit.txt say so.
func half(t *testing.T, dir string, words *secret.Bytes) {
	t.Helper()
	path := filepath.Join(dir, handover.PrivateKeyFile)
	armored, err := os.ReadFile(path)
	must(t, err)
	keys, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(armored))
	must(t, err)
	must(t, keys[0].DecryptPrivateKeys(words.Expose()))
	keys[0].Subkeys = nil
	var out bytes.Buffer
	must(t, keys[0].SerializePrivateWithoutSigning(&out, nil))
	locked, err := handover.Lock(secret.From(out.Bytes()), words)
	must(t, err)
	text, err := os.ReadFile(filepath.Join(dir, handover.LabelFile))
	must(t, err)
	k, err := handover.ParseLabel(text)
	must(t, err)
	k.PrivateKey = sha256.Sum256(locked)
	text, err = k.Format()
	must(t, err)
	for name, data := range map[string][]byte{handover.PrivateKeyFile: locked, handover.LabelFile: text} {
		path := filepath.Join(dir, name)
		must(t, errors.Join(os.Remove(path), os.WriteFile(path, data, 0o400)))
	}
}

// closed is a token that opens nothing.
type closed struct{ token.Token }

func (closed) ECDH(*ecdh.PublicKey) ([]byte, error) { return nil, errPower }

// TestKitNotMade: what cannot be made, written, or is another thing once it is in place is not delivered.
func TestKitNotMade(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	// Before the first share is opened these cost nothing; they come first.
	r := b.run(t, s)
	r.Table[1].Token = closed{r.Table[1].Token}
	wantError(t, "a token that opens nothing", r.Run(), errPower)
	if b.v.State.Orders["2026-000001"].Opened != nil {
		t.Error("opened")
	}
	r = b.run(t, s)
	r.Said = func(m release.Milestone, _ string) {
		if m == release.Opened {
			b.v.Host.Rand = strings.NewReader("")
		}
	}
	random := b.v.Host.Rand
	wantError(t, "no randomness for the words", r.Run(), io.EOF)
	b.v.Host.Rand = random
	r = b.run(t, s)
	r.Said = func(m release.Milestone, _ string) {
		if m == release.Opened {
			r.Office = "a\nb"
		}
	}
	wantError(t, "a letter that cannot be printed", r.Run(), handover.ErrInfo)
	r = b.run(t, s)
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpCreate && strings.Contains(path, handover.LetterFile) {
			return errPower
		}
		return nil
	}
	wantError(t, "a full disk", r.Run(), errPower)
	r = b.run(t, s)
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRead && path == filepath.Join(r.Kit, handover.LetterFile) {
			must(t, errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o400)))
		}
		return nil
	}
	wantError(t, "another letter", r.Run(), handover.ErrNotMade)
	b.Host.Disk.Hook = nil
	if b.v.State.Orders["2026-000001"].Delivered != nil {
		t.Error("delivered")
	}
}
