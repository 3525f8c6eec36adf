//go:build long

package main

import (
	"testing"

	"bailiff/custody/keypair"
)

// TestLongInterop has each program open what each program encrypted, wherever both read the profile's keys.
func TestLongInterop(t *testing.T) {
	page, pairs, want := readMatrix(t), 0, 0
	for _, p := range keypair.Profiles() {
		t.Run(string(p), func(t *testing.T) {
			j := newJourney(t, p)
			const plain = "Le coffre est ouvert.\n"
			messages, readers := map[string]string{}, []program{}
			same := 0 // programs of this machine that read the profile's keys
			for _, q := range programs(t) {
				if page[p][q.name] == reads {
					same++
				}
				if message, err := q.encrypt(j, plain); err == nil {
					messages[q.name], readers = message, append(readers, q)
				}
			}
			want += same * same
			for _, q := range readers {
				for from, message := range messages {
					if got, err := q.decrypt(j, message); err != nil || got != plain {
						t.Errorf("%s opens %q from %s: %.300v", q.name, got, from, err)
					}
					pairs++
				}
			}
		})
	}
	t.Logf("counts: %d pairs of programs", pairs)
	if pairs != want || want < 3*7*7+3*3+2*2 {
		t.Errorf("%d pairs, want %d", pairs, want)
	}
}
