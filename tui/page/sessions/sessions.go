// Package sessions owns the page Sessions: the lists of sessions that somebody
// should look at, each with its count and its oldest. It must not know other
// pages.
package sessions

import (
	"cmp"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Sessions is the page.
type Sessions struct {
	lists [metrics.NumSessionTabs]page.List[*metrics.SessionView]
	tabs  [metrics.NumSessionTabs]page.Tab
	tab   metrics.SessionTab
}

// New returns the page.
func New() *Sessions {
	v := &Sessions{tabs: page.Tabs()}
	for tab := range v.lists {
		v.lists[tab] = page.TabList(metrics.SessionTab(tab))
		v.lists[tab].Activate()
	}
	return v
}

// Draw draws the page.
func (v *Sessions) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	list := &v.lists[v.tab]
	list.Prepare(s)
	w, h := c.Size()
	l := layout.SessionsOf(w, h, len(v.tabs))
	v.drawTabs(p, s, c.Sub(l.Tabs), l)
	name := p.Say.Say(v.tabs[v.tab].Name)
	if list.Filter() != "" {
		name = p.Say.Fill(i18n.TitleFiltered, name, clean.Line(list.Filter()))
	}
	table := c.Sub(l.Table)
	in := table
	if l.Boxed {
		in = p.Box(table, name, panel.Focused)
	}
	list.Draw(p, s, in, panel.Focused)
	if len(list.Rows()) == 0 {
		v.drawNone(p, in, list.Filter() != "", l.Aside)
	}
	if l.Boxed {
		v.note(p, s, table, list)
	}
}

// drawNone says that the list is empty, and what it would hold where that does
// not stand beside it already.
func (v *Sessions) drawNone(p *panel.Pen, c screen.Canvas, filtered, told bool) {
	if filtered {
		p.Empty(c, p.Say.Say(i18n.SessionsNoMatch))
		return
	}
	w, h := c.Size()
	if h > 3 && !told {
		c.PrintFit(1, h/2-1, w-2, p.Say.Say(i18n.SessionsNone), p.Look.Text, screen.Center)
		c.PrintFit(1, h/2+1, w-2, p.Say.Say(v.tabs[v.tab].About), p.Look.Dim, screen.Center)
		return
	}
	p.Empty(c, p.Say.Say(i18n.SessionsNone))
}

// note says how many there are beyond those in sight.
func (v *Sessions) note(p *panel.Pen, s *panel.Scene, c screen.Canvas, list *page.List[*metrics.SessionView]) {
	_, below := list.Hidden()
	all := s.Floor.Sessions[v.tab]
	switch {
	case int(all.Count) > len(all.Sessions) && len(all.Sessions) > 0:
		p.Note(c, p.Say.Fill(i18n.SessionsCapped, p.Num.Count(int64(len(all.Sessions))), p.Num.Count(int64(all.Count))))
	case below > 0:
		p.Note(c, page.MoreRows(p, below))
	}
}

// tally is what a list shows of itself: how many there are in the scope on the
// screen, and since when the oldest is there.
type tally struct {
	count int32
	since int64
	more  bool // the list is cut: there are more
}

func (v *Sessions) tally(s *panel.Scene, tab metrics.SessionTab) tally {
	all := &s.Floor.Sessions[tab]
	if s.View.Scope.Scope == metrics.ScopeFloor {
		return tally{count: all.Count, since: all.OldestSince}
	}
	t := tally{more: int(all.Count) > len(all.Sessions)}
	for i := range all.Sessions {
		if one := &all.Sessions[i]; page.InView(s, one) {
			t.count++
			if since := page.TabClock(tab, one); t.since == 0 || since < t.since {
				t.since = since
			}
		}
	}
	return t
}

// drawTabs draws the lists to choose from: one below the other, in columns, or
// the chosen one alone.
func (v *Sessions) drawTabs(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.Sessions) {
	w, h := c.Size()
	if l.Aside {
		in := p.Panel(c, p.Say.Say(i18n.PanelLists), panel.Unfocused, l.Boxed)
		w, h = in.Size()
		for tab := range v.tabs {
			v.drawTab(p, s, in.Sub(layout.Rect{Y: tab, W: w, H: 1}), metrics.SessionTab(tab))
		}
		if y := len(v.tabs) + 1; y < h {
			p.Paragraph(in.Sub(layout.Rect{X: 1, Y: y, W: w - 2, H: h - y}), p.Say.Say(v.tabs[v.tab].About), p.Look.Dim)
		}
		p.Note(c, p.Say.Say(i18n.SessionsSwitch))
		return
	}
	columns := layout.TabColumns(w)
	if h < layout.TabRows(w, len(v.tabs)) {
		if h > 0 {
			v.drawTab(p, s, panel.Row(c, 0), v.tab)
		}
		return
	}
	rows := layout.TabRows(w, len(v.tabs))
	for tab := range v.tabs {
		x0, x1 := w*(tab/rows)/columns, w*(tab/rows+1)/columns
		v.drawTab(p, s, c.Sub(layout.Rect{X: x0, Y: tab % rows, W: x1 - x0, H: 1}), metrics.SessionTab(tab))
	}
}

// Cells of a list's count and of its oldest.
const countCells, oldestCells = 6, 7

// drawTab draws one list: name, count, oldest. An empty one is dim.
func (v *Sessions) drawTab(p *panel.Pen, s *panel.Scene, c screen.Canvas, tab metrics.SessionTab) {
	w, _ := c.Size()
	p.Hits.Target(c, v, int(tab))
	t := v.tally(s, tab)
	look, number := p.Look.Text, p.Graded(s.Level(s.Row, v.tabs[tab].KPI))
	if s.Stale() {
		number = p.Look.Stale
	}
	if t.count == 0 {
		look, number = p.Look.Dim, p.Look.Dim
	}
	if tab == v.tab {
		c.Fill(' ', p.Look.Selected)
		look = p.Look.Selected
		if number == p.Look.Text || number == p.Look.Dim {
			number = p.Look.Selected
		} else {
			number = p.Look.Select(number)
		}
		c.Set(0, 0, p.Look.Glyphs.Pointer, p.Look.Selected)
	}
	name := w - countCells - oldestCells - 3
	c.PrintFit(2, 0, max(0, name), p.Say.Say(v.tabs[tab].Name), look, screen.Left)
	count, oldest := p.Num.Count(int64(t.count)), p.Num.NoData()
	if t.more {
		count = clean.Line("≥" + count.String())
		count = p.Say.Plain(count)
	}
	if t.since > 0 && t.count > 0 {
		oldest = p.Num.Clock(float64(s.At-t.since)/1000, i18n.Up)
	}
	if s.Stale() {
		count, oldest = p.Num.NoData(), p.Num.NoData()
	}
	c.PrintFit(max(2, w-oldestCells-countCells-1), 0, min(countCells, w), count, number, screen.Right)
	if t.count == 0 && text.Width(oldest.String()) > 0 {
		return
	}
	c.PrintFit(max(2, w-oldestCells-1), 0, min(oldestCells, w), oldest, look, screen.Right)
}

// Act does what a key asks of the page.
func (v *Sessions) Act(a keys.Action, s *panel.Scene) page.Request {
	list := &v.lists[v.tab]
	switch a {
	case keys.NextPanel, keys.NextView:
		v.turn(1)
	case keys.PreviousPanel:
		v.turn(-1)
	case keys.Enter:
		if one, ok := list.Selected(); ok {
			return page.Request{Open: page.OneSession, Session: one.ID}
		}
	case keys.Back:
		list.SetFilter("")
	default:
		list.Act(a)
	}
	return page.Request{}
}

// turn goes to the next list, with the filter that is in force.
func (v *Sessions) turn(delta int) {
	filter := v.lists[v.tab].Filter()
	v.tab = metrics.SessionTab((int(v.tab) + delta + len(v.tabs)) % len(v.tabs))
	v.lists[v.tab].SetFilter(filter)
}

// Click chooses the list whose name was clicked.
func (v *Sessions) Click(tab, _, _ int) keys.Action {
	v.turn(tab - int(v.tab))
	return keys.None
}

// Wheel turns the lists one by one.
func (v *Sessions) Wheel(rows int) { v.turn(cmp.Compare(rows, 0)) }

// Show chooses a list.
func (v *Sessions) Show(tab metrics.SessionTab) { v.tab = tab }

// SetFilter shows only sessions that match.
func (v *Sessions) SetFilter(text string) { v.lists[v.tab].SetFilter(text) }

// Filter returns the filter in force.
func (v *Sessions) Filter() string { return v.lists[v.tab].Filter() }

// Explained returns the figure that counts the list.
func (v *Sessions) Explained(s *panel.Scene) page.Explained {
	return page.Explained{KPI: v.tabs[v.tab].KPI, Row: s.Row}
}
