package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/release/handover"
)

// found is what a kill left behind.
type found struct {
	stage string // where it was hit, for the histogram
	batch string // the batch of the ceremony, if one was opened
}

// inspect looks at a vault after a kill. The vault must verify, and the report must name what is
// unfinished. kept is how many batches there were before.
func inspect(dir string, kept int) (found, error) {
	var v verified
	if err := must(dir, 0, "bailiff vault verify --vault vault --json", &v); err != nil {
		return found{}, err
	}
	var s vaultShown
	if err := must(dir, 0, "bailiff vault show --vault vault --json", &s); err != nil {
		return found{}, err
	}
	mark := ""
	if v.Uncosigned > 0 {
		mark = " uncosigned"
	}
	if len(s.Orders) > 0 {
		o := s.Orders[0]
		if named := slices.Contains(v.Pending, o.Order); o.State != "delivered" && named != (o.State != "received") {
			return found{}, fmt.Errorf("order %s is %s, and verify does not name it", o.Order, o.State)
		}
		if o.State == "opened" && present(dir, "kit") {
			o.State = "kit in place"
		}
		return found{stage: o.State + mark}, nil
	}
	if len(s.Batches) == kept {
		return found{stage: "nothing" + mark}, nil
	}
	b := s.Batches[kept]
	unfinished := b.State != "proved" || v.Uncosigned > 0
	if unfinished && v.Unfinished != b.Batch {
		return found{}, fmt.Errorf("batch %s is %s, and verify names %q", b.Batch, b.State, v.Unfinished)
	}
	return found{stage: b.State + mark, batch: b.Batch}, nil
}

func present(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}

// checkFinished holds a vault whose work is done against itself: nothing is left over.
func checkFinished(dir string) error {
	var v verified
	if err := must(dir, 0, "bailiff vault verify --vault vault --json", &v); err != nil {
		return err
	}
	if v.Unfinished != "" || len(v.Pending) > 0 || v.Uncosigned > 0 || len(v.Leftovers) > 0 {
		return fmt.Errorf("left unfinished: %+v", v)
	}
	return nil
}

// checkUnpublished makes sure that nothing of an unproved batch gets out.
func checkUnpublished(dir, batch string) error {
	if err := must(dir, 4, "bailiff batch export --vault vault --out early.zip --batch "+batch, nil); err != nil {
		return err
	}
	if present(dir, "early.zip") {
		return errors.New("a refused export left a file behind")
	}
	return nil
}

// checkPublished makes sure that a proved batch gets out, and that a platform takes it.
func checkPublished(dir, batch string) error {
	if err := must(dir, 0, "bailiff batch export --vault vault --out late.zip --batch "+batch, nil); err != nil {
		return err
	}
	return must(dir, 0, "bailiff-platform batch verify late.zip --trust vault/trust.anchor", nil)
}

// checkKit opens the kit with the words that lie in it, and holds it against the ledger.
func checkKit(dir string, f facts) error {
	r, err := handover.Check(&durable.Disk{}, filepath.Join(dir, "kit"))
	if err != nil {
		return err
	}
	if r.Key != f.Key {
		return fmt.Errorf("the kit holds %s, not %s", r.Key, f.Key)
	}
	data, err := os.ReadFile(filepath.Join(dir, "kit", "private-key.asc"))
	if err != nil {
		return err
	}
	var entries []entryShown
	if err := must(dir, 0, "bailiff ledger show --vault vault --json", &entries); err != nil {
		return err
	}
	var delivered []string
	for _, e := range entries {
		if e.Kind == "release-delivered" {
			delivered = append(delivered, e.Fields[len(e.Fields)-1][1])
		}
	}
	if want := keyvalue.FormatDigest(sha256.Sum256(data)); !slices.Equal(delivered, []string{want}) {
		return fmt.Errorf("the ledger has deliveries %v, the kit is %s", delivered, want)
	}
	return openKit(dir, f.Key)
}

// openKit opens the kit's private key with the last line of words.txt.
func openKit(dir, fingerprint string) error {
	locked, err := os.Open(filepath.Join(dir, "kit", "private-key.asc"))
	if err != nil {
		return err
	}
	defer locked.Close()
	keys, err := openpgp.ReadArmoredKeyRing(locked)
	if err != nil {
		return err
	}
	typed, err := typedWords(dir)
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(keys[0].PrimaryKey.Fingerprint); len(keys) != 1 || got != fingerprint {
		return fmt.Errorf("the kit holds %d keys, first %s, not %s", len(keys), got, fingerprint)
	}
	return keys[0].DecryptPrivateKeys(typed)
}

func typedWords(dir string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(dir, "kit", "words.txt"))
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return lines[len(lines)-1], err
}

// openKitWithGPG opens the kit as an heir would: gpg signs, which takes the private key.
func openKitWithGPG(dir, fingerprint string) error {
	typed, err := typedWords(dir)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "typed"), typed, 0o600); err != nil {
		return err
	}
	home, err := os.MkdirTemp("", "gpg") // a socket's path is short
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	for _, line := range []string{
		"gpg --batch --quiet --import kit/private-key.asc",
		"gpg --batch --quiet --yes --pinentry-mode loopback --passphrase-file typed --local-user " + fingerprint + " --output signed.gpg --sign acte.pdf",
		"gpg --batch --quiet --verify signed.gpg",
		"gpgconf --kill gpg-agent",
	} {
		w := strings.Fields(line)
		cmd := exec.Command(w[0], w[1:]...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GNUPGHOME="+home)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", line, err, out)
		}
	}
	return nil
}
