package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/metrics/history"
	"wallboard/tui/panel"
)

// askWithin is how long the owner of the sessions may take to answer.
const askWithin = 2 * time.Second

// asker is a page that shows what no snapshot carries.
type asker interface {
	Wants(s *panel.Scene) (floor, id string, ok bool)
	Answer(detail metrics.SessionDetail, found bool, err error)
}

// sessionAnswered says that a session was looked up for a page.
type sessionAnswered struct {
	page   asker
	detail metrics.SessionDetail
	found  bool
	err    error
}

// wanted returns what the page on top wants looked up, and for whom.
func (v *viewer) wanted() (page asker, floor, id string, ok bool) {
	page, ok = v.top().(asker)
	if !ok {
		return nil, "", "", false
	}
	v.prepare()
	floor, id, ok = page.Wants(v.scene)
	return page, floor, id, ok
}

// dayAsker is a page that compares with stored days.
type dayAsker interface {
	WantsDay(s *panel.Scene) (floor, date string, ok bool)
	TakeDates(dates []string, err error)
	TakeDay(date string, d *history.Day, err error)
}

// dayRead says that a stored day, or the list of them, was read for a page.
type dayRead struct {
	page  dayAsker
	date  string // empty: the list
	dates []string
	day   *history.Day
	err   error
}

// ask looks up what the page on top wants, beside the event loop: whoever owns
// the sessions may be busy, and a disk is slow. A file that was asked for is written
// there too.
func (m *model) ask() tea.Cmd {
	return tea.Batch(m.askSession(), m.askDay(), m.readTimeline(), m.noteAccess(), m.save())
}

func (m *model) askDay() tea.Cmd {
	page, ok := m.top().(dayAsker)
	if !ok || m.past == nil {
		return nil
	}
	m.prepare()
	floor, date, ok := page.WantsDay(m.scene)
	if !ok {
		return nil
	}
	return func() tea.Msg {
		if date == "" {
			dates, err := m.past.Dates(floor)
			return dayRead{page: page, dates: dates, err: err}
		}
		d, err := m.past.Get(floor, date)
		return dayRead{page: page, date: date, day: d, err: err}
	}
}

// took hands what was read to the page that asked.
func (m *model) took(r dayRead) {
	if r.date == "" {
		r.page.TakeDates(r.dates, r.err)
	} else {
		r.page.TakeDay(r.date, r.day, r.err)
	}
	m.drawn.stale = true
}

func (m *model) askSession() tea.Cmd {
	if m.sessions == nil {
		return nil
	}
	page, floor, id, ok := m.wanted()
	if !ok {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(m.ctx(), askWithin)
		defer cancel()
		d, found, err := m.sessions.Session(ctx, floor, id)
		return sessionAnswered{page, d, found, err}
	}
}

// answered hands the answer to the page that asked, which may be on the screen
// no more.
func (m *model) answered(a sessionAnswered) {
	a.page.Answer(a.detail, a.found, a.err)
	m.drawn.stale = true
}
