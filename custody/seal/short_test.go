package seal_test

import (
	"bytes"
	"crypto/ecdh"
	"errors"
	"strings"
	"testing"

	"bailiff/custody/seal"
	"bailiff/custody/secret"
)

// A key file of every length, each of whose packet lengths is in order: whatever is too short for
// what must stand in it is no key file, and nothing else than the whole opens.
func TestShortKeyFiles(t *testing.T) {
	private, dataKey := random(t, 40), random(t, 32)
	file := sealedKey(t, private, dataKey)
	const head = 6 + 8 + 1 // of the first packet, to its end
	body := file[head+2:]
	if int(file[head+1]) != len(body) {
		t.Fatal("not the layout that is cut here")
	}
	for n := range len(body) {
		cut := append(append(bytes.Clone(file[:head+1]), byte(n)), body[:n]...)
		want := seal.ErrDamaged
		if n < 1+18+8+22 {
			want = seal.ErrKeyFile
		}
		if got, err := seal.OpenKey(cut, dataKey); got != nil || !errors.Is(err, want) {
			t.Errorf("%d bytes of %d: %v, want %v", n, len(body), err, want)
		}
	}
	for n := range head {
		if got, err := seal.OpenKey(file[:n], dataKey); got != nil || !errors.Is(err, seal.ErrKeyFile) {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
}

// The bounds stand where they are said to stand.
func TestFileBounds(t *testing.T) {
	dataKey := random(t, 32)
	for n, want := range map[int]error{seal.MaxKeyFile: seal.ErrKeyFile, seal.MaxKeyFile + 1: seal.ErrTooLarge} {
		if _, err := seal.OpenKey(make([]byte, n), dataKey); !errors.Is(err, want) {
			t.Errorf("a key file of %d bytes: %v", n, err)
		}
	}
	for n, want := range map[int]error{seal.MaxFile: seal.ErrFile, seal.MaxFile + 1: seal.ErrTooLarge} {
		if _, err := seal.OpenShare(make([]byte, n), newSoft(t)); !errors.Is(err, want) {
			t.Errorf("a share of %d bytes: %v", n, err)
		}
	}
	for n, want := range map[int]error{0: seal.ErrKeySize, seal.MaxKey + 1: seal.ErrKeySize, seal.MaxKey: nil} {
		if _, err := seal.SealKey(secret.New(n), dataKey); !errors.Is(err, want) {
			t.Errorf("a key of %d bytes: %v", n, err)
		}
	}
	for _, n := range []int{0, 31, 33} {
		_, sealing := seal.SealKey(random(t, 40), secret.New(n))
		_, opening := seal.OpenKey(nil, secret.New(n))
		if !errors.Is(sealing, seal.ErrDataKey) || !errors.Is(opening, seal.ErrDataKey) {
			t.Errorf("a data key of %d bytes: %v, %v", n, sealing, opening)
		}
	}
}

// A payload without a byte of plaintext is no share, one byte is (of which only its content is wrong).
func TestShortPayload(t *testing.T) {
	own := newSoft(t)
	file := sealed(t, newShare(t), own)
	start := bytes.Index(file, []byte("\n--- ")) + len("\n--- ") + 43 + 1
	for n, want := range map[int]error{0: seal.ErrFile, 32: seal.ErrFile, 33: seal.ErrDamaged} {
		if _, err := seal.OpenShare(file[:start+n], own); !errors.Is(err, want) {
			t.Errorf("a payload of %d bytes: %v", n, err)
		}
	}
}

// elsewhere is a token whose sealing key is none that shares are sealed to.
type elsewhere struct {
	*soft
	sealing *ecdh.PublicKey
}

func (e elsewhere) SealingKey() *ecdh.PublicKey { return e.sealing }

func TestTokenWithoutSuchAKey(t *testing.T) {
	own := newSoft(t)
	file := sealed(t, newShare(t), own)
	x, err := ecdh.X25519().NewPrivateKey([]byte(strings.Repeat("x", 32)))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []*ecdh.PublicKey{nil, x.PublicKey()} {
		if _, err := seal.OpenShare(file, elsewhere{own, k}); !errors.Is(err, seal.ErrTokens) || own.uses != 0 {
			t.Errorf("%v: %v after %d operations", k, err, own.uses)
		}
		if ok, err := seal.ForToken(file, k); ok || !errors.Is(err, seal.ErrTokens) {
			t.Errorf("for %v: %v, %v", k, ok, err)
		}
	}
}
