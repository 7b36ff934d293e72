package layout

// Indicators is the body of the page Indicators: the gap table, and below it who
// makes the gap of the selected one and how it changed.
type Indicators struct {
	Table  Rect
	Makers []Rect // one for each way to split, as far as there is room
	Change Rect
	Boxed  bool
}

const (
	changeCells = 46 // what before and after need side by side
	makersRows  = 9  // least rows of those who make the gap
	makerCells  = 48
)

// IndicatorsOf cuts a body for a table of so many lines and as many ways to
// split a gap.
func IndicatorsOf(w, h, lines, ways int) Indicators {
	if w <= 0 || h <= 0 {
		return Indicators{}
	}
	p := Indicators{Boxed: w >= 60 && h >= 16}
	s := stack{w: w, bottom: h}
	frame := tableHead
	if p.Boxed {
		frame += tableFrame
	}
	if h < 12 {
		p.Table = s.rest()
		return p
	}
	below := max(min(makersRows, h*9/20), h-lines-frame)
	p.Table = s.takeTop(h - below)
	rest := s.rest()
	if w < 2*changeCells {
		c := column(rest)
		p.Change = c.takeTop(max(3, min(5, rest.H-4)))
		p.Makers = []Rect{c.rest()}
		return p
	}
	p.Change, rest = splitWidth(rest, max(changeCells, w/4))
	n := max(1, min(ways, rest.W/makerCells))
	for i := range n {
		x0, x1 := rest.W*i/n, rest.W*(i+1)/n
		p.Makers = append(p.Makers, Rect{X: rest.X + x0, Y: rest.Y, W: x1 - x0, H: rest.H}.orNone())
	}
	return p
}
