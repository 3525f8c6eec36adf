package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// condition is one check in a file, and how it is taken away.
type condition struct {
	file         string
	line, column int
	text         string
	edit         edit
	source       []byte // of the file
}

// edit wraps the bytes from start to end of a file so that the check there can be taken away while the program
// runs. In before and after, # is its number.
type edit struct {
	form          string // what becomes of the check, in a word
	start, end    int
	before, after string
}

func (c condition) String() string {
	text := strings.Join(strings.Fields(c.text), " ")
	return fmt.Sprintf("%s:%d:%d: %s: %s", c.file, c.line, c.column, c.edit.form, text)
}

// id changes when the file does.
func (c condition) id() string {
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s %d %d %s\n%s", c.file, c.edit.start, c.edit.end, c.edit.form, c.source)))[:16]
}

// switchable returns every file with checks such that each can be taken away: wrappers that begin at one place
// follow each other from the widest to the narrowest.
func switchable(all []condition) map[string][]byte {
	type insertion struct {
		at, rank int
		text     string
	}
	insertions, sources := map[string][]insertion{}, map[string][]byte{}
	for i, c := range all {
		e, number := c.edit, strconv.Itoa(i)
		size := e.end - e.start
		insertions[c.file] = append(insertions[c.file],
			insertion{e.start, len(c.source) - size, strings.ReplaceAll(e.before, "#", number)},
			insertion{e.end, size - len(c.source), strings.ReplaceAll(e.after, "#", number)})
		sources[c.file] = c.source
	}
	out := map[string][]byte{}
	for file, list := range insertions {
		slices.SortStableFunc(list, func(a, b insertion) int { return cmp.Or(a.at-b.at, a.rank-b.rank) })
		var changed []byte
		done := 0
		for _, in := range list {
			changed = append(append(changed, sources[file][done:in.at]...), in.text...)
			done = in.at
		}
		out[file] = append(changed, sources[file][done:]...)
	}
	return out
}

// conditions finds the checks in the package's files, test files apart.
func conditions(pkg string) (all []condition, known declarations, err error) {
	names, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		return nil, known, err
	}
	files, trees, sources := token.NewFileSet(), []*ast.File{}, [][]byte{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, known, err
		}
		tree, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, known, err
		}
		trees, sources = append(trees, tree), append(sources, source)
	}
	known = declared(trees)
	for i, tree := range trees {
		for _, e := range checksOf(files, tree, sources[i], known) {
			at := files.Position(files.File(tree.Pos()).Pos(e.start))
			end := e.end
			if e.form == "any bytes" { // a call, of which the name changes
				end += bytes.IndexByte(sources[i][end:], '\n')
			}
			all = append(all, condition{at.Filename, at.Line, at.Column, string(sources[i][e.start:end]), e, sources[i]})
		}
	}
	return all, known, nil
}

// declarations of a package that tell what a call means.
type declarations struct {
	name   string           // of the package
	bools  map[string][]int // the parameters of a function that are bool
	expect bool             // a cursor with take(n) and expect(bytes...), which marks it bad when others stand there
}

func declared(trees []*ast.File) (d declarations) {
	d.name, d.bools = trees[0].Name.Name, map[string][]int{}
	methods := map[string]bool{}
	for _, tree := range trees {
		for _, decl := range tree.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			methods[f.Name.Name] = methods[f.Name.Name] || f.Recv != nil
			for i, t := range flat(f.Type.Params) {
				if named(t, "bool") {
					d.bools[f.Name.Name] = append(d.bools[f.Name.Name], i)
				}
			}
		}
	}
	d.expect = methods["expect"] && methods["take"]
	return d
}

// flat returns the type of each parameter or result.
func flat(fields *ast.FieldList) (out []ast.Expr) {
	if fields == nil {
		return nil
	}
	for _, f := range fields.List {
		for range max(1, len(f.Names)) {
			out = append(out, f.Type)
		}
	}
	return out
}

func named(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}
