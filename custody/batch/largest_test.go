package batch_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/strictzip"
)

// TestLargestManifest: what docs/formats.md allows at most is taken, and one more is not.
func TestLargestManifest(t *testing.T) {
	m, err := batch.ParseManifest(manifestText(manifestLines...))
	if err != nil {
		t.Fatal(err)
	}
	m.Threshold, m.Custodians, m.Keys = 9, 16, batch.MaxKeys
	m.Volumes = nil
	for i := range 9999 {
		m.Volumes = append(m.Volumes, batch.Volume{Name: fmt.Sprintf("sealed-%04d.zip", i+1), Size: strictzip.MaxSize})
	}
	m.Volumes[0].Size = 1
	data, err := m.Format()
	if err != nil {
		t.Fatal(err)
	}
	again, err := batch.ParseManifest(data)
	if err != nil || again.Keys != batch.MaxKeys || !slices.Equal(again.Volumes, m.Volumes) {
		t.Fatalf("came back as %d keys in %d volumes: %v", again.Keys, len(again.Volumes), err)
	}
	for what, change := range map[string]func(*batch.Manifest){
		"a custodian more": func(m *batch.Manifest) { m.Custodians++ },
		"a key more":       func(m *batch.Manifest) { m.Keys++ },
		"a byte more":      func(m *batch.Manifest) { m.Volumes[1].Size++ },
		"a volume more": func(m *batch.Manifest) {
			m.Volumes = append(m.Volumes, batch.Volume{Name: "sealed-10000.zip", Size: 1})
		},
	} {
		larger := *m
		larger.Volumes = slices.Clone(m.Volumes)
		change(&larger)
		if _, err := larger.Format(); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

// TestOutermostNumbers: the first and the last key that a batch can have may be burnt, and none beyond.
func TestOutermostNumbers(t *testing.T) {
	l, err := batch.ParseBurntList([]byte(burntText))
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Repeat([]byte("b"), len(fp))
	l.Keys = []batch.ListedKey{{Number: 1, Fingerprint: fp}, {Number: batch.MaxKeys, Fingerprint: string(other)}}
	if _, err := l.Format(); err != nil {
		t.Error(err)
	}
	for _, n := range []int{0, batch.MaxKeys + 1} {
		l.Keys = []batch.ListedKey{{Number: n, Fingerprint: fp}}
		if _, err := l.Format(); err == nil || errors.Is(err, batch.ErrListOrder) {
			t.Errorf("number %d: %v", n, err)
		}
	}
}
