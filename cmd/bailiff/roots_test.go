package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestProgramsKnowNoOtherRoots: what vouches for tokens is chosen in package attestation alone. No code
// that a program could link makes roots of its own or gives a host any; packages for tests may, which the
// programs do not link.
func TestProgramsKnowNoOtherRoots(t *testing.T) {
	const module = "../.."
	files, uses := 0, 0
	err := filepath.WalkDir(module, func(path string, d fs.DirEntry, err error) error {
		inTests := strings.HasSuffix(filepath.Dir(path), "test") || strings.HasSuffix(path, "_test.go")
		if err != nil || d.IsDir() || inTests || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		files++
		ast.Inspect(f, func(n ast.Node) bool {
			if given := rootsGiven(n); given != "" && f.Name.Name != "attestation" {
				t.Errorf("%s: %s", path, given)
			}
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Roots" {
				uses++
			}
			return true
		})
		return nil
	})
	if err != nil || files < 200 || uses < 5 {
		t.Errorf("%d files, %d uses of Roots: the search is broken; %v", files, uses, err)
	}
}

// rootsGiven says how a node makes roots or puts them into a field.
func rootsGiven(n ast.Node) string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if n.Sel.Name == "NewRoots" {
			return "makes roots of its own"
		}
	case *ast.KeyValueExpr:
		if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Roots" {
			return "gives roots to a host"
		}
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			if s, ok := left.(*ast.SelectorExpr); ok && s.Sel.Name == "Roots" {
				return "gives roots to a host"
			}
		}
	}
	return ""
}
