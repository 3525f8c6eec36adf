//go:build long

package powercut

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// hello is what a worker is told first.
type hello struct {
	Scene scene
	Batch string
	Files map[string]string // of the finished run: SHA-256 by path; nil to ask for them
}

// question asks a worker about one state.
type question struct {
	Images []string
	Act    int      // which act was under way
	Done   []string // what was said to be done, and is on the disks
	Again  bool     // run the act again
}

// answer is what a worker found.
type answer struct {
	Found    string            // how far the acts had come
	Broken   []string          // promises that do not hold
	Detected []string          // damage that the program or the file system named
	Mended   bool              // the file system's own program repaired that damage
	Files    map[string]string // if they were asked for
	Error    string            // the worker could not do its work
}

// worker is a process that mounts and judges states.
type worker struct {
	cmd *exec.Cmd
	to  *json.Encoder
	in  io.Closer
	by  *json.Decoder
}

func startWorker(t *testing.T, h hello) *worker {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), roleVariable+"="+workerRole)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w := &worker{cmd: cmd, to: json.NewEncoder(in), in: in, by: json.NewDecoder(out)}
	if err := w.to.Encode(h); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *worker) ask(q question) (a answer, err error) {
	if err = w.to.Encode(q); err == nil {
		err = w.by.Decode(&a)
	}
	if err == nil && a.Error != "" {
		err = fmt.Errorf("worker: %s", a.Error)
	}
	return a, err
}

func (w *worker) stop() {
	_ = w.in.Close()
	_ = w.cmd.Wait()
}

// work answers questions until there are no more.
func work(from io.Reader, to io.Writer) {
	questions, answers := json.NewDecoder(from), json.NewEncoder(to)
	var h hello
	if err := questions.Decode(&h); err != nil {
		return
	}
	for {
		var q question
		if questions.Decode(&q) != nil {
			return
		}
		if answers.Encode(h.answer(q)) != nil {
			return
		}
	}
}

// answer judges a state. One that the file system finds damaged is repaired with the file system's own
// program, and judged again.
func (h hello) answer(q question) answer {
	a := h.look(q)
	if len(a.Detected) == 0 || a.Error != "" {
		return a
	}
	for _, image := range q.Images {
		// Its exit code says that it repaired something.
		_ = exec.Command("fsck."+string(h.Scene.System), "-y", filepath.Join(h.Scene.images(), image)).Run()
	}
	mended := h.look(q)
	a.Mended = len(mended.Detected)+len(mended.Broken) == 0
	a.Detected = append(append(a.Detected, "after repair:"), append(mended.Broken, mended.Detected...)...)
	a.Error = mended.Error
	return a
}

// look mounts a state, judges it and unmounts it.
func (h hello) look(q question) (a answer) {
	for n, image := range q.Images {
		if err := h.Scene.System.Mount(filepath.Join(h.Scene.images(), image), h.Scene.disk(n)); err != nil {
			a.Found = "not mountable"
			a.Detected = append(a.Detected, err.Error())
			return a
		}
		defer func() {
			if err := Unmount(h.Scene.disk(n)); err != nil {
				a.Error = fmt.Sprintf("unmounting: %v", err)
			}
		}()
	}
	j := &judge{hello: h, question: q}
	if h.Files == nil {
		a.Files = j.files()
	}
	j.judge()
	return answer{Found: j.found, Broken: j.broken, Detected: j.detected, Files: a.Files}
}

// run runs a command and returns its exit code and what it said.
func run(line string) (int, string) {
	words := strings.Fields(line + " --json")
	out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode(), string(out)
	}
	if err != nil {
		return -1, err.Error()
	}
	return 0, string(out)
}
