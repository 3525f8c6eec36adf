package attestation_test

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"bailiff/custody/token/attestation"
)

// TestPinned: the folder holds what its table says, and each certificate signs as it does.
func TestPinned(t *testing.T) {
	page, err := os.ReadFile("roots/README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+\\.pem)` \\| .* \\| `([0-9a-f]{64})` \\|$").FindAllSubmatch(page, -1) {
		listed[string(m[1])] = string(m[2])
	}
	files, err := filepath.Glob("roots/*.pem")
	if err != nil || len(files) != len(listed) || len(files) != 9 {
		t.Fatalf("%d files, %d in the table: %v", len(files), len(listed), err)
	}
	for _, f := range files {
		c := certificates(t, f)
		if len(c) != 1 {
			t.Fatalf("%s: %d certificates", f, len(c))
		}
		sum := sha256.Sum256(c[0])
		if got := hex.EncodeToString(sum[:]); got != listed[filepath.Base(f)] {
			t.Errorf("%s is %s, listed as %s", f, got, listed[filepath.Base(f)])
		}
	}
	attestation.Yubico()
	attestation.Rehearsal()
}

// TestTestRootIsPublished: the private key of the test root is in the tree, so that nobody takes it for a secret.
func TestTestRootIsPublished(t *testing.T) {
	data, err := os.ReadFile("../../testkit/virtual/testroot-published-key.pem")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(data)
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(certificates(t, "roots/bailiff-test-piv-root.pem")[0])
	if err != nil {
		t.Fatal(err)
	}
	if key, ok := parsed.(*rsa.PrivateKey); !ok || !key.PublicKey.Equal(c.PublicKey) {
		t.Error("the published key is not that of the test root")
	}
	if c.Subject.CommonName != "Bailiff Test PIV Root - for rehearsals only" {
		t.Errorf("the test root is called %q", c.Subject.CommonName)
	}
}

// certificates reads the DER of the certificates in a file; what stands before them is a comment.
func certificates(t *testing.T, file string) [][]byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			return out
		}
		out, data = append(out, block.Bytes), rest
	}
}
