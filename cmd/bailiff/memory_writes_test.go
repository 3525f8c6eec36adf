package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/testkit/needle"
)

// writeCalls are the system calls by which a program gives bytes away.
const writeCalls = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,sendfile,splice,tee,vmsplice,copy_file_range"

// TestWritesOfDemo: of all that the two tools and the processes that make keys write, to files, pipes and terminals, nothing
// shows a secret, except the words that a rehearsal's kit holds. strace sees every call.
func TestWritesOfDemo(t *testing.T) {
	if !needRoot(t) { // strace reads what a protected process writes
		return
	}
	dir, bin := t.TempDir(), t.TempDir()
	for _, program := range []string{"bailiff", "bailiff-platform", "bailiff-demo"} {
		if err := os.Rename(buildFor(t, erasing, program), filepath.Join(bin, program)); err != nil {
			t.Fatal(err)
		}
	}
	log := filepath.Join(dir, "strace")
	demo := exec.Command("strace", "-f", "-Y", "-y", "-xx", "-s", "10000000", "-o", log, "-e", "trace="+writeCalls,
		filepath.Join(bin, "bailiff-demo"), "--dir", filepath.Join(dir, "demo"), "--pins", filepath.Join(dir, "pins"), "--keys", "5", "--lang", "en")
	if out, err := demo.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	h := needle.NewHunt(demoSecrets(t, dir))
	written := parseWrites(t, text)
	var found []string
	for stream, data := range written {
		_, where, _ := strings.Cut(stream, " ")
		for _, hit := range h.Search(data) {
			found = append(found, where+": "+hit.Kind()+" "+hit.Form)
		}
	}
	slices.Sort(found)
	want := []string{filepath.Join(dir, "demo/kit.part/words.txt.part") + ": words raw"}
	if found = slices.Compact(found); !slices.Equal(found, want) {
		t.Errorf("found %q, not %q", found, want)
	}
	checkSeen(t, written)
	plantWrites(t, h)
}

// checkSeen makes sure that the calls of all processes were seen, and counts what they wrote.
func checkSeen(t *testing.T, written map[string][]byte) {
	t.Helper()
	const tools = "bailiff and bailiff-platform"
	size, programs := map[string]int{}, []string{tools, generatorComm}
	for stream, data := range written {
		program, where, _ := strings.Cut(stream, " ")
		if program != generatorComm {
			program = tools
		}
		size[program] += len(data)
		if strings.HasPrefix(where, "pipe:") {
			size[program+" to pipes"] += len(data)
		}
	}
	for _, program := range programs {
		if size[program] == 0 || size[program+" to pipes"] == 0 {
			t.Errorf("%s wrote nothing that was seen: %v", program, size)
		}
	}
	t.Logf("bytes written: %v", size)
}

// plantWrites makes sure that a secret of each kind, in each form, would have been found, also when it was
// written in two halves.
func plantWrites(t *testing.T, h *needle.Hunt) {
	t.Helper()
	kinds := map[string]needle.Needle{}
	for _, n := range h.Needles {
		kinds[n.Kind()] = n
	}
	if len(kinds) != 7 {
		t.Errorf("kinds of secrets: %q", slices.Sorted(maps.Keys(kinds)))
	}
	for kind, n := range kinds {
		for _, form := range needle.Forms(n.Value) {
			half := len(form.Text) / 2
			line := func(b []byte) string {
				return fmt.Sprintf("12<%s> write(1<%s>, \"%s\", %d) = %d\n", escaped([]byte("bailiff")), escaped([]byte("pipe:[77]")), escaped(b), len(b), len(b))
			}
			log := line([]byte("before "+string(form.Text[:half]))) + line([]byte(string(form.Text[half:])+" after"))
			if len(h.Search(parseWrites(t, []byte(log))["bailiff pipe:[77]"])) == 0 {
				t.Errorf("a planted %s was not found as %s", kind, form.Name)
			}
		}
	}
}

func escaped(b []byte) string {
	out := ""
	for _, c := range b {
		out += fmt.Sprintf(`\x%02x`, c)
	}
	return out
}

// generatorComm is how the kernel calls a process that was started as /proc/self/exe. One that started again from
// its copy is called by the number of a descriptor at first, and strace goes on to call it so.
const generatorComm = "exe"

var (
	// played are the demo itself and the programs of the people whom it plays, in the 15 bytes that the kernel keeps. Whatever has another name is ours.
	played = []string{"bailiff-demo", "gpg", "gpgconf", "gpg-agent", "gpg-connect-age"}

	writeLine = regexp.MustCompile(`^\d+<([^>]*)> +(\w+)\((\d+)<([^>]*)>`)
	// its own bytes, from which a program starts again
	memoryCopy = regexp.MustCompile(`^\S+ /memfd:bailiff`)
	quoted     = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?`)
)

// parseWrites returns what the tools gave away, by program and file or pipe, in the order in which they did.
func parseWrites(t *testing.T, log []byte) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for line := range bytes.Lines(log) {
		call := writeLine.FindSubmatch(line)
		if call == nil {
			if bytes.Contains(line, []byte(`"\x`)) {
				t.Fatalf("a line that cannot be read: %.200q", line)
			}
			continue
		}
		program := string(unescaped(t, call[1]))
		if slices.Contains(played, program) {
			continue
		}
		stream := program + " " + string(unescaped(t, call[4]))
		if bytes.Equal(call[2], []byte("sendfile")) && memoryCopy.MatchString(stream) {
			continue
		}
		if !bytes.HasPrefix(call[2], []byte("write")) && !bytes.HasPrefix(call[2], []byte("pwrite")) && !bytes.HasPrefix(call[2], []byte("send")) {
			t.Errorf("%s: %s moves bytes unseen", stream, call[2])
		}
		for _, data := range quoted.FindAllSubmatch(line[len(call[0]):], -1) {
			if len(data[2]) > 0 {
				t.Fatalf("%s: a call was cut short", stream)
			}
			out[stream] = append(out[stream], unescaped(t, data[1])...)
		}
	}
	return out
}

func unescaped(t *testing.T, text []byte) []byte {
	t.Helper()
	out, err := hex.DecodeString(strings.ReplaceAll(string(text), `\x`, ""))
	if err != nil {
		t.Fatalf("%.100q: %v", text, err)
	}
	return out
}

// demoSecrets are all secrets of the demo in a folder, the officers' passphrases too.
func demoSecrets(t *testing.T, dir string) (out []needle.Needle) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "pins/*"))
	if err != nil {
		t.Fatal(err)
	}
	var custodians []keeper
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, kind, _ := strings.Cut(filepath.Base(file), ".")
		typed := strings.TrimSpace(strings.TrimPrefix(string(text), "* "))
		switch {
		case kind == "passphrase":
			out = append(out, needle.Needle{Name: "passphrase " + name, Value: []byte(typed)})
		case name != "all":
			custodians = append(custodians, keeper{"tokens/" + name + ".token", typed})
		}
	}
	return append(out, everySecret(t, filepath.Join(dir, "demo"), custodians)...)
}
