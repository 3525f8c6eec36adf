package secret_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"testing"

	"bailiff/custody/secret"
)

// What signing leaves behind beside the key, in a cache of the standard library, is gone after Erase.
func TestEraseReachesCaches(t *testing.T) {
	inverse := make([]byte, 32) // of what is looked for, which must stand nowhere itself
	buffer := secret.New(1 << 20)
	defer buffer.Wipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		secret.Do(func() { signAndForget(inverse) })
	}()
	<-done
	if secret.Erasing && copies(t, inverse, buffer.Expose()) == 0 {
		t.Log("nothing was left behind before: the toolchain has become tidier")
	}
	secret.Erase()
	if found := copies(t, inverse, buffer.Expose()); secret.Erasing && found != 0 {
		t.Errorf("%d copies are left", found)
	}
}

// signAndForget signs with a fixed key and returns the inverse of the prefix of RFC 8032 §5.1.5.
//
//go:noinline
func signAndForget(inverse []byte) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{0x3c}, ed25519.SeedSize))
	ed25519.Sign(key, []byte("message"))
	expanded := sha512.Sum512(key.Seed())
	clear(key)
	for i := range inverse {
		inverse[i] = ^expanded[32+i]
	}
}
