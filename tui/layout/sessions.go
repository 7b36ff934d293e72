package layout

// asideWidth is what the list of lists takes beside the sessions.
const asideWidth = 36

// Sessions is the body of the page Sessions: the lists to choose from, beside
// the sessions of one or above them.
type Sessions struct {
	Tabs  Rect
	Table Rect
	Aside bool // the lists stand one below the other, beside the sessions
	Boxed bool
}

// SessionsOf cuts a body for so many lists. Narrow screens have them above in
// as many columns as fit; a low one has room for the chosen list's name alone.
func SessionsOf(w, h, lists int) Sessions {
	if w <= 0 || h <= 0 {
		return Sessions{}
	}
	p := Sessions{Boxed: w >= 60 && h >= 16}
	if w >= boxWidth && h >= lists+4 {
		p.Aside = true
		p.Tabs, p.Table = splitWidth(Rect{W: w, H: h}, asideWidth)
		return p
	}
	s := stack{w: w, bottom: h}
	rows := TabRows(w, lists)
	if rows > h/3 {
		rows = 1
	}
	p.Tabs = s.takeTop(min(rows, max(0, h-3)))
	p.Table = s.rest()
	return p
}

// tabCells is what one list's name, count and oldest need.
const tabCells = 34

// TabColumns is how many lists stand side by side in w cells.
func TabColumns(w int) int { return max(1, w/tabCells) }

// TabRows is how many rows so many lists take in w cells.
func TabRows(w, lists int) int { return (lists + TabColumns(w) - 1) / TabColumns(w) }

// clockCells is what the clocks of a session need beside its facts.
const clockCells = 40

// Session is the body of the drill-down into one session.
type Session struct {
	Crumb  Rect
	Facts  Rect
	Clocks Rect
	Steps  Rect
	Boxed  bool
}

// SessionOf cuts a body for a session with so many rows of facts and clocks.
func SessionOf(w, h, facts, clocks int) Session {
	if w <= 0 || h <= 0 {
		return Session{}
	}
	s := stack{w: w, bottom: h}
	p := Session{Boxed: w >= 60 && h >= 16}
	p.Crumb = s.takeTop(1)
	frame := 1
	if p.Boxed {
		frame = 2
	}
	switch {
	case w >= boxWidth && h >= 16:
		top := s.takeTop(min(max(facts, clocks)+frame, h/2))
		p.Facts, p.Clocks = splitWidth(top, w-clockCells-w/8)
	case h >= 12:
		p.Facts = s.takeTop(min(facts+frame, h/3))
		if h >= 20 {
			p.Clocks = s.takeBottom(min(clocks+frame, h/4))
		}
	}
	p.Steps = s.rest()
	return p
}
