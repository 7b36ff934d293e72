package ruletest

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// series reads a number, a line of words, or a list of either.
func series(v any) ([]float64, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int:
		return []float64{float64(v)}, nil
	case float64:
		return one(v)
	case string:
		return words(v)
	case []any:
		var all []float64
		for _, item := range v {
			part, err := series(item)
			if err != nil {
				return nil, err
			}
			if all = append(all, part...); len(all) > mostSteps {
				return nil, fmt.Errorf("it holds more than %d values", mostSteps)
			}
		}
		return all, nil
	}
	return nil, fmt.Errorf("%v is neither a number nor a list of values", v)
}

func one(v float64) ([]float64, error) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, fmt.Errorf("%v is no value (\"_\" is no data)", v)
	}
	return []float64{v}, nil
}

func words(line string) ([]float64, error) {
	var all []float64
	for _, word := range strings.Fields(line) {
		part, err := run(word)
		if err != nil {
			return nil, err
		}
		if all = append(all, part...); len(all) > mostSteps {
			return nil, fmt.Errorf("it holds more than %d values", mostSteps)
		}
	}
	return all, nil
}

// run reads one word: "5", "5x3", "5+2x3", "_", "_x3".
func run(word string) ([]float64, error) {
	bad := fmt.Errorf("%q is not of the form 5, 5x3, 5+2x3 or _", word)
	body, count, repeated := strings.Cut(word, "x")
	times := 1
	if repeated {
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 || n > mostSteps {
			return nil, bad
		}
		times = n
	}
	if body == "_" {
		return repeat(math.NaN(), 0, times), nil
	}
	sign := strings.LastIndexAny(body, "+-")
	if sign <= 0 || body[sign-1] == 'e' || !repeated {
		v, err := strconv.ParseFloat(body, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, bad
		}
		return repeat(v, 0, times), nil
	}
	from, err1 := strconv.ParseFloat(body[:sign], 64)
	step, err2 := strconv.ParseFloat(body[sign:], 64)
	if err1 != nil || err2 != nil || math.IsNaN(from+step) || math.IsInf(from+step*float64(times), 0) {
		return nil, bad
	}
	return repeat(from, step, times+1), nil
}

func repeat(from, step float64, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = from + float64(i)*step
	}
	return v
}

// place is where a test stands in its file, and each of its expectations.
type place struct {
	line    int
	expects []int
}

func (p place) expect(i int) int {
	if i < len(p.expects) {
		return p.expects[i]
	}
	return p.line
}

type places []place

func (p places) test(i int) place {
	if i < len(p) {
		return p[i]
	}
	return place{}
}

// linesOf finds the lines of tests and expectations; what is not of the usual
// form is left out.
func linesOf(data []byte) places {
	var root yaml.Node
	if yaml.Unmarshal(data, &root) != nil || len(root.Content) == 0 {
		return nil
	}
	tests := under(root.Content[0], "tests")
	if tests == nil {
		return nil
	}
	var out places
	for _, t := range tests.Content {
		p := place{line: t.Line}
		if expect := under(t, "expect"); expect != nil {
			for _, e := range expect.Content {
				p.expects = append(p.expects, e.Line)
			}
		}
		out = append(out, p)
	}
	return out
}

// under returns what a key of a mapping holds.
func under(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
