package layout

// Mode is what, besides its size, decides how a page is cut.
type Mode struct {
	BigDigits bool
	Queues    int // rows the queue table would like; the rest goes to the panels below it
}

// The sizes of a page's body at which it changes its form.
const (
	boxWidth, boxHeight   = 100, 26 // below: no boxes
	fourLines             = 30      // from here: the loudest breach has two lines
	tallHeight            = 46      // from here: tall digits, three charts
	wideWidth             = 150     // from here: panels beside panels below the table
	figureCells           = 25      // what one figure needs without a box
	tableHead, tableFrame = 1, 2
	tableWidth            = 81 // the wall's queue table with all its columns, framed
)

// Figures is the number of figures on the wall.
const Figures = 6

// Wall is the body of the wall page cut into rectangles. A zero Rect is not shown.
type Wall struct {
	Breaches Rect // one breach a row
	Flow     Rect
	Figures  [Figures]Rect
	Digits   int // rows of a figure's digits: 1, 3 or 5
	Boxed    bool
	Queues   Rect
	Charts   [3]Rect
	Channels Rect
	Teams    Rect
	People   Rect
	Bot      Rect
}

// WallOf cuts a body of w x h cells for the wall page.
func WallOf(w, h int, m Mode) Wall {
	switch {
	case w <= 0 || h <= 0:
		return Wall{}
	case w < boxWidth || h < boxHeight:
		return narrowWall(w, h)
	}
	return boxedWall(w, h, m)
}

// narrowWall keeps, in this order: one breach line, the figures in rows without
// boxes, the queue table, the flow line, a second breach line.
func narrowWall(w, h int) Wall {
	p := Wall{Digits: 1}
	c := stack{w: w, top: 0, bottom: h}
	breaches := 1
	switch {
	case h >= 20:
		breaches = 3
	case h >= 16:
		breaches = 2
	}
	p.Breaches = c.takeTop(breaches)
	if h >= 12 {
		p.Flow = c.takeTop(1)
	}
	perRow := min(3, max(1, w/figureCells))
	rows := min((Figures+perRow-1)/perRow, max(0, c.left()))
	if h < 12 {
		rows = min(rows, 2)
	}
	p.Figures = figureGrid(c.takeTop(rows), perRow, 1)
	p.Queues = c.rest()
	return p
}

// boxedWall has every panel in a box: figures in one row, the queue table at the
// left with charts at its right, people and bot below.
func boxedWall(w, h int, m Mode) Wall {
	p := Wall{Digits: 1, Boxed: true}
	c := stack{w: w, top: 0, bottom: h}
	breaches := 3
	switch {
	case h >= tallHeight:
		breaches = 5
	case h >= fourLines:
		breaches = 4
	}
	p.Breaches = c.takeTop(breaches)
	p.Flow = c.takeTop(1)
	if m.BigDigits {
		p.Digits = 3
		if h >= tallHeight && w >= wideWidth {
			p.Digits = 5
		}
	}
	p.Figures = figureGrid(c.takeTop(p.Digits+3), Figures, p.Digits+3)
	left, right := splitWidth(c.rest(), max(w*62/100, min(tableWidth, w*27/40)))
	if h >= tallHeight {
		p.tall(left, right, m)
		return p
	}
	p.low(left, right, m)
	return p
}

// low gives the queue table the whole height at the left; charts, people and bot
// share the right.
func (p *Wall) low(left, right Rect, m Mode) {
	r := column(right)
	const people, bot = 6, 4
	p.Queues = left
	if right.H >= 6+people {
		p.People = r.takeBottom(people)
	}
	if right.H >= 18+people+bot {
		p.Bot = r.takeBottom(bot)
	}
	charts := 2
	if r.left() < 12 {
		charts = 1
	}
	for i, rect := range shareHeight(r.rest(), charts) {
		p.Charts[i] = rect
	}
}

// tall gives the queue table what its rows need, and the rest of the left side
// to channels, teams, people and bot.
func (p *Wall) tall(left, right Rect, m Mode) {
	l := column(left)
	const below = 14
	need := m.Queues + tableHead + tableFrame
	p.Queues = l.takeTop(min(max(need, 10), left.H-below))
	lower := l.rest()
	if lower.H > 2*below {
		extra := lower.H - 2*below
		p.Queues.H += extra
		lower.Y, lower.H = lower.Y+extra, lower.H-extra
	}
	if left.W >= 90 {
		tables, facts := splitWidth(lower, lower.W-42)
		f := column(facts)
		p.People = f.takeTop(facts.H * 3 / 5)
		p.Bot = f.rest()
		t := column(tables)
		p.Channels = t.takeTop(tables.H / 2)
		p.Teams = t.rest()
	} else {
		t := column(lower)
		p.Bot = t.takeBottom(4)
		p.People = t.takeBottom(5)
		p.Channels = t.rest()
	}
	for i, rect := range shareHeight(right, 3) {
		p.Charts[i] = rect
	}
}

// figureGrid cuts area into rows of perRow figures, each rowHeight high, in
// reading order; figures that find no room stay zero.
func figureGrid(area Rect, perRow, rowHeight int) [Figures]Rect {
	var out [Figures]Rect
	for i := range out {
		row, col := i/perRow, i%perRow
		if (row+1)*rowHeight > area.H {
			break
		}
		x0, x1 := area.W*col/perRow, area.W*(col+1)/perRow
		out[i] = Rect{X: area.X + x0, Y: area.Y + row*rowHeight, W: x1 - x0, H: rowHeight}
	}
	return out
}
