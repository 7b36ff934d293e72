package layout

// Agent is the body of the drill-down into one person.
type Agent struct {
	Crumb    Rect
	Person   Rect
	Day      Rect // the strip of their day
	Sessions Rect
	Hours    Rect // the day by the hour, beside the team's
	Actions  Rect // what to do about them next
	Figures  Rect
	Rules    Rect
	Boxed    bool
}

const (
	briefRows   = 2  // figures and sums of the day, on a narrow body
	stripRows   = 4  // three presences and the hours below them
	hourRows    = 8  // the head, and four figures of which three are beside the team's
	allHourRows = 14 // the same of seven figures
	besideCells = 62
)

// AgentOf cuts a body for one person with so many rows of facts, figures and
// actions at least.
func AgentOf(w, h, facts, figures int) Agent {
	if w <= 0 || h <= 0 {
		return Agent{}
	}
	s := stack{w: w, bottom: h}
	a := Agent{Boxed: w >= 60 && h >= 16}
	a.Crumb = s.takeTop(1)
	if h < 10 {
		a.Sessions = s.rest()
		return a
	}
	frame := 1
	if a.Boxed {
		frame = tableFrame
	}
	if w < boxWidth {
		// Figures have no room of their own: they are two facts more, and so is
		// what the day came to where its strip has none.
		a.Person = s.takeTop(min(facts+briefRows+frame, max(1, h/3)))
		if h >= 26 {
			a.Day = s.takeTop(stripRows + frame)
		}
		a.Actions = s.takeBottom(min(2+frame, s.left()*2/5))
		if h >= 36 {
			a.Hours = s.takeBottom(hourRows + frame)
		}
		a.Sessions = s.rest()
		return a
	}
	a.Person = s.takeTop(min(facts+frame, max(1, h/3)))
	switch {
	case h >= 26:
		a.Day = s.takeTop(stripRows + frame)
	case h >= 18:
		a.Day = s.takeTop(stripRows - 1 + frame)
	}
	if h >= 40 {
		a.Rules = s.takeBottom(3 + frame)
	}
	left, right := splitWidth(s.rest(), max(w*6/10, w-besideCells-w/10))
	l, r := column(left), column(right)
	hours := hourRows
	if left.H >= 2*(allHourRows+frame) {
		hours = allHourRows
	}
	a.Hours = l.takeBottom(min(hours+frame, left.H/2))
	a.Sessions = l.rest()
	a.Figures = r.takeBottom(min(figures+tableHead+frame, right.H*3/5))
	a.Actions = r.rest()
	return a
}
