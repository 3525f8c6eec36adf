package generator_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bailiff/keyceremony/generator"
)

// Environment variables that make the test binary a process with a part to play.
const (
	role  = "BAILIFF_TEST_ROLE"
	where = "BAILIFF_TEST_PATH"
)

func TestMain(m *testing.M) {
	switch part := os.Getenv(role); part {
	case "":
		os.Exit(m.Run())
	case "generate":
		serve(os.Stdout)
	case "parent":
		beParent()
	default:
		misbehave(part)
	}
}

// serve is a generator process, which leaves a file that tells of it.
func serve(out io.Writer) {
	if dir := os.Getenv(where); dir != "" {
		path := filepath.Join(dir, fmt.Sprint(os.Getpid()))
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			panic(err)
		}
	}
	if err := generator.Serve(os.Stdin, out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// misbehave passes on two records as they are and then does something else.
func misbehave(part string) {
	r, w := io.Pipe()
	go serve(w)
	frame := func() []byte {
		head := make([]byte, 4)
		if _, err := io.ReadFull(r, head); err != nil {
			panic(err)
		}
		body := make([]byte, binary.BigEndian.Uint32(head))
		if _, err := io.ReadFull(r, body); err != nil {
			panic(err)
		}
		return append(head, body...)
	}
	out := os.Stdout
	first := frame()
	out.Write(first)
	out.Write(frame())
	third := frame()
	switch part {
	case "killed":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "cut":
		out.Write(third[:len(third)/2])
	case "failing":
		fmt.Fprint(os.Stderr, "something \x1b[31m went wrong\nand more")
		os.Exit(3)
	case "early":
	case "again":
		out.Write(first)
	case "skipping":
		out.Write(frame())
	case "text":
		fmt.Fprintln(out, strings.Repeat("hello", 100_000))
	case "long":
		out.Write([]byte{0x7f, 0xff, 0xff, 0xff})
	case "swapped": // the public key of key 1
		copy(third[8:], first[8:])
		out.Write(third)
	case "more":
		out.Write(third)
		out.Write(frame())
		out.Write(first)
	case "hanging":
		select {}
	default:
		panic(part)
	}
}

// beParent starts processes that hang, says so, and waits to be killed.
func beParent() {
	policy, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	p := &generator.Processes{Path: exe, Env: []string{role + "=hanging", where + "=" + os.Getenv(where)}, Count: 1}
	job := generator.Job{Policy: policy, Batch: "b20261121-7f3a9c", Created: time.Unix(1_700_000_000, 0).UTC(), From: 1, To: 4}
	for k := range p.Generate(job) {
		if k.Number == 2 {
			fmt.Println("running")
		}
	}
}
