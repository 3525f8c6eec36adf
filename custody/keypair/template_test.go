package keypair

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"
)

// compose makes a key of the default profile.
func compose(t *testing.T, userID string, created time.Time, rehearsal bool) *Pair {
	t.Helper()
	_, primary, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	subkey, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := Compose(primary, subkey.Bytes(), subkey.PublicKey().Bytes(), userID, created, rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Private.Wipe)
	return k
}

// TestOneTemplate: a key that departs from the profile in one byte, and whose signatures are right for what it says,
// is refused. That the signatures would be wrong protects nobody from whoever has the key make them: the parameters of the key
// derivation, say, tell which cipher wraps what is encrypted to the key.
func TestOneTemplate(t *testing.T) {
	const userID = "bailiff batch b20261121-7f3a9c key 000042 (REHEARSAL)"
	created := time.Unix(1_700_000_000, 0)
	check := func() (whole, form error) {
		k := compose(t, userID, created, true)
		_, whole = Check(V4Curve25519, k.Public, userID, created, true)
		_, form = CheckForm(V4Curve25519, k.Public, userID, created, true)
		return whole, form
	}
	if whole, form := check(); whole != nil || form != nil {
		t.Fatalf("as it is: %v, %v", whole, form)
	}
	for name, part := range map[string]*[]byte{"parameters of the key": &primaryParams, "parameters of the subkey": &subkeyParams, "key derivation": &subkeyKDF} {
		good := *part
		for i := range good {
			*part = bytes.Clone(good)
			(*part)[i] ^= 1
			k := compose(t, userID, created, true)
			*part = good
			if _, err := Check(V4Curve25519, k.Public, userID, created, true); err == nil {
				t.Errorf("byte %d of the %s: accepted", i, name)
			}
			if _, err := CheckForm(V4Curve25519, k.Public, userID, created, true); err == nil {
				t.Errorf("byte %d of the %s: its form is accepted", i, name)
			}
			private := CheckPrivate(V4Curve25519, k.Private, compose(t, userID, created, true).Public)
			if !errors.Is(private, ErrPrivate) {
				t.Errorf("byte %d of the %s: of another key, %v", i, name, private)
			}
		}
	}
}

// TestKeyOfAnother: every part of a key that is signed for another user ID, time or mode is refused as that.
func TestKeyOfAnother(t *testing.T) {
	const userID, marked = "bailiff batch b20261121-7f3a9c key 000042", "bailiff batch b20261121-7f3a9c key 000042 (REHEARSAL)"
	created := time.Unix(1_700_000_000, 0)
	key, rehearsal := compose(t, userID, created, false), compose(t, marked, created, true)
	for what, c := range map[string]struct {
		public    []byte
		userID    string
		created   time.Time
		rehearsal bool
		want      error
	}{
		"another number":        {key.Public, "bailiff batch b20261121-7f3a9c key 000043", created, false, ErrUserID},
		"a longer name":         {key.Public, userID + "0", created, false, ErrUserID},
		"a second later":        {key.Public, userID, created.Add(time.Second), false, ErrCreated},
		"as a rehearsal":        {key.Public, marked, created, true, ErrMark},
		"a rehearsal as real":   {rehearsal.Public, userID, created, false, ErrMark},
		"two packets swapped":   {swapped(key.Public), userID, created, false, ErrPackets},
		"a key without subkey":  {key.Public[:bytes.LastIndexByte(key.Public, tagPublicSubkey)], userID, created, false, ErrPackets},
		"nothing":               {nil, userID, created, false, ErrPackets},
		"a name too long":       {key.Public, string(bytes.Repeat([]byte("x"), maxUserID+1)), created, false, ErrUserID},
		"a part of a second":    {key.Public, userID, created.Add(1), false, ErrCreated},
		"a name with an escape": {key.Public, "a\x1b", created, false, ErrUserID},
	} {
		fingerprint, err := Check(V4Curve25519, c.public, c.userID, c.created, c.rehearsal)
		if !errors.Is(err, c.want) || fingerprint != "" {
			t.Errorf("%s: %q %v, want %v", what, fingerprint, err, c.want)
		}
		if fingerprint, err = CheckForm(V4Curve25519, c.public, c.userID, c.created, c.rehearsal); !errors.Is(err, c.want) || fingerprint != "" {
			t.Errorf("the form of %s: %q %v, want %v", what, fingerprint, err, c.want)
		}
	}
}

// TestTimesThatCannotBeWritten: a key of 1970 is not one of a time that OpenPGP cannot write, and would be cut to zero.
func TestTimesThatCannotBeWritten(t *testing.T) {
	const userID = "bailiff batch b20261121-7f3a9c key 000042"
	start := time.Unix(0, 0)
	key := compose(t, userID, start, false)
	for _, created := range []time.Time{start.Add(1), start.Add(-1), time.Unix(-1, 0), time.Unix(1<<32, 0)} {
		if _, err := Check(V4Curve25519, key.Public, userID, created, false); !errors.Is(err, ErrCreated) {
			t.Errorf("%s: %v", created, err)
		}
		if _, err := Compose(make(ed25519.PrivateKey, ed25519.PrivateKeySize), nil, nil, userID, created, false); !errors.Is(err, ErrCreated) {
			t.Errorf("composed at %s: %v", created, err)
		}
	}
	if _, err := Compose(make(ed25519.PrivateKey, ed25519.PrivateKeySize), nil, nil, userID, start, true); !errors.Is(err, ErrMark) {
		t.Errorf("composed without the mark: %v", err)
	}
	if _, err := Check(V4Curve25519, key.Public, userID, start, false); err != nil {
		t.Error(err)
	}
}

// TestUserIDs: a user ID is something, short enough for its packet, in plain characters, and bears the mark in a rehearsal only.
func TestUserIDs(t *testing.T) {
	for id, want := range map[string]error{
		"key": nil, "": ErrUserID, strings.Repeat("x", maxUserID): nil, strings.Repeat("x", maxUserID+1): ErrUserID,
		"key (REHEARSAL)": ErrMark, "key (comment)": ErrUserID, "key <a@example.org>": ErrUserID, "clé": ErrUserID, "a\nb": ErrUserID,
	} {
		if name, err := SplitUserID(id, false); !errors.Is(err, want) || err == nil && name != id {
			t.Errorf("%q: %q %v", id, name, err)
		}
	}
	for id, want := range map[string]error{
		"key (REHEARSAL)": nil, " (REHEARSAL)": ErrUserID, "key": ErrMark, "key (REHEARSAL) (REHEARSAL)": ErrUserID,
	} {
		if name, err := SplitUserID(id, true); !errors.Is(err, want) || err == nil && name != "key" {
			t.Errorf("%q in a rehearsal: %q %v", id, name, err)
		}
	}
}

// swapped puts the user ID of a key before it.
func swapped(public []byte) []byte {
	n := 2 + int(public[1])
	m := 2 + int(public[n+1])
	return bytes.Join([][]byte{public[n : n+m], public[:n], public[n+m:]}, nil)
}
