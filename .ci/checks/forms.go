package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"
	"strings"
)

// finder walks through a file and collects the checks.
type finder struct {
	files  *token.FileSet
	source []byte
	known  declarations
	stack  []ast.Node // around the node, the file first
	found  []edit
}

// checksOf returns how each check of a file can be taken away:
//
//   - the condition of an if, or of a case of a switch without a tag, is never true; of one joined by ||, each part in turn.
//     When its body is the good end (return nil, return true), or there is an else that returns, it is always true;
//   - each part of a boolean expression anywhere else: what is joined by && is true, by ||, false; a comparison that is
//     returned, assigned or handed on, both;
//   - a comparison of an error with nil, as if there were none;
//   - an error that is returned, or joined to others, is dropped;
//   - return false is return true, unless an if around it is removed already;
//   - the bytes that a cursor expects may be any.
func checksOf(files *token.FileSet, tree *ast.File, source []byte, known declarations) []edit {
	f := &finder{files: files, source: source, known: known}
	ast.Inspect(tree, func(n ast.Node) bool {
		if n == nil {
			f.stack = f.stack[:len(f.stack)-1]
			return false
		}
		f.visit(n)
		f.stack = append(f.stack, n)
		return true
	})
	slices.SortStableFunc(f.found, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end), strings.Compare(a.before, b.before))
	})
	return slices.Compact(f.found)
}

func (f *finder) wrap(form string, n ast.Node, before, after string) {
	start, end := f.files.Position(n.Pos()).Offset, f.files.Position(n.End()).Offset
	f.found = append(f.found, edit{form: form, start: start, end: end, before: before, after: after})
}

func (f *finder) never(e ast.Expr)  { f.wrap("false", e, "(isThere(#) && (", "))") }
func (f *finder) always(e ast.Expr) { f.wrap("true", e, "(!isThere(#) || (", "))") }

func (f *finder) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.IfStmt:
		f.weaken(n.Cond)
		if f.endsWell(n.Body) || n.Else != nil && leaves(n.Else) || equalsNil(n.Cond) {
			f.always(n.Cond)
		}
	case *ast.SwitchStmt:
		for _, c := range n.Body.List {
			if n.Tag == nil {
				for _, e := range c.(*ast.CaseClause).List {
					f.weaken(e)
				}
			}
		}
	case *ast.ReturnStmt:
		f.returned(n)
	case *ast.AssignStmt:
		for _, e := range n.Rhs {
			f.value(e, false)
		}
	case *ast.KeyValueExpr:
		f.value(n.Value, false)
	case *ast.ExprStmt:
		f.expected(n)
	case *ast.CallExpr:
		f.call(n)
	}
}

// weaken makes a condition that leads to a refusal true less often.
func (f *finder) weaken(e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		if x.Op == token.LOR {
			f.weaken(x.X)
			f.weaken(x.Y)
			return
		}
		if x.Op == token.LAND {
			for _, part := range []ast.Expr{x.X, x.Y} {
				if b, ok := ast.Unparen(part).(*ast.BinaryExpr); ok && b.Op == token.LOR {
					f.weaken(part)
				}
			}
		}
	case *ast.UnaryExpr:
		if b, ok := ast.Unparen(x.X).(*ast.BinaryExpr); ok && x.Op == token.NOT && b.Op == token.LAND {
			f.value(b, true)
			return
		}
	}
	f.never(e)
}

// value takes the parts out of a boolean expression. Of one without parts, only a comparison or a negation is known to be boolean,
// unless the place says so.
func (f *finder) value(e ast.Expr, boolean bool) {
	switch x := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			f.parts(x)
			return
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			boolean = true
		}
	case *ast.UnaryExpr:
		boolean = boolean || x.Op == token.NOT
	}
	if boolean && !named(e, "true") && !named(e, "false") {
		f.never(e)
		f.always(e)
	}
}

func (f *finder) parts(x *ast.BinaryExpr) {
	for _, part := range []ast.Expr{x.X, x.Y} {
		b, ok := ast.Unparen(part).(*ast.BinaryExpr)
		switch {
		case ok && (b.Op == token.LAND || b.Op == token.LOR):
			f.parts(b)
		case x.Op == token.LAND:
			f.always(part)
		default:
			f.never(part)
		}
	}
}

// call finds errors that are joined, and booleans that are handed on.
func (f *finder) call(n *ast.CallExpr) {
	name := ""
	switch fun := n.Fun.(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
		if named(fun.X, "errors") && name == "Join" && !n.Ellipsis.IsValid() {
			for _, arg := range n.Args {
				if !f.conditional(arg) && !sentinel(arg) {
					f.drop(arg)
				}
			}
		}
	}
	for i, arg := range n.Args {
		f.value(arg, isName(n.Fun) && slices.Contains(f.known.bools[name], i) && !isName(arg))
	}
}

func isName(e ast.Expr) bool { _, ok := e.(*ast.Ident); return ok }

// expected lets a cursor take any bytes where it expects some.
func (f *finder) expected(n *ast.ExprStmt) {
	call, ok := n.X.(*ast.CallExpr)
	if !ok || !f.known.expect {
		return
	}
	if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "expect" {
		f.wrap("any bytes", s, "", "If(#)")
	}
}

// drop evaluates an error and forgets it.
func (f *finder) drop(e ast.Expr) {
	f.wrap("no error", e, "func(e error) error { if !isThere(#) { return nil }; return e }(", ")")
}

// signature is that of the function around.
func (f *finder) signature() []ast.Expr {
	for _, n := range slices.Backward(f.stack) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return flat(n.Type.Results)
		case *ast.FuncLit:
			return flat(n.Type.Results)
		}
	}
	return nil
}

func (f *finder) returned(n *ast.ReturnStmt) {
	types := f.signature()
	if len(types) == 0 || len(n.Results) == 0 {
		return
	}
	last := n.Results[len(n.Results)-1]
	if len(n.Results) < len(types) {
		if named(types[len(types)-1], "error") {
			f.passedOn(last, types)
		}
		return
	}
	for i, e := range n.Results {
		switch {
		case named(types[i], "bool") && named(e, "false"):
			if !f.inCondition() {
				f.always(e)
			}
		case named(types[i], "bool"):
			f.value(e, !isName(e))
		case named(types[i], "error") && i == len(n.Results)-1:
			f.returnedError(e)
		}
	}
}

func (f *finder) returnedError(e ast.Expr) {
	switch {
	case named(e, "nil"), f.conditional(e), f.inCondition() && sentinel(e), joins(e):
	default:
		f.drop(e)
	}
}

func joins(e ast.Expr) bool {
	c, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := c.Fun.(*ast.SelectorExpr)
	return ok && named(s.X, "errors") && s.Sel.Name == "Join"
}

// passedOn drops the error of a call whose results are all returned.
func (f *finder) passedOn(e ast.Expr, types []ast.Expr) {
	var params, results, values []string
	for i, t := range types {
		var text bytes.Buffer
		_ = printer.Fprint(&text, f.files, t) // to memory
		name := string(rune('a' + i))
		params, results, values = append(params, name+" "+text.String()), append(results, text.String()), append(values, name)
	}
	all := strings.Join(values, ", ")
	values[len(values)-1] = "nil"
	f.wrap("no error", e, fmt.Sprintf("func(%s) (%s) { if !isThere(#) { return %s }; return %s }(",
		strings.Join(params, ", "), strings.Join(results, ", "), strings.Join(values, ", "), all), ")")
}

// inCondition tells whether the statement stands directly in an if, or a case without a tag, which is
// removed already.
func (f *finder) inCondition() bool { return f.condition() != nil }

// condition returns the if or the switch in which the statement stands directly.
func (f *finder) condition() ast.Node {
	n := len(f.stack)
	for n > 0 {
		if _, ok := f.stack[n-1].(ast.Expr); ok {
			n--
			continue
		}
		if _, ok := f.stack[n-1].(*ast.ReturnStmt); ok {
			n--
			continue
		}
		break
	}
	if n < 3 {
		return nil
	}
	if i, ok := f.stack[n-2].(*ast.IfStmt); ok && f.stack[n-1] == i.Body {
		return i
	}
	c, ok := f.stack[n-1].(*ast.CaseClause)
	if s, tagless := f.stack[n-3].(*ast.SwitchStmt); ok && tagless && s.Tag == nil && len(c.List) > 0 {
		return c
	}
	return nil
}

// conditional tells whether e is a variable by which the condition around it decides, such as err in if err != nil.
func (f *finder) conditional(e ast.Expr) bool {
	id, ok := last(e).(*ast.Ident)
	if !ok {
		return false
	}
	var decides []ast.Node
	switch n := f.condition().(type) {
	case *ast.IfStmt:
		decides = append(decides, n.Cond)
	case *ast.CaseClause:
		for _, c := range n.List {
			decides = append(decides, c)
		}
	}
	found := false
	for _, d := range decides {
		ast.Inspect(d, func(n ast.Node) bool {
			x, ok := n.(*ast.Ident)
			found = found || ok && x.Name == id.Name
			return true
		})
	}
	return found
}

// last is the innermost error of fault.At("x", err) and the like, or e.
func last(e ast.Expr) ast.Expr {
	for {
		c, ok := e.(*ast.CallExpr)
		if !ok || !isWrapper(c) || len(c.Args) == 0 {
			return e
		}
		e = c.Args[len(c.Args)-1]
	}
}

func isWrapper(c *ast.CallExpr) bool {
	s, ok := c.Fun.(*ast.SelectorExpr)
	return ok && (named(s.X, "fault") && s.Sel.Name == "At" || named(s.X, "fmt") && s.Sel.Name == "Errorf")
}

// sentinel tells whether e makes an error: a variable whose name begins with Err, or a new one.
func sentinel(e ast.Expr) bool {
	switch e := last(e).(type) {
	case *ast.Ident:
		return strings.HasPrefix(e.Name, "Err") || strings.HasPrefix(e.Name, "err") && e.Name != "err"
	case *ast.SelectorExpr:
		return strings.HasPrefix(e.Sel.Name, "Err")
	case *ast.CallExpr:
		s, ok := e.Fun.(*ast.SelectorExpr)
		return ok && (named(s.X, "errors") && s.Sel.Name == "New" || isWrapper(e))
	case *ast.BasicLit:
		return true
	case *ast.UnaryExpr, *ast.CompositeLit:
		return true
	}
	return false
}

// endsWell tells whether a block ends by returning nil or true last.
func (f *finder) endsWell(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	r, ok := b.List[len(b.List)-1].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return false
	}
	e := r.Results[len(r.Results)-1]
	return named(e, "nil") || named(e, "true")
}

// leaves tells whether an else ends with a return.
func leaves(s ast.Stmt) bool {
	b, ok := s.(*ast.BlockStmt)
	if !ok || len(b.List) == 0 {
		return false
	}
	_, ok = b.List[len(b.List)-1].(*ast.ReturnStmt)
	return ok
}

// equalsNil tells whether e is err == nil.
func equalsNil(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && b.Op == token.EQL && named(b.Y, "nil") && isName(b.X)
}
