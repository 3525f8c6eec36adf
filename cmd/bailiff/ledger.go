package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// withVault makes a command that only reads a vault.
func withVault(t *tool, path, example string, run func(v *custody.Vault) error) *cobra.Command {
	var vaultPath string
	c := t.Leaf(path, example, func([]string) error {
		v, err := custody.Open(t.host(), vaultPath, false)
		if err != nil {
			return err
		}
		defer v.Close()
		return run(v)
	})
	return t.onVault(c, &vaultPath)
}

// entryShown is the JSON of an entry.
type entryShown struct {
	Number   int64      `json:"number"`
	Time     string     `json:"time"`
	Kind     string     `json:"kind"`
	Cosigned bool       `json:"cosigned"`
	Fields   [][]string `json:"fields"`
}

// ledgerShow lists the entries.
func ledgerShow(t *tool) *cobra.Command {
	return withVault(t, "ledger show", "bailiff ledger show --vault vault", func(v *custody.Vault) error {
		cosigned, err := v.Log.Cosigned()
		if err != nil {
			return err
		}
		list := []entryShown{}
		for e, err := range v.Log.Entries() {
			if err != nil {
				return err
			}
			shown := entryShown{Number: e.Number, Time: keyvalue.FormatTime(e.Time), Kind: string(e.Act.Kind()), Cosigned: e.Number < cosigned}
			for _, f := range ledger.Fields(e.Act) {
				shown.Fields = append(shown.Fields, []string{f.Key, f.Value})
			}
			list = append(list, shown)
		}
		return t.Result(list, func() { t.sayEntries(list) })
	})
}

func (t *tool) sayEntries(list []entryShown) {
	r := t.Reading(t.Out)
	for _, e := range list {
		mark := "ledger.cosigned"
		if !e.Cosigned {
			mark = "ledger.uncosigned"
		}
		r.Part("ledger.entry", e.Number, t.When(e.Time), t.T("kind."+e.Kind), t.T(mark))
		for _, f := range e.Fields {
			label, text := t.field(ledger.Kind(e.Kind), f[0], f[1])
			r.Note("ledger.field", label, text)
		}
	}
	r.Show()
}

// ledgerVerify checks entries, checkpoints and cosignatures, and the anchor.
func ledgerVerify(t *tool) *cobra.Command {
	return withVault(t, "ledger verify", "bailiff ledger verify --vault vault", func(v *custody.Vault) error {
		sizes, err := v.Log.Checkpoints()
		if err != nil {
			return err
		}
		cosigned, err := v.Log.Cosigned()
		if err != nil {
			return err
		}
		out := struct {
			Entries     int64  `json:"entries"`
			Checkpoints int    `json:"checkpoints"`
			Cosigned    int64  `json:"cosigned"`
			Root        string `json:"root"`
		}{v.Log.Size(), len(sizes), cosigned, keyvalue.FormatDigest(v.Log.Root())}
		return t.Result(out, func() {
			t.Say("verify.ledger", out.Entries, out.Checkpoints)
			t.Say("ledger.head", out.Entries, out.Root)
			if out.Cosigned != out.Entries {
				t.Say("verify.uncosigned", out.Entries-out.Cosigned)
			}
		})
	})
}

// ledgerProve prints the inclusion proof of an entry in the latest checkpoint.
func ledgerProve(t *tool) *cobra.Command {
	var number int64
	c := withVault(t, "ledger prove", "bailiff ledger prove --vault vault --entry 3", func(v *custody.Vault) error {
		cosigned, err := v.Log.Cosigned()
		if err != nil {
			return err
		}
		object := strconv.FormatInt(number, 10)
		if number < 0 || number >= v.Log.Size() {
			return fault.At(object, ledger.ErrNone)
		}
		if number >= cosigned {
			return fault.At(object, custody.ErrNotCosigned)
		}
		proof, err := v.Log.Prove(number, cosigned)
		if err != nil {
			return err
		}
		text, err := proof.Format()
		if err != nil {
			return err
		}
		return t.Result(map[string]string{"proof": string(text)}, func() { _, _ = t.Out.Write(text) })
	})
	c.Flags().Int64Var(&number, "entry", 0, t.T("flag.entry"))
	return t.Require(c, "entry")
}

// ledgerCosign has the entries that no checkpoint covers yet cosigned.
func ledgerCosign(t *tool) *cobra.Command {
	var path string
	var flags tokenFlags
	c := t.Leaf("ledger cosign", "bailiff ledger cosign --vault vault\nbailiff ledger cosign --vault vault --token tokens/c01.token --token tokens/c02.token",
		func([]string) error { return t.cosignLedger(path, &flags) })
	flags.add(t, c)
	return t.onVault(c, &path)
}

// cosignLedger asks nobody when there is nothing to cosign.
func (t *tool) cosignLedger(path string, flags *tokenFlags) error {
	v, err := custody.Open(t.host(), path, true)
	if err != nil {
		return err
	}
	defer v.Close()
	cosigned, err := v.Log.Cosigned()
	if err != nil {
		return err
	}
	waiting := v.Log.Size() - cosigned
	if waiting > 0 {
		if err := noneUnfinished(v); err != nil {
			return err
		}
		if err := t.expect(v.Policy, namesIn(v), flags, v.Policy.Threshold); err != nil {
			return err
		}
		t.touches = v.Policy.Threshold
		table, leave, err := t.sit(v, flags, v.Policy.Threshold)
		if err != nil {
			return err
		}
		defer leave()
		if err := v.Cosign(table); err != nil {
			return err
		}
	}
	head := struct {
		Size int64  `json:"size"`
		Root string `json:"root"`
	}{v.Log.Size(), keyvalue.FormatDigest(v.Log.Root())}
	return t.Result(head, func() {
		if waiting == 0 {
			t.Say("cosign.nothing", head.Size)
		}
		t.Say("ledger.head", head.Size, head.Root)
	})
}

// promptRows are those in which a token is asked for and its PIN.
const promptRows = 4

// showTail has the entries read that nobody has cosigned yet, before anybody types a PIN: whoever
// cosigns the ledger cosigns them too.
func (t *tool) showTail(v *custody.Vault) error {
	r, count := t.Reading(t.Err), int64(0)
	for e, err := range v.Log.Tail() {
		if err != nil {
			return err
		}
		if count == 0 {
			r.Part("ledger.tail")
		}
		count++
		t.readEntry(r, e)
	}
	if count == 0 {
		return nil
	}
	r.Note("ledger.tail-ends", count)
	return r.Leave(len(v.Policy.Custodians) + promptRows)
}

// readEntry adds an entry as a part of its own.
func (t *tool) readEntry(r *cli.Reading, e *ledger.Entry) {
	r.Part("ledger.entry", e.Number, t.Lang.Moment(e.Time), t.T("kind."+string(e.Act.Kind())), t.T("ledger.uncosigned"))
	for _, f := range ledger.Fields(e.Act) {
		label, text := t.field(e.Act.Kind(), f.Key, f.Value)
		r.Note("ledger.field", label, text)
	}
}

// field tells a field of an entry in the person's language: custodians answer for what they cosign. The file's own words stand in the
// entry, and in the JSON.
func (t *tool) field(kind ledger.Kind, key, value string) (label, text string) {
	switch {
	case key == "why" && kind == (*ledger.ReleaseRefused)(nil).Kind():
		value = t.Refusal(value)
	case key == "why":
		value = t.T("abandoned.interrupted")
	}
	if value == ledger.Unreadable {
		value = t.T("refused.unreadable")
	}
	switch key {
	case "day":
		value = t.Day(value)
	case "not-before":
		value = t.When(value)
	}
	return t.T("field." + key), value
}
