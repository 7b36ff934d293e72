package page

import (
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Tiles draws the rows of a list side by side, in their order, line by line.
type Tiles[T any] struct {
	*List[T]
	Cells int // of one tile
	Cell  func(p *panel.Pen, s *panel.Scene, c screen.Canvas, row T)

	columns, rows, top int
}

// Draw draws as many tiles as there is room for.
func (t *Tiles[T]) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas, focus panel.Focus) {
	w, h := c.Size()
	t.columns, t.rows = max(1, w/max(1, t.Cells)), h
	t.focused = focus
	p.Hits.Target(c, t, 0)
	t.follow()
	chosen := -1
	if t.active && focus == panel.Focused && !s.Untouched {
		chosen = t.cursor.Index()
	}
	for i := t.top * t.columns; i < len(t.List.rows) && i < (t.top+h)*t.columns; i++ {
		x, y := i%t.columns, i/t.columns-t.top
		x0, x1 := w*x/t.columns, w*(x+1)/t.columns
		cell := c.Sub(layout.Rect{X: x0, Y: y, W: x1 - x0, H: 1})
		if i == chosen {
			cell.Fill(' ', p.Look.Selected)
		}
		t.Cell(p, s, cell, t.at(i))
		if i == chosen {
			p.Choose(cell)
		}
	}
}

// Lines is how many lines w cells need for so many tiles.
func (t *Tiles[T]) Lines(w, tiles int) int {
	columns := max(1, w/max(1, t.Cells))
	return (tiles + columns - 1) / columns
}

// follow keeps the selected tile in sight.
func (t *Tiles[T]) follow() {
	line := t.cursor.Index() / t.columns
	last := (len(t.List.rows) + t.columns - 1) / t.columns
	t.top = max(0, min(t.top, last-t.rows))
	t.top = min(t.top, line)
	if line >= t.top+t.rows {
		t.top = line - t.rows + 1
	}
}

// Below returns how many tiles are below those in sight.
func (t *Tiles[T]) Below() int {
	return max(0, len(t.List.rows)-(t.top+t.rows)*max(1, t.columns))
}

// Act moves the selection as the tiles stand.
func (t *Tiles[T]) Act(a keys.Action) bool {
	was := t.active
	t.active = true
	switch a {
	case keys.Up:
		t.move(-t.columns, was)
	case keys.Down:
		t.move(t.columns, was)
	case keys.Left:
		t.move(-1, was)
	case keys.Right:
		t.move(1, was)
	case keys.PageUp:
		t.move(-t.columns*t.rows, was)
	case keys.PageDown:
		t.move(t.columns*t.rows, was)
	default:
		return t.List.Act(a)
	}
	return true
}

// Click selects a tile; a click on the selected one stands for enter.
func (t *Tiles[T]) Click(_, x, y int) keys.Action {
	i := (t.top+y)*t.columns + x/max(1, t.Cells)
	if i >= len(t.List.rows) {
		return keys.None
	}
	again := t.active && t.focused == panel.Focused && t.cursor.Index() == i
	t.active = true
	t.cursor.Select(i, t.idAt)
	if again {
		return keys.Enter
	}
	return keys.None
}

// Wheel moves the selection by lines of tiles.
func (t *Tiles[T]) Wheel(rows int) { t.move(rows*t.columns, true) }
