// Package cursor owns which row of a list is selected and which rows are in
// sight: the selection is an id, so it stays with its row when rows come, go,
// are sorted or filtered. It must not know what the rows are.
package cursor

// List is the selection in one list. Until somebody chose a row it is the first
// one, whichever that is: a list that nobody touched shows its top.
type List struct {
	id     string
	index  int
	offset int
	rows   int
	chosen bool // the id was chosen, so it stays
}

// Follow is told the rows after each change of them: their number and the id of
// each. A chosen selection goes where its id went; if the id is gone it stays at
// its place, on whatever row is there now.
func (l *List) Follow(rows int, id func(int) string) {
	l.rows = rows
	if rows == 0 {
		l.index, l.offset = 0, 0
		return
	}
	if !l.chosen {
		l.index, l.offset, l.id = 0, 0, id(0)
		return
	}
	if l.index < rows && l.id == id(l.index) {
		return
	}
	if l.id != "" {
		for i := range rows {
			if id(i) == l.id {
				l.index = i
				return
			}
		}
	}
	l.index = min(l.index, rows-1)
	l.id = id(l.index)
}

// Move selects the row delta further down, as far as there are rows.
func (l *List) Move(delta int, id func(int) string) { l.Select(l.index+delta, id) }

// Select selects a row by its place.
func (l *List) Select(index int, id func(int) string) {
	if l.rows == 0 {
		return
	}
	l.index = max(0, min(index, l.rows-1))
	l.id, l.chosen = id(l.index), true
}

// Wheel moves what is in sight of a list height rows high, as far as there are
// rows. The selection moves only as far as it must to stay in sight.
func (l *List) Wheel(delta, height int, id func(int) string) {
	if l.rows == 0 || height <= 0 {
		return
	}
	l.offset = max(0, min(l.offset+delta, l.rows-height))
	l.Select(max(l.offset, min(l.index, l.offset+height-1)), id)
}

// Last selects the last row.
func (l *List) Last(id func(int) string) { l.Select(l.rows-1, id) }

// SelectID selects the row with the id at the next Follow.
func (l *List) SelectID(id string) { l.id, l.chosen = id, true }

// Index returns the place of the selected row.
func (l *List) Index() int { return l.index }

// ID returns the id of the selected row, empty where there is none yet.
func (l *List) ID() string { return l.id }

// Rows returns the number of rows that Follow was told last.
func (l *List) Rows() int { return l.rows }

// Scroll returns the first row in sight in a list height rows high: as it was,
// moved only as far as the selection needs.
func (l *List) Scroll(height int) int {
	if height <= 0 {
		return 0
	}
	l.offset = min(l.offset, max(0, l.rows-height))
	if l.index < l.offset {
		l.offset = l.index
	}
	if l.index >= l.offset+height {
		l.offset = l.index - height + 1
	}
	return l.offset
}
