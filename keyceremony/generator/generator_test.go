package generator_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
	"bailiff/keyceremony/generator"
)

// newJob is a job for a rehearsal vault of 3 custodians, any 2 of whom open a key.
func newJob(t testing.TB, to int) generator.Job {
	t.Helper()
	p := &policy.Policy{
		Vault: strings.Repeat("0a", 16), Mode: keyvalue.Rehearsal, Threshold: 2, Profile: policy.ProfileV4Curve25519,
		Sealing: policy.SealingP256Tag, OfficersThreshold: 2, Reasons: []policy.Reason{{Name: "request"}},
	}
	for i := 1; i <= 3; i++ {
		sealing, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		p.Custodians = append(p.Custodians, policy.Custodian{ID: keyvalue.FormatCustodian(i), Office: i, Place: i, Tokens: []policy.Token{
			{Index: 1, Kind: token.KindSoft, Serial: fmt.Sprint(10_000_000 + i), SealingKey: sealing.PublicKey(), SigningKey: tokentest.NewSigningKey(t)},
		}})
		p.Officers = append(p.Officers, policy.Officer{Fingerprint: strings.Repeat(fmt.Sprint(i), 40)})
	}
	text, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	return generator.Job{Policy: text, Batch: "b20261121-7f3a9c", Created: time.Unix(1_700_000_000, 0).UTC(), From: 1, To: to}
}

func processes(t testing.TB, part string, env ...string) *generator.Processes {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &generator.Processes{Path: exe, Env: append(env, role+"="+part), Count: 2, Keys: 4}
}

// noChildren reports whether every process that was started has been waited for.
func noChildren(t *testing.T) {
	t.Helper()
	if _, err := unix.Wait4(-1, nil, unix.WNOHANG, nil); !errors.Is(err, unix.ECHILD) {
		t.Errorf("a process is left: %v", err)
	}
}

// Both generators make the same thing: each key once, in order, sealed to every custodian.
func TestGenerate(t *testing.T) {
	job := newJob(t, 21)
	for name, g := range map[string]generator.Generator{
		"process": processes(t, "generate"), "goroutine": &generator.InProcess{Rand: rand.Reader},
	} {
		seen := map[string]bool{}
		for k, err := range g.Generate(job) {
			if err != nil {
				t.Fatal(name, err)
			}
			fingerprint, err := keypair.Check(keypair.V4Curve25519, k.Public, keypair.UserID(job.Batch, k.Number, true), job.Created, true)
			if err != nil || fingerprint != k.Fingerprint || seen[fingerprint] {
				t.Fatalf("%s: key %d: %s %v", name, k.Number, k.Fingerprint, err)
			}
			seen[fingerprint] = true
			if k.Number != len(seen) || len(k.Shares) != 3 || len(k.Sealed) == 0 {
				t.Fatalf("%s: key %d came as number %d with %d shares", name, k.Number, len(seen), len(k.Shares))
			}
		}
		if len(seen) != 21 {
			t.Errorf("%s: %d keys", name, len(seen))
		}
	}
	noChildren(t)
}

// A process that does anything else than what it should fails the whole, with the numbers of its
// keys; the keys before are passed on.
func TestMisbehaviour(t *testing.T) {
	job := newJob(t, 8) // of which the first process makes half, and the second has nothing to say any more
	for part, want := range map[string]error{
		"killed": generator.ErrDied, "failing": generator.ErrDied, "early": generator.ErrShort, "cut": generator.ErrShort,
		"again": generator.ErrOutput, "skipping": generator.ErrOutput, "text": generator.ErrOutput,
		"long": generator.ErrOutput, "swapped": generator.ErrOutput, "more": generator.ErrOutput,
	} {
		p := processes(t, part)
		p.Count = 1
		good, last := 0, error(nil)
		for _, err := range p.Generate(job) {
			if last = err; err == nil {
				good++
			}
		}
		if !errors.Is(last, want) || good < 2 {
			t.Errorf("%s: %d keys, then %v", part, good, last)
			continue
		}
		if objects := fault.Objects(last); objects[0] != "000001-000004" {
			t.Errorf("%s: %v", part, objects)
		}
		if part == "failing" && !strings.HasSuffix(last.Error(), `: "something \x1b[31m went wrong"`) {
			t.Errorf("standard error came as %v", last)
		}
		if part == "killed" && strings.Contains(last.Error(), `"`) {
			t.Errorf("of a process that said nothing: %v", last)
		}
		noChildren(t)
	}
}

func TestUnstartable(t *testing.T) {
	p := &generator.Processes{Path: filepath.Join(t.TempDir(), "nothing")}
	for _, err := range p.Generate(newJob(t, 4)) {
		if !errors.Is(err, generator.ErrStart) {
			t.Error(err)
		}
	}
	for _, err := range p.Generate(generator.Job{Batch: "b20261121-7f3a9c"}) {
		if !errors.Is(err, generator.ErrJob) {
			t.Error(err)
		}
	}
}

// Whoever stops early leaves no process, not even one that hangs.
func TestStoppingEarlyEndsTheProcesses(t *testing.T) {
	for _, part := range []string{"generate", "hanging"} {
		for k, err := range processes(t, part).Generate(newJob(t, 40)) {
			if err != nil {
				t.Fatal(part, err)
			}
			if k.Number == 2 {
				break
			}
		}
		noChildren(t)
	}
}

// However slow the keys are taken, and however many there are: no more than Count+1 ranges are begun.
func TestMemoryIsBounded(t *testing.T) {
	dir := t.TempDir()
	begun := func() int {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	for k, err := range processes(t, "generate", where+"="+dir).Generate(newJob(t, 40)) {
		if err != nil {
			t.Fatal(err)
		}
		if k.Number == 1 {
			time.Sleep(500 * time.Millisecond)
			if n := begun(); n < 2 || n > 3 {
				t.Errorf("%d processes before the second key was taken", n)
			}
		}
	}
	if n := begun(); n != 10 {
		t.Errorf("%d processes for 40 keys, 4 each", n)
	}
}

// A process dies with who started it, however that ends, even when it hangs.
func TestProcessesDieWithTheirParent(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGKILL, syscall.SIGINT} {
		dir := t.TempDir()
		cmd := exec.Command(processes(t, "").Path)
		cmd.Env = []string{role + "=parent", where + "=" + dir}
		cmd.Stdin = strings.NewReader(string(newJob(t, 1).Policy))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, len("running\n"))); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		gone(t, filepath.Base(files[0]))
	}
}

// gone waits until a process has ended; where nobody waits for orphans it stays as a zombie.
func gone(t *testing.T, pid string) {
	t.Helper()
	for range 100 {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %s outlived its parent", pid)
}

// A generator process has an end when nobody is there who wants its keys.
func TestServeEndsWithItsInput(t *testing.T) {
	for name, in := range map[string]string{"nothing": "", "garbage": "\x00\x00\x00\x05hello", "too long": "\xff\xff\xff\xff", "half": "\x00\x00\x00\x05he"} {
		cmd := exec.Command(processes(t, "").Path)
		cmd.Env = []string{role + "=generate"}
		cmd.Stdin = strings.NewReader(in)
		out, err := cmd.Output()
		if err == nil || len(out) > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, len(out))
		}
		want := map[string]error{"nothing": generator.ErrParent, "too long": generator.ErrJob, "half": generator.ErrJob}[name]
		var exit *exec.ExitError
		if want != nil && (!errors.As(err, &exit) || !strings.Contains(string(exit.Stderr), want.Error())) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}
