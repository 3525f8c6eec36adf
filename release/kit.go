package release

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/secret"
	"bailiff/custody/words"
	"bailiff/release/handover"
)

// earlierKit reports whether an earlier run was cut short between writing a kit and recording its delivery. Anything
// else at that place is refused before a token is touched. What lies there is not believed yet: see reopen.
func (r *Release) earlierKit() (bool, error) {
	if _, err := os.Lstat(r.Kit); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	o := r.Vault.State.Orders[r.Examined.Order.Number]
	kit, err := handover.Check(r.Vault.Host.Disk, r.Kit)
	if err != nil || o == nil || o.Opened == nil || kit.Order != o.Number || kit.Key != r.Examined.Order.Key || kit.Vault != r.Vault.Policy.Vault {
		return false, fault.At(r.Kit, durable.ErrExists)
	}
	return true, nil
}

// reopen goes on with the kit of an earlier run. Since that run ended the disk may have been in other hands, so the words
// must open it, to the private half of the published key. Who mistypes them is asked again, and gives up at will: the same
// order then opens the key again, into another folder.
func (r *Release) reopen() (*handover.Kit, error) {
	for failed := 0; ; failed++ {
		typed, err := r.wordsOf(failed)
		if err != nil {
			return nil, fault.At(r.Kit, err)
		}
		kit, err := r.reopenWith(typed)
		typed.Wipe()
		switch {
		case err == nil:
			// The interrupted run may not have done it.
			return kit, r.Vault.Host.Disk.SyncDir(filepath.Dir(filepath.Clean(r.Kit)))
		case r.WordsInKit || !errors.Is(err, handover.ErrWords):
			return nil, fault.At(r.Kit, err)
		}
	}
}

func (r *Release) reopenWith(typed *secret.Bytes) (*handover.Kit, error) {
	v, o := r.Vault, r.Examined.Order
	return handover.Reopen(v.Host.Disk, r.Kit, typed, r.WordsInKit, r.info(), func(private *secret.Bytes) error {
		err := v.CheckPrivate(o.Batch, o.KeyNumber, private)
		if errors.Is(err, keypair.ErrPrivate) {
			err = handover.ErrWrongKey
		}
		return err
	})
}

// wordsOf returns the words of the kit of an earlier run.
func (r *Release) wordsOf(failed int) (*secret.Bytes, error) {
	if r.WordsInKit {
		return handover.ReadWords(r.Vault.Host.Disk, r.Kit)
	}
	return r.AskWords(failed)
}

// info is what the letter says. Its date is that of the intent under which the key was opened, so that a run that
// goes on with a kit writes the same letter.
func (r *Release) info() handover.Info {
	v, o := r.Vault, r.Examined.Order
	date := v.Host.Now()
	if begun := v.State.Begun(o.Number); begun != nil {
		date = begun.Intent.Time
	}
	return handover.Info{
		Vault: v.Policy.Vault, Mode: v.Policy.Mode, Order: o.Number, Key: o.Key,
		Recipient: o.Recipient, Office: r.Office, Contact: r.Contact, Date: date,
	}
}

// writeKit makes the kit, puts it in place, and reads it there once more.
func (r *Release) writeKit(private *secret.Bytes) (*handover.Kit, error) {
	v := r.Vault
	typed, err := words.Random(v.Host.Rand, handover.Words)
	if err != nil {
		return nil, err
	}
	defer typed.Wipe()
	kit, err := handover.Build(private, typed, r.info())
	if err != nil {
		return nil, err
	}
	if !r.WordsInKit {
		if err := r.ShowWords(typed); err != nil {
			return nil, err
		}
	}
	if err := kit.Write(v.Host.Disk, r.Kit, r.WordsInKit); err != nil {
		return nil, err
	}
	return kit, fault.At(r.Kit, kit.CheckMade(v.Host.Disk, r.Kit, r.WordsInKit))
}
