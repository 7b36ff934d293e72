package page

import (
	"wallboard/tui/keys"
	"wallboard/tui/panel"
)

// Focuser is a page of several panels: it gives the keys to the panel that was
// clicked.
type Focuser interface{ Focus(t panel.Target) }

// Click selects the row and the column at a cell of the table. A click on the
// selected row stands for enter, one on a column's head for the key that sorts.
func (l *List[T]) Click(_, x, y int) keys.Action {
	column := l.Table.At(x)
	if y == 0 {
		if column == "" {
			return keys.None
		}
		l.Column, l.active = column, true
		return keys.Sort
	}
	i := l.cursor.Scroll(l.height) + y - 1
	if i >= len(l.rows) {
		return keys.None
	}
	again := l.active && l.focused == panel.Focused && l.cursor.Index() == i
	if column != "" {
		l.Column = column
	}
	l.active = true
	l.cursor.Select(i, l.idAt)
	if again {
		return keys.Enter
	}
	return keys.None
}

// Wheel moves the rows in sight; the selection goes along only as far as it
// must to stay in sight.
func (l *List[T]) Wheel(rows int) { l.cursor.Wheel(rows, l.height, l.idAt) }
