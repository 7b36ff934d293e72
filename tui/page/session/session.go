// Package session owns the drill-down into one session: what is known of it and
// its last steps with the clocks that ran between them. It must not know other
// pages, nor where the steps come from.
package session

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
)

// askEvery is how old, in ms of the engine clock, steps may be while the
// session lives.
const askEvery = 1_000

// Session is the page of one session. What no snapshot carries is asked for
// beside the event loop: Wants says that it is time, Answer takes the answer.
type Session struct {
	id       clean.Text
	detail   metrics.SessionDetail
	found    bool
	failed   clean.Text // why it could not be looked up
	asking   bool
	answered bool
	at       int64 // engine clock when last asked, ms
	still    bool  // nobody can be asked
	story    story // what is stored of it beyond the last steps
	offset   int
	height   int
}

// New returns the page of a session.
func New(id clean.Text) *Session { return &Session{id: id} }

// Still says that there is nobody to ask for its steps.
func (v *Session) Still() { v.still = true }

// Wants says which session is to be looked up now, if any, and notes that it is
// being asked for. A held screen asks once.
func (v *Session) Wants(s *panel.Scene) (floor, id string, ok bool) {
	switch {
	case v.still, v.asking, s.Floor == nil:
		return "", "", false
	case v.answered && (s.HeldAt != 0 || v.over() || s.At-v.at < askEvery && s.At >= v.at):
		return "", "", false
	}
	v.asking, v.at = true, s.At
	return s.Floor.ID.String(), v.id.String(), true
}

// over says that the session will not change any more as far as is known.
func (v *Session) over() bool { return v.answered && v.failed.Empty() && !v.found }

// Answer takes what was found.
func (v *Session) Answer(d metrics.SessionDetail, found bool, err error) {
	v.asking, v.answered = false, true
	if err != nil {
		v.failed = clean.Line(err.Error())
		return
	}
	v.failed = clean.Text{}
	if found {
		v.detail, v.found = d, true
		v.follow(d.Steps)
		return
	}
	// What was known stays on the screen; that it is gone is said beside it.
	v.found = false
}

// ID returns the session's id.
func (v *Session) ID() clean.Text { return v.id }

// view returns what is known of the session: what was answered, else what the
// lists of the snapshot show.
func (v *Session) view(s *panel.Scene) (*metrics.SessionDetail, bool) {
	if !v.detail.ID.Empty() {
		return &v.detail, true
	}
	if s.Floor == nil {
		return nil, false
	}
	if one := inLists(s.Floor, v.id); one != nil {
		return &metrics.SessionDetail{SessionView: *one, Topic: one.Topic}, true
	}
	return v.fromStory()
}

// inLists looks for a session in everything that a snapshot lists.
func inLists(f *metrics.FloorView, id clean.Text) *metrics.SessionView {
	find := func(list []metrics.SessionView) *metrics.SessionView {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
		return nil
	}
	for tab := range f.Sessions {
		if one := find(f.Sessions[tab].Sessions); one != nil {
			return one
		}
	}
	for _, q := range f.Tables {
		if one := find(q.Waiting); one != nil {
			return one
		}
	}
	for a := range f.Agents.All {
		if one := find(a.Legs); one != nil {
			return one
		}
	}
	return nil
}

// Act does what a key asks of the page.
func (v *Session) Act(a keys.Action, _ *panel.Scene) page.Request {
	switch a {
	case keys.Up:
		v.offset--
	case keys.Down:
		v.offset++
	case keys.PageUp:
		v.offset -= v.height
	case keys.PageDown:
		v.offset += v.height
	case keys.First:
		v.offset = -2 * metrics.MaxTimelineSteps // drawing holds it to what there is
	case keys.Last:
		v.offset = 0
	case keys.NextPanel:
		v.readAgain()
	case keys.Enter:
		if v.found && !v.detail.Agent.Empty() {
			return page.Request{Open: page.OneAgent, Agent: v.detail.Agent}
		}
	}
	return page.Request{}
}

// Click does nothing: a step opens nothing.
func (v *Session) Click(int, int, int) keys.Action { return keys.None }

// Wheel moves the steps in sight.
func (v *Session) Wheel(rows int) { v.offset += rows } // drawing holds it to what there is

// SetFilter does nothing: a session has few steps.
func (v *Session) SetFilter(string) {}

// Filter returns nothing.
func (v *Session) Filter() string { return "" }

// Explained returns the figure that the session's own clock belongs to, of its
// queue.
func (v *Session) Explained(s *panel.Scene) page.Explained {
	d, known := v.view(s)
	if !known {
		return page.Explained{}
	}
	row := s.Row
	if q := s.Queue(d.Queue, d.Channel); q != nil {
		row = q.Row
	}
	switch d.State {
	case metrics.StateQueued, metrics.StateOffered:
		return page.Explained{KPI: panel.OldestWait, Row: row}
	case metrics.StateBot:
		return page.Explained{KPI: panel.StuckInBot, Row: s.Row}
	}
	if d.FirstReplyDueSince > 0 {
		return page.Explained{KPI: panel.FRTp90, Row: row}
	}
	return page.Explained{KPI: panel.Response, Row: row}
}
