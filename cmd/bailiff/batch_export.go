package main

import (
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony"
)

// batchExport writes the public batch for the platform.
func batchExport(t *tool) *cobra.Command {
	var path, batch, out string
	var show showQR
	var c *cobra.Command
	c = t.Leaf("batch export", "bailiff batch export --vault vault --out batch.zip\nbailiff batch export --vault vault --batch b20261121-7f3a9c --out batch.zip",
		func([]string) error { return t.exportBatch(c, path, batch, out, show) })
	c.Flags().StringVar(&batch, "batch", "", t.T("flag.batch"))
	c.Flags().StringVar(&out, "out", "", t.T("flag.batch-out"))
	show = t.QR(c)
	return t.onVault(c, &path, "out")
}

// exported is the JSON of batch export.
type exported struct {
	Batch     string   `json:"batch"`
	File      string   `json:"file"`
	Digest    string   `json:"digest"`
	Size      int64    `json:"size"`
	Published int      `json:"published"`
	HandOver  []string `json:"hand_over"` // the files that the platform needs
}

// exports is how many public batches of a batch the ledger knows.
func exports(v *custody.Vault, batch string) int {
	if st := v.State.Batch(batch); st != nil {
		return len(st.Exports)
	}
	return 0
}

func (t *tool) exportBatch(c *cobra.Command, path, batch, out string, show showQR) error {
	v, err := custody.Open(t.host(), path, true)
	if err != nil {
		return err
	}
	defer v.Close()
	if batch == "" {
		if batch, err = only(c, "batch", complete(v), fault.At(path, cli.ErrNoBatch)); err != nil {
			return err
		}
		t.Note("export.found", batch)
	}
	before := exports(v, batch)
	verified, written, err := keyceremony.Export(v, batch, out, runtime.GOMAXPROCS(0), t.Progress("progress.verify"))
	if err != nil {
		return err
	}
	if exports(v, batch) == before { // none was added: this one is on record
		t.Note("export.again")
	}
	e := exported{Batch: batch, File: out, Digest: keyvalue.FormatDigest(written.Sum), Size: written.Size, Published: verified.Published}
	e.HandOver = []string{out, filepath.Join(path, "trust.anchor"), filepath.Join(path, "policies", "000000-officers.pgp")}
	err = t.Result(e, func() {
		t.Say("export.done", e.Published, e.File, e.Size)
		t.Say("export.digest", e.Digest)
		t.Say("export.hand-over")
		for _, file := range e.HandOver {
			t.Say("export.file", file)
		}
		t.Say("export.words")
		if cosigned, err := v.Log.Cosigned(); err == nil && cosigned < v.Log.Size() {
			t.Say("show.uncosigned", v.Log.Size()-cosigned)
		}
	})
	if err != nil {
		return err
	}
	return show(t.T("export.qr"), e.Digest)
}
