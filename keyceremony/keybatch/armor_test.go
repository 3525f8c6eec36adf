package keybatch_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/keypair"
	"bailiff/custody/strictzip"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

// All keys of a batch, one after another as `unzip -p` gives them, are read as so many by every program: of armors
// without LF at the end they read the first, and say nothing.
func TestConcatenatedKeysAllImport(t *testing.T) {
	const n = 20
	dir := t.TempDir()
	path := filepath.Join(dir, "batch.zip")
	v := batchtest.NewVault(t, vaultID)
	file := batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: batchID, Publish: n, Sample: 1, Reserve: 1}))
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	all, err := exec.Command("unzip", "-p", path, "keys/*.asc").Output()
	if err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(dir, "keys.asc")
	if err := os.WriteFile(keys, all, 0o644); err != nil {
		t.Fatal(err)
	}
	js, err := filepath.Abs("../../.cache/openpgpjs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(js, "node_modules")); err != nil {
		t.Fatalf("%v: run .ci/tools test", err)
	}
	script := `const openpgp = require("module").createRequire("` + js + `/")("PACKAGE");
		const armors = require("fs").readFileSync(process.argv[1], "utf8").match(/-----BEGIN[^]*?-----END.*-----\n/g);
		Promise.all(armors.map((armoredKey) => openpgp.readKey({ armoredKey }))).then((keys) => keys.forEach((k) => console.log(k.getFingerprint())));`
	for name, x := range map[string]struct {
		line []string
		find string // once for each key
	}{
		"gpg --import":   {[]string{"gpg", "--homedir", dir, "--batch", "--status-fd", "1", "--import", keys}, "IMPORT_OK "},
		"gpg --show-key": {[]string{"gpg", "--homedir", dir, "--batch", "--with-colons", "--show-keys", keys}, "pub:"},
		"sq":             {[]string{"sq", "keyring", "list", keys}, batchID},
		"rnp":            {[]string{"rnpkeys", "--homedir", t.TempDir(), "--import", keys}, "pub "},
		"OpenPGP.js 6":   {[]string{"node", "-e", strings.Replace(script, "PACKAGE", "openpgp", 1), keys}, "\n"},
		"OpenPGP.js 5":   {[]string{"node", "-e", strings.Replace(script, "PACKAGE", "openpgp-v5", 1), keys}, "\n"},
	} {
		out, err := exec.Command(x.line[0], x.line[1:]...).CombinedOutput()
		if got := bytes.Count(out, []byte(x.find)); err != nil || got != n {
			t.Errorf("%s: %d of %d keys (%v)\n%.600s", name, got, n, err, out)
		}
	}
}

// A file in which every key has the former armor verifies, as the archives must; one in which a single key has it, or
// a single one has that of today, does not.
func TestFormerArmor(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	today := batchtest.Write(t, v.Batch(t, small()))
	former := func(which func(i int) bool) []byte { return rearmored(t, today, keypair.FormerArmor, which) }
	if _, err := verify(v, former(func(int) bool { return true })); err != nil {
		t.Errorf("all former: %v", err)
	}
	for name, which := range map[string]func(i int) bool{
		"the first":         func(i int) bool { return i == 0 },
		"the second":        func(i int) bool { return i == 1 },
		"all but the first": func(i int) bool { return i > 0 },
	} {
		if _, err := verify(v, former(which)); !errors.Is(err, keybatch.ErrArmor) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// rearmored gives keys of a public batch, counted from 0, another armor.
func rearmored(t testing.TB, file []byte, armor func([]byte) []byte, which func(i int) bool) []byte {
	t.Helper()
	r, err := strictzip.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := strictzip.NewWriter(&out)
	key := 0
	for i := range r.Len() {
		name, size := r.Entry(i)
		content, err := r.Read(i, size)
		if err == nil && strings.HasSuffix(name, ".asc") {
			if which(key) {
				var binary []byte
				_, size := r.Entry(i + 1)
				binary, err = r.Read(i+1, size)
				content = armor(binary)
			}
			key++
		}
		if err := errors.Join(err, w.Add(name, content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
