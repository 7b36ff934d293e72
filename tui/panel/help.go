package panel

import (
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// helpCell is the width of one column of the help, helpKeys that of the keys in it.
const (
	helpCell = 56
	helpKeys = 10
)

// helpRow is one row of the help: a heading, a key and what it does, or a gap.
type helpRow struct {
	title, key, does clean.Text
}

func (r helpRow) gap() bool { return r.title.Empty() && r.key.Empty() }

// Help draws every key that works over the canvas, group by group, in as many
// columns as its height asks for, from the row top on; tag is what else is worth
// knowing. It returns the last top that leaves no row out at the end, 0 where all
// of them fit.
func (p *Pen) Help(c screen.Canvas, m *keys.Map, tag clean.Text, top int) (hidden int) {
	w, h := c.Size()
	rows := p.helpRows(m)
	columns := max(1, min((len(rows)+h-3)/max(1, h-2), w/30))
	box := layout.Overlay(layout.Rect{W: w, H: h}, columns*helpCell+2, (len(rows)+columns-1)/columns+4)
	if columns == 1 {
		box = layout.Overlay(layout.Rect{W: w, H: h}, 76, len(rows)+2)
	}
	in := p.overlay(c.Sub(box), p.Say.Say(i18n.KeysTitle), p.Say.Say(i18n.OverlayClose))
	w, h = in.Size()
	if h == 0 {
		return 0
	}
	for hidden < len(rows) && !fitsColumns(rows[hidden:], columns, h) {
		hidden++
	}
	top = max(0, min(top, hidden))
	if hidden > top {
		tag = p.Say.Fill(i18n.ExplainMore, p.Num.Count(int64(hidden-top)))
	}
	p.tagLeftOf(c.Sub(box), tag, p.Say.Say(i18n.OverlayClose))
	rest, x := rows[top:], 1
	for i := range columns {
		column, after := nextColumn(rest, h)
		width := w - x
		if i < columns-1 {
			width = min(width, max(w/columns, w-x-(columns-1-i)*helpWidth(after)), helpWidth(column))
		}
		p.helpColumn(in.Sub(layout.Rect{X: x, W: width, H: h}), column)
		rest, x = after, x+width
	}
	return hidden
}

// helpRows is everything that the help has to say.
func (p *Pen) helpRows(m *keys.Map) []helpRow {
	var rows []helpRow
	group := keys.Group(255)
	m.Help(func(g keys.Group, b keys.Binding) bool {
		if g != group {
			if len(rows) > 0 {
				rows = append(rows, helpRow{})
			}
			group = g
			rows = append(rows, helpRow{title: p.Say.Say(g.Title())})
		}
		rows = append(rows, helpRow{key: p.keyLabel(b), does: p.Say.Say(b.Long)})
		return true
	})
	return rows
}

// nextColumn cuts what stands in a column of h rows from the rest: no gap at its
// ends, and a heading stays with its first key.
func nextColumn(rows []helpRow, h int) (column, rest []helpRow) {
	for len(rows) > 0 && rows[0].gap() {
		rows = rows[1:]
	}
	n := min(h, len(rows))
	if n > 1 && n < len(rows) && !rows[n-1].title.Empty() {
		n--
	}
	return rows[:n], rows[n:]
}

func fitsColumns(rows []helpRow, columns, h int) bool {
	for range columns {
		_, rows = nextColumn(rows, h)
	}
	return len(rows) == 0
}

// helpWidth is how wide a column would have to be to cut nothing.
func helpWidth(rows []helpRow) int {
	w := 0
	for _, r := range rows {
		w = max(w, helpKeys+text.Width(r.does.String())+2)
	}
	return w
}

func (p *Pen) helpColumn(c screen.Canvas, rows []helpRow) {
	w, _ := c.Size()
	for y, r := range rows {
		if !r.title.Empty() {
			c.PrintFit(0, y, w-2, r.title, p.Look.Title, screen.Left)
			continue
		}
		c.PrintFit(0, y, helpKeys, r.key, p.Look.Key, screen.Left)
		c.PrintFit(helpKeys, y, max(0, w-helpKeys-1), r.does, p.Look.Text, screen.Left)
	}
}
