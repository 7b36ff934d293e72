package layout

// Mode is what, besides its size, decides how a page is cut.
type Mode struct {
	Digits   Digits
	Figures  int    // how many; 0: six
	Queues   int    // rows the queue table would like; the rest goes to the panels below it
	Channels int    // rows the table of channels would like
	Teams    int    // ... of teams
	Charts   Charts // how many
	Without  Panels // what is left out, however much room there is
}

// Charts is how many charts the wall has.
type Charts int8

// RoomyCharts asks for as many as there is room for, NoCharts for none.
const (
	RoomyCharts Charts = 0
	NoCharts    Charts = -1
)

// most returns how many of n there may be.
func (c Charts) most(n int) int {
	switch {
	case c < 0:
		return 0
	case c == RoomyCharts:
		return n
	}
	return min(n, int(c))
}

// Panels is a set of the wall's smaller panels.
type Panels uint8

// The panels.
const (
	PeoplePanel Panels = 1 << iota
	BotPanel
	ChannelsPanel
	TeamsPanel
	AllPanels = PeoplePanel | BotPanel | ChannelsPanel | TeamsPanel
)

// The sizes of a page's body at which it changes its form.
const (
	boxWidth, boxHeight   = 100, 26 // below: no boxes
	fourLines             = 31      // from here: a fourth line for breaches
	tallHeight            = 46      // from here: tall digits, three charts
	wideWidth             = 150     // from here: panels beside panels below the table
	figureCells           = 25      // what one figure needs without a box
	tableHead, tableFrame = 1, 2
	tableWidth            = 81 // the wall's queue table with all its columns, framed
	bigNarrow             = 20 // rows from which a screen without boxes has room for big digits
)

// Figures is the largest number of figures on the wall.
const Figures = 6

// Wall is the body of the wall page cut into rectangles. A zero Rect is not shown.
type Wall struct {
	Breaches Rect // one breach a row
	Flow     Rect
	Figures  [Figures]Rect
	Digits   int  // rows of a figure's digits: 1, 3 or 5
	Full     bool // figures fill the screen, digits as large as they fit
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
	if m.Figures <= 0 || m.Figures > Figures {
		m.Figures = Figures
	}
	switch {
	case w <= 0 || h <= 0:
		return Wall{}
	case m.Digits == DigitsFull && h >= 6:
		return fullWall(w, h, m)
	case w < boxWidth || h < boxHeight:
		return narrowWall(w, h, m)
	}
	return boxedWall(w, h, m)
}

// breachRows is how many rows a body of h rows gives to breaches.
func breachRows(h int) int {
	switch {
	case h >= tallHeight:
		return 5
	case h >= fourLines:
		return 4
	case h >= 20:
		return 3
	case h >= 16:
		return 2
	}
	return 1
}

// fullWall gives all but the breach lines and the flow to the figures.
func fullWall(w, h int, m Mode) Wall {
	p := Wall{Full: true, Digits: 5, Boxed: w >= 40 && h >= 12}
	c := stack{w: w, bottom: h}
	p.Breaches = c.takeTop(breachRows(h))
	if h >= 12 {
		p.Flow = c.takeTop(1)
	}
	perRow := min(m.Figures, 3)
	switch {
	case w < 40:
		perRow = 1
	case w < 66, m.Figures == 4:
		perRow = min(m.Figures, 2)
	}
	rows := max(1, min((m.Figures+perRow-1)/perRow, c.left()/2))
	area := c.takeBottom(c.left() / rows * rows)
	p.Breaches.H += c.left() // all figures are equally high
	if !p.Flow.Empty() {
		p.Flow.Y += c.left()
	}
	for y, strip := range shareHeight(area, rows) {
		first := y * perRow
		here := min(perRow, m.Figures-first) // the last row shares its width out among fewer
		for i, r := range figureGrid(strip, here, strip.H) {
			if i < here && first+i < m.Figures {
				p.Figures[first+i] = r
			}
		}
	}
	return p
}

// narrowWall keeps, in this order: one breach line, the figures in rows without
// boxes, the queue table, the flow line, a second breach line.
func narrowWall(w, h int, m Mode) Wall {
	p := Wall{Digits: 1}
	c := stack{w: w, top: 0, bottom: h}
	p.Breaches = c.takeTop(breachRows(h))
	if h >= 12 {
		p.Flow = c.takeTop(1)
	}
	perRow, rowHeight := min(3, max(1, w/figureCells)), 1
	if m.Digits >= DigitsThree && h >= bigNarrow && w >= 3*figureCells {
		p.Digits, rowHeight = 3, 4
	}
	rows := min((m.Figures+perRow-1)/perRow, max(0, c.left()))
	if h < 12 {
		rows = min(rows, 2)
	}
	p.Figures = m.grid(c.takeTop(rows*rowHeight), perRow, rowHeight)
	p.Queues = c.rest()
	return p
}

// boxedWall has every panel in a box: figures in one row, or in two where they
// would not fit side by side, the queue table at the left with charts at its
// right, people and bot below.
func boxedWall(w, h int, m Mode) Wall {
	p := Wall{Digits: 1, Boxed: true}
	c := stack{w: w, top: 0, bottom: h}
	p.Breaches = c.takeTop(breachRows(h))
	p.Flow = c.takeTop(1)
	perRow := m.Figures
	switch m.Digits {
	case DigitsFit:
		p.Digits = 3
		if h >= tallHeight && w >= wideWidth {
			p.Digits = 5
		}
	case DigitsThree:
		p.Digits = 3
	case DigitsFive:
		p.Digits = 5
		if w/m.Figures < figureCells+5 {
			perRow = (m.Figures + 1) / 2
		}
	}
	rows := (m.Figures + perRow - 1) / perRow
	p.Figures = m.grid(c.takeTop(rows*(p.Digits+3)), perRow, p.Digits+3)
	left, right := splitWidth(c.rest(), max(w*62/100, min(tableWidth, w*27/40)))
	if m.Charts < 0 && m.Without&(PeoplePanel|BotPanel) == PeoplePanel|BotPanel {
		left.W, right = left.W+right.W, Rect{}
	}
	if h >= tallHeight {
		p.tall(left, right, m)
		return p
	}
	p.low(left, right, m)
	return p
}

// fewQueues is how high the queue table is at least, framed, where a chart
// stands below it, and wideChart how high that is at least.
const fewQueues, wideChart = 8, 8

// mostCharts is how many charts a wall has.
const mostCharts = 3

// low gives the queue table the whole height at the left; charts, people and bot
// share the right.
func (p *Wall) low(left, right Rect, m Mode) {
	r := column(right)
	const people, bot = 6, 4
	p.Queues = left
	if m.Without&PeoplePanel == 0 && right.H >= 6+people {
		p.People = r.takeBottom(people)
	}
	if m.Without&BotPanel == 0 && right.H >= 18+people+bot {
		p.Bot = r.takeBottom(bot)
	}
	charts := 2
	if r.left() < 12 {
		charts = 1
	}
	p.charts(r.rest(), m.Charts.most(charts))
	if spare := left.H - max(m.Queues+tableHead+tableFrame, fewQueues); spare >= wideChart && charts == 2 && m.Charts.most(mostCharts) == mostCharts {
		l := column(left)
		p.Charts[2] = l.takeBottom(spare)
		p.Queues = l.rest()
	}
	if charts = m.Charts.most(charts); charts == 0 && !p.People.Empty() {
		p.People = Rect{X: right.X, Y: right.Y, W: right.W, H: p.People.H + r.left()}
		p.People.H = right.H - p.Bot.H
		if !p.Bot.Empty() {
			p.Bot.Y = right.Y + right.H - p.Bot.H
		}
	}
}

// charts cuts r into n charts, one above the other.
func (p *Wall) charts(r Rect, n int) {
	if n <= 0 {
		return
	}
	for i, rect := range shareHeight(r, n) {
		p.Charts[i] = rect
	}
}

// peopleRows and botRows are what the two panels need, framed.
const peopleRows, botRows = 12, 5

// tall gives the queue table what its rows need, and the rest of the left side
// to channels, teams, people and bot; what is left then is one chart more.
func (p *Wall) tall(left, right Rect, m Mode) {
	charts := m.Charts.most(3)
	l := column(left)
	below := m.below(left.W)
	need := max(m.Queues+tableHead+tableFrame, 10)
	const chartRows = 9
	if spare := left.H - need - below; spare >= chartRows && charts == 3 {
		p.Charts[2] = l.takeBottom(spare)
		charts = 2
	}
	lower := column(l.takeBottom(min(below, max(0, l.left()-10))))
	p.Queues = l.rest()
	p.lower(Rect{X: lower.x, Y: lower.top, W: lower.w, H: lower.left()}, m)
	third := p.Charts[2]
	p.charts(right, charts)
	if charts == 2 {
		p.Charts[2] = third
	}
}

// below is how many rows the panels below the queue table need.
func (m Mode) below(w int) int {
	tables, facts := 0, 0
	if m.Without&ChannelsPanel == 0 {
		tables += max(3, m.Channels) + tableHead + tableFrame
	}
	if m.Without&TeamsPanel == 0 {
		tables += max(3, m.Teams) + tableHead + tableFrame
	}
	if m.Without&PeoplePanel == 0 {
		facts += peopleRows
	}
	if m.Without&BotPanel == 0 {
		facts += botRows
	}
	if w < sideBySide {
		return min(14, max(tables, facts))
	}
	return min(24, max(tables, facts))
}

// sideBySide is from how many cells tables and facts stand side by side.
const sideBySide = 90

// lower cuts what is below the queue table.
func (p *Wall) lower(r Rect, m Mode) {
	if r.Empty() {
		return
	}
	has := func(one Panels) bool { return m.Without&one == 0 }
	tables, facts := r, r
	switch {
	case r.W < sideBySide:
		t := column(r)
		if has(BotPanel) {
			p.Bot = t.takeBottom(4)
		}
		if has(PeoplePanel) {
			p.People = t.takeBottom(5)
		}
		if has(ChannelsPanel) {
			p.Channels = t.rest()
		} else if has(TeamsPanel) {
			p.Teams = t.rest()
		}
		return
	case !has(PeoplePanel) && !has(BotPanel):
		facts = Rect{}
	case !has(ChannelsPanel) && !has(TeamsPanel):
		tables = Rect{}
	default:
		tables, facts = splitWidth(r, r.W-42)
	}
	f, t := column(facts), column(tables)
	if has(BotPanel) {
		bot := botRows
		if !has(PeoplePanel) {
			bot = facts.H
		}
		p.Bot = f.takeBottom(bot)
	}
	if has(PeoplePanel) {
		p.People = f.rest()
	}
	switch {
	case has(ChannelsPanel) && has(TeamsPanel):
		p.Channels = t.takeTop(tables.H * (m.Channels + 3) / max(1, m.Channels+m.Teams+6))
		p.Teams = t.rest()
	case has(ChannelsPanel):
		p.Channels = t.rest()
	case has(TeamsPanel):
		p.Teams = t.rest()
	}
}

// grid is figureGrid for the mode's number of figures; a last row that is not
// full shares its width out.
func (m Mode) grid(area Rect, perRow, rowHeight int) [Figures]Rect {
	out := figureGrid(area, perRow, rowHeight)
	clear(out[m.Figures:])
	return out
}

// figureGrid cuts area into rows of perRow figures, each rowHeight high, in
// reading order; figures that find no room stay zero.
func figureGrid(area Rect, perRow, rowHeight int) [Figures]Rect {
	var out [Figures]Rect
	for i := range out {
		row, col := i/perRow, i%perRow
		if rowHeight <= 0 || (row+1)*rowHeight > area.H {
			break
		}
		x0, x1 := area.W*col/perRow, area.W*(col+1)/perRow
		out[i] = Rect{X: area.X + x0, Y: area.Y + row*rowHeight, W: x1 - x0, H: rowHeight}
	}
	return out
}
