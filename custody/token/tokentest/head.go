package tokentest

import (
	"crypto/sha256"
	"errors"
	"strings"
	"sync"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
)

// The vaults that the suite shows a [token.HeadKeeper]. It must not have seen the last.
const (
	vault  = "7c1e5f0a93b2d4468f0e1a2b3c4d5e6f"
	other  = "7c1e5f0a93b2d4468f0e1a2b3c4d5e70"
	unseen = "ffffffffffffffffffffffffffffffff"
)

// testHead moves the head of a [token.HeadKeeper] on and tries to move it back.
func testHead(t *testing.T, tok token.Token) {
	keeper, ok := tok.(token.HeadKeeper)
	if !ok {
		return
	}
	start, err := keeper.Head(vault)
	if err != nil {
		t.Fatal(err)
	}
	next := token.Head{Size: start.Size + 5, Root: [32]byte{1}}
	for range 2 { // the same head again changes nothing
		if err := keeper.KeepHead(vault, next); err != nil {
			t.Fatalf("moving on: %v", err)
		}
	}
	for name, c := range map[string]struct {
		head token.Head
		want error
	}{
		"smaller":      {token.Head{Size: next.Size - 1, Root: next.Root}, token.ErrBackwards},
		"empty":        {token.Head{}, token.ErrBackwards},
		"negative":     {token.Head{Size: -1, Root: next.Root}, token.ErrBackwards},
		"another root": {token.Head{Size: next.Size, Root: [32]byte{2}}, token.ErrForked},
	} {
		if err := keeper.KeepHead(vault, c.head); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
	if got, err := keeper.Head(vault); err != nil || got != next {
		t.Errorf("the head is %+v, %v; want %+v", got, err, next)
	}
	testVaults(t, keeper, next)
	raceHeads(t, keeper, next)
}

// testVaults shows the keeper a second vault, whose ledger is shorter than the first one's and
// then another of the same length.
func testVaults(t *testing.T, keeper token.HeadKeeper, first token.Head) {
	nothing := token.Head{Root: sha256.Sum256(nil)}
	if got, err := keeper.Head(unseen); err != nil || got != nothing {
		t.Errorf("the head of a vault never seen is %+v, %v", got, err)
	}
	start, err := keeper.Head(other)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []token.Head{
		{Size: start.Size + 1, Root: [32]byte{3}},
		{Size: start.Size + first.Size, Root: [32]byte{4}},
	} {
		if err := keeper.KeepHead(other, h); err != nil {
			t.Errorf("another vault: %v", err)
		}
		if got, err := keeper.Head(other); err != nil || got != h {
			t.Errorf("the other vault's head is %+v, %v; want %+v", got, err, h)
		}
		if got, err := keeper.Head(vault); err != nil || got != first {
			t.Errorf("another vault made the head %+v, %v; want %+v", got, err, first)
		}
	}
	if err := keeper.KeepHead(other, nothing); !errors.Is(err, token.ErrBackwards) {
		t.Errorf("another vault, emptied: %v", err)
	}
	for _, bad := range []string{"", vault[1:], strings.ToUpper(vault), vault + " "} {
		if _, err := keeper.Head(bad); !errors.Is(err, keyvalue.ErrValue) {
			t.Errorf("the head of vault %q: %v", bad, err)
		}
		if err := keeper.KeepHead(bad, first); !errors.Is(err, keyvalue.ErrValue) {
			t.Errorf("keeping a head of vault %q: %v", bad, err)
		}
	}
}

// raceHeads lets several workers move on at once: the greatest size is what stays.
func raceHeads(t *testing.T, keeper token.HeadKeeper, from token.Head) {
	var all sync.WaitGroup
	for i := range workers {
		all.Go(func() {
			err := keeper.KeepHead(vault, token.Head{Size: from.Size + int64(i), Root: from.Root})
			if err != nil && !errors.Is(err, token.ErrBackwards) {
				t.Errorf("worker %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if got, err := keeper.Head(vault); err != nil || got.Size != from.Size+workers-1 {
		t.Errorf("after a race the head is %+v, %v", got, err)
	}
}
