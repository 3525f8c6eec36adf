//go:build long

package powercut

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody/secret"
	"bailiff/release/officer"
)

// What people would have in their hands.
const (
	pin         = "rehearse-4711"
	passphrase  = "correct horse battery"
	dice        = "12345612345612345612"
	orderNumber = "2026-000123"
)

// scene is where the acts take place: a folder of inputs on the machine's own disk, one disk for the
// vault and perhaps another for tokens and kit. In every process the disks are mounted at the same places.
type scene struct {
	Dir    string
	System FileSystem
	Disks  int // 1 or 2
}

func (s scene) images() string          { return filepath.Join(s.Dir, "images") }
func (s scene) in(name string) string   { return filepath.Join(s.Dir, "in", name) }
func (s scene) disk(n int) string       { return filepath.Join(s.Dir, fmt.Sprint("disk", n)) }
func (s scene) hall(name string) string { return filepath.Join(s.disk(0), name) }         // vault and public batch
func (s scene) desk(name string) string { return filepath.Join(s.disk(s.Disks-1), name) } // tokens and kit

func (s scene) tokens(n int) string {
	line := " --pin-file " + s.in("pins")
	for i := range n {
		line += " --token " + s.desk(fmt.Sprintf("c%02d.token", i+1))
	}
	return line
}

// act is a command, and the lines with which it says that something is done.
type act struct {
	name string
	line string
	says map[string]string // what is done, by what the line begins with after the id, if it has one
}

func (s scene) acts(batch string) []act {
	vault, order := " --vault "+s.hall("vault"), " --order "+s.in("order.txt")+" --signatures "+s.in("order.sig")
	var out []act
	for i := range 3 {
		id := fmt.Sprintf("c%02d", i+1)
		out = append(out, act{name: "token " + id, line: "bailiff token init --soft --pin-file " + s.in("pins") + " --out " + s.desk(id+".token")})
	}
	return append(out,
		act{name: "vault", line: "bailiff vault init --policy " + s.in("policy.toml") + vault + s.tokens(3)},
		act{name: "proved", line: "bailiff ceremony run --script " + s.in("script.toml") + " --dice " + dice + vault + s.tokens(3), says: map[string]string{
			"The ceremony is open.": "opened", "is sealed, read back, and its root is cosigned.": "sealed",
			"is drawn from the dice, on record and cosigned.": "sampled", "The proof is on record and cosigned.": "proved",
		}},
		act{name: "exported", line: "bailiff batch export --batch " + batch + " --out " + s.hall("batch.zip") + vault},
		act{name: "cosigned", line: "bailiff ledger cosign" + vault + s.tokens(3)},
		act{name: "received", line: "bailiff order receive" + order + vault},
		act{name: "delivered", line: "bailiff release run --words-in-kit --confirm " + orderNumber + order + " --kit " + s.desk("kit") + vault + s.tokens(2), says: map[string]string{
			"is on record and cosigned. The key may be opened.": "intended", "is open and matches the one": "key opened",
			"The delivery is on record and cosigned.": "delivered",
		}},
	)
}

// milestone is something that was said to be done, and the instant.
type milestone struct {
	Name string
	At   int
}

// history is what happened on the disks while the acts took place.
type history struct {
	scene    scene
	contents [][]byte // what the disks began with
	requests []Request
	begun    []milestone // acts, when they began
	done     []milestone
	batch    string
}

// stage performs the acts.
type stage struct {
	t       *testing.T
	scene   scene
	log     *Log
	wrapper []string // before each command
	history history
}

// perform formats disks and performs the acts on them; wrapper, if any, is a command that runs them,
// and a careless program then writes under the final name.
func perform(t *testing.T, s scene, server *Server, wrapper ...string) *history {
	t.Helper()
	st := &stage{t: t, scene: s, log: &Log{}, wrapper: wrapper, history: history{scene: s}}
	for n := range s.Disks {
		content, err := s.System.Format(16 << 20)
		if err != nil {
			t.Fatal(err)
		}
		st.history.contents = append(st.history.contents, bytes.Clone(content))
		name := fmt.Sprint("live", n)
		server.Add(name, st.log.Disk(n, content))
		if err := s.System.Mount(filepath.Join(s.images(), name), s.disk(n)); err != nil {
			t.Fatal(err)
		}
	}
	if s.System == ExFAT {
		st.crowd()
	}
	st.prepare()
	st.play()
	if len(wrapper) > 0 {
		st.shell(`for i in $(seq 8); do head -c 4000 /dev/urandom >> "$0/careless.bin" && sync -f "$0" || exit; done`)
	}
	for n := range s.Disks {
		if err := Unmount(s.disk(n)); err != nil {
			t.Error(err)
		}
		server.Drop(fmt.Sprint("live", n))
	}
	st.history.requests = st.log.Requests()
	return &st.history
}

// crowd puts so many files on the disk that its top folder goes on in a second cluster soon, as on a
// stick that people use: names then move from one cluster to another.
func (st *stage) crowd() {
	st.t.Helper()
	st.shell(`for i in $(seq 10 49); do : > "$0/sample-$i.txt" || exit; done; sync -f "$0"`)
}

// shell has the shell do something with the first disk, $0.
func (st *stage) shell(script string) {
	st.t.Helper()
	if out, err := exec.Command("sh", "-c", script, st.scene.disk(0)).CombinedOutput(); err != nil {
		st.t.Fatalf("%v\n%s", err, out)
	}
}

func (st *stage) play() {
	for i := range st.scene.acts("") {
		a := st.scene.acts(st.history.batch)[i]
		if a.name == "received" {
			st.makeOrder()
		}
		st.history.begun = append(st.history.begun, milestone{a.name, st.log.Len()})
		out := st.run(a)
		st.history.done = append(st.history.done, milestone{a.name, st.log.Len()})
		switch a.name {
		case "vault":
			st.file("script.toml", fmt.Sprintf("vault = %q\nmode = \"rehearsal\"\nprofile = \"v4-curve25519\"\npublish = 4\nsample = 2\nreserve = 1\n"+
				"place = \"Étude exemple, Paris\"\nwitnesses = [\"Premier Témoin Exemple\"]\n", out.Vault))
		case "proved":
			st.history.batch = out.Batch
		}
	}
	st.history.begun = append(st.history.begun, milestone{"nothing", st.log.Len()})
}

// said is what of a command's JSON the acts need.
type said struct{ Vault, Batch, Words string }

// run runs a command and notes the instants at which it said that something is done.
func (st *stage) run(a act) (result said) {
	st.t.Helper()
	words := append(append([]string{}, st.wrapper...), strings.Fields(a.line+" --json")...)
	cmd := exec.Command(words[0], words[1:]...)
	var out, errs bytes.Buffer
	cmd.Stdout = &out
	if len(st.wrapper) > 0 {
		cmd.Env = append(os.Environ(), roleVariable+"="+unsyncedRole)
	}
	notes, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		st.t.Fatal(err)
	}
	for lines := bufio.NewScanner(io.TeeReader(notes, &errs)); lines.Scan(); {
		for text, name := range a.says {
			if strings.Contains(lines.Text(), text) {
				st.history.done = append(st.history.done, milestone{name, st.log.Len()})
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		st.t.Fatalf("%s: %v\n%s", a.line, err, errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		st.t.Fatalf("%s: %v\n%s", a.line, err, out.String())
	}
	return result
}

func (st *stage) file(name, text string) {
	st.t.Helper()
	if err := os.WriteFile(st.scene.in(name), []byte(text), 0o644); err != nil {
		st.t.Fatal(err)
	}
}

// prepare writes the inputs that do not depend on what the acts make.
func (st *stage) prepare() {
	st.file("pins", "* "+pin+"\n")
	st.file("phrase", "* "+passphrase+"\n")
	st.file("acte.pdf", "acte exemple\n")
	draft := "mode = \"rehearsal\"\nthreshold = 2\nprofile = \"v4-curve25519\"\nplace = \"Étude exemple\"\nlegal-basis = \"Dépôt, texte exemple.\"\n"
	for i := range 3 {
		draft += fmt.Sprintf("[[custodian]]\nname = \"Custodian Sample %d\"\noffice = \"Office %d\"\nplace = \"Place %d\"\ntokens = [%q]\n",
			i+1, i+1, i+1, st.scene.desk(fmt.Sprintf("c%02d.enrolment", i+1)))
	}
	st.file("policy.toml", draft+"[officers]\nthreshold = 2\ncertificates = [\"officer-1.asc\", \"officer-2.asc\"]\n"+
		"[[reason]]\nname = \"death\"\nwaiting-days = 0\npapers = [\"death-certificate\"]\n")
	for _, name := range []string{"officer-1", "officer-2"} {
		phrase := secret.From([]byte(passphrase))
		key, certificate, err := officer.NewKey("Officer Sample "+name, phrase, time.Now().AddDate(0, -1, 0))
		phrase.Wipe()
		if err != nil {
			st.t.Fatal(err)
		}
		st.file(name+".secret.asc", string(key))
		st.file(name+".asc", string(certificate))
	}
}

// makeOrder has two officers order the first published key.
func (st *stage) makeOrder() {
	shown := st.run(act{line: "bailiff vault show --vault " + st.scene.hall("vault")})
	wrapper := st.wrapper
	st.wrapper = nil
	defer func() { st.wrapper = wrapper }()
	pool := "sqlite:" + st.scene.in("pool.db")
	st.run(act{line: fmt.Sprintf("bailiff-platform batch import %s --trust %s --database %s --rehearsal --anchor-words %s",
		st.scene.hall("batch.zip"), st.scene.hall("vault/trust.anchor"), pool, shown.Words)})
	st.run(act{line: "bailiff-platform pool assign member-0001 --database " + pool})
	st.run(act{line: fmt.Sprintf("bailiff-platform order new --out %s --number %s --database %s "+
		"--member member-0001 --reason death --paper death-certificate|Mairie|2026-11-01|%s --checker Alix --checker Basile --recipient Camille",
		st.scene.in("order.txt"), orderNumber, pool, st.scene.in("acte.pdf"))})
	for i := range 2 {
		st.run(act{line: fmt.Sprintf("bailiff-platform order sign --order %s --signatures %s --passphrase-file %s --confirm %s --database %s --key %s",
			st.scene.in("order.txt"), st.scene.in("order.sig"), st.scene.in("phrase"), orderNumber, pool, st.scene.in(fmt.Sprintf("officer-%d.secret.asc", i+1)))})
	}
}
