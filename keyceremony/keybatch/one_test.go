package keybatch_test

import (
	"flag"
	"os"
	"testing"

	"bailiff/keyceremony/keybatch/batchtest"
)

var update = flag.Bool("update", false, "make testdata/one anew")

// TestOne: the batch that the fuzz targets start from, the smallest that there is, verifies in both forms; -update makes
// another.
func TestOne(t *testing.T) {
	if *update {
		v := batchtest.NewVault(t, vaultID)
		anchor, err := v.Anchor.Format()
		if err != nil {
			t.Fatal(err)
		}
		file := batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: batchID, Publish: 1, Sample: 1, Reserve: 1}))
		for name, data := range map[string][]byte{"batch.zip": file, "trust.anchor": anchor} {
			if err := os.WriteFile("testdata/one/"+name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	x := newTarget(t)
	for _, file := range [][]byte{x.good, x.twin} {
		if got := batchtest.Verify(t, file, x.anchor); got.Published != 1 || got.Burnt != 1 || got.Reserve != 1 {
			t.Errorf("%+v", got)
		}
	}
}
