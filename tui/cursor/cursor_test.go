package cursor

import (
	"math"
	"slices"
	"testing"
)

func ids(rows ...string) (int, func(int) string) {
	return len(rows), func(i int) string { return rows[i] }
}

func TestSelectionStaysWithItsRow(t *testing.T) {
	var l List
	n, id := ids("a", "b", "c", "d")
	l.Follow(n, id)
	l.Move(2, id)
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"when rows are sorted another way", []string{"d", "c", "b", "a"}, "c"},
		{"when rows come before it", []string{"x", "y", "d", "c"}, "c"},
		{"when it is the only one left", []string{"c"}, "c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, id := ids(c.rows...)
			l.Follow(n, id)
			if got := c.rows[l.Index()]; got != c.want {
				t.Errorf("selected %q, want %q", got, c.want)
			}
		})
	}
	t.Run("when it goes, its place is taken by the next row", func(t *testing.T) {
		n, id := ids("a", "b")
		l.Follow(n, id)
		if l.ID() != "a" {
			t.Errorf("selected %q", l.ID())
		}
	})
	t.Run("when all rows go and come back", func(t *testing.T) {
		l.Follow(0, nil)
		n, id := ids("z", "a")
		l.Follow(n, id)
		if l.ID() != "a" {
			t.Errorf("selected %q", l.ID())
		}
	})
}

func TestAListThatNobodyTouchedShowsItsTop(t *testing.T) {
	var l List
	n, id := ids("early", "other")
	l.Follow(n, id)
	n, id = ids("worst", "bad", "early", "other")
	l.Follow(n, id)
	if l.ID() != "worst" || l.Scroll(2) != 0 {
		t.Errorf("selected %q, first row %d: the row that was first once holds the list", l.ID(), l.Scroll(2))
	}
	l.Move(0, id)
	n, id = ids("new", "bad", "early", "other", "worst")
	l.Follow(n, id)
	if l.ID() != "worst" {
		t.Errorf("selected %q after the viewer chose worst", l.ID())
	}
}

func TestMovingStopsAtBothEnds(t *testing.T) {
	var l List
	n, id := ids("a", "b", "c")
	l.Follow(n, id)
	l.Move(-5, id)
	if l.ID() != "a" {
		t.Errorf("above the first row: %q", l.ID())
	}
	l.Move(50, id)
	if l.ID() != "c" {
		t.Errorf("below the last row: %q", l.ID())
	}
}

func TestScrollKeepsTheSelectionInSightAndMovesNoFurther(t *testing.T) {
	var l List
	rows := make([]string, 100)
	for i := range rows {
		rows[i] = string(rune('!' + i))
	}
	n, id := ids(rows...)
	l.Follow(n, id)
	for _, c := range []struct{ move, height, want int }{{0, 10, 0}, {9, 10, 0}, {1, 10, 1}, {-10, 10, 0}, {99, 10, 90}, {-5, 10, 90}, {0, 200, 0}, {0, 0, 0}} {
		l.Move(c.move, id)
		if got := l.Scroll(c.height); got != c.want {
			t.Errorf("after %+d rows at height %d the first row is %d, want %d", c.move, c.height, got, c.want)
		}
	}
}

func TestSortKeyPressedThreeTimesComesBack(t *testing.T) {
	var o Order
	for i, want := range []Term{{Column: "sl"}, {Column: "sl", Turned: true}, {}} {
		if o = o.Sort("sl"); o.First != want {
			t.Errorf("press %d: %+v, want %+v", i+1, o.First, want)
		}
	}
	o = o.Sort("sl").SortSecond("frt").Sort("frt")
	if o.First.Column != "frt" || o.Second.Column != "" {
		t.Errorf("a column is first and second at once: %+v", o)
	}
}

func TestNoDataIsLastInBothDirections(t *testing.T) {
	for _, turned := range []bool{false, true} {
		v := []float64{2, math.NaN(), 3, 1}
		slices.SortFunc(v, func(a, b float64) int { return Compare(a, b, turned) })
		if !math.IsNaN(v[3]) {
			t.Errorf("turned %v: %v", turned, v)
		}
	}
}
