package layout

// Below this a screen is one line: a tmux status bar, a strip.
const (
	minWidth, minHeight = 20, 5
	footerFrom          = 8 // rows from which the keys have a line of their own
)

// Frame is what every page has: a header, a body and a footer.
type Frame struct {
	Line   Rect // one-line mode; everything else is zero
	Header Rect
	Body   Rect
	Footer Rect
}

// FrameOf cuts a w x h screen. A size of zero is not yet known: all is zero.
func FrameOf(w, h int) Frame {
	switch {
	case w <= 0 || h <= 0:
		return Frame{}
	case w < minWidth || h < minHeight:
		return Frame{Line: Rect{W: w, H: h}}
	}
	s := stack{w: w, bottom: h}
	f := Frame{Header: s.takeTop(1)}
	if h >= footerFrom {
		f.Footer = s.takeBottom(1)
	}
	f.Body = s.rest()
	return f
}

// noticeFrom is how many rows a body has of which one is for the loudest breach.
const noticeFrom = 12

// NoticeOf cuts the line of the loudest breach off a body: it stands at the same
// place on every page. A low body has none.
func NoticeOf(w, h int) (notice, body Rect) {
	s := stack{w: max(0, w), bottom: max(0, h)}
	if h >= noticeFrom {
		notice = s.takeTop(1)
	}
	return notice, s.rest()
}

// List is the body of a page that is one table.
type List struct {
	Facts Rect // one line that sums the table up
	Table Rect
	Side  Rect // a panel at the right, or below
	Boxed bool
}

// AllRows asks ListOf to give the table every row that is left.
const AllRows = 1 << 20

// ListOf cuts a body for a table of so many rows; side asks for a panel of at
// least that many rows below it, which a low body does not get. What the table
// does not need goes to the side.
func ListOf(w, h, rows, side int) List {
	if w <= 0 || h <= 0 {
		return List{}
	}
	s := stack{w: w, bottom: h}
	p := List{Boxed: w >= 60 && h >= 16}
	if h >= 8 {
		p.Facts = s.takeTop(1)
	}
	if side > 0 && h >= 24 {
		spare := s.left() - (rows + tableHead + tableFrame)
		p.Side = s.takeBottom(max(min(side, h/3), min(spare, h*2/3)))
	}
	p.Table = s.rest()
	return p
}

// PartsOf cuts the room of a table into a table and what stands below it, which
// gets half at most and no more than its rows. Neither height depends on how the
// rows are shared between the two, so that nothing moves when one changes sides.
func PartsOf(r Rect, rows int) (table, below Rect) {
	s := column(r)
	table = s.takeTop(max((r.H+1)/2, r.H-rows-tableFrame))
	return table, s.rest()
}

// Detail is the body of a drill-down: who it is, its figures, two lists, charts.
type Detail struct {
	Crumb  Rect
	Facts  Rect
	Main   Rect // what is happening there now
	Second Rect // who or what belongs to it
	Charts [3]Rect
	Rules  Rect // its breaches
	Boxed  bool
}

// ruleRows is how many rows of rules a high body has at most, with their head.
const ruleRows = 12

// DetailOf cuts a body for a drill-down with the given number of fact rows.
func DetailOf(w, h, facts, charts int) Detail {
	if w <= 0 || h <= 0 {
		return Detail{}
	}
	s := stack{w: w, bottom: h}
	d := Detail{Boxed: w >= 60 && h >= 16}
	d.Crumb = s.takeTop(1)
	if h < 10 {
		d.Main = s.rest()
		return d
	}
	frame := 0
	if d.Boxed {
		frame = 2
	}
	d.Facts = s.takeTop(min(facts+frame, max(1, h/3)))
	if h >= 24 {
		d.Rules = s.takeBottom(min(ruleRows+frame, h/5))
	}
	rest := s.rest()
	if w < boxWidth {
		c := column(rest)
		d.Main = c.takeTop((rest.H + 1) / 2)
		d.Second = c.rest()
		return d
	}
	left, right := splitWidth(rest, w*62/100)
	c := column(left)
	d.Main = c.takeTop((left.H + 1) / 2)
	d.Second = c.rest()
	charts = min(charts, max(1, right.H/7))
	for i, r := range shareHeight(right, charts) {
		d.Charts[i] = r
	}
	return d
}

// engineRows is what the engine's panel needs with its frame.
const engineRows = 13

// countRows is what the groups of counts need with their frame.
const countRows = 17

// togetherRows is what the panel of those who are told needs for a handful.
const togetherRows = 10

// Health is the body of the health page.
type Health struct {
	Facts                                    Rect // one line that sums the page up
	Sources, Counts, Stream, Engine, Samples Rect
	Together                                 Rect // who else is told, and who else knows
	Boxed                                    bool
}

// HealthOf cuts a body for the health page: two columns where there is room,
// else one below the other with sources and counts first.
func HealthOf(w, h int) Health {
	if w <= 0 || h <= 0 {
		return Health{}
	}
	p := Health{Boxed: w >= 60 && h >= 16}
	if w >= 90 && h >= 16 {
		s := stack{w: w, bottom: h}
		if h >= 20 {
			p.Facts = s.takeTop(1)
		}
		left, right := splitWidth(s.rest(), w*55/100)
		l, r := column(left), column(right)
		h = right.H
		p.Counts = r.takeTop(max(h/2, h-engineRows, min(countRows, h*5/8)))
		p.Engine = r.rest()
		p.Stream = l.takeTop(min(9, h/3))
		p.Samples = l.takeBottom(h / 5)
		p.Together = l.takeBottom(min(togetherRows, h*3/10))
		p.Sources = l.rest()
		return p
	}
	s := stack{w: w, bottom: h}
	if h >= 12 {
		p.Facts = s.takeTop(1)
	}
	p.Stream = s.takeTop(min(7, max(2, h/5)))
	p.Counts = s.takeTop(min(s.left(), max(4, h*2/5)))
	if h >= 26 { // a low screen is for the sources
		p.Together = s.takeBottom(4)
	}
	p.Sources = s.rest()
	return p
}

// Side is a box of at most w x h cells at the right edge of r, so that what it
// is about stays in sight beside it.
func Side(r Rect, w, h int) Rect {
	w, h = min(w, r.W), min(h, r.H)
	return Rect{X: r.X + r.W - w, Y: r.Y, W: w, H: h}.orNone()
}

// Overlay is a box of at most w x h cells in the middle of r.
func Overlay(r Rect, w, h int) Rect {
	w, h = min(w, r.W), min(h, r.H)
	return Rect{X: r.X + (r.W-w)/2, Y: r.Y + (r.H-h)/2, W: w, H: h}.orNone()
}

// Breaches is the body of the page of breaches: those that last, those that are
// over, and one of them in words and as a chart.
type Breaches struct {
	Facts, Active, Past, Detail, Chart Rect
	Boxed                              bool
}

// BreachesOf cuts a body for the page of breaches. Heights depend on the size
// alone, so that nothing moves when a breach comes or goes.
func BreachesOf(w, h int) Breaches {
	if w <= 0 || h <= 0 {
		return Breaches{}
	}
	s := stack{w: w, bottom: h}
	p := Breaches{Boxed: w >= 60 && h >= 16}
	if h >= 8 {
		p.Facts = s.takeTop(1)
	}
	switch {
	case w >= boxWidth && h >= 24:
		p.Active = s.takeTop(s.left() * 2 / 5)
		p.Past = s.takeBottom(s.left() * 2 / 5)
		p.Detail, p.Chart = splitWidth(s.rest(), w/2)
	case h >= 18:
		p.Active = s.takeTop(s.left() * 9 / 20)
		p.Past = s.takeBottom(s.left() * 9 / 20)
		p.Detail = s.rest()
	case h >= 12:
		p.Active = s.takeTop(s.left() * 3 / 5)
		p.Past = s.rest()
	default:
		p.Active = s.rest()
	}
	return p
}
