package keyceremony_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"runtime"
	"testing"

	"bailiff/custody/custodytest"
	"bailiff/custody/record"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/script"
)

const dice = "314152653512462534123"

// role names the environment variable that makes the test binary a generator process.
const role = "BAILIFF_TEST_ROLE"

func TestMain(m *testing.M) {
	if os.Getenv(role) != "generate" {
		os.Exit(m.Run())
	}
	if err := generator.Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
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
		Digest: sha256.Sum256([]byte("script")), Vault: b.Anchor.Vault, Mode: record.Rehearsal, Profile: "v4-curve25519",
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
