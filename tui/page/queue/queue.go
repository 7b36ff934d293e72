// Package queue owns the drill-down into one queue: its figures, charts, the
// sessions that wait, the people who serve it, its breaches. It must not know
// other pages.
package queue

import (
	"slices"

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

// Queue is the page of one queue x channel.
type Queue struct {
	queue, channel clean.Text
	waiting        page.List[*metrics.SessionView]
	agents         page.AgentList
	onAgents       bool
}

// New returns the page of a queue.
func New(queue, channel clean.Text) *Queue {
	q := &Queue{queue: queue, channel: channel}
	q.waiting = page.Sessions(page.WaitingColumns(), func(s *panel.Scene) []metrics.SessionView {
		if v := s.Queue(queue, channel); v != nil {
			return v.Waiting
		}
		return nil
	})
	q.agents = page.Agents(func(a *metrics.AgentView) bool { return slices.Contains(a.Queues, queue) })
	q.waiting.Activate()
	q.agents.Activate()
	return q
}

func figures() []string {
	return []string{
		panel.Offered, panel.Answered, panel.ServiceLevel, panel.FRTp50, panel.FRTp90, panel.ASA, panel.AbandonRate, panel.Overflowed, panel.AHT,
	}
}

// Draw draws the page.
func (q *Queue) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	q.waiting.Prepare(s)
	q.agents.Prepare(s)
	w, h := c.Size()
	l := layout.DetailOf(w, h, len(figures())+1, 3)
	here := clean.Line(q.queue.String() + "/" + q.channel.String())
	v := s.Queue(q.queue, q.channel)
	x := page.Crumb(p, c.Sub(l.Crumb), i18n.PageQueues, here)
	if v == nil {
		p.Empty(c.Sub(l.Main), p.Say.Say(i18n.QueueGone))
		return
	}
	q.drawNow(p, s, c.Sub(layout.Rect{X: x + 2, Y: l.Crumb.Y, W: w - x - 2, H: 1}), v)
	if !l.Facts.Empty() {
		in := p.Panel(c.Sub(l.Facts), p.Say.Say(i18n.PanelFigures), panel.Unfocused, l.Boxed)
		page.Figures(p, s, in, v.Row, figures())
	}
	q.drawWaiting(p, s, c.Sub(l.Main), l.Boxed, v)
	q.drawAgents(p, s, c.Sub(l.Second), l.Boxed)
	charts := [...]func(screen.Canvas, *panel.Scene, *metrics.Row, bool){p.WaitingChart, p.FRTChart, p.FlowChart}
	for i, r := range l.Charts {
		if !r.Empty() {
			charts[i](c.Sub(r), s, v.Row, l.Boxed)
		}
	}
	if !l.Rules.Empty() {
		more := drawRules(p, s, p.Panel(c.Sub(l.Rules), p.Say.Say(i18n.PanelItsRules), panel.Unfocused, l.Boxed), v)
		if l.Boxed && more > 0 {
			p.Note(c.Sub(l.Rules), page.MoreRows(p, more))
		}
	}
}

// drawNow draws what is true at this moment, behind the name.
func (q *Queue) drawNow(p *panel.Pen, s *panel.Scene, c screen.Canvas, v *metrics.QueueView) {
	w, _ := c.Size()
	x := 0
	p.Glyph(c, x, 0, panel.QueueLevel(s, v))
	x += 1 + c.Print(x+2, 0, p.LevelWord(panel.QueueLevel(s, v)), p.Look.Dim) + 3
	for _, f := range [...]struct {
		label i18n.ID
		kpi   string
	}{
		{i18n.TileWaiting, panel.Waiting}, {i18n.TileOldest, panel.OldestWait}, {i18n.TileUnanswered, panel.Unanswered},
		{i18n.FactPeople, panel.People}, {i18n.FactFree, panel.FreeSlots}, {i18n.FactNext, panel.ExpectedWait},
	} {
		label, value := p.Say.Say(f.label), p.Figure(f.kpi, s.Read(f.kpi, v.Row, s.View.Window))
		if x+text.Width(label.String())+1+text.Width(value.String()) > w {
			return // a figure that is cut is another figure
		}
		x = p.Fact(c, x, 0, label, value, p.Graded(s.Level(v.Row, f.kpi))) + 3
	}
}

func (q *Queue) drawWaiting(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool, v *metrics.QueueView) {
	f := panel.Focus(!q.onAgents)
	in := p.Panel(c, p.Say.Fill(i18n.PanelWaiting, p.Num.Count(int64(v.Row.Now.Waiting))), f, boxed)
	q.waiting.Draw(p, s, in, f)
	if len(q.waiting.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.TileNobodyWaits))
	}
	if _, below := q.waiting.Hidden(); boxed && below > 0 {
		p.Note(c, page.MoreRows(p, below))
	}
}

func (q *Queue) drawAgents(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	if w, h := c.Size(); w == 0 || h == 0 {
		return
	}
	f := panel.Focus(q.onAgents)
	in := p.Panel(c, page.Title(p, i18n.PanelItsAgents, q.agents.Filter()), f, boxed)
	q.agents.Draw(p, s, in, f)
	if len(q.agents.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoMembers))
	}
	if _, below := q.agents.Hidden(); boxed && below > 0 {
		p.Note(c, page.MoreRows(p, below))
	}
}

// Act does what a key asks of the page.
func (q *Queue) Act(a keys.Action, _ *panel.Scene) page.Request {
	switch a {
	case keys.NextPanel, keys.PreviousPanel:
		q.onAgents = !q.onAgents
	case keys.Enter:
		if q.onAgents {
			if one, ok := q.agents.Selected(); ok {
				return page.Request{Open: page.OneAgent, Agent: one.ID}
			}
		} else if one, ok := q.waiting.Selected(); ok {
			return page.Request{Open: page.OneSession, Session: one.ID}
		}
	default:
		if q.onAgents {
			q.agents.Act(a)
			break
		}
		q.waiting.Act(a)
	}
	return page.Request{}
}

// Focus gives the keys to the list that was clicked.
func (q *Queue) Focus(t panel.Target) { q.onAgents = t == &q.agents.List }

// Breach returns the queue's loudest breach, nil where it is well.
func (q *Queue) Breach(s *panel.Scene) *metrics.Breach {
	if v := s.Queue(q.queue, q.channel); v != nil {
		return s.LoudestOf(v.Row)
	}
	return nil
}

// SetFilter shows only people that match.
func (q *Queue) SetFilter(text string) {
	q.agents.SetFilter(text)
	q.onAgents = q.onAgents || text != ""
}

// Filter returns the filter in force.
func (q *Queue) Filter() string { return q.agents.Filter() }

// Explained returns the number at the cursor: of the person selected, else the
// queue's waiting.
func (q *Queue) Explained(s *panel.Scene) page.Explained {
	if q.onAgents {
		return q.agents.Explained()
	}
	if v := s.Queue(q.queue, q.channel); v != nil {
		return page.Explained{KPI: panel.ServiceLevel, Row: v.Row}
	}
	return page.Explained{}
}
