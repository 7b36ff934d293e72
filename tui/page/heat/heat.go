// Package heat owns the page Heat: touchpoints by hour, how a figure went over
// the day channel by channel or queue by queue, and what weekdays usually are.
// It must not know other pages.
package heat

import (
	"strings"

	"wallboard/metrics"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
)

// Heat is the page.
type Heat struct {
	view    view
	metric  int
	filter  string
	grid    grid
	more    [4]grid // of the figures below, from the next one on
	drawn   drawn   // where the mouse finds the hours
	row     string  // id of the row at the cursor
	hour    int     // column at the cursor; follow: the newest
	follow  bool
	chosen  bool // the cursor shows
	week    week
	top     int // first row in sight
	left    int // first hour in sight
	visible int // hours in sight
}

// week is whose weekdays are shown.
type week struct {
	Key metrics.Key
	row *metrics.Row
}

// New returns the page.
func New() *Heat { return &Heat{row: allID, follow: true} }

// figure is the id of the KPI on the map.
func (h *Heat) figure() string { return figures()[h.metric] }

// Act does what a key asks of the page.
func (h *Heat) Act(a keys.Action, s *panel.Scene) page.Request {
	switch a {
	case keys.NextFigure:
		h.metric = (h.metric + 1) % len(figures())
	case keys.NextView, keys.NextPanel:
		h.turn(s, 1)
	case keys.PreviousPanel:
		h.turn(s, int(numViews)-1)
	case keys.Back:
		h.back()
	case keys.Enter:
		return h.enter()
	default:
		h.move(a)
	}
	return page.Request{}
}

// turn goes to another view; weekdays are those of the row at the cursor.
func (h *Heat) turn(s *panel.Scene, by int) {
	row := s.Row
	if l, _, ok := h.grid.at(h.grid.index(h.row), 0); ok && l.row != nil && h.chosen {
		row = l.row
	}
	h.view = (h.view + view(by)) % numViews
	h.grid.lines, h.grid.of = nil, gridOf{}
	if h.view == byWeekday && row != nil {
		h.week = week{Key: row.Key, row: row}
		return
	}
	h.row, h.top = allID, 0
}

// back takes the cursor away, then the filter.
func (h *Heat) back() {
	if h.chosen {
		h.chosen, h.follow, h.row = false, true, allID
		return
	}
	h.filter = ""
}

// enter opens what is at the cursor: a channel's queues, a queue.
func (h *Heat) enter() page.Request {
	l, _, ok := h.grid.at(h.grid.index(h.row), h.hour)
	if !ok || !h.chosen || l.row == nil {
		return page.Request{}
	}
	switch k := l.row.Key; k.Scope {
	case metrics.ScopeQueueChannel:
		return page.Request{Open: page.OneQueue, Queue: k.Queue, Chan: k.Channel}
	case metrics.ScopeChannel:
		over := New()
		over.view, over.metric = byQueue, h.metric
		return page.Request{Open: page.Narrowed, Key: k, Over: over}
	}
	return page.Request{}
}

// move moves the cursor; the first press only shows it.
func (h *Heat) move(a keys.Action) {
	if len(h.grid.lines) == 0 {
		return
	}
	row, last := h.grid.index(h.row), len(h.grid.lines)-1
	switch a {
	case keys.Up:
		row--
	case keys.Down:
		row++
	case keys.Left:
		h.hour--
	case keys.Right:
		h.hour++
	case keys.PageUp:
		row -= 10
	case keys.PageDown:
		row += 10
	case keys.First:
		row = 0
	case keys.Last:
		row = last
	default:
		return
	}
	if !h.chosen {
		h.chosen = true
		return
	}
	h.row = h.grid.lines[max(0, min(row, last))].id
	h.hour = max(0, min(h.hour, len(h.grid.spans)-1))
	h.follow = h.hour == len(h.grid.spans)-1
}

// SetFilter shows only rows that match.
func (h *Heat) SetFilter(text string) { h.filter = strings.ToLower(text) }

// Filter returns the filter in force.
func (h *Heat) Filter() string { return h.filter }

// Explained returns the number at the cursor: an hour's, or the day's.
func (h *Heat) Explained(s *panel.Scene) page.Explained {
	l, _, ok := h.grid.at(h.grid.index(h.row), h.hour)
	if !ok || s.Snapshot.Hours == nil {
		return page.Explained{}
	}
	span := h.grid.spans[h.hour]
	row, _ := h.grid.hourRow(s, l, span)
	if row == nil {
		row = l.row
	}
	return page.Explained{KPI: h.figure(), Row: row, From: span.From, To: span.To}
}
