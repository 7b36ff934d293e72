// Package staffing owns the page Staffing: where people are missing, where there
// are some to spare, who could move, and how the day is going to go. It must not
// know other pages.
package staffing

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/history"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
)

// Staffing is the page.
type Staffing struct {
	view     view
	places   page.List[place]
	teams    page.List[place]
	touching map[clean.Text]int // channels of a queue
	sum      sum
	census   census
	outlook  outlook
	panel    int // the first of the panels below, where not all have room
	past     past
	shown    int                     // panels in sight
	lastWeek map[metrics.Key]weekAgo // what came by now, a week ago
}

// New returns the page.
func New() *Staffing {
	v := &Staffing{touching: map[clean.Text]int{}, lastWeek: map[metrics.Key]weekAgo{}, past: past{days: map[string]*history.Day{}}}
	v.places = page.List[place]{
		Table: panel.Table[place]{Columns: v.placeColumns(), Written: written()}, ID: placeID, Matches: matches, Place: v.worstFirst, Quiet: quiet,
		Subject: func(pl place) *metrics.Row { return pl.row }, Collect: v.collect, Fresh: v.fresh, Column: panel.StaffingGap,
	}
	v.teams = v.places
	v.teams.Table, v.teams.Column = panel.Table[place]{Columns: v.teamColumns(), Written: written()}, idleColumn
	return v
}

// list is the table of the view in force.
func (v *Staffing) list() *page.List[place] {
	if v.view == byTeam {
		return &v.teams
	}
	return &v.places
}

// chosen is the row that the panels tell of: the selected one, else the first.
func (v *Staffing) chosen(s *panel.Scene) (place, bool) {
	if pl, ok := v.list().Selected(); ok {
		return pl, true
	}
	rows := v.list().Rows()
	if len(rows) == 0 {
		return place{}, false
	}
	if fresh, ok := v.fresh(s, rows[0]); ok {
		return fresh, true
	}
	return rows[0], true
}

// Act does what a key asks of the page.
func (v *Staffing) Act(a keys.Action, s *panel.Scene) page.Request {
	switch a {
	case keys.NextView:
		v.turn()
	case keys.NextPanel:
		v.panel = (v.panel + 1) % int(numPanels)
	case keys.PreviousPanel:
		v.panel = (v.panel + int(numPanels) - 1) % int(numPanels)
	case keys.Enter:
		return v.enter(s)
	case keys.Back:
		if !v.list().Deactivate() {
			v.SetFilter("")
		}
	default:
		v.list().Act(a)
	}
	return page.Request{}
}

// turn goes to another view; the filter goes along.
func (v *Staffing) turn() {
	filter := v.Filter()
	v.list().Deactivate()
	v.view = (v.view + 1) % numViews
	v.list().SetFilter(filter)
	v.list().Renew()
}

// enter opens what is selected: a queue, a channel's queues, a team's people.
func (v *Staffing) enter(s *panel.Scene) page.Request {
	pl, ok := v.chosen(s)
	if !ok {
		return page.Request{}
	}
	switch k := pl.row.Key; k.Scope {
	case metrics.ScopeChannel:
		return page.Request{Open: page.AllQueues, Chan: k.Channel}
	case metrics.ScopeTeam:
		return page.Request{Open: page.OneTeam, Team: k.Team}
	default:
		return page.Request{Open: page.OneQueue, Queue: k.Queue, Chan: k.Channel}
	}
}

// Breach returns the loudest breach of the row that the panels tell of.
func (v *Staffing) Breach(s *panel.Scene) *metrics.Breach {
	if pl, ok := v.chosen(s); ok {
		return s.LoudestOf(pl.row)
	}
	return nil
}

// SetFilter shows only rows that match.
func (v *Staffing) SetFilter(text string) { v.list().SetFilter(text) }

// Filter returns the filter in force.
func (v *Staffing) Filter() string { return v.list().Filter() }

// Explained returns the number at the cursor; before the cursor was moved that
// is the gap of the first row.
func (v *Staffing) Explained(s *panel.Scene) page.Explained {
	pl, ok := v.chosen(s)
	if !ok {
		return page.Explained{}
	}
	if e := v.list().Explained(); e.KPI != "" {
		if ofPlan(e.KPI) && pl.plan != nil {
			e.Row = pl.plan
		}
		return e
	}
	if v.view == byTeam {
		return page.Explained{KPI: "agents_available", Row: pl.row}
	}
	return page.Explained{KPI: panel.StaffingGap, Row: pl.row}
}

// ofPlan says whether a KPI is read off the row whose plan it is.
func ofPlan(id string) bool { return id == panel.PlannedGap || id == panel.ForecastGap }
