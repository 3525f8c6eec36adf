// Command checks removes every check of a package in turn, an `if` or a `case` that can no longer
// be true, and runs the package's tests, which must notice. It complements gremlins, which inverts
// comparisons and arithmetic but leaves conditions such as !valid(x) alone, and whatever the
// coverage profile has no counter for, as the cases of a switch.
//
//	go run ./.ci/checks ./custody/share ./custody/policy
//
// It prints each check whose removal no test notices, then a count for each package. Nothing in
// the tree is written: the changed file is an overlay of the build.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// limit is how long the tests of a package may take with a check removed; whatever hangs is noticed.
const limit = 2 * time.Minute

// condition is the place of one check in a file.
type condition struct {
	file       string
	line       int
	start, end int // bytes
	text       string
}

// outcome of a run of the tests.
type outcome int

const (
	noticed outcome = iota
	survived
	unbuildable // Go's compiler refuses the program without the check
)

func main() {
	workers := flag.Int("workers", runtime.NumCPU(), "runs at once")
	flag.Parse()
	for _, pkg := range flag.Args() {
		if err := inspect(pkg, *workers); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(1)
		}
	}
}

func inspect(pkg string, workers int) error {
	all, err := conditions(pkg)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "checks")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	outcomes, failures := make([]outcome, len(all)), make([]error, len(all))
	var wait sync.WaitGroup
	next := make(chan int)
	for range workers {
		wait.Go(func() {
			for i := range next {
				outcomes[i], failures[i] = without(pkg, all[i], filepath.Join(dir, fmt.Sprint(i)))
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wait.Wait()
	if err := errors.Join(failures...); err != nil {
		return err
	}
	report(pkg, all, outcomes)
	return nil
}

func report(pkg string, all []condition, outcomes []outcome) {
	var count [unbuildable + 1]int
	for i, o := range outcomes {
		count[o]++
		if o == survived {
			fmt.Printf("%s:%d: %s\n", all[i].file, all[i].line, all[i].text)
		}
	}
	judged := max(1, count[noticed]+count[survived])
	fmt.Printf("%s: %d checks removed, %d noticed, %d not (%.1f %%); %d unbuildable\n",
		pkg, judged, count[noticed], count[survived], 100*float64(count[noticed])/float64(judged), count[unbuildable])
}

// conditions finds the checks in the package's files, test files apart.
func conditions(pkg string) ([]condition, error) {
	names, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		return nil, err
	}
	var all []condition
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, name, source, 0)
		if err != nil {
			return nil, err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			for _, e := range checks(n) {
				start, end := files.Position(e.Pos()), files.Position(e.End())
				all = append(all, condition{name, start.Line, start.Offset, end.Offset, string(source[start.Offset:end.Offset])})
			}
			return true
		})
	}
	return all, nil
}

// checks returns the conditions of a node: of an if, or of the cases of a switch without a tag.
func checks(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.IfStmt:
		return []ast.Expr{n.Cond}
	case *ast.SwitchStmt:
		var all []ast.Expr
		for _, c := range n.Body.List {
			if n.Tag == nil {
				all = slices.Concat(all, c.(*ast.CaseClause).List)
			}
		}
		return all
	}
	return nil
}

// without runs the tests of the package with the condition never true.
func without(pkg string, c condition, dir string) (outcome, error) {
	source, err := os.ReadFile(c.file)
	if err != nil {
		return 0, err
	}
	path, err := filepath.Abs(c.file)
	if err != nil {
		return 0, err
	}
	changed := slices.Concat(source[:c.start], []byte("false && ("), source[c.start:c.end], []byte(")"), source[c.end:])
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{path: dir + ".go"}})
	if err == nil {
		err = errors.Join(os.WriteFile(dir+".go", changed, 0o600), os.WriteFile(dir+".json", overlay, 0o600))
	}
	if err != nil {
		return 0, err
	}
	defer os.Remove(dir + ".test")
	build := exec.Command("go", "test", "-c", "-vet=off", "-overlay", dir+".json", "-o", dir+".test", pkg)
	if err := build.Run(); err != nil {
		return unbuildable, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	test := exec.CommandContext(ctx, dir+".test", "-test.failfast")
	test.Dir = pkg
	if test.Run() == nil {
		return survived, nil
	}
	return noticed, nil
}
