package main

import (
	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/keyvalue"
)

// vaultVerify reads every byte of a vault and holds it against the ledger.
func vaultVerify(t *tool) *cobra.Command {
	var path string
	c := t.Leaf("vault verify", "bailiff vault verify --vault vault", func([]string) error { return t.verifyVault(path) })
	return t.onVault(c, &path)
}

// verified is the JSON of vault verify.
type verified struct {
	Vault       string   `json:"vault"`
	Entries     int64    `json:"entries"`
	Root        string   `json:"root"` // of all entries
	Checkpoints int64    `json:"checkpoints"`
	Uncosigned  int64    `json:"uncosigned"`
	Batches     int      `json:"batches"`
	Keys        int      `json:"keys"`
	Bytes       int64    `json:"bytes"`
	Unfinished  string   `json:"unfinished_batch,omitempty"`
	Pending     []string `json:"pending_orders,omitempty"`
	Leftovers   []string `json:"leftovers,omitempty"`

	Tokens []cli.TokenShown `json:"tokens"`
}

func (t *tool) verifyVault(path string) error {
	v, err := custody.Open(t.host(), path, false)
	if err != nil {
		return err
	}
	defer v.Close()
	r, err := v.Verify(t.Progress("progress.verify"))
	if err != nil {
		return err
	}
	out := verified{
		Vault: v.Policy.Vault, Entries: r.Entries, Root: keyvalue.FormatDigest(v.Log.Root()), Checkpoints: r.Checkpoints, Uncosigned: r.Uncosigned, Batches: r.Batches,
		Keys: r.Keys, Bytes: r.Bytes, Unfinished: r.UnfinishedBatch, Pending: r.PendingOrders, Leftovers: r.Leftovers,
		Tokens: cli.DescribeTokens(r.Origins),
	}
	return t.Result(out, func() {
		t.Say("verify.ledger", r.Entries, r.Checkpoints)
		t.Say("ledger.head", out.Entries, out.Root)
		t.Say("verify.batches", r.Batches, r.Keys, r.Bytes)
		t.SayTokens(r.Origins)
		if r.Uncosigned > 0 {
			t.Say("verify.uncosigned", r.Uncosigned)
		}
		if r.UnfinishedBatch != "" {
			t.Say("verify.unfinished", r.UnfinishedBatch)
		}
		for _, o := range r.PendingOrders {
			t.Say("verify.pending", o)
		}
		for _, l := range r.Leftovers {
			t.Say("verify.leftover", l)
		}
		t.Say("verify.good")
	})
}
