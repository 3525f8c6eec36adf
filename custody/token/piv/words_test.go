//go:build cgo

package piv

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/testkit/rig"
)

// The words by which return codes are known are those of the piv-go that is linked.
func TestWords(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-piv/piv-go/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "piv", "pcsc_errors.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range regexp.MustCompile(`0x[0-9A-F]{8}: (".*"),`).FindAllStringSubmatch(string(source), -1) {
		var words string
		if _, err := fmt.Sscanf(m[1], "%q", &words); err != nil {
			t.Fatal(err)
		}
		all = append(all, words)
	}
	if len(all) < 50 {
		t.Fatalf("only %d codes found", len(all))
	}
	for words, sentinel := range pcscErrors {
		if !slices.Contains(all, words) {
			t.Errorf("piv-go never says %q", words)
		}
		err := fmt.Errorf("transmitting request: %w", errors.New(words))
		if got := translate(err); !errors.Is(got, sentinel) {
			t.Errorf("%q is %v", words, got)
		}
	}
}

// The way through piv-go's connection is there, and a command through it says what piv-go says.
func TestTransmit(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: 20007001})
	c := open(t, &Readers{}, "20007001")
	d := c.dev.(*yubikey)
	const insVersion, insNothing = 0xfd, 0x01
	if got, err := d.raw(insVersion, 0, 0, nil); err != nil || string(got) != "\x05\x07\x01" {
		t.Errorf("version %x, %v", got, err)
	}
	if got, err := d.raw(insNothing, 0, 0, nil); got != nil || !errors.Is(err, ErrUnlike) {
		t.Errorf("an unknown command: %x, %v", got, err)
	}
}
