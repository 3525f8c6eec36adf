package soft

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"errors"
	"fmt"
	"sync"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
)

// Token is an unlocked software token: a [token.Token] and a [token.HeadKeeper]. Its private keys
// are in locked memory until [Token.Close].
type Token struct {
	file *File
	keys *keys
	mu   sync.RWMutex // held to write while the keys are wiped
}

// Unlock tries the PIN and returns the token, which the caller closes.
//
// A wrong PIN is a *[token.PINError]. After the third one in a row it is also
// [token.ErrLocked], as is every further call, whatever the PIN, for ever. [ErrPINForm]
// costs no try. [token.ErrDamaged]: the PIN may be right, but the keys are not those of the file's
// public part. [token.ErrBusy]: another process is at it.
func (f *File) Unlock(pin *secret.Bytes) (t *Token, err error) {
	if err := CheckPIN(pin); err != nil {
		return nil, fault.At(f.path, err)
	}
	defer secret.Erase()
	return f.unlock(func(c *contents) (k *keys, err error) {
		secret.Do(func() { k, err = c.openWith(pin) })
		return k, err
	})
}

// unlock takes a try off, lets open try the PIN, and gives the try back when it was right.
func (f *File) unlock(open func(*contents) (*keys, error)) (*Token, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	release, err := lock(f.disk, f.path)
	if err != nil {
		return nil, err
	}
	defer release()
	left := 0
	err = f.change(func(s *state) error {
		if s.tries == 0 {
			return errLocked
		}
		s.tries--
		left = s.tries
		return nil
	})
	if err != nil {
		return nil, err
	}
	k, err := open(&f.contents)
	if err != nil {
		return nil, fault.At(f.path, refusal(err, left))
	}
	err = f.change(func(s *state) error { s.tries = maxTries; return nil })
	if err != nil {
		k.wipe()
		return nil, err
	}
	return &Token{file: f, keys: k}, nil
}

// refusal says of a wrong PIN how many tries are left.
func refusal(err error, left int) error {
	if !errors.Is(err, token.ErrPIN) {
		return err
	}
	wrong := &token.PINError{Tries: left}
	if left == 0 {
		return fmt.Errorf("%w; %w", wrong, errLocked)
	}
	return wrong
}

// Close wipes the private keys. It waits for operations that are under way; later ones
// fail with [token.ErrClosed]. It may be called again.
func (t *Token) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keys.wipe()
	secret.Erase()
	return nil
}

// Identity says which token this is: always one for rehearsals.
func (t *Token) Identity() token.Identity { return t.file.Identity() }

// SealingKey returns the P-256 public key.
func (t *Token) SealingKey() *ecdh.PublicKey { return t.file.SealingKey() }

// SigningKey returns the Ed25519 public key.
func (t *Token) SigningKey() token.SigningKey { return t.file.SigningKey() }

// ECDH implements [token.Token].
func (t *Token) ECDH(peer *ecdh.PublicKey) (shared []byte, err error) {
	if peer == nil || peer.Curve() != ecdh.P256() {
		return nil, t.at(token.ErrPeer)
	}
	err = t.use(t.keys.scalar, func(scalar []byte) error {
		private, err := ecdh.P256().NewPrivateKey(scalar)
		if err != nil {
			return err
		}
		shared, err = private.ECDH(peer)
		return err
	})
	return shared, err
}

// Sign implements [token.Token].
func (t *Token) Sign(message []byte) (signature []byte, err error) {
	err = t.use(t.keys.seed, func(seed []byte) error {
		private := ed25519.NewKeyFromSeed(seed)
		defer clear(private)
		signature = ed25519.Sign(private, message)
		return nil
	})
	return signature, err
}

// use lends a private key to f, unless the token is closed.
func (t *Token) use(key *secret.Bytes, f func(key []byte) error) (err error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if key.Len() == 0 {
		return t.at(token.ErrClosed)
	}
	secret.Do(func() { err = f(key.Expose()) })
	return t.at(err)
}

func (t *Token) at(err error) error { return fault.At(t.file.serial, err) }

// Head implements [token.HeadKeeper].
func (t *Token) Head(vault string) (token.Head, error) {
	s, err := t.file.state()
	if err != nil {
		return token.Head{}, err
	}
	h, err := s.heads.Head(vault)
	return h, t.at(err)
}

// KeepHead implements [token.HeadKeeper]. It remembers heads.Max vaults and refuses one more with
// [token.ErrHeads].
func (t *Token) KeepHead(vault string, h token.Head) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.keys.seed.Len() == 0 {
		return t.at(token.ErrClosed)
	}
	return t.file.update(func(s *state) error { _, err := s.heads.Keep(vault, h); return err })
}
