package clitest_test

import (
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/clitest"
)

func TestParses(t *testing.T) {
	a := cli.New("bailiff", nil)
	c := a.Leaf("vault show", "bailiff vault show --vault vault", func([]string) error { return nil }, "[FILE]")
	c.Flags().String("vault", "", "")
	c.Flags().Int("number", 0, "")
	root := a.Root(a.Group("vault", a.Require(c, "vault")))
	for line, good := range map[string]bool{
		"bailiff vault show --vault v":            true,
		"bailiff vault show x --vault=v --json":   true,
		"bailiff --lang fr vault show --vault v":  true,
		"bailiff":                                 true,
		"bailiff --lang fr":                       true,
		"bailiff --valt v":                        false,
		"bailiff --lang fr vault":                 false,
		"":                                        false,
		"other vault show --vault v":              false,
		"bailiff vault":                           false,
		"bailiff vault shew --vault v":            false,
		"bailiff vault show":                      false,
		"bailiff vault show --vault":              false,
		"bailiff vault show --vault v --valt v":   false,
		"bailiff vault show --vault v --number x": false,
		"bailiff vault show --vault v a b":        false,
	} {
		if err := clitest.Parses(root, line); (err == nil) != good {
			t.Errorf("%q: %v", line, err)
		}
	}
}
