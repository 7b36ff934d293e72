package layout

// StaffingPanels is how many panels tell of the selected row of the page
// Staffing; as many as have room are shown.
const StaffingPanels = 5

// Staffing is the body of the page Staffing: the floor in three figures with
// what to do about it, the table, and panels about the selected row.
type Staffing struct {
	Facts  Rect // one line, or big figures
	Digits int  // rows of the big figures: 0 or 3
	Moves  Rect // who could go where
	Table  Rect
	Panels [StaffingPanels]Rect // the first Shown of them
	Shown  int
	Boxed  bool
}

const (
	staffingFigures = 64 // cells of the three big figures
	staffingBelow   = 11 // rows of a panel below the table
)

// StaffingOf cuts a body for a table of so many rows. Heights depend on the size
// and on the number of rows alone, so that nothing moves when somebody comes or
// goes.
func StaffingOf(w, h, rows int) Staffing {
	if w <= 0 || h <= 0 {
		return Staffing{}
	}
	s := stack{w: w, bottom: h}
	p := Staffing{Boxed: w >= 60 && h >= 16}
	switch {
	case h >= boxHeight && w >= boxWidth:
		p.Digits = 3
		p.Facts, p.Moves = splitWidth(s.takeTop(p.Digits+1), staffingFigures)
	case h >= 8:
		p.Facts = s.takeTop(1)
	}
	switch {
	case w >= wideWidth && h >= tallHeight:
		below := max(2*staffingBelow, s.left()-(rows+tableHead+tableFrame))
		rest := s.takeBottom(min(below, s.left()*2/3))
		p.tall(rest)
	case w >= boxWidth && h >= boxHeight:
		left, right := splitWidth(s.takeBottom(staffingBelow-1), w*47/100)
		p.Panels[0], p.Panels[1], p.Shown = left, right, 2
	case h >= 20:
		p.Panels[0], p.Shown = s.takeBottom(staffingBelow-3), 1
	}
	p.Table = s.rest()
	return p
}

// tall cuts room for all panels: three that are read above, two charts below.
func (p *Staffing) tall(r Rect) {
	c := column(r)
	top := c.takeTop(max(staffingBelow, r.H*9/20))
	p.Panels[0], top = splitWidth(top, r.W*29/100)
	p.Panels[1], p.Panels[2] = splitWidth(top, r.W*36/100)
	p.Panels[3], p.Panels[4] = splitWidth(c.rest(), r.W/2)
	p.Shown = StaffingPanels
}
