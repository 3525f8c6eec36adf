package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const (
	module   = "../../.." // from this folder
	commands = module + "/cmd"
)

// speaking are the methods that take a sentence, and which of their arguments it is.
var speaking = map[string]int{"T": 0, "Say": 0, "Note": 0, "note": 0, "Progress": 0, "Secret": 0, "Insist": 0, "Line": 0, "Filled": 0, "Confirm": 2, "tell": 0, "Agree": 0, "Losing": 0, "noted": 0, "noteTouch": 0, "Part": 0, "await": 0, "consent": 1}

// making are the functions that make a command, and which of their arguments is its path.
var making = map[string]int{"Leaf": 0, "Group": 0, "withVault": 1, "withPool": 1}

// storied is an id that is kept in a table, by the demo or beside a PIN: wherever it stands, it is said.
var storied = regexp.MustCompile(`^((flag\.)?demo\.[a-z0-9.-]+|ask\.last-[a-z.-]+)$`)

// call is a place in the commands that says a sentence.
type call struct {
	where    string
	id       string   // empty when it is composed
	prefix   string   // of a composed one
	suffixes []string // all that may follow it
	args     int      // -1 when they are passed on
}

// ids are the sentences that the call may say.
func (c call) ids() []string {
	if c.prefix == "" {
		return []string{c.id}
	}
	out := make([]string, len(c.suffixes))
	for i, s := range c.suffixes {
		out[i] = c.prefix + s
	}
	return out
}

// said is all that the commands say.
type said struct {
	calls []call
	help  map[string]string // id of a command's help, to where the command is made
}

// ids are all ids, each with a place that says it.
func (s *said) ids() map[string]string {
	out := maps.Clone(s.help)
	for _, c := range s.calls {
		for _, id := range c.ids() {
			out[id] = c.where
		}
	}
	return out
}

// readCommands reads the source of the commands. A sentence whose id it cannot follow is an
// error of the test.
func readCommands(t *testing.T) *said {
	t.Helper()
	r := &reader{t: t, out: &said{help: map[string]string{}}, fset: token.NewFileSet()}
	r.suffixes = suffixes(t)
	err := filepath.WalkDir(commands, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if filepath.Base(filepath.Dir(path)) == "wording" {
			return nil
		}
		r.file, err = parser.ParseFile(r.fset, path, nil, 0)
		if err == nil {
			ast.Inspect(r.file, r.visit)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"help", "completion"} { // cobra makes these two
		r.out.help["help."+name] = "cobra"
	}
	if len(r.out.calls) < 150 {
		t.Fatalf("only %d calls found: is this test broken?", len(r.out.calls))
	}
	return r.out
}

// literal is the value of a string literal, or empty.
func literal(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		s, _ := strconv.Unquote(lit.Value)
		return s
	}
	return ""
}

// reader walks over one file after another.
type reader struct {
	t        *testing.T
	fset     *token.FileSet
	file     *ast.File
	suffixes map[string][]string
	out      *said
}

func (r *reader) visit(n ast.Node) bool {
	if lit, ok := n.(*ast.BasicLit); ok && storied.MatchString(literal(lit)) {
		r.out.calls = append(r.out.calls, call{where: r.where(lit), id: literal(lit), args: -1})
	}
	c, ok := n.(*ast.CallExpr)
	if !ok {
		return true
	}
	name, receiver := called(c)
	if at, ok := speaking[name]; ok && receiver != "" && len(c.Args) > at {
		r.sentence(c, name, at)
	}
	if at, ok := making[name]; ok && len(c.Args) > at {
		r.command(c, name, c.Args[at])
	}
	if name == "New" && receiver == "cli" {
		r.path(c, "Leaf", literal(c.Args[0]))
	}
	return true
}

// called is the name of the function that a call calls, and what stands before its dot.
func called(c *ast.CallExpr) (name, receiver string) {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name, ""
	case *ast.SelectorExpr:
		receiver = "?"
		if x, ok := f.X.(*ast.Ident); ok {
			receiver = x.Name
		}
		return f.Sel.Name, receiver
	}
	return "", ""
}

func (r *reader) where(n ast.Node) string { return r.fset.Position(n.Pos()).String() }

func (r *reader) sentence(c *ast.CallExpr, method string, at int) {
	args := len(c.Args) - at - 1
	switch {
	case c.Ellipsis.IsValid():
		args = -1
	case method == "Progress":
		args = 2 // done and total
	}
	r.said(call{where: r.where(c), args: args}, c.Args[at])
}

// said follows an id: a literal, a prefix with something behind it, a variable that literals are
// assigned to, or a parameter, whose callers are looked at instead.
func (r *reader) said(c call, id ast.Expr) {
	if s := literal(id); s != "" {
		c.id = s
		r.out.calls = append(r.out.calls, c)
		return
	}
	switch id := id.(type) {
	case *ast.BinaryExpr:
		r.compose(c, literal(id.X))
		return
	case *ast.CallExpr: // fmt.Sprintf
		if name, _ := called(id); name == "Sprintf" {
			prefix, _, _ := strings.Cut(literal(id.Args[0]), "%")
			r.compose(c, prefix)
			return
		}
	case *ast.SelectorExpr: // a field of one of those tables
		if strings.Contains(c.where, "bailiff-demo") {
			return
		}
	case *ast.Ident:
		if values := r.assigned(id.Name); len(values) > 0 {
			for _, v := range values {
				c.id = v
				r.out.calls = append(r.out.calls, c)
			}
			return
		}
		if r.parameter(id) {
			return
		}
	}
	r.t.Errorf("%s: cannot follow this id", c.where)
}

func (r *reader) compose(c call, prefix string) {
	if prefix == "exit." || prefix == "help." || prefix == "about." {
		return // the exit codes; the commands' paths
	}
	c.prefix, c.suffixes = prefix, r.suffixes[prefix]
	if len(c.suffixes) == 0 {
		r.t.Errorf("%s: what may follow %q? Teach this test", c.where, prefix)
	}
	r.out.calls = append(r.out.calls, c)
}

// assigned lists the literals that are assigned to a variable of the file, or ranged over by it.
func (r *reader) assigned(name string) []string {
	var out []string
	take := func(to, from ast.Expr) {
		if id, ok := to.(*ast.Ident); ok && id.Name == name && literal(from) != "" {
			out = append(out, literal(from))
		}
	}
	ast.Inspect(r.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i := range n.Rhs {
				take(n.Lhs[i], n.Rhs[i])
			}
		case *ast.RangeStmt:
			if list, ok := n.X.(*ast.CompositeLit); ok {
				for _, e := range list.Elts {
					take(n.Value, e)
				}
			}
		}
		return true
	})
	return out
}

// parameter tells whether an identifier is a parameter of the function that holds it, or ranges
// over one.
func (r *reader) parameter(id *ast.Ident) bool {
	fn := r.around(id)
	names := map[string]bool{}
	for _, f := range fn.Type.Params.List {
		for _, n := range f.Names {
			names[n.Name] = true
		}
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		if loop, ok := n.(*ast.RangeStmt); ok {
			value, _ := loop.Value.(*ast.Ident)
			over, _ := loop.X.(*ast.Ident)
			if value != nil && over != nil && names[over.Name] {
				names[value.Name] = true
			}
		}
		return true
	})
	return names[id.Name]
}

// around is the function declaration that holds a node.
func (r *reader) around(n ast.Node) *ast.FuncDecl {
	for _, d := range r.file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= n.Pos() && n.End() <= fn.End() {
			return fn
		}
	}
	return nil
}

// command takes the path of a command, whose help must exist.
func (r *reader) command(c *ast.CallExpr, maker string, path ast.Expr) {
	if s := literal(path); s != "" {
		r.path(c, maker, s)
		return
	}
	fn := r.around(c)
	if _, wrapper := making[fn.Name.Name]; !wrapper && fn.Name.Name != "Root" {
		r.t.Errorf("%s: cannot follow this path", r.where(c))
	}
}

func (r *reader) path(c *ast.CallExpr, maker, path string) {
	r.out.help["help."+path] = r.where(c)
	if maker != "Group" {
		r.out.help["about."+path] = r.where(c)
	}
}
