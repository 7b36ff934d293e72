package page

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

type sessionColumn = panel.Column[*metrics.SessionView]

// Sessions returns a list of sessions in the order they are given.
func Sessions(columns []panel.Column[*metrics.SessionView], of func(s *panel.Scene) []metrics.SessionView) List[*metrics.SessionView] {
	return List[*metrics.SessionView]{
		Table:   panel.Table[*metrics.SessionView]{Columns: columns, Written: writtenSessions(func(v *metrics.SessionView) int64 { return v.FirstQueuedAt })},
		ID:      func(v *metrics.SessionView) string { return v.ID.String() },
		Column:  "waited",
		Settle:  1, // few rows, in an order of their own: one that is gone must not stay
		Matches: func(*metrics.SessionView, string) bool { return true },
		Place: func(_ *panel.Scene, v *metrics.SessionView) Place {
			return Place{Value: v.FirstQueuedAt}
		},
		Collect: func(s *panel.Scene, into []*metrics.SessionView) []*metrics.SessionView {
			list := of(s)
			for i := range list {
				into = append(into, &list[i])
			}
			return into
		},
		Fresh: func(s *panel.Scene, old *metrics.SessionView) (*metrics.SessionView, bool) {
			list := of(s)
			for i := range list {
				if list[i].ID == old.ID {
					return &list[i], true
				}
			}
			return old, false
		},
	}
}

// WaitingColumns are those of sessions that wait in a queue.
func WaitingColumns() []panel.Column[*metrics.SessionView] {
	return []sessionColumn{
		sessionText("session", i18n.ColSession, 14, 0, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.ID }),
		sessionAge("waited", i18n.ColWaited, 0, func(v *metrics.SessionView) int64 { return v.FirstQueuedAt }),
		sessionAge("here", i18n.ColHere, 3, func(v *metrics.SessionView) int64 { return v.QueuedAt }),
		sessionText("state", i18n.ColState, 9, 2, func(p *panel.Pen, v *metrics.SessionView) clean.Text { return p.Say.Say(StateWord(v.State)) }),
		sessionText("class", i18n.ColClass, 8, 1, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.CustomerClass }),
		sessionText("lang", i18n.ColLang, 5, 3, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.Lang }),
		sessionCount("tier", i18n.ColTier, 4, 4, func(v *metrics.SessionView) int64 { return int64(v.Tier) }),
		sessionCount("priority", i18n.ColPriority, 4, 5, func(v *metrics.SessionView) int64 { return int64(v.Priority) }),
	}
}

// LegColumns are those of sessions that a person has now.
func LegColumns() []panel.Column[*metrics.SessionView] {
	return []sessionColumn{
		sessionText("session", i18n.ColSession, 14, 0, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.ID }),
		sessionText("queue", i18n.ColQueue, 12, 2, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.Queue }),
		sessionText("channel", i18n.ColChannel, 7, 3, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.Channel }),
		sessionText("state", i18n.ColState, 9, 0, func(p *panel.Pen, v *metrics.SessionView) clean.Text { return p.Say.Say(StateWord(v.State)) }),
		sessionAge("waited", i18n.ColSince, 0, func(v *metrics.SessionView) int64 { return v.StateSince }),
		sessionAge("unanswered", i18n.ColUnanswered, 0, func(v *metrics.SessionView) int64 { return v.UnansweredSince }),
		sessionAge("open", i18n.ColOpen, 1, func(v *metrics.SessionView) int64 { return v.OpenedAt }),
		sessionCount("messages", i18n.ColTurns, 5, 4, func(v *metrics.SessionView) int64 { return int64(v.Messages) }),
	}
}

func sessionText(id string, title i18n.ID, width, drop int, of func(*panel.Pen, *metrics.SessionView) clean.Text) sessionColumn {
	return sessionColumn{ID: id, Title: title, Width: width, Drop: drop, Flex: id == "session",
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, v *metrics.SessionView) {
			w, _ := c.Size()
			c.PrintFit(0, 0, w, of(p, v), p.Look.Text, screen.Left)
		},
		Name: func(v *metrics.SessionView) string { return v.ID.String() }}
}

// sessionAge draws a running clock; the time since 0 is none.
func sessionAge(id string, title i18n.ID, drop int, since func(*metrics.SessionView) int64) sessionColumn {
	return sessionColumn{ID: id, Title: title, Width: 7, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, v *metrics.SessionView) {
			if since(v) == 0 {
				right(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			right(c, p.Num.Clock(float64(s.At-since(v))/1000, i18n.Up), p.Look.Text)
		},
		Value: func(s *panel.Scene, v *metrics.SessionView) float64 { return float64(s.At - since(v)) }}
}

func sessionCount(id string, title i18n.ID, width, drop int, of func(*metrics.SessionView) int64) sessionColumn {
	return sessionColumn{ID: id, Title: title, Width: width, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, v *metrics.SessionView) {
			if of(v) == 0 {
				right(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			right(c, p.Num.Count(of(v)), p.Look.Text)
		},
		Value: func(_ *panel.Scene, v *metrics.SessionView) float64 { return float64(of(v)) }}
}

// StateWord returns the message that names the state of a session.
// StateWord returns the message that names the state of a session.
func StateWord(s metrics.SessionState) i18n.ID {
	return [...]i18n.ID{
		metrics.StateOpen: i18n.StateOpen, metrics.StateBot: i18n.StateBot, metrics.StateQueued: i18n.StateQueued,
		metrics.StateOffered: i18n.StateOffered, metrics.StateActive: i18n.StateActive, metrics.StateHeld: i18n.StateHeld,
		metrics.StateWrapping: i18n.StateWrapping, metrics.StateClosed: i18n.StateClosed,
	}[s]
}

// Figures draws KPIs as rows and windows as columns: the same number over every
// window side by side.
func Figures(p *panel.Pen, s *panel.Scene, c screen.Canvas, row *metrics.Row, kpis []string) {
	w, h := c.Size()
	const narrow, wide, longName = 8, 14, 30
	windows := panel.Windows()
	n := max(1, min(len(windows), (w-22)/narrow))
	cell := max(narrow, min(wide, (w-longName)/n))
	name := min(w-n*cell, longName)
	for i := range n {
		c.PrintFit(name+i*cell, 0, cell-1, p.WindowName(windows[i]), p.Look.Dim, screen.Right)
	}
	for y, id := range kpis {
		if y+1 >= h {
			return
		}
		c.PrintFit(1, y+1, name-1, p.Measure(id), p.Look.Dim, screen.Left)
		for i := range n {
			v := s.Read(id, row, windows[i])
			look := p.Look.Text
			if !v.OK {
				look = p.Look.NoData
			} else if windows[i] == s.View.Window {
				look = p.Look.Text.With(screen.Bold)
			}
			c.PrintFit(name+i*cell, y+1, cell-1, p.Figure(id, v), look, screen.Right)
		}
	}
}

// Crumb draws where one is and by which way, "queues › refund/app › s-1", and
// returns the column after it. Without a way the parent stands for it. The outer
// steps give way where there is no room.
func Crumb(p *panel.Pen, c screen.Canvas, parent i18n.ID, here clean.Text) int {
	way := p.Trail
	if len(way) == 0 {
		way = []clean.Text{p.Say.Say(parent)}
	}
	w, _ := c.Size()
	need := text.Width(here.String()) + 1
	for _, step := range way {
		need += text.Width(step.String()) + 3
	}
	cut := false
	for ; len(way) > 1 && need > w*2/3; way = way[1:] {
		need -= text.Width(way[0].String()) + 3
		cut = true
	}
	then := p.Say.Plain(clean.Own("›"))
	x := 1
	if cut {
		x += c.Print(x, 0, p.Say.Plain(clean.Own("… ›")), p.Look.Dim) + 1
	}
	for _, step := range way {
		x += c.Print(x, 0, step, p.Look.Dim) + 1
		x += c.Print(x, 0, then, p.Look.Dim) + 1
	}
	p.Hits.Key(c.Sub(layout.Rect{W: max(0, x-1), H: 1}), keys.Back)
	return x + c.Print(x, 0, here, p.Look.Title)
}

// Rules draws the breaches of a row, the loudest first.
func Rules(p *panel.Pen, s *panel.Scene, c screen.Canvas, belongs func(metrics.Key) bool) {
	w, h := c.Size()
	y := 0
	for _, b := range s.Breaches {
		if belongs(b.Key) && y < h {
			p.Breach(c.Sub(layout.Rect{Y: y, W: w, H: 1}), s, b)
			y++
		}
	}
	if y == 0 && h > 0 {
		p.Glyph(c, 1, 0, metrics.LevelOK)
		c.Print(3, 0, p.Say.Say(i18n.NoBreach), p.Look.Dim)
	}
}
