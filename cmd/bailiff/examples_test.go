package main_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/keyceremony/keybatch"
	"bailiff/release/handover"
	"bailiff/release/order"
)

// formatter is what a parser returns.
type formatter interface{ Format() ([]byte, error) }

func reading[T formatter](parse func([]byte) (T, error)) func([]byte) (formatter, error) {
	return func(data []byte) (formatter, error) { return parse(data) }
}

// TestExamples reads every example of docs/examples.md that has a parser, and writes it again.
func TestExamples(t *testing.T) {
	page, err := os.ReadFile("../../docs/examples.md")
	if err != nil {
		t.Fatal(err)
	}
	parsers := map[string]func([]byte) (formatter, error){
		"bailiff-enrolment/1": reading(token.ParseEnrolment),
		"bailiff-policy/1":    reading(policy.Parse),
		"bailiff-anchor/1":    nil, // its words stand below it in the same block
		"bailiff-entry/1":     reading(ledger.ParseEntry),
		"bailiff-manifest/1":  reading(batch.ParseManifest),
		"bailiff-batch/1":     reading(keybatch.ParseHeader),
		"bailiff-burnt/1":     reading(batch.ParseBurntList),
		"bailiff-reserve/1":   reading(batch.ParseReserveList),
		"bailiff-proof/1":     reading(ledger.ParseProof),
		"bailiff-order/1":     reading(order.Parse),
		"bailiff-kit/1":       reading(handover.ParseLabel),
	}
	seen := map[string]bool{}
	blocks := strings.Split(string(page), "\n```\n")
	for i := 1; i < len(blocks); i += 2 {
		block := []byte(blocks[i] + "\n")
		name, _, _ := strings.Cut(blocks[i], "\n")
		parse := parsers[name]
		if parse == nil {
			continue
		}
		seen[name] = true
		value, err := parse(block)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, err := value.Format(); err != nil || !bytes.Equal(again, block) {
			t.Errorf("%s came back as\n%s%v", name, again, err)
		}
	}
	for name, parse := range parsers {
		if parse != nil && !seen[name] {
			t.Errorf("no example of %s", name)
		}
	}
}
