package main

import (
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/keyceremony/keybatch"
)

const maxAnchor = 64 << 10 // bytes

// batchVerify verifies a public batch against a trust anchor, offline.
func batchVerify(t *tool) *cobra.Command {
	var trust string
	c := t.Leaf("batch verify", "bailiff-platform batch verify batch.zip --trust trust.anchor", func(args []string) error {
		anchor, err := t.anchor(trust)
		if err != nil {
			return err
		}
		b, err := t.openBatch(args[0], anchor, nil)
		if err != nil {
			return err
		}
		defer b.Close()
		return t.Result(describeBatch(b), func() { t.sayBatch(b) })
	}, "FILE")
	c.Flags().StringVar(&trust, "trust", "", t.T("flag.trust"))
	return t.Require(c, "trust")
}

func (t *tool) anchor(path string) (*policy.Anchor, error) {
	data, err := t.disk.Read(path, maxAnchor)
	if err != nil {
		return nil, err
	}
	a, err := policy.ParseAnchor(data)
	return a, fault.At(path, err)
}

// batchFile is a verified public batch and the open file it is read from.
type batchFile struct {
	io.Closer
	*keybatch.Verified
	digest [32]byte
}

// openBatch opens, hashes and verifies a file. The open descriptor is what all three read, so a
// file that is swapped in between is not taken. The check, if there is one, comes before all that
// takes long.
func (t *tool) openBatch(path string, anchor *policy.Anchor, check func(keybatch.Header) error) (*batchFile, error) {
	f, err := t.disk.Open(path)
	if err != nil {
		return nil, err
	}
	verified, digest, err := t.verify(f, anchor, check)
	if err != nil {
		_ = f.Close()
		return nil, fault.At(path, err)
	}
	return &batchFile{Closer: f, Verified: verified, digest: digest}, nil
}

func (t *tool) verify(
	f *os.File, anchor *policy.Anchor, check func(keybatch.Header) error,
) (v *keybatch.Verified, digest [32]byte, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, digest, err
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		return nil, digest, err
	}
	if check != nil {
		if err := check(file.Header()); err != nil {
			return nil, digest, err
		}
	}
	if digest, err = file.Digest(); err != nil {
		return nil, digest, err
	}
	v, err = file.Verify(anchor, nil, runtime.GOMAXPROCS(0), t.Progress("progress.verify"))
	return v, digest, err
}

// batchShown is the JSON of a verified batch.
type batchShown struct {
	Batch      string   `json:"batch"`
	Vault      string   `json:"vault"`
	Mode       string   `json:"mode"`
	Profile    string   `json:"profile"`
	Created    string   `json:"created"`
	Published  int      `json:"published"`
	Burnt      int      `json:"burnt"`
	Reserve    int      `json:"reserve"`
	Root       string   `json:"root"`
	Cosigners  []string `json:"cosigners"`
	Checkpoint int64    `json:"checkpoint"`
	Words      string   `json:"words"`
	Digest     string   `json:"digest"`

	Tokens []tokenShown `json:"tokens"`
}

// tokenShown is the JSON of a token of the batch's policy.
type tokenShown struct {
	Custodian  string `json:"custodian"`
	Index      int    `json:"index"`
	Kind       string `json:"kind"`
	Serial     string `json:"serial"`
	Origin     string `json:"origin"` // genuine, test-root, none or software
	Firmware   string `json:"firmware,omitempty"`
	FormFactor string `json:"form_factor,omitempty"`
	Root       string `json:"root,omitempty"` // that attests it
}

func describeBatch(b *batchFile) batchShown {
	return batchShown{
		Batch: b.Batch, Vault: b.Vault, Mode: b.Mode, Profile: b.Profile, Created: record.FormatTime(b.Created),
		Published: b.Published, Burnt: b.Burnt, Reserve: b.Reserve, Root: record.FormatDigest(b.Root),
		Cosigners: b.Cosigners, Checkpoint: b.CheckpointSize, Words: b.Words, Digest: record.FormatDigest(b.digest),
		Tokens: describeTokens(b.Tokens),
	}
}

func (t *tool) sayBatch(b *batchFile) {
	t.Say("proved.file", b.Batch, b.Vault)
	t.Say("proved.mode." + b.Mode)
	t.Say("proved.keys", b.Published, b.Burnt, b.Reserve)
	t.Say("proved.each", b.Profile)
	t.Say("proved.cosigned", len(b.Cosigners), b.CheckpointSize)
	t.Say("proved.sample", b.Burnt)
	for i := range b.Tokens {
		t.sayToken(&b.Tokens[i])
	}
	t.Say("proved.anchor", b.Words)
}

// sayToken says where the keys of a token were born, to which shares of every private key are sealed.
func (t *tool) sayToken(k *keybatch.Token) {
	args := []any{k.Custodian, k.Index, k.Serial}
	if s := k.Statements; k.Origin() == keybatch.OriginGenuine {
		args = append(args, s.Sealing.Firmware.String(), s.Root)
	}
	t.Say("proved.token."+string(k.Origin()), args...)
}

func describeTokens(list []keybatch.Token) []tokenShown {
	var out []tokenShown
	for i := range list {
		k := &list[i]
		shown := tokenShown{Custodian: k.Custodian, Index: k.Index, Kind: k.Kind, Serial: k.Serial, Origin: string(k.Origin())}
		if s := k.Statements; s != nil {
			shown.Firmware, shown.FormFactor, shown.Root = s.Sealing.Firmware.String(), s.Sealing.FormFactor.String(), s.Root
		}
		out = append(out, shown)
	}
	return out
}
