package attestation_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"bailiff/custody/token/attestation"
)

var now = time.Date(2026, 11, 21, 18, 0, 0, 0, time.UTC)

// real are attestations of genuine devices, published in test data of other projects; each file names its source.
var real = map[string]attestation.Statement{
	"4.3.5-9a":      {Slot: 0x9a, Serial: 5970478, Firmware: v(4, 3, 5), Made: v(4, 3, 4), PIN: attestation.PINAlways, Touch: attestation.TouchNever},
	"4.3.7-9a":      {Slot: 0x9a, Firmware: v(4, 3, 7), Made: v(4, 3, 7), PIN: attestation.PINOnce, Touch: attestation.TouchNever},
	"4.4.5-9c-fips": {Slot: 0x9c, Serial: 10550341, Firmware: v(4, 4, 5), Made: v(4, 4, 5), PIN: attestation.PINAlways, Touch: attestation.TouchAlways, FIPS: true},
	"5.4.3-9a":      {Slot: 0x9a, Serial: 15732500, Firmware: v(5, 4, 3), Made: v(5, 4, 3), PIN: attestation.PINOnce, Touch: attestation.TouchNever, FormFactor: 4},
	"5.4.3-9a-fips": {Slot: 0x9a, Serial: 28989702, Firmware: v(5, 4, 3), Made: v(5, 4, 3), PIN: attestation.PINOnce, Touch: attestation.TouchCached, FormFactor: 0x81, FIPS: true},
	"5.7.1-9c":      {Slot: 0x9c, Serial: 30041834, Firmware: v(5, 7, 1), Made: v(5, 7, 1), PIN: attestation.PINAlways, Touch: attestation.TouchAlways, FormFactor: 3},
	"5.7.4-9a":      {Slot: 0x9a, Serial: 32718477, Firmware: v(5, 7, 4), Made: v(5, 7, 4), PIN: attestation.PINAlways, Touch: attestation.TouchNever, FormFactor: 4},
}

func v(major, minor, patch uint8) attestation.Version {
	return attestation.Version{Major: major, Minor: minor, Patch: patch}
}

func TestReal(t *testing.T) {
	files, err := filepath.Glob("testdata/real/*.pem")
	if err != nil || len(files) != len(real) {
		t.Fatalf("%d files, %d listed: %v", len(files), len(real), err)
	}
	for name, want := range real {
		t.Run(name, func(t *testing.T) {
			c := certificates(t, "testdata/real/"+name+".pem")
			s, err := attestation.Yubico().VerifyOne(c[0], c[1], now)
			if err != nil {
				t.Fatal(err)
			}
			if s.Key == nil {
				t.Error("no key")
			}
			s.Key = nil
			if !reflect.DeepEqual(*s, want) {
				t.Errorf("states %+v, want %+v", *s, want)
			}
		})
	}
}

// TestRealPairs: no device's certificate vouches for the attestations of another production line.
func TestRealPairs(t *testing.T) {
	for a := range real {
		for b := range real {
			if a == b {
				continue
			}
			device, leaf := certificates(t, "testdata/real/"+a+".pem")[0], certificates(t, "testdata/real/"+b+".pem")[1]
			if s, err := attestation.Yubico().VerifyOne(device, leaf, now); !errors.Is(err, attestation.ErrChain) || s != nil {
				t.Errorf("%s vouches for %s: %v", a, b, err)
			}
		}
	}
}

// TestRealAltered: whatever byte of an attestation or of the device's certificate is altered, wherever it
// is cut, and whatever stands behind it, it is refused.
func TestRealAltered(t *testing.T) {
	roots := attestation.Yubico()
	for _, name := range []string{"4.3.7-9a", "5.7.4-9a"} {
		c := certificates(t, "testdata/real/"+name+".pem")
		for which := range c {
			altered := [][]byte{append(append([]byte{}, c[which]...), 0)}
			for i := range c[which] {
				b := append([]byte{}, c[which]...)
				b[i] ^= 1 << (i % 8)
				altered = append(altered, b, c[which][:i])
			}
			for i, b := range altered {
				chain := [][]byte{c[0], c[1]}
				chain[which] = b
				if s, err := roots.VerifyOne(chain[0], chain[1], now); err == nil || s != nil {
					t.Errorf("%s, certificate %d, alteration %d is accepted", name, which, i)
				}
			}
		}
	}
}

// TestRealDates: a chain verifies at the time of the enrolment for ever, and at no time outside its dates.
func TestRealDates(t *testing.T) {
	c := certificates(t, "testdata/real/5.4.3-9a.pem")
	for at, want := range map[time.Time]error{
		time.Date(2016, 3, 14, 0, 0, 0, 0, time.UTC):    nil,
		time.Date(2016, 3, 13, 23, 59, 59, 0, time.UTC): attestation.ErrDate,
		time.Date(2052, 4, 17, 0, 0, 0, 0, time.UTC):    nil,
		time.Date(2052, 4, 17, 0, 0, 1, 0, time.UTC):    attestation.ErrDate,
	} {
		if _, err := attestation.Yubico().VerifyOne(c[0], c[1], at); !errors.Is(err, want) {
			t.Errorf("at %v: %v, want %v", at, err, want)
		}
	}
}
