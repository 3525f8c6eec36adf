package machine_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/machine"
	"bailiff/custody/secret"
)

const header = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"

func swaps(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "swaps")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// setting is a file of the kernel's settings.
func setting(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ptrace_scope")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// What the kernel does not say, or says as nobody expects, is taken for the worst.
func TestTraceableMachineIsUnfit(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "ptrace_scope")
	for path, want := range map[string]int{
		absent: 0, t.TempDir(): 0, setting(t, ""): 0, setting(t, "0\n"): 0, setting(t, "yes\n"): 0, setting(t, "-1\n"): 0,
		setting(t, "1\n"): 1, setting(t, "2\n"): 2, setting(t, "3\n"): 3,
	} {
		s, err := machine.Read(swaps(t, header), path)
		if err != nil || s.Scope != want {
			t.Errorf("%d, not %d (%v)", s.Scope, want, err)
		}
		s.Erasing = true
		err = s.Check()
		if errors.Is(err, machine.ErrTrace) != (want == 0) {
			t.Errorf("%d: %v", want, err)
		}
		if want == 0 && !slices.Equal(fault.Objects(err), []string{"kernel.yama.ptrace_scope"}) {
			t.Errorf("names %q", fault.Objects(err))
		}
	}
}

// A process that others may have read before it closed itself is unfit, for that reason.
func TestProcessThatWasReadableIsUnfit(t *testing.T) {
	why := errors.New("why")
	fit := machine.State{Erasing: true, Scope: 1}
	if s := fit.Exposed(why); !s.Readable || !errors.Is(s.Check(), why) {
		t.Errorf("%+v: %v", s, s.Check())
	}
	if s := fit.Exposed(nil); s.Readable || s.Check() != nil {
		t.Errorf("%+v: %v", s, s.Check())
	}
}

func TestSwapIsReported(t *testing.T) {
	for text, want := range map[string][]string{
		header: {},
		header + "/dev/dm-1                               partition\t8388604\t\t0\t\t-2\n":                             {"/dev/dm-1"},
		header + "/swap\\040file                          file\t\t1024\t\t12\t\t-3\n/dev/zram0 partition 4096 0 100\n": {`/swap\040file`, "/dev/zram0"},
	} {
		s, err := machine.Read(swaps(t, text), setting(t, "1\n"))
		if err != nil || !slices.Equal(s.Swap, want) || s.Swap == nil {
			t.Errorf("%q: %q, %v", text, s.Swap, err)
		}
		if s.CoreDumps || s.Readable {
			t.Errorf("this process is not protected: %+v", s)
		}
		s.Erasing = true // whatever builds this test
		if err := s.Check(); errors.Is(err, machine.ErrSwap) != (len(want) > 0) {
			t.Errorf("%q: %v", want, err)
		} else if err != nil && !slices.Equal(fault.Objects(err), []string{strings.Join(want, " ")}) {
			t.Errorf("names %q", fault.Objects(err))
		}
	}
}

// A list that cannot be understood is never taken for no swap.
func TestUnreadableListIsUnfit(t *testing.T) {
	paths := []string{filepath.Join(t.TempDir(), "swaps"), t.TempDir()}
	for _, text := range []string{"", header[:9], "/dev/dm-1 partition 1 0 -2\n", header + "/dev/dm-1\n", header + "\n"} {
		paths = append(paths, swaps(t, text))
	}
	paths = append(paths, swaps(t, header+strings.Repeat("/dev/dm-1 partition 1 0 -2\n", 4000)))
	for _, path := range paths {
		s, err := machine.Read(path, machine.Yama)
		if !errors.Is(err, machine.ErrSwaps) || s.Check() == nil {
			t.Errorf("%s: %+v, %v", path, s, err)
		}
	}
}

// A kernel without swap has no list beside its other files.
func TestKernelWithoutSwap(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "meminfo"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := machine.Read(filepath.Join(dir, "swaps"), setting(t, "1\n"))
	if s.Erasing = true; err != nil || len(s.Swap) > 0 || s.Check() != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestExposedProcessIsUnfit(t *testing.T) {
	for _, s := range []machine.State{{CoreDumps: true, Erasing: true}, {Readable: true, Erasing: true}, machine.Unknown()} {
		if err := s.Check(); !errors.Is(err, machine.ErrCoreDumps) {
			t.Errorf("%+v: %v", s, err)
		}
	}
	if err := (machine.State{Erasing: true, Scope: 1}).Check(); err != nil {
		t.Errorf("a fit machine: %v", err)
	}
}

// A build that leaves copies of secrets in memory is no program for production, on any machine; it says of itself
// whether it is one.
func TestPlainBuildIsUnfit(t *testing.T) {
	if err := (machine.State{Locked: true}).Check(); !errors.Is(err, machine.ErrErasing) {
		t.Errorf("%v", err)
	}
	s, err := machine.Read(swaps(t, header), setting(t, "1\n"))
	if err != nil || s.Erasing != secret.Erasing || machine.Unknown().Erasing != secret.Erasing {
		t.Errorf("%+v, %v", s, err)
	}
}

// The kernel's own list.
func TestRealList(t *testing.T) {
	if _, err := machine.Read(machine.Swaps, machine.Yama); err != nil {
		t.Error(err)
	}
}
