package batch_test

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"bailiff/custody/batch"
)

// TestSampleVectors holds Sample against testdata/sample.txt, which an independent program made.
func TestSampleVectors(t *testing.T) {
	data, err := os.ReadFile("../../testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(data)), "\n\n")[1:]
	if len(blocks) < 9 {
		t.Fatalf("%d vectors", len(blocks))
	}
	for i, block := range blocks {
		var body strings.Builder
		field := make(map[string]string)
		for _, line := range strings.Split(block, "\n") {
			key, value, _ := strings.Cut(line, ":")
			value = strings.TrimPrefix(value, " ")
			if key == "checkpoint" {
				body.WriteString(value + "\n")
			}
			field[key] = value
		}
		total, _ := strconv.Atoi(field["keys"])
		count, _ := strconv.Atoi(field["sample"])
		got, err := batch.Sample([]byte(body.String()), field["dice"], total, count)
		if text := strings.Trim(fmt.Sprint(got), "[]"); err != nil || text != field["numbers"] {
			t.Errorf("vector %d: %s, %v; want %s", i, text, err, field["numbers"])
		}
	}
}

func TestSampleRefusals(t *testing.T) {
	const body = "bailiff/vault/5f0c\n1\nAAAA\n"
	for name, c := range map[string]struct {
		body, dice   string
		total, count int
		want         error
	}{
		"no body":           {"", "1", 10, 1, batch.ErrSampleCheckpoint},
		"no final LF":       {"a\n1\nAAAA", "1", 10, 1, batch.ErrSampleCheckpoint},
		"with the blank LF": {body + "\n", "1", 10, 1, batch.ErrSampleCheckpoint},
		"a whole note":      {body + "\n— a b\n", "1", 10, 1, batch.ErrSampleCheckpoint},
		"only a blank line": {"\n", "1", 10, 1, batch.ErrSampleCheckpoint},
		"no dice":           {body, "", 10, 1, batch.ErrSampleDice},
		"a seven":           {body, "1237", 10, 1, batch.ErrSampleDice},
		"a blank":           {body, "1 2", 10, 1, batch.ErrSampleDice},
		"too many dice":     {body, strings.Repeat("6", 1001), 10, 1, batch.ErrSampleDice},
		"more than there":   {body, "1", 10, 11, batch.ErrSampleCount},
		"negative":          {body, "1", 10, -1, batch.ErrSampleCount},
		"no keys":           {body, "1", 0, 0, batch.ErrSampleCount},
		"too many keys":     {body, "1", batch.MaxKeys + 1, 1, batch.ErrSampleCount},
	} {
		if got, err := batch.Sample([]byte(c.body), c.dice, c.total, c.count); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s: %v, %v; want %v", name, got, err, c.want)
		}
	}
}
