// Package indicators owns the page Indicators: the gap table of the indicators,
// before and after side by side, and who makes the gap. It must not know other
// pages, nor how days are stored.
package indicators

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/history"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
)

// Indicators is the page.
type Indicators struct {
	table  page.List[*review.Line]
	makers [numWays]page.List[*part]
	way    way
	onPart bool // those who make the gap have the keys
	ways   int  // ways in sight

	read   readOf
	lines  []review.Line
	day    dayOf
	trends map[*kpi.KPI][]float64
	made   madeOf
	parts  [numWays][]*part
	toTop  [numWays]bool // another indicator: the cursor begins at its largest
	reader kpi.Reader
	hours  panel.HourChart // of the selected one

	past     before
	asking   bool
	dates    []string // of stored days, oldest first
	datesOf  string
	datesDay int64
	days     map[string]*history.Day // nil value: cannot be read
}

// New returns the page.
func New() *Indicators {
	v := &Indicators{}
	v.table = page.List[*review.Line]{
		Table:   panel.Table[*review.Line]{Columns: v.columns(), Written: v.writtenLines()},
		ID:      func(l *review.Line) string { return l.KPI.ID },
		Column:  "now",
		Settle:  1,
		Matches: matches,
		Place:   func(*panel.Scene, *review.Line) page.Place { return page.Place{} },
		Collect: func(_ *panel.Scene, into []*review.Line) []*review.Line {
			for i := range v.lines {
				into = append(into, &v.lines[i])
			}
			return into
		},
		Fresh: func(_ *panel.Scene, old *review.Line) (*review.Line, bool) {
			if one := v.line(old.KPI); one != nil {
				return one, true
			}
			return old, false
		},
		Subject: func(*review.Line) *metrics.Row { return nil },
	}
	v.table.Activate()
	for w := range v.makers {
		v.makers[w] = v.makerList(way(w))
		v.makers[w].Activate()
	}
	return v
}

func (v *Indicators) makerList(w way) page.List[*part] {
	return page.List[*part]{
		Table:   panel.Table[*part]{Columns: partColumns(v), Written: writtenParts()},
		ID:      func(one *part) string { return one.id },
		Column:  "adds",
		Settle:  1,
		Matches: func(*part, string) bool { return true },
		Place:   func(*panel.Scene, *part) page.Place { return page.Place{} },
		Collect: func(_ *panel.Scene, into []*part) []*part { return append(into, v.parts[w]...) },
		Fresh: func(_ *panel.Scene, old *part) (*part, bool) {
			for _, one := range v.parts[w] {
				if one.id == old.id {
					return one, true
				}
			}
			return old, false
		},
	}
}

func matches(l *review.Line, filter string) bool {
	return strings.Contains(strings.ToLower(l.KPI.NameEN), filter) || strings.Contains(l.KPI.NameZH, filter) || strings.Contains(l.KPI.ID, filter)
}

// line returns the line of a KPI, nil where there is none.
func (v *Indicators) line(k *kpi.KPI) *review.Line {
	for i := range v.lines {
		if v.lines[i].KPI == k {
			return &v.lines[i]
		}
	}
	return nil
}

// selected returns the line at the cursor, nil where there is none.
func (v *Indicators) selected() *review.Line {
	if one, ok := v.table.Selected(); ok {
		return one
	}
	return nil
}

// Act does what a key asks of the page.
func (v *Indicators) Act(a keys.Action, s *panel.Scene) page.Request {
	switch a {
	case keys.NextPanel:
		v.step()
	case keys.PreviousPanel:
		v.stepBack()
	case keys.NextView:
		v.way = (v.way + 1) % numWays
	case keys.NextFigure:
		v.nextPast(s)
	case keys.Enter:
		return v.enter()
	case keys.Back:
		if v.onPart {
			v.onPart = false
			break
		}
		v.table.SetFilter("")
	default:
		if v.onPart {
			v.makers[v.way].Act(a)
			break
		}
		v.table.Act(a)
	}
	return page.Request{}
}

// Focus gives the keys to the list that was clicked.
func (v *Indicators) Focus(t panel.Target) {
	v.onPart = false
	for w := range v.makers {
		if t == &v.makers[w] {
			v.way, v.onPart = way(w), true
		}
	}
}

// step goes from the table to each list in sight, and back to the table.
func (v *Indicators) step() {
	switch {
	case !v.onPart:
		v.onPart = true
		if v.ways > 1 {
			v.way = 0
		}
	case v.ways > 1 && int(v.way) < v.ways-1:
		v.way++
	default:
		v.onPart = false
	}
}

func (v *Indicators) stepBack() {
	switch {
	case !v.onPart:
		v.onPart = true
		if v.ways > 1 {
			v.way = way(v.ways - 1)
		}
	case v.ways > 1 && v.way > 0:
		v.way--
	default:
		v.onPart = false
	}
}

// enter goes on to those who make the gap, and from them to their page.
func (v *Indicators) enter() page.Request {
	if !v.onPart {
		v.onPart = len(v.parts[v.way]) > 0
		return page.Request{}
	}
	one, ok := v.makers[v.way].Selected()
	if !ok {
		return page.Request{}
	}
	switch k := one.Key; k.Scope {
	case metrics.ScopeQueueChannel:
		return page.Request{Open: page.OneQueue, Queue: k.Queue, Chan: k.Channel}
	case metrics.ScopeChannel: // splits into its queues
		over := New()
		if l := v.selected(); l != nil {
			over.table.SelectID(l.KPI.ID)
		}
		return page.Request{Open: page.Narrowed, Key: k, Over: over}
	case metrics.ScopeTeam:
		return page.Request{Open: page.Narrowed, Key: k}
	}
	return page.Request{}
}

// SetFilter shows only indicators that match.
func (v *Indicators) SetFilter(text string) {
	v.table.SetFilter(text)
	v.onPart = false
}

// Filter returns the filter in force.
func (v *Indicators) Filter() string { return v.table.Filter() }

// Explained returns the indicator at the cursor, of whom the cursor is on.
func (v *Indicators) Explained(s *panel.Scene) page.Explained {
	line := v.selected()
	if line == nil {
		return page.Explained{}
	}
	row := s.Row
	if v.onPart {
		if one, ok := v.makers[v.way].Selected(); ok && one.Key != (metrics.Key{}) {
			if of := s.RowOf(one.Key); of != nil {
				row = of
			}
		}
	}
	return page.Explained{KPI: line.KPI.ID, Row: row}
}

// placeOf names one of those who make the gap.
func placeOf(p *panel.Pen, s *panel.Scene, k metrics.Key) clean.Text {
	if k.Scope == metrics.ScopeTeam {
		return k.Team
	}
	return p.Place(s, k)
}
