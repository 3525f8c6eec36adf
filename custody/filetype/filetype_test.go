package filetype_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody/filetype"
)

// What every tool writes is recognised as what it is.
func TestOf(t *testing.T) {
	good := "../../testdata/good"
	for pattern, want := range map[string]filetype.Type{
		"batch.zip": filetype.Batch, "draft.toml": filetype.Draft, "script.toml": filetype.Script, "entry.txt": filetype.Entry,
		"order.txt": filetype.Order, "order.sig": filetype.Signatures, "officers/*.secret.asc": filetype.SecretKey,
		"officers/officer-?.asc": filetype.Certificate, "devices/*.enrolment": filetype.Enrolment, "devices/policy.txt": filetype.Policy,
		"tokens/*.token": filetype.SoftToken, "vault/trust.anchor": filetype.Anchor,
		"vault/policies/*.policy": filetype.Policy, "vault/policies/*-officers.pgp": filetype.Certificate,
		"vault/batches/*/*.zip": filetype.Volume, "vault": filetype.Vault, "vault/batches/*": filetype.SealedBatch, "tokens": filetype.Tokens,
		"forged/*.zip": filetype.Batch, "shares/c01.share": filetype.Unknown, "checkpoint.txt": filetype.Unknown,
		"../../docs/policy-example.toml": filetype.Draft, "../../docs/script-example.toml": filetype.Script,
		"../../README.md": filetype.Unknown, "absent": filetype.Unknown,
	} {
		found, err := filepath.Glob(filepath.Join(good, pattern))
		if err != nil || len(found) == 0 && pattern != "absent" {
			t.Errorf("%s: none found, %v", pattern, err)
		}
		for _, path := range append(found, filepath.Join(good, "absent")) {
			if filepath.Base(path) == "absent" && pattern != "absent" {
				continue
			}
			if got := filetype.OfPath(path); got != want {
				t.Errorf("%s: %q, want %q", path, got, want)
			}
		}
	}
}

// Forms that other programs write.
func TestForms(t *testing.T) {
	for text, want := range map[string]filetype.Type{
		"": filetype.Unknown, "PK\x03\x04": filetype.Unknown, "%PDF-1.7\n": filetype.Document, "SQLite format 3\x00": filetype.Database,
		"-----BEGIN PGP SIGNATURE-----\n": filetype.Signatures, "\n-----BEGIN PGP MESSAGE-----\n": filetype.Message,
		"\x88\x75\x04\x00": filetype.Signatures, "\xc2\x75\x06\x00": filetype.Signatures, "\x89\x01\x15\x04": filetype.Signatures,
		"\xc6\xff\x00\x00\x01\x00\x06": filetype.Certificate, "\xc5\xc0\x00\x04": filetype.SecretKey, "\x84\x0c\x03": filetype.Message,
		"\xc3\xa9t\xc3\xa9": filetype.Unknown, "\x99": filetype.Unknown,
		"bailiff-order/1\r\n": filetype.Order, "\xef\xbb\xbfbailiff-order/1\n": filetype.Order, "bailiff-unheard-of/1\n": filetype.Unknown,
	} {
		if got := filetype.Of([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// The cause stays what it was, and a file that is what was wanted is told what is wrong with it.
func TestInstead(t *testing.T) {
	cause := errors.New("policy: damaged")
	order := []byte("bailiff-order/1\n")
	err := filetype.Instead(cause, order, filetype.Script)
	var other *filetype.Error
	if !errors.Is(err, cause) || !errors.As(err, &other) || other.Is != filetype.Order || other.Want != filetype.Script {
		t.Errorf("%v", err)
	}
	if err := filetype.Instead(err, order, filetype.Draft); !errors.As(err, &other) || other.Want != filetype.Script {
		t.Errorf("%v: the first who recognised it counts", err)
	}
	for _, err := range []error{
		filetype.Instead(cause, order, filetype.Order), filetype.Instead(cause, nil, filetype.Order), filetype.Instead(cause, order, filetype.Draft, cause),
	} {
		if err != cause {
			t.Errorf("%v", err)
		}
	}
	if err := errors.Join(filetype.Instead(nil, order, filetype.Script), filetype.InsteadOf(nil, "absent", filetype.Kit), filetype.Check(order, filetype.Order)); err != nil {
		t.Error(err)
	}
	if err := filetype.Check(order, filetype.Signatures); !errors.Is(err, filetype.ErrOther) {
		t.Error(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("/dev/zero", link); err != nil {
		t.Fatal(err)
	}
	if got := filetype.OfPath(link); got != filetype.Unknown {
		t.Errorf("a link to a device: %q", got)
	}
}
