package release_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/secret"
	"bailiff/release"
	"bailiff/release/handover"
)

// part is the file of an entry's personal part.
func (b *bench) part(number int64) string {
	return filepath.Join(b.Path, "ledger", "personal", "000000", fmt.Sprintf("%012d.txt", number))
}

// TestHandoverWithoutAName: where the ledger does not say any more who was to receive the kit, it must be stated, and nothing else
// is taken for a name.
func TestHandoverWithoutAName(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	statement := release.Statement{Order: "2026-000001", Day: b.Now().UTC().Format(time.DateOnly), Bailiff: "Maître Exemple"}
	b.begin(t, s)
	wantError(t, "a key that is about to be opened", release.HandedOver(b.v, statement), custody.ErrNoKit)
	must(t, b.run(t, s).Run())
	intent := b.part(b.v.State.Orders["2026-000001"].Intent.Number)
	must(t, errors.Join(os.Chmod(intent, 0o600), os.WriteFile(intent, []byte("altered"), 0o600)))
	wantError(t, "an altered name", release.HandedOver(b.v, statement), ledger.ErrPersonal)
	must(t, os.Remove(intent))
	wantError(t, "an erased name", release.HandedOver(b.v, statement), release.ErrRecipient)
	statement.To = "Heir Sample"
	must(t, release.HandedOver(b.v, statement))
}

// TestHandoverIsRecordedOrTold: a statement that the ledger does not take is not said to be recorded.
func TestHandoverIsRecordedOrTold(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	must(t, b.run(t, b.order(t, nil)).Run())
	statement := release.Statement{Order: "2026-000001", Day: b.Now().UTC().Format(time.DateOnly), Bailiff: "Maître Exemple"}
	must(t, b.v.Close())
	wantError(t, "a closed vault", release.HandedOver(b.v, statement), fs.ErrPermission)
}

// TestOfficersByName: names stand beside the fingerprints of the policy's officers, unless they were erased.
func TestOfficersByName(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	x := b.receive(t, b.order(t, nil))
	got := x.Officers()
	for i, o := range b.v.Policy.Officers {
		names, err := b.v.Names()
		must(t, err)
		if name := got[o.Fingerprint]; name == "" || name != names.Officers[i] {
			t.Errorf("%s is %q", o.Fingerprint, name)
		}
	}
	if len(got) != len(b.v.Policy.Officers) {
		t.Errorf("%d officers: %v", len(got), got)
	}
	must(t, os.Remove(b.part(0)))
	if got := x.Officers(); got != nil {
		t.Errorf("erased, and shown: %v", got)
	}
}

// TestKitThatCannotBeTakenUp: what typing words does not mend is not asked about again.
func TestKitThatCannotBeTakenUp(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	r := b.run(t, s)
	b.lose(t, r)
	words, err := handover.ReadWords(b.Host.Disk, r.Kit)
	must(t, err)
	half(t, r.Kit, words)
	watched, asked := b.watched(t, s), 0
	watched.AskWords = func(int) (*secret.Bytes, error) {
		if asked++; asked > 1 {
			return nil, io.EOF
		}
		return secret.From(append([]byte(nil), words.Expose()...)), nil
	}
	must(t, os.Remove(filepath.Join(r.Kit, handover.WordsFile)))
	if wantError(t, "half of the key", watched.Run(), handover.ErrWrongKey); asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// TestOtherWordsInAKit: words that lie in the kit of a rehearsal are as they are, and nobody is asked for others.
func TestOtherWordsInAKit(t *testing.T) {
	b := newBench(t, keyvalue.Rehearsal)
	s := b.order(t, nil)
	r := b.run(t, s)
	b.lose(t, r)
	path := filepath.Join(r.Kit, handover.WordsFile)
	text, err := os.ReadFile(path)
	must(t, err)
	words, err := handover.ReadWords(b.Host.Disk, r.Kit)
	must(t, err)
	must(t, errors.Join(os.Remove(path), os.WriteFile(path, bytes.Replace(text, words.Expose(), []byte("abaisser"), 1), 0o400)))
	wantError(t, "other words", b.run(t, s).Run(), handover.ErrWords)
}
