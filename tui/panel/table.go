package panel

import (
	"cmp"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/cursor"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Column is one column of a table: how it draws and how it sorts.
type Column[T any] struct {
	ID    string
	Title i18n.ID
	KPI   string                     // the KPI it shows, for explaining it; empty: none
	Over  func(s *Scene) fact.Window // the window that KPI is read over; nil: the one on the screen
	Width int
	Flex  bool // takes the width that is left, at least Width
	Grow  int  // how much a flexible column grows where another follows; 0: Width
	Right bool // numbers stand at the right
	Drop  int  // narrow tables leave out the highest first; 0 stays always
	Draw  func(p *Pen, s *Scene, cell screen.Canvas, row T)
	Value func(s *Scene, row T) float64 // to sort by, largest first; nil: Name
	Name  func(row T) string            // to sort by, A first
}

// Table draws rows in columns. The set of columns is fixed for a width, so that
// nothing moves sideways when numbers change.
type Table[T any] struct {
	Columns []Column[T]
	Written map[string][]Field[T] // what a file holds of a column, by its ID; see fields

	width   int
	visible []spot
}

type spot struct{ column, x, w int }

// TableState is what of a table is chosen.
type TableState struct {
	Rows   int
	Offset int
	Select int // the selected row, -1: none
	Cursor int // the column at the cursor, -1: none
	Order  cursor.Order
	Dim    func(row int) bool // rows drawn dim; nil: none
}

// Fit returns the visible columns for a width in cells, and keeps them.
func (t *Table[T]) fit(width int) []spot {
	if t.visible != nil && t.width == width {
		return t.visible
	}
	t.width = width
	shown := make([]bool, len(t.Columns))
	need := 0
	for i, c := range t.Columns {
		shown[i] = true
		need += c.Width + 1
	}
	for need > width+1 {
		worst := -1
		for i, c := range t.Columns {
			if shown[i] && c.Drop > 0 && (worst < 0 || c.Drop >= t.Columns[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		shown[worst] = false
		need -= t.Columns[worst].Width + 1
	}
	t.visible = t.visible[:0]
	if t.visible == nil {
		t.visible = make([]spot, 0, len(t.Columns))
	}
	extra, x := max(0, width+1-need), 0
	for i, c := range t.Columns {
		if !shown[i] {
			continue
		}
		w := c.Width
		if c.Flex {
			// A name column grows only so far; a sparkline takes the rest.
			grow := extra
			if !t.lastFlex(i, shown) {
				grow = min(extra, cmp.Or(c.Grow, c.Width))
			}
			w += grow
			extra -= grow
		}
		t.visible = append(t.visible, spot{column: i, x: x, w: w})
		x += w + 1
	}
	return t.visible
}

// lastFlex says whether no visible column after i is flexible.
func (t *Table[T]) lastFlex(i int, shown []bool) bool {
	for k := i + 1; k < len(t.Columns); k++ {
		if t.Columns[k].Flex && shown[k] {
			return false
		}
	}
	return true
}

// Index returns the place of a column among the visible ones, -1 where it is
// not visible.
func (t *Table[T]) Index(id string) int {
	for i, at := range t.visible {
		if t.Columns[at.column].ID == id {
			return i
		}
	}
	return -1
}

// Step returns the id of the visible column delta further right of a column, as
// far as there are any.
func (t *Table[T]) Step(id string, delta int) string {
	if len(t.visible) == 0 {
		return id
	}
	i := max(0, min(t.Index(id)+delta, len(t.visible)-1))
	return t.Columns[t.visible[i].column].ID
}

// At returns the id of the visible column at a cell, empty where there is none;
// the gap behind a column is its own.
func (t *Table[T]) At(x int) string {
	for _, at := range t.visible {
		if x >= at.x && x <= at.x+at.w {
			return t.Columns[at.column].ID
		}
	}
	return ""
}

// Draw draws the head and the rows that have room; row returns the i-th.
func (t *Table[T]) Draw(p *Pen, s *Scene, c screen.Canvas, st TableState, row func(int) T) {
	w, h := c.Size()
	if w <= 0 || h <= 0 {
		return
	}
	spots := t.fit(w)
	t.head(p, c, st, spots)
	for y := 1; y < h && st.Offset+y-1 < st.Rows; y++ {
		i := st.Offset + y - 1
		line := Row(c, y)
		selected := i == st.Select
		if selected {
			line.Fill(' ', p.Look.Selected)
		}
		value := row(i)
		for _, at := range spots {
			t.Columns[at.column].Draw(p, s, line.Sub(layout.Rect{X: at.x, W: at.w, H: 1}), value)
		}
		switch {
		case selected:
			p.Choose(line)
		case st.Dim != nil && st.Dim(i):
			line.Restyle(0, 0, w, func(old screen.Style) screen.Style { return p.Look.Dim.On(old.BG) })
		}
	}
}

// Choose gives the selected row its look where a cell has no louder one.
func (p *Pen) Choose(line screen.Canvas) {
	w, _ := line.Size()
	line.Restyle(0, 0, w, func(old screen.Style) screen.Style {
		if old.Attr&screen.Reverse != 0 && p.Look.Selected.Attr&screen.Reverse == 0 {
			return old
		}
		if old.FG == p.Look.Text.FG || old.FG == p.Look.Dim.FG || p.Look.Selected.Attr&screen.Reverse != 0 {
			return p.Look.Selected
		}
		return old.On(p.Look.Selected.BG)
	})
}

// head draws the titles; the column at the cursor is underlined, sorted columns
// carry an arrow.
func (t *Table[T]) head(p *Pen, c screen.Canvas, st TableState, spots []spot) {
	for i, at := range spots {
		column := &t.Columns[at.column]
		look := p.Look.Dim
		if i == st.Cursor {
			look = p.Look.Accent.With(screen.Underline)
		}
		align := screen.Left
		if column.Right {
			align = screen.Right
		}
		title := p.Say.Say(column.Title)
		if column.Title == "" {
			title = clean.Text{}
		}
		mark, sorted := p.sortMark(column.ID, st.Order)
		if sorted {
			look = look.With(screen.Bold)
		}
		c.PrintFit(at.x, 0, at.w, title, look, align)
		if sorted {
			p.arrow(c, at, title, align, mark)
		}
	}
}

// arrow draws the mark of a sorted column right behind its title: the gap
// between columns has room for it.
func (p *Pen) arrow(c screen.Canvas, at spot, title clean.Text, align screen.Align, mark rune) {
	w, _ := c.Size()
	x := at.x + at.w
	if align == screen.Left {
		x = at.x + min(at.w, text.Width(title.String()))
	}
	c.Set(min(x, w-1), 0, mark, p.Look.Accent)
}

// sortMark returns the arrow of a sorted column.
func (p *Pen) sortMark(id string, o cursor.Order) (rune, bool) {
	for _, term := range [...]cursor.Term{o.First, o.Second} {
		if term.Column == "" || term.Column != id {
			continue
		}
		if term.Turned {
			return p.Look.Glyphs.Up, true
		}
		return p.Look.Glyphs.Down, true
	}
	return 0, false
}

// cellText draws a text into a table cell, left aligned.
func cellText(cell screen.Canvas, t clean.Text, look screen.Style) {
	w, _ := cell.Size()
	cell.PrintFit(0, 0, w, t, look, screen.Left)
}

// cellNumber draws a number into a table cell, right aligned.
func cellNumber(cell screen.Canvas, t clean.Text, look screen.Style) {
	w, _ := cell.Size()
	cell.PrintFit(0, 0, w, t, look, screen.Right)
}
