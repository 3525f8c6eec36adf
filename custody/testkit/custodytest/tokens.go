package custodytest

import (
	"crypto/rand"
	"os"
	"strings"
	"sync"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/secret"
	"bailiff/custody/token/soft"
)

// made are the files of software tokens that this process made, as they were made. Each costs scrypt twice, the second
// time to prove what was written; a copy costs it once. No test meets one token twice, but tests meet the same ones.
var made struct {
	sync.Mutex
	files []tokenFiles
	next  map[string]int // by test, without its subtests
}

// tokenFiles are a token and its state, never used.
type tokenFiles struct{ token, state []byte }

// addToken puts the test's next token at path.
func (b *Bench) addToken(t testing.TB, path string) {
	t.Helper()
	pin := secret.From([]byte(PIN))
	defer pin.Wipe()
	tok, err := nextToken(t, path, pin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tok.Close() })
	b.Tokens = append(b.Tokens, tok)
	b.Files = append(b.Files, path)
}

func nextToken(t testing.TB, path string, pin *secret.Bytes) (*soft.Token, error) {
	test, _, _ := strings.Cut(t.Name(), "/")
	state := strings.TrimSuffix(path, ".token") + ".state"
	made.Lock()
	if made.next == nil {
		made.next = map[string]int{}
	}
	n := made.next[test]
	made.next[test]++
	if n < len(made.files) {
		f := made.files[n]
		made.Unlock()
		return f.copyTo(path, state, pin)
	}
	defer made.Unlock()
	tok, err := soft.Create(new(durable.Disk), path, pin, rand.Reader)
	if err != nil {
		return nil, err
	}
	var f tokenFiles
	if f.token, err = os.ReadFile(path); err != nil {
		return nil, err
	}
	if f.state, err = os.ReadFile(state); err != nil {
		return nil, err
	}
	made.files = append(made.files, f)
	return tok, nil
}

func (f tokenFiles) copyTo(path, state string, pin *secret.Bytes) (*soft.Token, error) {
	d := new(durable.Disk)
	if err := d.Create(state, f.state, 0o600); err != nil {
		return nil, err
	}
	if err := d.Create(path, f.token, 0o400); err != nil {
		return nil, err
	}
	file, err := soft.Open(d, path)
	if err != nil {
		return nil, err
	}
	return file.Unlock(pin)
}
