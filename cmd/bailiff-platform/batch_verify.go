package main

import (
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
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
	return a, fault.At(path, filetype.Instead(err, data, filetype.Anchor))
}

// batchFile is a verified public batch and the open file it is read from.
type batchFile struct {
	io.Closer
	*keybatch.Verified
	digest [32]byte
}

// openBatch opens, hashes and verifies a file. The open descriptor is what all three read, so a
// file that is swapped in between is not read. The check, if there is one, comes before all that
// is slow.
func (t *tool) openBatch(path string, anchor *policy.Anchor, check func(keybatch.Header) error) (*batchFile, error) {
	f, err := t.disk.Open(path)
	if err != nil {
		return nil, err
	}
	verified, digest, err := t.verify(f, anchor, check)
	if err != nil {
		_ = f.Close()
		return nil, fault.At(path, filetype.InsteadOf(err, path, filetype.Batch))
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

	Tokens []cli.TokenShown `json:"tokens"`
}

func describeBatch(b *batchFile) batchShown {
	return batchShown{
		Batch: b.Batch, Vault: b.Vault, Mode: b.Mode, Profile: b.Profile, Created: keyvalue.FormatTime(b.Created),
		Published: b.Published, Burnt: b.Burnt, Reserve: b.Reserve, Root: keyvalue.FormatDigest(b.Root),
		Cosigners: b.Cosigners, Checkpoint: b.CheckpointSize, Words: b.Words, Digest: keyvalue.FormatDigest(b.digest),
		Tokens: cli.DescribeTokens(b.Tokens),
	}
}

func (t *tool) sayBatch(b *batchFile) {
	t.Say("proved.file", b.Batch, b.Vault)
	t.Say("proved.mode." + b.Mode)
	t.Say("proved.keys", b.Published, b.Burnt, b.Reserve)
	t.Say("proved.each", b.Profile)
	t.Say("proved.cosigned", len(b.Cosigners), b.CheckpointSize)
	t.Say("proved.sample", b.Burnt)
	t.SayTokens(b.Tokens)
	t.Say("proved.anchor", b.Words)
}
