package fact

import "testing"

func TestEveryFigureHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{"": true}
	take := func(kind, name string, number int) {
		if seen[kind+name] || name == "" {
			t.Errorf("%s %d: name %q is empty or given twice: closed days cannot keep it (names.go)", kind, number, name)
		}
		seen[kind+name] = true
	}
	for c := range NumCounts {
		take("count", c.String(), int(c))
	}
	for p := range NumPeaks {
		take("peak", p.String(), int(p))
	}
	for d := range NumDists {
		take("dist", d.String(), int(d))
	}
}
