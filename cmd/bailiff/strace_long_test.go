//go:build long

package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestLongStrace has strace stop the built programs at their system calls: it kills them there, or
// has the call fail. It sees what the hook of package durable does not, SQLite's files among them,
// and knows nothing of that package. What is left is judged as after any kill.

// changing are the system calls with which the programs change a disk. Those of SQLite are among them.
const changing = "openat,write,pwrite64,fsync,fdatasync,renameat,renameat2,mkdirat,unlink,unlinkat,flock,ftruncate"

// strace follows every thread and process. The counters of its injections are per thread, so the
// program is kept to few of those; with --seccomp-bpf, which would be faster, they do not count.
const strace = "strace -f -qq -E GOMAXPROCS=1 -E GODEBUG=asyncpreemptoff=1 "

// Of how many kills and errors the test must come to tell.
const straceKills, straceErrors = 300, 60

// traced is a command that is struck, on copies of a folder, and how often.
type traced struct {
	name, line    string
	from          string // the folder
	kills, errors int
	judge         func(dir string) (stage string, err error)
}

// calls counts the system calls of a whole run, by name: the most that one thread made, since that is
// how strace counts. Where nothing may be traced it fails.
func (c *traced) calls(dir string) (map[string]int, error) {
	log := filepath.Join(dir, "strace.log")
	o, err := perform(dir, strace+"-o "+log+" -e trace="+changing+" "+c.line)
	if err != nil || o.code != 0 {
		return nil, fmt.Errorf("strace cannot trace %s here (in a container it needs the permission to ptrace): exit code %d %w\n%s", c.name, o.code, err, o.errors)
	}
	data, err := os.ReadFile(log)
	if err != nil {
		return nil, err
	}
	threads := map[string]int{} // by thread and call
	most := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^(\d+) +(\w+)\(`).FindAllStringSubmatch(string(data), -1) {
		threads[m[1]+m[2]]++
		most[m[2]] = max(most[m[2]], threads[m[1]+m[2]])
	}
	return most, nil
}

// spread is the i-th of instants that are spread over 1 to most, whatever their number.
func spread(i, most int) int {
	const golden = 0.6180339887
	x := (float64(i) + 0.5) * golden
	return 1 + int(float64(most)*(x-float64(int(x))))
}

// storm of injections: what strace does, at which of its calls, and how many runs it hit.
type injections struct {
	*testing.T
	act    *traced
	calls  map[string]int
	mu     sync.Mutex
	next   int
	hit    int
	stages map[string]int
}

// inject strikes until want runs were hit. hit tells that of a run.
func (s *injections) inject(want int, choose func(i int) string, hit func(outcome) bool) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				s.mu.Lock()
				i, enough := s.next, s.hit >= want || s.next >= 4*want
				s.next++
				s.mu.Unlock()
				if enough {
					return
				}
				s.once(choose(i), hit)
			}
		})
	}
	wg.Wait()
}

func (s *injections) once(injection string, hit func(outcome) bool) {
	call, _, _ := strings.Cut(injection, ":")
	stage, err := func() (string, error) {
		dir, err := copyOf(s.act.from)
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(dir)
		o, err := perform(dir, strace+"-o /dev/null -e trace="+call+" -e inject="+injection+" "+s.act.line)
		if err != nil {
			return "", err
		}
		if strings.Contains(o.errors, "panic") || strings.Contains(o.errors, "goroutine ") {
			return "", fmt.Errorf("a panic:\n%s", o.errors)
		}
		if hit(o) {
			s.mu.Lock()
			s.hit++
			s.mu.Unlock()
		} else if o.code != 0 && !strings.Contains(o.errors, "a process that makes keys") { // struck in its stead
			return "", fmt.Errorf("exit code %d:\n%s", o.code, o.errors)
		}
		return s.act.judge(dir)
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stages[stage]++
	if err != nil {
		s.Errorf("%s, %s, found %q: %v", s.act.name, injection, stage, err)
	}
}

// killing chooses system calls in turn, each at instants spread over the run.
func (s *injections) killing(i int) string {
	names := slices.Sorted(maps.Keys(s.calls))
	name := names[i%len(names)]
	return fmt.Sprintf("%s:signal=KILL:when=%d", name, spread(i/len(names), s.calls[name]))
}

// failing chooses errors of a disk.
func (s *injections) failing(i int) string {
	var kinds []string
	for _, kind := range []string{"fsync:error=EIO", "renameat2:error=EIO", "mkdirat:error=ENOSPC", "fsync:error=ENOSPC", "renameat2:error=ENOSPC", "pwrite64:error=ENOSPC", "pwrite64:error=EIO"} {
		if call, _, _ := strings.Cut(kind, ":"); s.calls[call] > 0 {
			kinds = append(kinds, kind)
		}
	}
	kind := kinds[i%len(kinds)]
	call, _, _ := strings.Cut(kind, ":")
	return fmt.Sprintf("%s:when=%d", kind, spread(i/len(kinds), s.calls[call]))
}

func TestLongStrace(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	killed := func(o outcome) bool { return o.code == -1 }
	refused := func(o outcome) bool { return o.code == 10 && strings.Contains(o.errors, `"hint"`) }
	kills, failures := 0, 0
	for _, c := range tracedActs(t, f) {
		calls, err := c.calls(scene(t, c.from, nothing))
		if err != nil {
			t.Fatal(err)
		}
		k := &injections{T: t, act: &c, calls: calls, stages: map[string]int{}}
		k.inject(c.kills, k.killing, killed)
		e := &injections{T: t, act: &c, calls: calls, stages: map[string]int{}}
		e.inject(c.errors, e.failing, refused)
		kills, failures = kills+k.hit, failures+e.hit
		t.Logf("%s: system calls %v; %d of %d killed, found %v; %d of %d with an error, found %v", c.name, calls, k.hit, k.next, k.stages, e.hit, e.next, e.stages)
	}
	t.Logf("counts: %d kills and %d errors by strace", kills, failures)
	if kills < straceKills || failures < straceErrors {
		t.Errorf("%d kills and %d errors only", kills, failures)
	}
}

// straceKeys is how many keys the ceremonies of this test publish.
const straceKeys = 5

func tracedActs(t *testing.T, f facts) []traced {
	fixture := os.Getenv(fixtureVariable)
	scripted := scene(t, fixture, func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "kill.toml"), []byte(scriptFor(f.Vault, straceKeys)), 0o644)
	})
	ceremony := "bailiff ceremony run --vault vault --script kill.toml --json --dice " + dice + allTokens
	var held ceremonyDone
	proved := scene(t, scripted, func(dir string) error { return must(dir, 0, ceremony, &held) })
	export := "bailiff batch export --vault vault --out late.zip --json --batch " + held.Batch
	exported := scene(t, proved, func(dir string) error { return must(dir, 0, export, nil) })
	release := releaseLine + " --pin-file pins --token tokens/c01.token --token tokens/c02.token"
	return []traced{
		{"vault init", initLine, fixture, 45, 10, judgeInit},
		{"ceremony", ceremony, scripted, 50, 11, func(dir string) (string, error) { return judgeCeremony(dir, ceremony) }},
		{"release", release, fixture, 65, 13, func(dir string) (string, error) { return judgeRelease(dir, release, f) }},
		{"export", export, proved, 60, 12, func(dir string) (string, error) { return judgeExport(dir, export, held.Batch) }},
		{"ledger cosign", cosignLine, exported, 30, 8, judgeCosign},
		{"platform import", importLine + f.Words, fixture, 60, 12, func(dir string) (string, error) { return judgeImport(dir, importLine+f.Words) }},
	}
}
