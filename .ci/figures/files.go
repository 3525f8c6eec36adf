package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// kind says for whom a file is there.
type kind int

const (
	product kind = iota
	double
	test
	kinds
)

// file is a Go file of the tree.
type file struct {
	path      string // from the root, with slashes
	kind      kind
	text      []byte
	lines     int
	functions []int // lines of each
}

func read(root string) ([]file, error) {
	programs, err := programPackages(root)
	if err != nil {
		return nil, err
	}
	var out []file
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."), d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		f, err := readFile(root, path)
		if err != nil {
			return err
		}
		if f.kind == product && !programs[filepath.ToSlash(filepath.Dir(f.path))] {
			f.kind = double
		}
		out = append(out, f)
		return nil
	})
	return out, err
}

func readFile(root, path string) (file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return file{}, err
	}
	name, err := filepath.Rel(root, path)
	if err != nil {
		return file{}, err
	}
	f := file{path: filepath.ToSlash(name), text: text, lines: written(text)}
	if strings.HasSuffix(path, "_test.go") {
		f.kind = test
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, path, text, parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	for _, d := range parsed.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			f.functions = append(f.functions, set.Position(fn.End()).Line-set.Position(fn.Pos()).Line+1)
		}
	}
	return f, nil
}

// written counts the lines with something on them.
func written(text []byte) int {
	n := 0
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) > 0 {
			n++
		}
	}
	return n
}

// programPackages are the folders of what bailiff and bailiff-platform link.
func programPackages(root string) (map[string]bool, error) {
	out, err := goList(root, "{{if not .Standard}}{{with .Module}}{{if .Main}}{{$.ImportPath}}{{end}}{{end}}{{end}}", "./cmd/bailiff", "./cmd/bailiff-platform")
	if err != nil {
		return nil, err
	}
	all := map[string]bool{}
	for _, path := range out {
		_, folder, _ := strings.Cut(path, "/")
		all[folder] = true
	}
	return all, nil
}

// modules counts those that a program links, without this one.
func modules(root, program string) (int, error) {
	out, err := goList(root, "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "./cmd/"+program)
	slices.Sort(out)
	return len(slices.Compact(out)), err
}

// goList runs go list over all that the packages need, and returns the lines that are not empty.
func goList(root, format string, packages ...string) ([]string, error) {
	c := exec.Command("go", append([]string{"list", "-deps", "-f", format}, packages...)...)
	c.Dir = root
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, errors.Join(errors.New("go list"), err)
	}
	return strings.Fields(string(out)), nil
}
