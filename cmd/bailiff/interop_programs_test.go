package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/testkit/stocktest"
)

// program is an OpenPGP program, as docs/interop.md names it. A refusal is an error.
type program struct {
	name   string
	warned string // how the warnings of ceremony run name it when it refuses a profile's keys

	// encrypt encrypts plain to the assigned public key, armored.
	encrypt func(j *journey, plain string) (message string, err error)
	// decrypt opens an armored message with the heir's private key and the words.
	decrypt func(j *journey, message string) (plain string, err error)
}

// programs are those that are measured, ours first: of each the version that this machine has.
func programs(t testing.TB) []program {
	t.Helper()
	sq := "sq " + stocktest.Version(t, "sq")
	return []program{
		{"go-crypto 1.5", "", goEncrypt, goDecrypt},
		{"gpg " + stocktest.Version(t, "gpg"), "GnuPG", gpgEncrypt, gpgDecrypt},
		{sq, "Sequoia " + sq + " ", sqEncrypt, sqDecrypt},
		{"RNP " + stocktest.Version(t, "rnp"), "RNP", rnpEncrypt, rnpDecrypt},
		npm("OpenPGP.js 5", "OpenPGP.js 5", "openpgp-v5"),
		npm("OpenPGP.js 6", "OpenPGP.js 6", "openpgp"),
		npm("Proton's OpenPGP.js 6", "", "@protontech/openpgp"),
	}
}

func goEncrypt(j *journey, plain string) (string, error) {
	to, err := readRing(j.key)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	a, err := armor.Encode(&out, "PGP MESSAGE", nil)
	if err != nil {
		return "", err
	}
	w, err := openpgp.Encrypt(a, to, nil, nil, nil, &packet.Config{})
	if err != nil {
		return "", err
	}
	_, err = io.WriteString(w, plain)
	err = errors.Join(err, w.Close(), a.Close())
	return out.String(), err
}

func goDecrypt(j *journey, message string) (string, error) {
	own, err := readRing(j.private)
	if err != nil {
		return "", err
	}
	if err := own[0].DecryptPrivateKeys([]byte(j.words)); err != nil {
		return "", err
	}
	block, err := armor.Decode(strings.NewReader(message))
	if err != nil {
		return "", err
	}
	m, err := openpgp.ReadMessage(block.Body, own, nil, nil)
	if err != nil {
		return "", err
	}
	plain, err := io.ReadAll(m.UnverifiedBody)
	return string(plain), err
}

func readRing(path string) (openpgp.EntityList, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return openpgp.ReadArmoredKeyRing(f)
}

// said runs a stock program; what it says on standard error becomes the error's text.
func said(s *stock, stdin, name string, args ...string) (string, error) {
	out, notes, err := s.try(stdin, name, args...)
	if err != nil {
		err = errors.Join(err, errors.New(notes))
	}
	return out, err
}

func gpgEncrypt(j *journey, plain string) (string, error) {
	s := newStock(j.t, j.dir)
	return said(s, plain, "gpg", "--batch", "--armor", "--trust-model", "always", "--recipient-file", j.key, "--encrypt")
}

func gpgDecrypt(j *journey, message string) (string, error) {
	s := newStock(j.t, j.dir)
	secretly := []string{"--batch", "--pinentry-mode", "loopback", "--passphrase", j.words}
	if _, err := said(s, "", "gpg", append(secretly, "--import", j.private)...); err != nil {
		return "", err
	}
	return said(s, message, "gpg", append(secretly, "--decrypt")...)
}

func sqEncrypt(j *journey, plain string) (string, error) {
	line := stocktest.FindSq(j.t).Encrypt(j.key)
	return said(newStock(j.t, j.dir), plain, line[0], line[1:]...)
}

// sqDecrypt types the words at a terminal, the only place where this sq takes them.
func sqDecrypt(j *journey, message string) (string, error) {
	control, screen, err := openTerminal()
	if err != nil {
		j.t.Fatal(err)
	}
	defer control.Close()
	var plain bytes.Buffer
	line := stocktest.FindSq(j.t).Decrypt(j.private)
	cmd := exec.CommandContext(j.t.Context(), line[0], line[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(message), &plain, screen
	cmd.Env = newStock(j.t, j.dir).env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 2}
	err = cmd.Start()
	_ = screen.Close()
	if err != nil {
		return "", err
	}
	seen := watch(control)
	if _, asked := seen.await("password", 0); asked == nil {
		if err := awaitHidden(control); err != nil {
			j.t.Error(err)
		}
		if _, err := control.WriteString(j.words + "\r"); err != nil {
			j.t.Error(err)
		}
	}
	err = cmd.Wait()
	<-seen.done
	if err != nil {
		err = errors.Join(err, errors.New(seen.text.String()))
	}
	return plain.String(), err
}

// rnpHome imports a key into a new keyring.
func rnpHome(j *journey, key string) (*stock, []string, error) {
	s := newStock(j.t, j.t.TempDir())
	home := []string{"--homedir", s.dir}
	_, err := said(s, "", "rnpkeys", append(home, "--import", key)...)
	return s, home, err
}

func rnpEncrypt(j *journey, plain string) (string, error) {
	s, home, err := rnpHome(j, j.key)
	if err != nil {
		return "", err
	}
	return said(s, plain, "rnp", append(home, "--armor", "--recipient", j.facts.Key, "--encrypt")...)
}

func rnpDecrypt(j *journey, message string) (string, error) {
	s, home, err := rnpHome(j, j.private)
	if err != nil {
		return "", err
	}
	return said(s, message, "rnp", append(home, "--password", j.words, "--decrypt")...)
}

// npm is a program of testdata/openpgpjs, which .ci/tools installs.
func npm(name, warned, pkg string) program {
	run := func(j *journey, stdin, verb string, args ...string) (string, error) {
		folder := absolute(j.t, "../../.cache/openpgpjs")
		if _, err := os.Stat(filepath.Join(folder, "node_modules", filepath.FromSlash(pkg))); err != nil {
			j.t.Fatalf("%v: run .ci/tools test", err)
		}
		tool := absolute(j.t, "testdata/openpgpjs/tool.cjs")
		s := &stock{j.t, j.dir, os.Environ()} // node may stand anywhere
		return said(s, stdin, "node", append([]string{tool, folder, pkg, verb}, args...)...)
	}
	return program{
		name: name, warned: warned,
		encrypt: func(j *journey, plain string) (string, error) { return run(j, plain, "encrypt", j.key) },
		decrypt: func(j *journey, message string) (string, error) {
			return run(j, message, "decrypt", j.private, j.words)
		},
	}
}
