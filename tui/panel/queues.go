package panel

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// QueueColumn is a column of a queue table.
type QueueColumn = Column[*metrics.QueueView]

// WallQueueColumns are those of the wall's table.
func WallQueueColumns() []QueueColumn {
	return []QueueColumn{
		queueMark(), loudName(queueName(10)), queueChannel(),
		kpiColumn(Waiting, i18n.ColWaiting, 4, 0, latest, WaitShare),
		kpiColumn(OldestWait, i18n.ColOldest, 6, 0, latest, ExpectedWait),
		inOut(3),
		kpiColumn(Unanswered, i18n.ColUnanswered, 5, 4, latest, UnansweredOldest),
		kpiColumn(ServiceLevel, i18n.ColServiceLevel, 4, 1, chosen, ServiceLevelLive),
		kpiColumn(FRTp90, i18n.ColFRT, 6, 5, chosen),
		slotsColumn(2),
		kpiColumn(AbandonRate, i18n.ColAbandoned, 4, 6, chosen),
		sinceWhoColumn(8),
		sparkColumn(7),
	}
}

// AllQueueColumns are those of the page Queues, from the left in the order in
// which narrow screens keep them.
func AllQueueColumns() []QueueColumn {
	return []QueueColumn{
		queueMark(), queueName(12), queueChannel(),
		kpiColumn(Waiting, i18n.ColWaiting, 5, 0, latest),
		vipColumn(9),
		kpiColumn(OldestWait, i18n.ColOldest, 6, 0, latest),
		inOut(2),
		netColumn(10),
		kpiColumn(BurnDown, i18n.ColClears, 6, 11, quarter),
		kpiColumn(ExpectedWait, i18n.ColNext, 6, 8, quarter),
		kpiColumn(ServiceLevel, i18n.ColServiceLevel, 4, 1, chosen),
		kpiColumn(ServiceLevelLive, i18n.ColLive, 5, 7, quarter),
		kpiColumn(FRTp90, i18n.ColFRT, 6, 4, chosen),
		kpiColumn(Unanswered, i18n.ColUnanswered, 5, 4, latest),
		kpiColumn(UnansweredOldest, i18n.ColUnansweredOldest, 6, 12, latest),
		kpiColumn(AbandonRate, i18n.ColAbandoned, 4, 5, chosen),
		kpiColumn(Overflowed, i18n.ColOverflowed, 5, 13, chosen),
		peopleColumn(6),
		kpiColumn(Needed, i18n.ColNeeded, 4, 12, quarter),
		slotsColumn(3),
		kpiColumn(FreeSlots, i18n.ColFree, 4, 13, latest),
		nowColumn("callbacks", i18n.ColCallbacks, 4, 14, func(n *metrics.Now) int32 { return n.CallbacksOverdue }),
		nowColumn("messages", i18n.ColMessages, 4, 15, func(n *metrics.Now) int32 { return n.Messages }),
		nowColumn("skills", i18n.ColSkillGap, 4, 14, func(n *metrics.Now) int32 { return n.SkillGap }),
		kpiColumn("forecast_gap", i18n.ColPlan, 5, 16, chosen),
		sparkColumn(9),
	}
}

// windowOf says over which window a column reads its KPI.
type windowOf func(s *Scene) fact.Window

func chosen(s *Scene) fact.Window { return s.View.Window }
func latest(s *Scene) fact.Window { return s.View.Window }
func quarter(*Scene) fact.Window  { return fact.Window15m }

// QueueLevel returns how a queue stands, for its sign.
func QueueLevel(s *Scene, q *metrics.QueueView) metrics.Level {
	switch l := s.RowLevel(q.Row); {
	case s.Stale():
		return metrics.LevelStale
	case l != metrics.LevelUnknown:
		return l
	case q.Closed || Idle(q), s.Unsettled():
		return metrics.LevelUnknown
	}
	return metrics.LevelOK
}

// Idle says that nothing happens in the queue and nobody is there for it.
func Idle(q *metrics.QueueView) bool {
	n := q.Row.Now
	return n.Waiting == 0 && n.ActiveLegs == 0 && n.Unanswered == 0 && n.People == 0
}

func queueMark() QueueColumn {
	return QueueColumn{ID: "level", Width: 1,
		Draw:  func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) { p.Glyph(c, 0, 0, QueueLevel(s, q)) },
		Value: func(s *Scene, q *metrics.QueueView) float64 { return float64(s.RowLevel(q.Row)) }}
}

func queueName(width int) QueueColumn {
	return QueueColumn{ID: "queue", Title: i18n.ColQueue, Width: width, Flex: true,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			w, _ := c.Size()
			if q.Closed {
				note := p.closedNote(s, q)
				if room := text.Width(note.String()) + 1; text.Width(q.Queue.String())+room <= w {
					c.PrintRight(w, 0, note, p.Look.Dim)
					w -= room
				}
			}
			c.PrintFit(0, 0, w, q.Queue, p.Look.Text, screen.Left)
		},
		Name: func(q *metrics.QueueView) string { return q.Queue.String() }}
}

// closedNote says that a queue is closed, and when it opens where that is known.
func (p *Pen) closedNote(s *Scene, q *metrics.QueueView) clean.Text {
	switch {
	case q.OpensAt == 0:
		return p.Say.Say(i18n.QueueClosed)
	case q.OpensAt-s.At < 24*3600*1000:
		return p.Say.Fill(i18n.QueueOpens, p.Num.Minute(q.OpensAt, p.Zone))
	}
	return p.Say.Fill(i18n.QueueOpens, p.Num.Date(q.OpensAt, p.Zone))
}

func queueChannel() QueueColumn {
	return QueueColumn{ID: "channel", Title: i18n.ColChannel, Width: 6,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) { cellText(c, q.Channel, p.Look.Dim) },
		Name: func(q *metrics.QueueView) string { return q.Channel.String() }}
}

// numberLook is the look of a number in a table.
func (p *Pen) numberLook(s *Scene, row *metrics.Row, id string, v kpi.Value, also ...string) screen.Style {
	switch {
	case s.Stale():
		return p.Look.Stale
	case !v.OK:
		return p.Look.NoData
	case s.Unsettled():
		return p.Look.Dim
	}
	level := s.Level(row, id)
	for _, other := range also {
		level = max(level, s.Level(row, other))
	}
	return p.gradedIn(s, row, level)
}

// kpiColumn shows a KPI; what else a breach is about may be as loud as its own,
// where it has no column.
func kpiColumn(id string, title i18n.ID, width, drop int, w windowOf, also ...string) QueueColumn {
	return QueueColumn{ID: id, KPI: id, Over: w, Title: title, Width: width, Right: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			v := s.Read(id, q.Row, w(s))
			look := p.numberLook(s, q.Row, id, v, also...)
			if s.Stale() {
				v.OK = false
			}
			t := p.Figure(id, v)
			if v.OK && v.V == 0 && look == p.Look.Text {
				look = p.Look.Dim // nothing there is no news
			}
			cellNumber(c, t, look)
		},
		Value: func(s *Scene, q *metrics.QueueView) float64 { return number(s.Read(id, q.Row, w(s))) }}
}

// number is a value to sort by.
func number(v kpi.Value) float64 {
	if !v.OK {
		return math.NaN()
	}
	return v.V
}

// inOut draws what came and what went, per minute of the last quarter hour.
func inOut(drop int) QueueColumn {
	return QueueColumn{ID: Inflow, KPI: Inflow, Title: i18n.ColInOut, Width: 7, Right: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			in, out := s.Read(Inflow, q.Row, fact.Window15m), s.Read(Outflow, q.Row, fact.Window15m)
			w, _ := c.Size()
			if s.Stale() || !in.OK || !out.OK {
				cellNumber(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			look := p.Look.Text
			if in.V == 0 && out.V == 0 || s.Unsettled() {
				look = p.Look.Dim
			}
			t := p.Figure(Outflow, out)
			x := w - text.Width(t.String())
			c.Print(x, 0, t, look)
			c.Set(x-1, 0, '/', p.Look.Dim)
			c.PrintRight(x-1, 0, p.Figure(Inflow, in), look)
		},
		Value: func(s *Scene, q *metrics.QueueView) float64 { return number(s.Read(Inflow, q.Row, fact.Window15m)) }}
}

func netColumn(drop int) QueueColumn {
	return QueueColumn{ID: NetFlow, KPI: NetFlow, Title: i18n.ColNet, Width: 5, Right: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			v := s.Read(NetFlow, q.Row, fact.Window15m)
			if !v.OK || s.Stale() {
				cellNumber(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			cellNumber(c, p.Num.SignedRate(v.V, i18n.Up), p.numberLook(s, q.Row, NetFlow, v))
		},
		Value: func(s *Scene, q *metrics.QueueView) float64 { return number(s.Read(NetFlow, q.Row, fact.Window15m)) }}
}

// nowColumn draws a count of what is there now; none is a dim nought.
func nowColumn(id string, title i18n.ID, width, drop int, of func(*metrics.Now) int32) QueueColumn {
	return QueueColumn{ID: id, Title: title, Width: width, Right: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			n, look := of(q.Row.Now), p.Look.Text
			if n == 0 {
				look = p.Look.Dim
			}
			p.count(c, s, n, look)
		},
		Value: func(_ *Scene, q *metrics.QueueView) float64 { return float64(of(q.Row.Now)) }}
}

func (p *Pen) count(c screen.Canvas, s *Scene, n int32, look screen.Style) {
	if s.Stale() {
		cellNumber(c, p.Num.NoData(), p.Look.Stale)
		return
	}
	cellNumber(c, p.Num.Count(int64(n)), look)
}

func vipColumn(drop int) QueueColumn {
	c := nowColumn("vip", i18n.ColVIP, 3, drop, func(n *metrics.Now) int32 { return n.WaitingVIP })
	return c
}

// slotsColumn draws used and all slots of the queue's people.
func slotsColumn(drop int) QueueColumn {
	return QueueColumn{ID: SlotUtilization, KPI: SlotUtilization, Title: i18n.ColSlots, Width: 7, Right: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			n := q.Row.Now
			if s.Stale() || n.Slots == 0 {
				cellNumber(c, p.Num.NoData(), p.numberLook(s, q.Row, SlotUtilization, kpi.Value{}))
				return
			}
			p.over(c, s, q.Row)
		},
		Value: func(s *Scene, q *metrics.QueueView) float64 {
			return number(s.Read(SlotUtilization, q.Row, s.View.Window))
		}}
}

// over draws "used/all" at the right.
func (p *Pen) over(c screen.Canvas, s *Scene, row *metrics.Row) {
	w, _ := c.Size()
	used, all := row.Now.SlotsUsed, row.Now.Slots
	look := p.Graded(s.Level(row, SlotUtilization))
	if s.Unsettled() {
		look = p.Look.Dim
	}
	t := p.Num.Count(int64(all))
	x := w - text.Width(t.String())
	c.Print(x, 0, t, p.Look.Dim)
	c.Set(x-1, 0, '/', p.Look.Dim)
	c.PrintRight(x-1, 0, p.Num.Count(int64(used)), look)
}

// peopleColumn draws available people and members.
func peopleColumn(drop int) QueueColumn {
	return QueueColumn{ID: People, KPI: People, Title: i18n.ColPeople, Width: 6, Right: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			n := q.Row.Now
			if s.Stale() || !n.MembershipKnown && !n.MembershipInferred {
				cellNumber(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			w, _ := c.Size()
			t := p.Num.Count(int64(n.Members))
			x := w - text.Width(t.String())
			c.Print(x, 0, t, p.Look.Dim)
			c.Set(x-1, 0, '/', p.Look.Dim)
			look := p.Look.Text
			if n.Uncovered {
				look = p.Look.Critical
			}
			c.PrintRight(x-1, 0, p.Num.Count(int64(n.People)), look)
		},
		Value: func(_ *Scene, q *metrics.QueueView) float64 { return float64(q.Row.Now.People) }}
}

// sparkColumn draws the queue's length over the last hour, all rows on their
// own scale: the shape is what it says.
func sparkColumn(drop int) QueueColumn {
	return QueueColumn{ID: "trend", KPI: Waiting, Title: i18n.ColTrend, Width: 6, Flex: true, Drop: drop,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, q *metrics.QueueView) {
			p.spark(c, q.Row, QueueLevel(s, q))
		},
		Value: func(s *Scene, q *metrics.QueueView) float64 { return number(s.Read(Waiting, q.Row, s.View.Window)) }}
}

// spark draws a row's queue length, loud only where the row is.
func (p *Pen) spark(c screen.Canvas, row *metrics.Row, l metrics.Level) {
	if row.Trend == nil {
		return
	}
	w, _ := c.Size()
	values, top := scaled(&row.Trend.Waiting, 1), 0.0
	for _, v := range values {
		top = max(top, v)
	}
	look := p.Look.Spark
	if l == metrics.LevelWarn || l == metrics.LevelCritical { // what is stale is none
		look = p.Graded(l).Without(screen.Reverse | screen.Bold)
	}
	// Ten is the least top of a scale: one person waiting is no peak. A peak
	// stays below a full cell, so that rows do not run into one another.
	chart.Sparkline(c, 0, 0, w, values[:], chart.LessIsBetter, max(10, top*8/7), look, p.Look.Dim, p.Look.Glyphs)
}
