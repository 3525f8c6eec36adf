package keyceremony_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"syscall"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

const dice = "314152653512462534123"

// role names the environment variable that makes the test binary a generator process.
const role = "BAILIFF_TEST_ROLE"

func TestMain(m *testing.M) {
	var out io.Writer = os.Stdout
	switch os.Getenv(role) {
	case "":
		os.Exit(m.Run())
	case "dying":
		out = dying{}
	}
	if err := generator.Serve(os.Stdin, out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// dying passes on the first block that a process writes, and then kills it.
type dying struct{}

func (dying) Write(p []byte) (int, error) {
	_, _ = os.Stdout.Write(p)
	return 0, syscall.Kill(os.Getpid(), syscall.SIGKILL)
}

// processes makes keys as the program does: in processes that run this binary again.
func processes(t testing.TB) *generator.Processes {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &generator.Processes{Path: exe, Env: []string{role + "=generate"}, Count: runtime.GOMAXPROCS(0)}
}

// newScript is a reviewed script for the vault of a bench.
func newScript(b *custodytest.Bench, publish, sample, reserve int) *script.Script {
	return &script.Script{
		Digest: sha256.Sum256([]byte("script")), Vault: b.Anchor.Vault, Mode: keyvalue.Rehearsal, Profile: "v4-curve25519",
		Publish: publish, Sample: sample, Reserve: reserve, Place: "Étude exemple", Witnesses: []string{"Witness Sample"},
	}
}

// newCeremony opens the bench's vault and sits everybody down.
func newCeremony(t testing.TB, b *custodytest.Bench, s *script.Script) *keyceremony.Ceremony {
	t.Helper()
	v := b.Open(t, true)
	return &keyceremony.Ceremony{
		Vault: v, Script: s, Table: b.Seat(t, v), Generator: processes(t),
		Dice:     func() (string, error) { return dice, nil },
		Drawn:    func(string, []int) error { return nil },
		Progress: func(keyceremony.Stage, int, int) {},
		Said:     func(keyceremony.Milestone, string) {},
	}
}

func TestCeremony(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{})
	c := newCeremony(t, b, newScript(b, 5, 2, 1))
	batch, err := c.Run()
	if err != nil {
		t.Fatal(err)
	}
	roles := map[string]int{}
	for _, r := range c.Vault.State.Batch(batch).Roles() {
		roles[string(r)]++
	}
	if roles["published"] != 5 || roles["burnt"] != 2 || roles["reserve"] != 1 {
		t.Errorf("roles %v", roles)
	}
	if err := c.Vault.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := b.Open(t, false).Verify(func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if report.Keys != 8 || report.Uncosigned != 0 || report.UnfinishedBatch != "" {
		t.Errorf("%+v", report)
	}
}

// A generator process that dies in the middle fails the ceremony; the next run abandons that batch
// and makes another.
func TestDeadProcessFailsTheCeremony(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{})
	c := newCeremony(t, b, newScript(b, 40, 2, 1))
	bad := processes(t)
	bad.Env, bad.Count = []string{role + "=dying"}, 1
	c.Generator = bad
	if _, err := c.Run(); !errors.Is(err, generator.ErrDied) {
		t.Fatal(err)
	}
	c.Generator = processes(t)
	var said []keyceremony.Milestone
	c.Said = func(m keyceremony.Milestone, _ string) { said = append(said, m) }
	if _, err := c.Run(); err != nil {
		t.Fatal(err)
	}
	if want := []keyceremony.Milestone{
		keyceremony.Abandoned, keyceremony.Opened, keyceremony.Sealed, keyceremony.Sampled, keyceremony.Proved,
	}; !slices.Equal(said, want) {
		t.Errorf("said %v", said)
	}
}
