package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/testkit/rig"
)

// TestCards plays the person at the readers: cards go in and out as typed, what cannot be is said, and
// the cards are the same the next time.
func TestCards(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "bailiff-demo")
	if out, err := exec.Command("../../.ci/build", filepath.Dir(bin), "bailiff-demo").CombinedOutput(); err != nil {
		t.Fatalf(".ci/build: %v\n%s", err, out)
	}
	dir, err := os.MkdirTemp("", "cards")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	said := sit(t, bin, dir, func(r *rig.Rig, say io.Writer) {
		io.WriteString(say, "help\ninsert 1 1\ninsert 2 1\ninsert 2 2\nnonsense\ntouch ask\npress\nremove 1\nremove 1\nlist\n")
	})
	for _, want := range []string{
		"REHEARSAL: 3 cards, 2 empty readers.", "Card 1 (serial number 900000001): in reader 1.",
		"Reader 1 is taken", "Unknown command.", "From now on: touch ask.", "No card waits.", "Reader 1: empty.",
		"Reader 1 is empty.", "Card 1 (serial number 900000001): in no reader.\nCard 2 (serial number 900000002): in reader 2.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	card := filepath.Join(dir, "card-03.json")
	before, err := os.ReadFile(card)
	if err != nil {
		t.Fatal(err)
	}
	sit(t, bin, dir, func(r *rig.Rig, _ io.Writer) {
		if all, err := r.Cards(); err != nil || len(all) != 3 || all[1].Serial != 900000002 || all[1].Reader != -1 {
			t.Errorf("the second time: %+v, %v", all, err)
		}
	})
	if after, err := os.ReadFile(card); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a card that nobody used has changed, %v", err)
	}
}

// TestReadersComeInPairs: who asks for three is told, and is not given four.
func TestReadersComeInPairs(t *testing.T) {
	for _, n := range []string{"0", "1", "3", "18"} {
		var out bytes.Buffer
		app := &cli.App{Name: "bailiff-demo", Out: &out, Err: &out, Lang: wording.English}
		dir := filepath.Join(t.TempDir(), "cards")
		if code := run(t.Context(), app, []string{"cards", "--dir", dir, "--readers", n}); code != cli.ExitUsage || !strings.Contains(out.String(), "they come in pairs") {
			t.Errorf("%s readers: exit %d, %s", n, code, &out)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s readers: something was made", n)
		}
	}
}

// sit runs the command, attaches itself to the readers, and returns what was said in the end.
func sit(t *testing.T, bin, dir string, act func(*rig.Rig, io.Writer)) string {
	t.Helper()
	c := exec.Command(bin, "cards", "--dir", dir, "--readers", "2", "--cards", "3", "--lang", "en")
	var diag bytes.Buffer
	c.Stderr = &diag
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	first, err := bufio.NewReader(out).ReadString('\n')
	if want := "export PCSCLITE_CSOCK_NAME=" + filepath.Join(dir, "pcscd.comm") + "\n"; err != nil || first != want {
		t.Errorf("the first line is %q, want %q, %v: %s", first, want, err, diag.String())
	}
	r, err := rig.Attach(dir)
	if err != nil {
		t.Error(err)
	} else {
		act(r, in)
	}
	in.Close()
	if err := c.Wait(); err != nil {
		t.Errorf("%v: %s", err, diag.String())
	}
	return diag.String()
}
