package cursor

import "math"

// Order is how a list is sorted: by a column, then by a second one. An empty
// column is the list's own order.
type Order struct{ First, Second Term }

// Term is one column of an Order.
type Term struct {
	Column string
	Turned bool // against the column's own direction
}

// Sort returns the order after a press of the sort key on the column: the
// column becomes the first; pressed again it turns round; a third time the list
// returns to its own order.
func (o Order) Sort(column string) Order {
	o.First = o.First.press(column)
	if o.Second.Column == o.First.Column {
		o.Second = Term{}
	}
	return o
}

// SortSecond is Sort for the second column.
func (o Order) SortSecond(column string) Order {
	if column == o.First.Column {
		return o
	}
	o.Second = o.Second.press(column)
	return o
}

func (t Term) press(column string) Term {
	switch {
	case t.Column != column:
		return Term{Column: column}
	case !t.Turned:
		return Term{Column: column, Turned: true}
	}
	return Term{}
}

// Compare compares two sort values, largest first unless turned. No data (NaN)
// is always last: an empty row is never the answer to what is worst.
func Compare(a, b float64, turned bool) int {
	switch {
	case math.IsNaN(a) && math.IsNaN(b):
		return 0
	case math.IsNaN(a):
		return 1
	case math.IsNaN(b):
		return -1
	case a == b:
		return 0
	case (a > b) != turned:
		return -1
	}
	return 1
}
