package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"wallboard/metrics/clean"
)

// declared reads the message ids out of messages*.go: name of the constant → key.
func declared(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("messages*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no file declares messages: ", err)
	}
	out := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			for _, spec := range d.(*ast.GenDecl).Specs {
				v := spec.(*ast.ValueSpec)
				key, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				out[v.Names[0].Name] = key
			}
		}
	}
	return out
}

func TestEveryMessageIsInEveryLanguageAndNoOtherIs(t *testing.T) {
	ids := map[string]bool{}
	for _, key := range declared(t) {
		ids[key] = true
	}
	for _, lang := range Langs() {
		c, err := Load(lang, Unicode)
		if err != nil {
			t.Fatal(err)
		}
		for key := range ids {
			if m, ok := c.messages[ID(key)]; !ok || m.whole.Empty() {
				t.Errorf("%s: message %q is missing", lang, key)
			}
		}
		for id := range c.messages {
			if !ids[string(id)] {
				t.Errorf("%s: nothing says message %q", lang, id)
			}
		}
	}
}

func TestBothLanguagesFillTheSamePlaceholders(t *testing.T) {
	english, chinese := mustLoad(t, English), mustLoad(t, Chinese)
	for id, m := range english.messages {
		if a, b := holes(m.other), holes(chinese.messages[id].other); a != b {
			t.Errorf("%s: English has placeholders %s, Chinese %s", id, a, b)
		}
		if a, b := holes(m.one), holes(m.other); a != b {
			t.Errorf("%s: the singular has placeholders %s, the plural %s", id, a, b)
		}
	}
}

func holes(pieces []piece) string {
	var seen [10]bool
	for _, p := range pieces {
		if p.arg >= 0 {
			seen[p.arg] = true
		}
	}
	var b strings.Builder
	for i, s := range seen {
		if s {
			b.WriteString(strconv.Itoa(i))
		}
	}
	return b.String()
}

func TestEveryMessageIsUsed(t *testing.T) {
	used := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil // the compiler will say it better
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == "i18n" {
					used[s.Sel.Name] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range declared(t) {
		if !used[name] {
			t.Errorf("i18n.%s is declared and never said", name)
		}
	}
}

func mustLoad(t *testing.T, lang Lang) *Catalogue {
	t.Helper()
	c, err := Load(lang, Unicode)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSaying(t *testing.T) {
	english, chinese := mustLoad(t, English), mustLoad(t, Chinese)
	for _, c := range []struct{ name, got, want string }{
		{"a placeholder is filled", english.Fill(MarkStale, clean.Own("40s")).String(), "STALE 40s"},
		{"the same in Chinese", chinese.Fill(MarkStale, clean.Own("40秒")).String(), "数据陈旧 40秒"},
		{"an argument too few leaves a hole, not a crash", english.Fill(MarkReplay, clean.Own("a")).String(), "REPLAY a "},
		{"an unknown id reads as itself", english.Say("no.such").String(), "no.such"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestMatchingALocale(t *testing.T) {
	for locale, want := range map[string]Lang{
		"": English, "C": English, "POSIX": English, "en_GB.UTF-8": English, "de_DE": English,
		"zh_CN.UTF-8": Chinese, "zh-TW": Chinese, "zh": Chinese, "not a locale": English,
	} {
		if got := Match(locale); got != want {
			t.Errorf("%q speaks %s, want %s", locale, got, want)
		}
	}
}
