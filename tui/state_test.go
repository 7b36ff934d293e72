package tui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestThereIsNoPackageState holds all of the screen and its themes to having no
// package-level variables, no init and no look at the environment: a viewer is a
// value, and many of them run in one process. What is embedded cannot change.
func TestThereIsNoPackageState(t *testing.T) {
	for _, root := range []string{".", "../themes"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			for _, decl := range file.Decls {
				if what := packageState(decl); what != "" {
					t.Errorf("%s: %s", set.Position(decl.Pos()), what)
				}
			}
			if strings.HasPrefix(path, "bench"+string(filepath.Separator)) {
				return nil // measures the process
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if what := asksTheProcess(n); what != "" {
					t.Errorf("%s: %s is the process's, not a viewer's", set.Position(n.Pos()), what)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// packageState says what of a declaration is state of the package.
func packageState(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Name.Name == "init" {
			return "init runs before there is a viewer"
		}
	case *ast.GenDecl:
		if d.Tok != token.VAR || d.Doc != nil && strings.Contains(d.Doc.List[len(d.Doc.List)-1].Text, "//go:embed") {
			return ""
		}
		for _, spec := range d.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.Name != "_" && !isSentinel(spec.(*ast.ValueSpec)) {
					return "the variable " + name.Name + " belongs to all viewers"
				}
			}
		}
	}
	return ""
}

// isSentinel says that a variable is an error to compare with.
func isSentinel(spec *ast.ValueSpec) bool {
	if len(spec.Values) != 1 {
		return false
	}
	call, ok := spec.Values[0].(*ast.CallExpr)
	return ok && nameOf(call.Fun) == "errors.New"
}

// asksTheProcess names what a viewer must be told instead of asking for it.
func asksTheProcess(n ast.Node) string {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	switch name := nameOf(sel); name {
	case "os.Getenv", "os.LookupEnv", "os.Environ", "time.Now", "lipgloss.NewStyle", "lipgloss.DefaultRenderer", "lipgloss.SetColorProfile", "termenv.EnvColorProfile", "time.Local", "rand.Int", "rand.IntN", "rand.Float64":
		return name
	}
	return ""
}

func nameOf(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok {
			return pkg.Name + "." + sel.Sel.Name
		}
	}
	return ""
}
