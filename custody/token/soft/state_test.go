package soft

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
)

const (
	vaultA = "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
	vaultB = "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
)

var empty = token.Head{Root: sha256.Sum256(nil)}

// keeper returns a token whose state is that of the fixture, and the path of that state.
func keeper(t *testing.T) (tok *Token, statePath string) {
	t.Helper()
	path, _ := place(t)
	f, err := Open(&durable.Disk{}, path)
	if err != nil {
		t.Fatal(err)
	}
	return &Token{file: f, keys: &keys{secret.New(32), secret.New(32)}}, sibling(path, stateSuffix)
}

// The form of docs/formats.md, to the byte.
func TestStateGolden(t *testing.T) {
	s := freshState("67246002")
	if got, err := s.format(); err != nil || !bytes.Equal(got, golden(t, "c01.state")) {
		t.Errorf("fresh: wrote %q, %v", got, err)
	}
	s.tries = 2
	var a, b token.Head
	a.Size, b.Size = 3, 1<<63-1
	for i := range a.Root {
		a.Root[i], b.Root[i] = 0x1b, 0x2c
	}
	for vault, h := range map[string]token.Head{vaultB: b, vaultA: a} {
		if _, err := s.heads.Keep(vault, h); err != nil {
			t.Fatal(err)
		}
	}
	data := golden(t, "heads.state")
	if got, err := s.format(); err != nil || !bytes.Equal(got, data) {
		t.Errorf("wrote\n%s%v, want\n%s", got, err, data)
	}
	if got, err := parseState(data); err != nil || !reflect.DeepEqual(got, s) {
		t.Errorf("read %+v, %v", got, err)
	}
}

func TestHeadsThatAreRefused(t *testing.T) {
	root := strings.Repeat("1b", 32)
	line := "head: " + vaultA + " 3 " + root + "\n"
	for name, lines := range map[string]string{
		"twice":               line + line,
		"descending":          "head: " + vaultB + " 3 " + root + "\n" + line,
		"no entries":          fmt.Sprintf("head: %s 0 %x\n", vaultA, empty.Root),
		"a root of nothing":   fmt.Sprintf("head: %s 3 %x\n", vaultA, empty.Root),
		"negative":            strings.Replace(line, " 3 ", " -3 ", 1),
		"a leading zero":      strings.Replace(line, " 3 ", " 03 ", 1),
		"above 63 bits":       strings.Replace(line, " 3 ", " 9223372036854775808 ", 1),
		"a vault in capitals": strings.Replace(line, vaultA, strings.ToUpper(vaultA), 1),
		"a short vault":       strings.Replace(line, vaultA, vaultA[:30], 1),
		"a short root":        strings.Replace(line, root, root[:62], 1),
		"a digest's prefix":   strings.Replace(line, root, "sha256:"+root, 1),
		"two blanks":          strings.Replace(line, " 3 ", "  3 ", 1),
		"a word too many":     strings.Replace(line, root, root+" x", 1),
		"another field":       line + "size: 3\n",
		"the size alone":      "size: 0\n",
		"seventeen":           manyHeads(17),
	} {
		data := stateFormat + "\nserial: 67246002\ntries: 3\n" + lines
		if s, err := parseState([]byte(data)); err == nil {
			t.Errorf("%s: read %+v", name, s)
		}
	}
	data := stateFormat + "\nserial: 67246002\ntries: 3\n" + manyHeads(16)
	if _, err := parseState([]byte(data)); err != nil {
		t.Errorf("sixteen: %v", err)
	}
}

func manyHeads(n int) (lines string) {
	for i := range n {
		lines += fmt.Sprintf("head: %032x 3 %064x\n", i, i)
	}
	return lines
}

// A token remembers sixteen vaults, at their largest in a file that it can read again, and
// forgets none for a seventeenth.
func TestSeventeenthVaultIsRefused(t *testing.T) {
	tok, path := keeper(t)
	vault := func(i int) string { return fmt.Sprintf("%032x", 16-i) }
	h := token.Head{Size: 1<<63 - 2, Root: [32]byte{1}}
	for i := range 16 {
		if err := tok.KeepHead(vault(i), h); err != nil {
			t.Fatalf("vault %d: %v", i, err)
		}
	}
	before := stateOnDisk(t, path)
	if err := tok.KeepHead(vault(16), h); !errors.Is(err, token.ErrHeads) {
		t.Errorf("a seventeenth: %v", err)
	}
	if after := stateOnDisk(t, path); !reflect.DeepEqual(after, before) {
		t.Errorf("a refusal changed the state to %+v", after)
	}
	if got, err := tok.Head(vault(16)); err != nil || got != empty {
		t.Errorf("the head of the seventeenth is %+v, %v", got, err)
	}
	if err := tok.KeepHead(vault(16), empty); err != nil {
		t.Errorf("the empty ledger, which takes no room: %v", err)
	}
	h.Size++
	for i := range 16 {
		if err := tok.KeepHead(vault(i), h); err != nil {
			t.Errorf("vault %d, moving on: %v", i, err)
		}
	}
}

func stateOnDisk(t *testing.T, path string) state {
	t.Helper()
	s, err := readState(&durable.Disk{}, path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestKeepHeadRefusesTheEmptyRootForEntries(t *testing.T) {
	tok, path := keeper(t)
	if err := tok.KeepHead(vaultA, token.Head{Size: 3, Root: empty.Root}); !errors.Is(err, token.ErrForked) {
		t.Errorf("error %v", err)
	}
	if err := tok.KeepHead(vaultA, empty); err != nil {
		t.Errorf("the empty ledger again: %v", err)
	}
	if s := stateOnDisk(t, path); !s.unused() {
		t.Errorf("the empty ledger was written down: %+v", s)
	}
}

func FuzzState(f *testing.F) {
	f.Add(golden(f, "c01.state"))
	f.Add(golden(f, "heads.state"))
	f.Add([]byte(stateFormat + "\nserial: 67246002\ntries: 0\n" + manyHeads(16)))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		s, err := parseState(data)
		if err != nil {
			if !reflect.DeepEqual(s, state{}) {
				t.Fatal("a state beside an error")
			}
			if errors.Is(err, token.ErrHeads) && bytes.Count(data, []byte("\nhead: ")) <= 16 {
				t.Fatal("too many heads, but there are not")
			}
			return
		}
		for _, h := range s.heads {
			if err := keyvalue.CheckVaultID(h.Vault); err != nil || h.Size < 1 {
				t.Fatalf("read the head %+v", h)
			}
		}
		if out, err := s.format(); err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}
