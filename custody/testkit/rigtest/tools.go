package rigtest

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"bailiff/custody/testkit/stocktest"
)

// Call runs one of Debian's programs, which must succeed, and returns what it prints.
func Call(t testing.TB, name string, args ...string) string {
	t.Helper()
	return stocktest.Run(t, exec.Command(name, args...))
}

// PIVTool returns a [Call] of yubico-piv-tool for the card in the reader of that name.
func PIVTool(t testing.TB, reader string) func(args ...string) string {
	return func(args ...string) string {
		t.Helper()
		return Call(t, "yubico-piv-tool", append([]string{"-r", reader}, args...)...)
	}
}

// Ykman returns a [Call] of ykman, which writes "Yubico" before the name of a reader itself, for the
// card in the reader of that name.
func Ykman(t testing.TB, reader string) func(args ...string) string {
	return func(args ...string) string {
		t.Helper()
		return Call(t, "ykman", append([]string{"-r", strings.TrimPrefix(reader, "Yubico ")}, args...)...)
	}
}

var blanks = regexp.MustCompile(`[ \t]+`)

// Contains fails unless a program's answer has all those lines, as regular expressions of the whole line. How far
// a program sets its columns apart is its own affair: any number of blanks is one.
func Contains(t testing.TB, out string, wanted ...string) {
	t.Helper()
	out = blanks.ReplaceAllString(out, " ")
	for _, w := range wanted {
		if !regexp.MustCompile(`(?m)^` + w + `$`).MatchString(out) {
			t.Errorf("no line %q in:\n%s", w, out)
		}
	}
}

// Certificate reads the X.509 certificate that a program wrote, in PEM.
func Certificate(t testing.TB, file string) *x509.Certificate {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		t.Fatalf("%s is not PEM: %s", file, text)
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
