package page

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// Queues returns a list of queues with the columns given.
func Queues(columns []panel.QueueColumn) List[*metrics.QueueView] {
	return List[*metrics.QueueView]{
		Table:   panel.Table[*metrics.QueueView]{Columns: columns, Written: panel.WrittenQueues()},
		ID:      queueID,
		Column:  panel.Waiting,
		Matches: matchesQueue,
		Place:   queuePlace,
		Quiet: func(_ *panel.Scene, q *metrics.QueueView) bool {
			return q.Closed || panel.Idle(q)
		},
		Subject: func(q *metrics.QueueView) *metrics.Row { return q.Row },
		Collect: func(s *panel.Scene, into []*metrics.QueueView) []*metrics.QueueView {
			for _, q := range s.Floor.Tables {
				if s.Shows(q) {
					into = append(into, q)
				}
			}
			return into
		},
		Fresh: func(s *panel.Scene, old *metrics.QueueView) (*metrics.QueueView, bool) {
			q := s.Queue(old.Queue, old.Channel)
			return q, q != nil
		},
	}
}

func queueID(q *metrics.QueueView) string { return q.Queue.String() + "\x00" + q.Channel.String() }

func matchesQueue(q *metrics.QueueView, filter string) bool {
	return strings.Contains(strings.ToLower(q.Queue.String()+"/"+q.Channel.String()), filter)
}

// queuePlace is the natural order: queues with nobody for those who wait first,
// then by level, then by how many wait; idle and closed queues last.
func queuePlace(s *panel.Scene, q *metrics.QueueView) Place {
	at := Place{Rank: 4 - uint8(s.RowLevel(q.Row)), Value: -int64(q.Row.Now.Waiting)}
	switch {
	case q.Row.Now.Uncovered:
		at.Rank = 0
	case q.Closed || panel.Idle(q):
		at.Rank = 9
	}
	return at
}

// Title writes a panel's title with the filter in force.
func Title(p *panel.Pen, id i18n.ID, filter string) clean.Text {
	title := p.Say.Say(id)
	if filter == "" {
		return title
	}
	return p.Say.Fill(i18n.TitleFiltered, title, clean.Own(filter))
}

// MoreRows writes how many rows are below what is in sight.
func MoreRows(p *panel.Pen, n int) clean.Text {
	return p.Say.Count(i18n.MoreBelow, int64(n), p.Num.Count(int64(n)), clean.Own(string(p.Look.Glyphs.More)))
}
