package main

import (
	"runtime"

	"github.com/spf13/cobra"

	"bailiff/custody/record"
	"bailiff/custody/secret"
)

// version shows what runs: its own digest, the toolchain, whether secrets are erased.
func version(t *tool) *cobra.Command {
	return t.Leaf("version", "bailiff version", func([]string) error {
		sum, err := t.running.Digest()
		if err != nil {
			return err
		}
		v := struct {
			Digest  string `json:"digest"`
			Go      string `json:"go"`
			Erasing bool   `json:"erasing"`
		}{record.FormatDigest(sum), runtime.Version(), secret.Erasing}
		return t.Result(v, func() {
			t.Say("version.line", t.Name, v.Digest, v.Go)
			if v.Erasing {
				t.Say("version.erasing")
			} else {
				t.Say("version.not-erasing")
			}
		})
	})
}
