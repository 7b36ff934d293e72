// Package health owns the page Health: where events come from, how far they are
// read, and a number for everything that was not taken as it came. It must not
// know other pages.
package health

import (
	"slices"
	"strings"

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

// Health is the page.
type Health struct {
	sources page.List[*metrics.SourceView]
}

// New returns the page.
func New() *Health {
	h := &Health{sources: page.List[*metrics.SourceView]{
		Table:   panel.Table[*metrics.SourceView]{Columns: sourceColumns(), Written: writtenSources()},
		ID:      func(v *metrics.SourceView) string { return v.ID.String() },
		Column:  "age",
		Matches: func(v *metrics.SourceView, f string) bool { return strings.Contains(strings.ToLower(v.ID.String()), f) },
		Place: func(_ *panel.Scene, v *metrics.SourceView) page.Place {
			if v.Stale {
				return page.Place{}
			}
			return page.Place{Rank: 1}
		},
		Collect: func(s *panel.Scene, into []*metrics.SourceView) []*metrics.SourceView {
			for i := range s.Snapshot.Health.Sources {
				into = append(into, &s.Snapshot.Health.Sources[i])
			}
			return into
		},
		Fresh: func(s *panel.Scene, old *metrics.SourceView) (*metrics.SourceView, bool) {
			for i := range s.Snapshot.Health.Sources {
				if s.Snapshot.Health.Sources[i].ID == old.ID {
					return &s.Snapshot.Health.Sources[i], true
				}
			}
			return old, false
		},
	}}
	h.sources.Activate()
	return h
}

// Draw draws the page.
func (v *Health) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	v.sources.Prepare(s)
	w, h := c.Size()
	l := layout.HealthOf(w, h)
	boxed := func(r layout.Rect, title i18n.ID, f panel.Focus) screen.Canvas {
		if r.Empty() {
			return screen.Canvas{}
		}
		return p.Panel(c.Sub(r), p.Say.Say(title), f, l.Boxed)
	}
	ledger(p, boxed(l.Stream, i18n.PanelStream, panel.Unfocused), stream(p, s))
	drawFacts(p, s, c.Sub(l.Facts))
	drawCounts(p, s, boxed(l.Counts, i18n.PanelCounts, panel.Unfocused))
	ledger(p, boxed(l.Engine, i18n.PanelEngine, panel.Unfocused), append(engine(p, s), kept(p, s)...))
	in := boxed(l.Sources, i18n.PanelSources, panel.Focused)
	v.sources.Draw(p, s, in, panel.Focused)
	if len(v.sources.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoSources))
	}
	drawTogether(p, s, boxed(l.Together, i18n.PanelTogether, panel.Unfocused))
	drawSamples(p, s, boxed(l.Samples, i18n.PanelSamples, panel.Unfocused))
}

// entry is one line: a label and its value.
type entry struct {
	label clean.Text
	value clean.Text
	look  screen.Style
	loud  bool // it has a sign: it should be nought
}

// Cells of an entry: the least in which it can be read, and the most in which the
// eye still finds the value of its label.
const leastCell, widestCell = 26, 46

// ledger draws entries in as many columns as are needed and fit.
func ledger(p *panel.Pen, c screen.Canvas, list []entry) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	columns := max(1, min((len(list)+h-1)/h, w/leastCell))
	cells := min(w/columns, widestCell)
	for i, e := range list {
		x, y := i/h, i%h
		if x >= columns {
			return
		}
		drawEntry(p, c.Sub(layout.Rect{X: x*cells + 1, Y: y, W: cells - 2, H: 1}), e)
	}
}

// drawEntry draws a label at the left and its value at the right.
func drawEntry(p *panel.Pen, c screen.Canvas, e entry) {
	w, _ := c.Size()
	room := min(text.Width(e.value.String()), w)
	x, label := 0, p.Look.Dim
	if e.loud {
		p.Glyph(c, 0, 0, metrics.LevelWarn)
		x, label = 2, p.Look.Text
	}
	c.PrintFit(x, 0, max(0, w-room-1-x), e.label, label, screen.Left)
	c.PrintFit(w-room, 0, room, e.value, e.look, screen.Right)
}

func stream(p *panel.Pen, s *panel.Scene) []entry {
	link, health := s.Snapshot.Link, s.Snapshot.Health
	plain := p.Look.Text
	state, look := p.Say.Say(i18n.LinkConnected), p.Look.OK
	if !link.Connected {
		state, look = p.Say.Say(i18n.LinkDown), p.Look.Critical
	}
	stream := clean.Own(link.Stream)
	if link.Stream == "" {
		stream = p.Say.Say(i18n.LinkCore)
	}
	out := []entry{
		{p.Say.Say(i18n.HealthLink), state, look, !link.Connected},
		{p.Say.Say(i18n.HealthServer), clean.Own(strings.TrimPrefix(link.Server, "nats://")), plain, false},
		{p.Say.Say(i18n.HealthStream), stream, plain, false},
		{p.Say.Say(i18n.HealthPosition), p.Num.Count(int64(health.StreamSequence)), plain, false},
		{p.Say.Say(i18n.HealthLag), p.Num.Count(int64(health.StreamLag)), loudIf(p, health.StreamLag > 0), health.StreamLag > 0},
		{p.Say.Say(i18n.HealthBacklog), p.Num.Count(link.QueueBacklog), plain, false},
		{p.Say.Say(i18n.HealthReconnects), p.Num.Count(link.Reconnects), plain, false},
	}
	if link.CatchUpTotal > link.CatchUpDone {
		out = append(out, entry{p.Say.Say(i18n.HealthCatchUp), p.Say.Fill(i18n.ExplainOver, p.Num.Count(link.CatchUpDone), p.Num.Count(link.CatchUpTotal)), p.Look.Warn, false})
	}
	if link.LastError != "" {
		out = append(out, entry{p.Say.Say(i18n.HealthError), clean.Own(link.LastError), p.Look.Warn, true})
	}
	return out
}

// loudIf is the look of a number that should be nought.
func loudIf(p *panel.Pen, bad bool) screen.Style {
	if bad {
		return p.Look.Warn
	}
	return p.Look.Text
}

func sorted(m map[string]int64) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func engine(p *panel.Pen, s *panel.Scene) []entry {
	cost, h := s.Snapshot.Cost, s.Snapshot.Health
	plain := p.Look.Text
	clock := [...]i18n.ID{metrics.ClockWall: i18n.ClockWall, metrics.ClockEvent: i18n.ClockEvent, metrics.ClockAuto: i18n.ClockAuto}[s.Snapshot.Clock.Mode]
	horizon := p.Num.NoData()
	if h.DedupHorizon > 0 {
		horizon = p.Num.TimeOfDay(h.DedupHorizon, p.Zone)
	}
	return []entry{
		{p.Say.Say(i18n.HealthClock), p.Say.Say(clock), plain, false},
		{p.Say.Say(i18n.HealthEngineTime), p.Num.TimeOfDay(s.At, p.Zone), plain, false},
		{p.Say.Say(i18n.HealthApply), p.Num.Nanos(cost.ApplyNanos), plain, false},
		{p.Say.Say(i18n.HealthSnapshot), p.Num.Nanos(cost.SnapshotNanos), plain, false},
		{p.Say.Say(i18n.HealthFrame), p.Num.Nanos(s.FrameNanos), plain, false},
		{p.Say.Say(i18n.HealthMemory), p.Num.Bytes(cost.HeapBytes), plain, false},
		{p.Say.Say(i18n.HealthGoroutines), p.Num.Count(int64(cost.Goroutines)), plain, false},
		{p.Say.Say(i18n.HealthOpen), p.Num.Count(h.OpenSessions), plain, false},
		{p.Say.Say(i18n.HealthRemembered), p.Num.Count(h.RememberedSessions), plain, false},
		{p.Say.Say(i18n.HealthDedup), p.Num.Count(h.DedupIDs), plain, false},
		{p.Say.Say(i18n.HealthHorizon), horizon, plain, false},
	}
}

// drawSamples draws what was rejected last, each with its reason, and the names
// of unknown types.
func drawSamples(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	health := s.Snapshot.Health
	y := 0
	for i := len(health.Samples) - 1; i >= 0 && y < h; i-- {
		one := health.Samples[i]
		c.PrintFit(1, y, 9, p.Num.TimeOfDay(one.At, p.Zone), p.Look.Dim, screen.Left)
		c.PrintFit(11, y, 14, clean.Own(one.Reason), p.Look.Warn, screen.Left)
		c.PrintFit(26, y, w-27, p.Hide(s, one.Text), p.Look.Text, screen.Left)
		y++
	}
	for _, name := range sorted(health.UnknownTypes) {
		if y >= h {
			return
		}
		c.PrintFit(11, y, 14, p.Say.Say(i18n.CountUnknown), p.Look.Dim, screen.Left)
		c.PrintFit(26, y, w-27, clean.Own(name), p.Look.Text, screen.Left)
		y++
	}
	for _, why := range troubles(s) {
		if y < h {
			c.PrintFit(1, y, w-2, why, p.Look.Warn, screen.Left)
			y++
		}
	}
	if y == 0 {
		p.Empty(c, p.Say.Say(i18n.NoSamples))
	}
}

// fewDrift is how many sessions sources and board may differ by without a word,
// besides one in twenty: heartbeats come at different moments.
const fewDrift = 10

type sourceColumn = panel.Column[*metrics.SourceView]

func sourceColumns() []sourceColumn {
	number := func(id string, title i18n.ID, width, drop int, of func(s *panel.Scene, v *metrics.SourceView) (float64, bool), write func(p *panel.Pen, v float64) clean.Text) sourceColumn {
		return sourceColumn{ID: id, Title: title, Width: width, Right: true, Drop: drop,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, v *metrics.SourceView) {
				w, _ := c.Size()
				n, loud := of(s, v)
				look := p.Look.Text
				if loud {
					look = p.Look.Warn
				}
				t := p.Num.NoData()
				if n >= 0 {
					t = write(p, n)
				}
				c.PrintFit(0, 0, w, t, look, screen.Right)
			},
			Value: func(s *panel.Scene, v *metrics.SourceView) float64 { n, _ := of(s, v); return n }}
	}
	count := func(p *panel.Pen, v float64) clean.Text { return p.Num.Count(int64(v)) }
	whole := func(p *panel.Pen, v float64) clean.Text { return p.Num.Count(int64(v + .5)) }
	span := func(p *panel.Pen, v float64) clean.Text { return p.Num.Age(int64(v)) }
	return []sourceColumn{
		{ID: "level", Width: 1, Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, v *metrics.SourceView) {
			l := metrics.LevelOK
			if v.Stale {
				l = metrics.LevelStale
			}
			p.Glyph(c, 0, 0, l)
		}},
		{ID: "source", Title: i18n.ColSource, Width: 16, Flex: true,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, v *metrics.SourceView) {
				w, _ := c.Size()
				c.PrintFit(0, 0, w, v.ID, p.Look.Text, screen.Left)
			},
			Name: func(v *metrics.SourceView) string { return v.ID.String() }},
		number("age", i18n.ColAge, 7, 0, func(s *panel.Scene, v *metrics.SourceView) (float64, bool) {
			return age(s, v.LastEvent), v.Stale
		}, span),
		number("arrival", i18n.ColArrival, 7, 2, func(s *panel.Scene, v *metrics.SourceView) (float64, bool) { return age(s, v.LastArrival), false }, span),
		number("events", i18n.ColEvents, 11, 1, func(_ *panel.Scene, v *metrics.SourceView) (float64, bool) { return float64(v.Events), false }, count),
		number("rate", i18n.ColRate, 8, 1, func(_ *panel.Scene, v *metrics.SourceView) (float64, bool) { return v.PerMinute, false }, whole),
		number("gaps", i18n.ColGaps, 5, 0, func(_ *panel.Scene, v *metrics.SourceView) (float64, bool) {
			return float64(v.SequenceGaps), v.SequenceGaps > 0
		}, count),
		number("heartbeat", i18n.ColHeartbeat, 9, 3, func(_ *panel.Scene, v *metrics.SourceView) (float64, bool) {
			if v.HeartbeatEvery == 0 {
				return -1, false
			}
			return float64(v.HeartbeatEvery), false
		}, span),
		number("drift", i18n.ColDrift, 6, 4, func(s *panel.Scene, v *metrics.SourceView) (float64, bool) {
			drift := max(v.OpenDrift, -v.OpenDrift)
			return float64(drift), 20*drift > max(20*fewDrift, s.Snapshot.Health.OpenSessions)
		}, count),
	}
}

// age is how long ago something was, by the clock of the events in a replay.
func age(s *panel.Scene, at int64) float64 {
	if at == 0 {
		return -1
	}
	now := s.Wall
	if s.Replay() {
		now = s.At
	}
	return float64(max(0, now-at))
}

// Act does what a key asks of the page.
func (v *Health) Act(a keys.Action, _ *panel.Scene) page.Request {
	if a == keys.Back {
		v.sources.SetFilter("")
		return page.Request{}
	}
	v.sources.Act(a)
	return page.Request{}
}

// SetFilter shows only sources that match.
func (v *Health) SetFilter(text string) { v.sources.SetFilter(text) }

// Filter returns the filter in force.
func (v *Health) Filter() string { return v.sources.Filter() }

// Explained returns nothing: these numbers are not KPIs.
func (v *Health) Explained(*panel.Scene) page.Explained { return page.Explained{} }
