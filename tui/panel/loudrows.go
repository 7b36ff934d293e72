package panel

import (
	"wallboard/metrics"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// gradedIn is the look of a number at a level in a row: reversed where it is
// critical and nobody has the row's loudest breach, else not: without colours
// that is how the two are told apart.
func (p *Pen) gradedIn(s *Scene, row *metrics.Row, l metrics.Level) screen.Style {
	look := p.Graded(l)
	if l == metrics.LevelCritical && p.calmRow(s, row) {
		return look.Without(screen.Reverse).With(screen.Bold)
	}
	return look
}

// calmRow says whether somebody has the loudest breach of a row.
func (p *Pen) calmRow(s *Scene, row *metrics.Row) bool {
	b := s.LoudestOf(row)
	return b != nil && Calm(s, b)
}

// loudName makes the name of a queue as loud as its worst breach: from ten metres
// the name in a solid bar is what is seen of a row.
func loudName(c QueueColumn) QueueColumn {
	plain := c.Draw
	c.Draw = func(p *Pen, s *Scene, cell screen.Canvas, q *metrics.QueueView) {
		plain(p, s, cell, q)
		level := s.RowLevel(q.Row)
		if level < metrics.LevelWarn || s.Stale() || s.Unsettled() {
			return
		}
		look := p.gradedIn(s, q.Row, level)
		w, _ := cell.Size()
		cell.PrintFit(0, 0, min(w, text.Width(q.Queue.String())), q.Queue, look.With(screen.Bold), screen.Left)
	}
	return c
}

// sinceWhoColumn says of a queue in breach for how long, and who has it.
func sinceWhoColumn(drop int) QueueColumn {
	return QueueColumn{ID: "breach", Title: i18n.ColSinceWho, Width: 22, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			b := s.LoudestOf(q.Row)
			if b == nil || s.Stale() || s.Unsettled() {
				return
			}
			w, _ := c.Size()
			const lasted = 9
			c.PrintFit(0, 0, lasted-1, p.lasted(s, b), p.Look.Dim, screen.Left)
			owner, look := p.Owner(s, b), p.Look.Dim
			if taken(b) == 0 && !Silenced(b, s.At) {
				look = p.Look.Text
			}
			c.PrintFit(lasted, 0, w-lasted, owner, look, screen.Left)
		},
		Value: func(s *Scene, q *metrics.QueueView) float64 {
			if b := s.LoudestOf(q.Row); b != nil {
				return float64(s.At - b.FiringSince)
			}
			return -1
		}}
}
