// Package queues owns the page Queues: the table of all queues in full. It must
// not know other pages.
package queues

import (
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

// Queues is the page.
type Queues struct {
	list    page.List[*metrics.QueueView]
	settled uint64  // when helpers were looked for
	helpers helpers // who could take what waits
}

// New returns the page.
func New() *Queues {
	q := &Queues{list: page.Queues(panel.AllQueueColumns())}
	q.list.Activate()
	return q
}

// OfChannel returns the page with the queues of one channel, or with all where
// the channel is empty.
func OfChannel(channel clean.Text) *Queues {
	q := New()
	q.list.Collect = func(s *panel.Scene, into []*metrics.QueueView) []*metrics.QueueView {
		for _, one := range s.Floor.Tables {
			if channel.Empty() || one.Channel == channel {
				into = append(into, one)
			}
		}
		return into
	}
	return q
}

// Draw draws the page.
func (q *Queues) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	q.list.Prepare(s)
	if now := q.list.Settled(); now != q.settled {
		q.settled, q.helpers = now, findHelpers(s, q.list.Rows())
	}
	w, h := c.Size()
	l := layout.ListOf(w, h, len(q.list.Rows()), 14)
	p.Flow(c.Sub(l.Facts), s)
	table := c.Sub(l.Table)
	in := table
	if l.Boxed {
		in = p.Box(table, page.Title(p, i18n.PanelQueues, q.list.Filter()), panel.Focused)
	}
	q.list.Draw(p, s, in, panel.Focused)
	if len(q.list.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoQueues))
	}
	if l.Boxed {
		q.drawEdge(p, table)
	}
	if !l.Side.Empty() {
		q.drawSelected(p, s, c.Sub(l.Side))
	}
}

// drawEdge writes into the lower edge of the table who could help, and how many
// rows are below: the number is never covered.
func (q *Queues) drawEdge(p *panel.Pen, table screen.Canvas) {
	w, h := table.Size()
	room := w
	if _, below := q.list.Hidden(); below > 0 {
		more := page.MoreRows(p, below)
		p.Note(table, more)
		room -= text.Width(more.String()) + 2
	}
	p.Tag(table.Sub(layout.Rect{W: max(0, room), H: h}), q.helpers.hint(p))
}

// drawSelected draws the charts of the selected queue below the table.
func (q *Queues) drawSelected(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	row := s.Row
	if one, ok := q.list.Selected(); ok {
		row = one.Row
	}
	w, h := c.Size()
	n := min(3, max(1, w/50))
	charts := [...]func(screen.Canvas, *panel.Scene, *metrics.Row, bool){p.WaitingChart, p.FRTChart, p.FlowChart}
	for i := range n {
		x0, x1 := w*i/n, w*(i+1)/n
		charts[i](c.Sub(layout.Rect{X: x0, W: x1 - x0, H: h}), s, row, true)
	}
	if row != nil {
		p.Tag(c, p.Place(s, row.Key))
	}
}

// Act does what a key asks of the page.
func (q *Queues) Act(a keys.Action, _ *panel.Scene) page.Request {
	switch a {
	case keys.Enter:
		if one, ok := q.list.Selected(); ok {
			return page.Request{Open: page.OneQueue, Queue: one.Queue, Chan: one.Channel}
		}
	case keys.Back:
		q.list.SetFilter("")
	default:
		q.list.Act(a)
	}
	return page.Request{}
}

// Breach returns the loudest breach of the selected queue, nil where it is well.
func (q *Queues) Breach(s *panel.Scene) *metrics.Breach {
	if one, ok := q.list.Selected(); ok {
		return s.LoudestOf(one.Row)
	}
	return nil
}

// SetFilter shows only queues that match.
func (q *Queues) SetFilter(text string) { q.list.SetFilter(text) }

// Filter returns the filter in force.
func (q *Queues) Filter() string { return q.list.Filter() }

// Explained returns the number at the cursor.
func (q *Queues) Explained(*panel.Scene) page.Explained { return q.list.Explained() }
