package ruletest

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"wallboard/metrics/rule"
)

func TestASeriesReadsAsItIsWritten(t *testing.T) {
	gap := math.NaN()
	for text, want := range map[string][]float64{
		"5":             {5},
		"5x3":           {5, 5, 5},
		"5+2x3":         {5, 7, 9, 11},
		"-1-1x2":        {-1, -2, -3},
		"1e3 1e-1x2":    {1000, 0.1, 0.1},
		"_ 2 _x2":       {gap, 2, gap, gap},
		"0.5+0.25x2  3": {0.5, 0.75, 1, 3},
		"":              nil,
	} {
		got, err := series(text)
		if err != nil || !slices.EqualFunc(got, want, func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }) {
			t.Errorf("%q: got %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"x", "5x", "5x0", "5x-1", "5+x3", "NaN", "Inf", "5y3", "5x600000", "1+Infx2", "0x400000 0x400000"} {
		if got, err := series(text); err == nil {
			t.Errorf("%q: read as %d values", text, len(got))
		}
	}
}

func TestAFileThatCannotBeMeantIsRefusedWithItsLine(t *testing.T) {
	test := func(body string) string { return "tests:\n  - name: a\n    rule: b\n" + body }
	for name, row := range map[string]struct{ text, want string }{
		"nothing at all":               {"", "holds no tests"},
		"an unknown key":               {test("    serie: 3\n"), "line 4: field serie not found"},
		"no series":                    {test("    episodes: 0\n"), "line 2: test \"a\": series: it holds no values"},
		"nothing expected":             {test("    series: 3\n"), "nothing is expected"},
		"a state that is none":         {test("    series: 3\n    expect:\n      - {at: 0s, state: shouting}\n"), "expect, line 6: state: \"shouting\""},
		"a time after the series":      {test("    series: 3x3\n    expect:\n      - {at: 0s, state: firing}\n      - {at: 1m, state: firing}\n"), "expect, line 7: at: \"1m\" lies outside the series, which ends at 10s"},
		"a level that is none":         {test("    series: 3\n    expect: [{at: 0s, state: firing, level: red}]\n"), "level: \"red\""},
		"a step that is no time":       {test("    series: 3\n    every: often\n    episodes: 0\n"), "every: \"often\""},
		"a frozen span that runs back": {test("    series: 3\n    frozen: [{from: 3s, to: 2s}]\n    episodes: 0\n"), "frozen"},
		"a further KPI without values": {test("    series: 3\n    with: {people: []}\n    episodes: 0\n"), "with: people"},
		"no YAML":                      {"tests: [", "ruletest:"},
	} {
		if _, err := Parse([]byte(row.text)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want it to say %q", name, err, row.want)
		}
	}
}

// FuzzParse holds that no file makes the decoder or the runner panic.
func FuzzParse(f *testing.F) {
	files, err := fs.Glob(Shipped, "shipped/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := Shipped.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("tests:\n  - name: a\n    rule: waiting\n    series: [1x2, _, [3+1x2]]\n    with: {people: 3}\n    expect: [{at: 5s, state: firing}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tests, err := Parse(data)
		if err != nil {
			return
		}
		steps := 0
		for i := range tests {
			if steps += len(tests[i].Values); steps > 5_000 {
				return // a long series is only slow
			}
		}
		for _, r := range Run(rule.Defaults(), rule.Config{}, tests) {
			_ = fmt.Sprint(r.Failures)
		}
	})
}
