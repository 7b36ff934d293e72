package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRulesAreTestedAsData(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config := file("c.toml", "[[rule]]\nname = \"crowd\"\nkpi = \"waiting\"\nscope = { queue = \"*\" }\nwarn = 9\nfor = \"10s\"\n")
	head := "tests:\n  - name: ten wait\n    rule: crowd\n    series: 10x6\n    expect:\n"
	right := file("right.yaml", head+"      - {at: 5s, state: pending}\n      - {at: 10s, state: firing, level: warn, limit: 9}\n")
	wrong := file("wrong.yaml", head+"      - {at: 10s, state: firing, limit: 8}\n      - {at: 20s, state: inactive}\n")
	for _, row := range []struct {
		name, out, problems string
		args                []string
		exit                int
	}{
		{"a test that holds", "ok    crowd: ten wait\n1 tests, 0 failed\n", "", []string{right}, exitFine},
		{"a test that does not says line, time and both figures", "line 6: at 10s: limit is 9, want 8", "2 of 3 tests failed", []string{right, wrong, wrong}, exitFailure},
		{"the state too", "line 7: at 20s: state is firing, want inactive", "", []string{wrong}, exitFailure},
		{"the shipped tests on a configuration that changes nothing of theirs", " 0 failed", "", []string{"--shipped", "-q"}, exitFine},
		{"no file", "", "no file is named", nil, exitUsage},
		{"a file that is no test", "", "field series", []string{file("odd.yaml", "series: 3\n")}, exitUsage},
		{"a rule that is not there", "no rule is named", "", []string{file("none.yaml", "tests:\n  - {name: a, rule: b, series: 1, episodes: 0}\n")}, exitFailure},
	} {
		var out, problems strings.Builder
		p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &problems, getenv: func(string) string { return "" }}
		exit := p.run(context.Background(), append([]string{"test", "rules", "--config", config}, row.args...))
		if exit != row.exit || !strings.Contains(out.String(), row.out) || !strings.Contains(problems.String(), row.problems) {
			t.Errorf("%s: exit %d\n%s\n%s", row.name, exit, out.String(), problems.String())
		}
	}
}
