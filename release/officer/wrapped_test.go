package officer_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody/encoding"
	"bailiff/custody/secret"
	"bailiff/release/officer"
)

// TestFilesAsProgramsLeaveThem: testdata/wrapped holds good signatures of two officers and a good certificate, as
// shells, editors and mail programs hand them on. What changes nothing is read; the rest is told by its form and never as
// damage.
func TestFilesAsProgramsLeaveThem(t *testing.T) {
	want := map[string]error{
		"armored-behind-binary.sig": officer.ErrArmored,
		"base64.sig":                encoding.ErrBase64,
		"powershell.sig":            encoding.ErrRewritten,
		"bom.asc":                   nil,
		"leadblank.asc":             nil,
		"leadtext.asc":              officer.ErrArmor,
		"quoted.asc":                officer.ErrArmor,
		"trailtext.asc":             officer.ErrArmor,
		"utf16.asc":                 encoding.ErrUTF16,
	}
	files, err := filepath.Glob("testdata/wrapped/*")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d files, %v; want %d", len(files), err, len(want))
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(path) == ".sig" {
			_, err = officer.Signers(data)
		} else {
			_, err = officer.ReadCertificate(data)
		}
		if expected := want[filepath.Base(path)]; !errors.Is(err, expected) {
			t.Errorf("%s: %v; want %v", path, err, expected)
		}
	}
}

// TestSecretKeysAsProgramsLeaveThem: the same of an officer's own key.
func TestSecretKeysAsProgramsLeaveThem(t *testing.T) {
	armored, _, err := officer.NewKey("Officer Sample", secret.From([]byte("correct horse")), now)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a mark and a blank line": {append([]byte("\ufeff\r\n"), armored...), nil},
		"text in front":           {append([]byte("Bonjour\n"), armored...), officer.ErrArmor},
		"UTF-16":                  {widened(armored), encoding.ErrUTF16},
	} {
		if _, err := officer.Fingerprints(secret.From(c.data)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v; want %v", name, err, c.want)
		}
	}
}
