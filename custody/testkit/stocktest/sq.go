package stocktest

import (
	"strings"
	"testing"
)

// Sq gives the command lines of Sequoia's sq, which read standard input where they name no file, and write
// standard output. Version 1 renamed most options of 0.27 and, unless told not to, keeps a store of its own.
type Sq struct{ old bool }

// FindSq asks the sq of this machine for its generation.
func FindSq(t testing.TB) Sq {
	t.Helper()
	return Sq{strings.HasPrefix(Version(t, "sq"), "0.")}
}

func (s Sq) line(old, now []string) []string {
	if s.old {
		return append([]string{"sq"}, old...)
	}
	return append([]string{"sq", "--home", "none"}, now...)
}

// Encrypt encrypts to the certificate in a file, armored and unsigned.
func (s Sq) Encrypt(cert string) []string {
	return s.line([]string{"encrypt", "--recipient-cert", cert}, []string{"encrypt", "--without-signature", "--for-file", cert})
}

// Decrypt opens with the private key in a file.
func (s Sq) Decrypt(key string) []string {
	return s.line([]string{"decrypt", "--recipient-key", key}, []string{"decrypt", "--recipient-file", key})
}

// GenerateSigner makes a private key without a passphrase that signs and does not encrypt, in a file.
func (s Sq) GenerateSigner(name, key string) []string {
	return s.line(
		[]string{"key", "generate", "--userid", name, "--cannot-encrypt", "--export", key},
		[]string{"key", "generate", "--userid", name, "--cannot-encrypt", "--output", key, "--own-key", "--without-password", "--rev-cert", key + ".rev"})
}

// Certificate gives the public part of the private key in a file.
func (s Sq) Certificate(key string) []string {
	return s.line([]string{"key", "extract-cert", key}, []string{"key", "delete", "--cert-file", key, "--output", "-"})
}

// Sign gives a detached binary signature of a file.
func (s Sq) Sign(key, path string) []string {
	return s.line(
		[]string{"sign", "--binary", "--detached", "--signer-key", key, path},
		[]string{"sign", "--binary", "--signer-file", key, "--signature-file=-", path})
}
