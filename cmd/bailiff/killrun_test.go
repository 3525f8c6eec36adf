package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// act is a command that is killed, and the files that it makes one after the other: between two of
// them it is in one stage.
type act struct {
	line  string
	files []string
}

// entryFile and checkpointFile are what the ledger of the fixture's vault gets, by number and size.
func entryFile(n int) string {
	return fmt.Sprintf("vault/ledger/entries/000000/%012d.txt", n)
}

func checkpointFile(size int) string { return fmt.Sprintf("vault/ledger/checkpoints/%012d.txt", size) }

// outcome is how a command ended.
type outcome struct {
	code        int // -1 when it was killed; 0 also when the kill came too late
	out, errors string
}

// copyOf copies the fixture, or another such folder.
func copyOf(from string) (dir string, err error) {
	dir, err = os.MkdirTemp(os.Getenv(fixtureVariable)+"-work", "")
	if err != nil {
		return "", err
	}
	return dir, os.CopyFS(dir, os.DirFS(from))
}

// perform runs a command line without quotes in dir.
func perform(dir, line string) (outcome, error) {
	return start(context.Background(), dir, line)
}

// start runs a command line until ctx ends, which kills it with SIGKILL. Whatever it started must
// end with it: none of them may hold its standard error open.
func start(ctx context.Context, dir, line string) (outcome, error) {
	words := strings.Fields(line)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	var out, errs bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = dir, &out, &errs, 10*time.Second
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		return outcome{}, fmt.Errorf("%s: something that it started outlived it", line)
	}
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok && !errors.Is(err, context.Canceled) {
		return outcome{}, fmt.Errorf("%s: %w", line, err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), errs.String()}, nil
}

// must runs a command that has to end with that code, and decodes its JSON into result.
func must(dir string, code int, line string, result any) error {
	o, err := perform(dir, line)
	if err != nil {
		return err
	}
	if o.code != code {
		return fmt.Errorf("%s: exit code %d, not %d\n%s", line, o.code, code, o.errors)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal([]byte(o.out), result)
}

// waitFor returns once there is something at path, or the other side is done.
func waitFor(path string, done <-chan struct{}) {
	for {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return
		}
		select {
		case <-done:
			return
		case <-time.After(200 * time.Microsecond):
		}
	}
}

// measure runs the act to its end and returns how long each of its stages takes.
func (a act) measure(dir string) ([]time.Duration, error) {
	var stages []time.Duration
	done, measured := make(chan struct{}), make(chan struct{})
	begin := time.Now()
	go func() {
		defer close(measured)
		for _, f := range a.files {
			waitFor(filepath.Join(dir, f), done)
			stages = append(stages, time.Since(begin))
			begin = time.Now()
		}
	}()
	err := must(dir, 0, a.line, nil)
	close(done)
	<-measured
	return append(stages, time.Since(begin)), err
}

// kill runs the act and kills it at a random instant of one of its stages.
func (a act) kill(dir string, stage int, lasts []time.Duration, r *rand.Rand) (outcome, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan struct{})
	go func() {
		if stage > 0 {
			waitFor(filepath.Join(dir, a.files[stage-1]), done)
		}
		select {
		case <-done:
		case <-time.After(time.Duration(r.Float64() * float64(lasts[stage]))):
			cancel()
		}
	}()
	o, err := start(ctx, dir, a.line)
	close(done)
	return o, err
}
