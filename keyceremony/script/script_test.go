package script_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/reviewed"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/keyceremony/script"
)

const example = `vault = "0123456789abcdef0123456789abcdef"
mode = "rehearsal"
profile = "v4-curve25519"
publish = 100
sample = 3
reserve = 2
place = "Étude exemple, Paris"
witnesses = ["Témoin Exemple"]
`

func TestParse(t *testing.T) {
	s, err := script.Parse("s.toml", []byte(example))
	if err != nil || s.Total() != 105 || s.Witnesses[0] != "Témoin Exemple" {
		t.Fatalf("%+v, %v", s, err)
	}
	if got := script.KeyTime(time.Date(2026, 11, 21, 10, 0, 30, 5, time.UTC)); got != time.Date(2026, 11, 21, 9, 59, 30, 0, time.UTC) {
		t.Errorf("keys are dated %v", got)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     error
	}{
		"no publish":       {"publish = 100\n", "publish = 0\n", script.ErrCounts},
		"nothing defaults": {"reserve = 2\n", "", reviewed.ErrMissing},
		"too many":         {"publish = 100\n", "publish = 100001\n", script.ErrCounts},
		"no sample":        {"sample = 3\n", "sample = 1\n", script.ErrCounts},
		"negative":         {"reserve = 2\n", "reserve = -2\n", script.ErrCounts},
		"unknown key":      {"reserve = 2\n", "reserves = 2\n", reviewed.ErrUnknown},
		"other profile":    {"v4-curve25519", "v3-rsa", policy.ErrProfile},
		"other mode":       {"rehearsal", "test", keyvalue.ErrValue},
		"vault":            {"0123456789abcdef0", "x123456789abcdef0", keyvalue.ErrValue},
		"hidden in place":  {"exemple, Paris", `exemple\u202e, Paris`, keyvalue.ErrInvisible},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(example, c.old, c.new, 1)
			if _, err := script.Parse("s.toml", []byte(text)); !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), "s.toml: ") {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

// The public batch of post-quantum keys must fit into one file.
func TestBulk(t *testing.T) {
	for _, profile := range keypair.Profiles() {
		for publish, fits := range map[int]bool{script.MaxPublishPQ: true, script.MaxPublish: profile != keypair.V6PostQuantum} {
			text := strings.Replace(example, "v4-curve25519", string(profile), 1)
			text = strings.Replace(text, "publish = 100\n", fmt.Sprintf("publish = %d\n", publish), 1)
			_, err := script.Parse("s.toml", []byte(text))
			if errors.Is(err, script.ErrBulk) == fits || fits && err != nil {
				t.Errorf("%d of %s: %v", publish, profile, err)
			}
		}
	}
}

func TestCheckAgainst(t *testing.T) {
	s, err := script.Parse("s.toml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	p := policy.Policy{Vault: s.Vault, Mode: s.Mode, Profile: s.Profile}
	if err := s.CheckAgainst(&p); err != nil {
		t.Error(err)
	}
	other := p
	other.Vault = strings.Repeat("0", 32)
	if err := s.CheckAgainst(&other); !errors.Is(err, script.ErrVault) {
		t.Error(err)
	}
	other = p
	other.Mode = keyvalue.Production
	if err := s.CheckAgainst(&other); !errors.Is(err, script.ErrMode) {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(example))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 1024*len(data))()
		s, err := script.Parse("s.toml", data)
		if (s == nil) == (err == nil) {
			t.Fatal("neither a script nor an error, or both")
		}
		if err == nil && (s.Total() < 3 || s.Digest != sha256.Sum256(data)) {
			t.Fatalf("took %+v", s)
		}
	})
}
