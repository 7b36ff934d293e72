package health

import (
	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// sinkCell is what one number of a sink takes, right of its name.
const sinkCell = 8

// sinkNumbers returns how many numbers of a sink have room beside its name: all
// but when it was last told, at the least.
func sinkNumbers(w int) int {
	if w < 72 {
		return 4
	}
	return 5
}

// drawTogether draws whether acknowledgements reach other boards, and how each
// way of telling people fares.
func drawTogether(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	drawShared(p, panel.Row(c, 0), s.Snapshot.Together)
	sinks := s.Snapshot.Sinks
	switch {
	case h < 2:
	case len(sinks) == 0:
		c.PrintFit(1, 1, w-2, p.Say.Say(i18n.NoSinks), p.Look.Dim, screen.Left)
	case h < 2+len(sinks):
		drawSum(p, panel.Row(c, 1), sinks)
	default:
		drawSinks(p, s, c, sinks)
	}
}

// drawShared says how far an acknowledgement reaches, and why no further.
func drawShared(p *panel.Pen, c screen.Canvas, t metrics.TogetherView) {
	level, word := metrics.LevelOK, i18n.TogetherSince
	if !t.Shared {
		level, word = metrics.LevelWarn, i18n.TogetherAlone
	}
	p.Glyph(c, 1, 0, level)
	x := 3 + c.Print(3, 0, p.Say.Say(word), p.Look.Text)
	add := func(why clean.Text) {
		c.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
		x += 3 + c.Print(x+3, 0, why, p.Look.Dim)
	}
	if t.Why != "" {
		add(reasonAlone(p, t.Why))
	}
	if t.LastError != "" {
		add(clean.Own(t.LastError))
	}
}

// reasonAlone puts into words what keeps decisions on this board.
func reasonAlone(p *panel.Pen, why string) clean.Text {
	id, known := map[string]i18n.ID{
		ack.WhyOpening: i18n.AloneOpening, ack.WhyNoLink: i18n.AloneNoLink, ack.WhyNoJetStream: i18n.AloneNoStream,
		ack.WhyDenied: i18n.AloneDenied, ack.WhyRefused: i18n.AloneRefused, ack.WhyNoAnswer: i18n.AloneNoAnswer, ack.WhyReplay: i18n.AloneReplay,
	}[why]
	if !known {
		return clean.Own(why)
	}
	return p.Say.Say(id)
}

// drawSum adds the sinks up where they have no room of their own.
func drawSum(p *panel.Pen, c screen.Canvas, sinks []metrics.SinkView) {
	var all metrics.SinkView
	for _, one := range sinks {
		all.Sent += one.Sent
		all.Failed += one.Failed
		all.Queued += one.Queued
		all.Dropped += one.Dropped
		all.Retrying = all.Retrying || one.Retrying
	}
	p.Glyph(c, 1, 0, sinkLevel(all))
	w, _ := c.Size()
	c.PrintFit(3, 0, w-4, p.Say.Fill(i18n.SinksSum, p.Num.Count(int64(len(sinks))), p.Num.Count(all.Sent), p.Num.Count(all.Failed), p.Num.Count(all.Queued), p.Num.Count(all.Dropped)), p.Look.Text, screen.Left)
}

func sinkLevel(v metrics.SinkView) metrics.Level {
	if v.Retrying || v.Dropped > 0 {
		return metrics.LevelWarn
	}
	return metrics.LevelOK
}

// drawSinks draws a row for each sink, and below it why it fails, if it does and
// there is room.
func drawSinks(p *panel.Pen, s *panel.Scene, c screen.Canvas, sinks []metrics.SinkView) {
	w, h := c.Size()
	numbers := sinkNumbers(w)
	name := max(8, w-numbers*sinkCell-4)
	c.PrintFit(3, 1, name, p.Say.Say(i18n.ColSink), p.Look.Dim, screen.Left)
	for i, title := range []i18n.ID{i18n.ColSent, i18n.ColFailed, i18n.ColQueued, i18n.ColDroppedN, i18n.ColLastSent}[:numbers] {
		c.PrintFit(3+name+i*sinkCell, 1, sinkCell-1, p.Say.Say(title), p.Look.Dim, screen.Right)
	}
	y, spare := 2, h-2-len(sinks)
	for _, one := range sinks {
		drawSink(p, s, panel.Row(c, y), one, name)
		y++
		if one.LastError == "" || spare <= 0 {
			continue
		}
		why := i18n.SinkFailed
		if one.Retrying {
			why = i18n.SinkRetrying
		}
		c.PrintFit(5, y, w-6, p.Say.Fill(why, clean.Own(one.LastError)), p.Look.Dim, screen.Left)
		y, spare = y+1, spare-1
	}
}

func drawSink(p *panel.Pen, s *panel.Scene, c screen.Canvas, v metrics.SinkView, name int) {
	p.Glyph(c, 1, 0, sinkLevel(v))
	c.PrintFit(3, 0, name, clean.Own(v.Name), p.Look.Text, screen.Left)
	for i, n := range [...]struct {
		count int64
		bad   bool
	}{{v.Sent, false}, {v.Failed, false}, {v.Queued, false}, {v.Dropped, true}} {
		look := p.Look.Text
		switch {
		case n.count == 0:
			look = p.Look.Dim
		case n.bad:
			look = p.Look.Warn
		}
		c.PrintFit(3+name+i*sinkCell, 0, sinkCell-1, p.Num.Count(n.count), look, screen.Right)
	}
	if w, _ := c.Size(); sinkNumbers(w) < 5 {
		return
	}
	last := p.Num.NoData()
	if v.LastSent > 0 {
		last = p.Num.Age(int64(age(s, v.LastSent)))
	}
	c.PrintFit(3+name+4*sinkCell, 0, sinkCell-1, last, p.Look.Dim, screen.Right)
}
