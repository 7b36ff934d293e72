package panel

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// progress is how far history is read.
type progress struct {
	share         float64    // in [0,1]
	long, compact clean.Text // in words
	known         bool
}

// progress returns how far history is read: in events where somebody counted
// them, else in the time of the day.
func (p *Pen) progress(s *Scene) progress {
	link := &s.Snapshot.Link
	if link.CatchUpTotal > link.CatchUpDone {
		share := float64(link.CatchUpDone) / float64(link.CatchUpTotal)
		percent, left := p.Num.Whole(100*share, i18n.Down), p.readingLeft(s)
		return progress{share, p.Say.Fill(i18n.UnsettledReading, percent, left), p.Say.Fill(i18n.ShortReading, percent, left), true}
	}
	if s.Floor == nil || s.At <= s.Floor.DayStart || s.Wall <= s.At {
		return progress{}
	}
	at := p.Num.Minute(s.At, p.Zone)
	share := float64(s.At-s.Floor.DayStart) / float64(s.Wall-s.Floor.DayStart)
	return progress{share, p.Say.Fill(i18n.UnsettledDay, at), p.Say.Fill(i18n.ShortDay, at), true}
}

// readingLeft writes how long it takes to read the rest of history.
func (p *Pen) readingLeft(s *Scene) clean.Text {
	link := &s.Snapshot.Link
	if link.EventsPerSecond <= 0 {
		return p.Num.NoData()
	}
	return p.Num.Words(float64(link.CatchUpTotal-link.CatchUpDone)/link.EventsPerSecond, i18n.Up)
}

// unsettled says on the breach lines that nothing is judged yet, and how far the
// day so far is read.
func (p *Pen) unsettled(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	p.Glyph(c, 1, 0, metrics.LevelUnknown)
	read := p.progress(s)
	words := p.Say.Say(i18n.UnsettledJudges)
	switch {
	case read.known && text.Width(read.long.String()) <= w-4:
		words = read.long
	case read.known:
		words = read.compact
	}
	c.Print(3, 0, words, p.Look.Text)
	if read.known && h > 1 {
		chart.Bar(c.Sub(layout.Rect{Y: 1, W: w, H: 1}), 3, 0, max(0, min(60, w-6)), read.share, p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
	}
}

// shortUnsettled draws in the one-line mode that the day so far is still being
// read, and returns the column after it: nothing is called well that nobody has
// judged.
func (p *Pen) shortUnsettled(c screen.Canvas, s *Scene) int {
	p.Glyph(c, 0, 0, metrics.LevelUnknown)
	words := p.mark(s).text
	if read := p.progress(s); read.known {
		words = read.compact
	}
	return 2 + c.Print(2, 0, words, p.Look.Text)
}
