package breaches

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

type (
	activeColumn = panel.Column[*metrics.Breach]
	pastColumn   = panel.Column[*metrics.Episode]
)

// activeColumns are those of breaches that last.
func activeColumns() []activeColumn {
	number := func(id string, title i18n.ID, drop int, of func(b *metrics.Breach) float64, loud bool) activeColumn {
		return activeColumn{ID: id, Title: title, Width: 7, Right: true, Drop: drop,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				look := p.Look.Dim
				switch {
				case loud && b.State == metrics.BreachRecovering:
					look = p.Look.Text // it is within its limit again
				case loud:
					look = p.Graded(b.Level).Without(screen.Reverse)
				}
				quantity(p, c, b.KPI, of(b), look)
			},
			Value: func(_ *panel.Scene, b *metrics.Breach) float64 { return of(b) }}
	}
	return []activeColumn{
		{ID: "sign", Width: 1, Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, b *metrics.Breach) { p.Glyph(c, 0, 0, b.Level) }},
		{ID: "level", Title: i18n.ColLevel, Width: 8,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				level(p, c, b.Level, panel.Calm(s, b))
			},
			Value: func(_ *panel.Scene, b *metrics.Breach) float64 { return float64(b.Level) }},
		{ID: "where", Title: i18n.ColWhere, Width: 13, Flex: true, Grow: 9,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				left(c, p.Whose(s, panel.NoticeOf(b)), p.Look.Text.With(screen.Bold))
			},
			Name: func(b *metrics.Breach) string { return place(b.Key) }},
		{ID: "what", Title: i18n.ColWhat, Width: 13, Flex: true, Grow: 14,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				left(c, p.KPIName(b.KPI), p.Look.Text)
			},
			Name: func(b *metrics.Breach) string { return b.KPI }},
		number("value", i18n.ColValue, 0, func(b *metrics.Breach) float64 { return b.Value }, true),
		number("limit", i18n.ColLimit, 0, func(b *metrics.Breach) float64 { return b.Limit }, false),
		number("base", i18n.ColBase, 7, func(b *metrics.Breach) float64 { return b.Base }, false),
		{ID: "for", Title: i18n.ColFor, Width: 7, Right: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				right(c, p.Num.Clock(float64(s.At-b.FiringSince)/1000, i18n.Down), p.Look.Text)
			},
			Value: func(s *panel.Scene, b *metrics.Breach) float64 { return float64(s.At - b.FiringSince) }},
		{ID: "began", Title: i18n.ColBegan, Width: 5, Right: true, Drop: 5,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				right(c, p.Num.Minute(b.FiringSince, p.Zone), p.Look.Dim)
			},
			Value: func(_ *panel.Scene, b *metrics.Breach) float64 { return -float64(b.FiringSince) }},
		{ID: "state", Title: i18n.ColState, Width: 12, Drop: 4,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				word, look := state(p, b)
				left(c, word, look)
			},
			Value: func(_ *panel.Scene, b *metrics.Breach) float64 { return -float64(b.State) }},
		{ID: "owner", Title: i18n.ColOwner, Width: 15, Drop: 2,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, b *metrics.Breach) {
				if b.State == metrics.BreachRecovering && b.AckedBy.Empty() {
					left(c, p.Num.NoData(), p.Look.NoData) // it ends by itself: nobody is asked for
					return
				}
				look := p.Look.Dim
				if b.AckedBy.Empty() && !panel.Silenced(b, s.At) {
					look = p.Look.Text
				}
				left(c, p.Owner(s, b), look)
			},
			Name: func(b *metrics.Breach) string { return b.AckedBy.String() }},
		{ID: "why", Title: i18n.ColWhy, Width: 30, Drop: 6, Flex: true,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, b *metrics.Breach) { left(c, why(p, b), p.Look.Dim) },
			Name: func(b *metrics.Breach) string { return b.Rule }},
	}
}

// state writes where a breach stands in its life, or that it comes and goes.
func state(p *panel.Pen, b *metrics.Breach) (clean.Text, screen.Style) {
	switch {
	case b.State == metrics.BreachRecovering:
		return p.Say.Say(i18n.BreachRecovering), p.Look.OK
	case panel.Flaps(b):
		return p.Say.Fill(i18n.BreachFlapping, p.Num.Count(int64(b.Flaps))), p.Look.Text
	}
	return p.Say.Say(i18n.BreachFiring), p.Look.Dim
}

// why writes the reason where there is one, else what to do.
func why(p *panel.Pen, b *metrics.Breach) clean.Text {
	if panel.Learns(b) {
		return p.Say.Fill(i18n.BreachLearning, p.Num.Count(int64(b.LearnedSteps)), p.Num.Count(int64(b.NeededSteps)))
	}
	if reason := p.Say.Pick(b.ReasonEN, b.ReasonZH); !reason.Empty() {
		return reason
	}
	return p.Say.Pick(b.AdviceEN, b.AdviceZH)
}

// pastColumns are those of breaches that are over.
func pastColumns() []pastColumn {
	number := func(id string, title i18n.ID, drop int, of func(e *metrics.Episode) float64) pastColumn {
		return pastColumn{ID: id, Title: title, Width: 7, Right: true, Drop: drop,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				quantity(p, c, e.KPI, of(e), p.Look.Dim)
			},
			Value: func(_ *panel.Scene, e *metrics.Episode) float64 { return of(e) }}
	}
	return []pastColumn{
		{ID: "sign", Width: 1, Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) { p.Glyph(c, 0, 0, e.Level) }},
		{ID: "level", Title: i18n.ColLevel, Width: 8,
			Draw:  func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) { level(p, c, e.Level, true) },
			Value: func(_ *panel.Scene, e *metrics.Episode) float64 { return float64(e.Level) }},
		{ID: "where", Title: i18n.ColWhere, Width: 13, Flex: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				left(c, p.Whose(s, panel.NoticeOf(&metrics.Breach{Key: e.Key})), p.Look.Text)
			},
			Name: func(e *metrics.Episode) string { return place(e.Key) }},
		{ID: "what", Title: i18n.ColWhat, Width: 12, Flex: true,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				left(c, p.KPIName(e.KPI), p.Look.Text)
			},
			Name: func(e *metrics.Episode) string { return e.KPI }},
		number("peak", i18n.ColPeak, 0, func(e *metrics.Episode) float64 { return e.Peak }),
		number("limit", i18n.ColLimit, 5, func(e *metrics.Episode) float64 { return e.Limit }),
		{ID: "lasted", Title: i18n.ColLasted, Width: 7, Right: true,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				right(c, p.Num.Clock(float64(e.Ended-e.FiringSince)/1000, i18n.Nearest), p.Look.Text)
			},
			Value: func(_ *panel.Scene, e *metrics.Episode) float64 { return float64(e.Ended - e.FiringSince) }},
		{ID: "began", Title: i18n.ColBegan, Width: 10, Right: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				right(c, began(p, s, e.FiringSince), p.Look.Dim)
			},
			Value: func(_ *panel.Scene, e *metrics.Episode) float64 { return float64(e.FiringSince) }},
		{ID: "flaps", Title: i18n.ColAgain, Width: 5, Right: true, Drop: 4,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				if e.Flaps > 0 {
					right(c, p.Say.Plain(clean.Own("×"+p.Num.Count(int64(e.Flaps)).String())), p.Look.Dim)
				}
			},
			Value: func(_ *panel.Scene, e *metrics.Episode) float64 { return float64(e.Flaps) }},
		{ID: "owner", Title: i18n.ColOwner, Width: 12, Drop: 2, Flex: true,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, e *metrics.Episode) {
				if e.AckedBy.Empty() {
					left(c, p.Num.NoData(), p.Look.NoData)
					return
				}
				left(c, e.AckedBy, p.Look.Text)
			},
			Name: func(e *metrics.Episode) string { return e.AckedBy.String() }},
	}
}

// began writes when an episode began: the time, or the date where it was on
// another day.
func began(p *panel.Pen, s *panel.Scene, at int64) clean.Text {
	if s.Floor != nil && at < s.Floor.DayStart {
		return p.Num.Date(at, p.Zone)
	}
	return p.Num.Minute(at, p.Zone)
}

// level writes a level's word; what somebody has is calm.
func level(p *panel.Pen, c screen.Canvas, l metrics.Level, calm bool) {
	look := p.Graded(l)
	if calm {
		look = look.Without(screen.Reverse)
	}
	word := p.LevelWord(l)
	c.Print(0, 0, word, look)
}

// quantity writes a value of a KPI; a flag that is up reads yes, for the sign of
// missing data would deny it, and its limit is yes as well.
func quantity(p *panel.Pen, c screen.Canvas, id string, v float64, look screen.Style) {
	if panel.IsFlag(id) {
		right(c, p.Say.Say(i18n.Yes), look)
		return
	}
	if math.IsNaN(v) {
		right(c, p.Num.NoData(), p.Look.NoData)
		return
	}
	right(c, p.Quantity(id, v), look)
}

func left(c screen.Canvas, t clean.Text, look screen.Style) {
	w, _ := c.Size()
	c.PrintFit(0, 0, w, t, look, screen.Left)
}

func right(c screen.Canvas, t clean.Text, look screen.Style) {
	w, _ := c.Size()
	c.PrintFit(0, 0, w, t, look, screen.Right)
}

// place is what a key sorts and filters by; a person's is never in it.
func place(k metrics.Key) string {
	if k.Queue.Empty() {
		return k.Channel.String() + k.Team.String()
	}
	return k.Queue.String() + "/" + k.Channel.String()
}
