package officer_test

import (
	"bytes"
	"slices"
	"testing"
	"time"
)

// TestStockVerifierTakesFlips: of the area that no signature covers, sqv accepts bytes that were changed;
// the very same files are refused here. What it refuses, we refuse too.
func TestStockVerifierTakesFlips(t *testing.T) {
	t.Parallel()
	issued := time.Now().Add(-2 * time.Hour).UTC().Truncate(time.Second)
	b := newBench(t, newEntity(t, "Officer", keyConfig(issued)), newEntity(t, "Officer", keyConfig(issued)), newEntity(t, "Officer", keyConfig(issued)))
	b.text = format(t, example(t, b.roster.Digest(), issued))
	d := &desk{dir: t.TempDir(), roster: b.roster, text: b.text}
	d.write(t, "officers.pgp", b.roster.Bytes())
	d.write(t, "order.txt", b.text)
	at := issued.Add(time.Hour)
	first, second := plain(b.officers[0].PrivateKey, b.text, at).packet(t), plain(b.officers[1].PrivateKey, b.text, at).packet(t)
	good := slices.Concat(first, second)
	if _, err := b.roster.Verify(b.text, good, time.Now()); err != nil || d.sqv(t, good) != nil {
		t.Fatalf("untouched: %v", err)
	}
	id := b.officers[0].PrimaryKey.Fingerprint[12:]
	start := bytes.LastIndex(first, id) - 4 // the area's length, the subpacket's length and type
	taken := 0
	for i := start; i < start+12; i++ {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		_, err := b.roster.Verify(b.text, bad, time.Now())
		if err == nil {
			t.Errorf("byte %d of the unsigned area changed: accepted", i-start)
		}
		if d.sqv(t, bad) == nil {
			taken++
		}
	}
	if taken < 8 {
		t.Errorf("sqv took %d of 12 changes only: is this the unsigned area?", taken)
	}
	stranger := plain(newEntity(t, "Stranger", keyConfig(issued)).PrivateKey, b.text, at).packet(t)
	for what, more := range map[string][]byte{"a marker": {0xca, 3, 'P', 'G', 'P'}, "a stranger's signature": stranger} {
		bad := slices.Concat(good, more)
		_, err := b.roster.Verify(b.text, bad, time.Now())
		if err == nil || d.sqv(t, bad) != nil {
			t.Errorf("%s: ours %v, and sqv should take it", what, err)
		}
	}
}
