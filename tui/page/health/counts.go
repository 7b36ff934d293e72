package health

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// group is what belongs together among the counts.
type group struct {
	title   i18n.ID
	entries []entry
	bad     bool // what of it is not nought should be
}

// tally is one count of a group.
type tally struct {
	label i18n.ID
	n     int64
}

// groups accounts for every event received: what came, what of it was not
// counted, and what was put right. What is nought is dim; what should be nought
// and is not has a sign.
func groups(p *panel.Pen, s *panel.Scene) [3]group {
	h := s.Snapshot.Health
	refused := group{title: i18n.GroupRefused, bad: true, entries: countsOf(p, true, tally{i18n.CountRejected, rejected(h)})}
	for _, name := range sorted(h.Rejected) {
		refused.entries = append(refused.entries, entry{clean.Own("  " + name), p.Num.Count(h.Rejected[name]), p.Look.Dim, false})
	}
	refused.entries = append(refused.entries, countsOf(p, true, tally{i18n.CountUnknown, h.Unknown}, tally{i18n.CountMisfit, h.Misfit},
		tally{i18n.CountAncient, h.Ancient}, tally{i18n.CountLost, h.Lost}, tally{i18n.CountDropped, s.Snapshot.Link.Dropped}, tally{i18n.CountCapped, h.Capped})...)
	return [...]group{
		{title: i18n.GroupArrived, entries: countsOf(p, false, tally{i18n.CountReceived, h.Received}, tally{i18n.CountApplied, h.Applied},
			tally{i18n.CountHeld, h.Held}, tally{i18n.CountDuplicates, h.Duplicates}, tally{i18n.CountLate, h.Late})},
		{title: i18n.GroupMended, entries: append(countsOf(p, true, tally{i18n.CountFuture, h.Future}, tally{i18n.CountSkew, h.ClockSkew}, tally{i18n.CountNoTime, h.NoTime}),
			countsOf(p, false, tally{i18n.CountOrigin, h.OriginUnknown}, tally{i18n.CountCleaned, h.Cleaned}, tally{i18n.CountOrphans, h.OrphansClosed}, tally{i18n.CountWrapOrphans, h.WrapOrphans})...)},
		refused,
	}
}

func countsOf(p *panel.Pen, bad bool, list ...tally) []entry {
	out := make([]entry, 0, len(list))
	for _, t := range list {
		e := entry{label: p.Say.Say(t.label), value: p.Num.Count(t.n), look: p.Look.Text}
		switch {
		case t.n == 0:
			e.look = p.Look.Dim
		case bad:
			e.look, e.loud = p.Look.Warn, true
		}
		out = append(out, e)
	}
	return out
}

func rejected(h metrics.Health) int64 {
	sum := int64(0)
	for _, n := range h.Rejected {
		sum += n
	}
	return sum
}

// notCounted is how many of the events received are in no figure.
func notCounted(s *panel.Scene) int64 {
	h := s.Snapshot.Health
	return rejected(h) + h.Unknown + h.Misfit + h.Ancient + h.Lost + s.Snapshot.Link.Dropped
}

// groupCells is what a group needs beside another one.
const groupCells = 24

// drawCounts draws the groups below each other in two columns, what was not
// counted in one of its own; without room for that one list of all.
func drawCounts(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	list := groups(p, s)
	left := len(list[0].entries) + len(list[1].entries) + 3
	if w < 2*groupCells || h < left {
		ledger(p, c, append(append(list[0].entries, list[2].entries...), list[1].entries...))
		return
	}
	half := min(w/2, widestCell)
	y := drawGroup(p, c.Sub(layout.Rect{W: half, H: h}), list[0])
	drawGroup(p, c.Sub(layout.Rect{Y: y + 1, W: half, H: max(0, h-y-1)}), list[1])
	drawGroup(p, c.Sub(layout.Rect{X: half, W: half, H: h}), list[2])
}

// drawGroup draws a heading and the entries below it, and returns how many rows
// that took.
func drawGroup(p *panel.Pen, c screen.Canvas, g group) int {
	w, h := c.Size()
	c.PrintFit(1, 0, max(0, w-2), p.Say.Say(g.title), p.Look.Title, screen.Left)
	for i, e := range g.entries {
		if i+1 < h {
			drawEntry(p, c.Sub(layout.Rect{X: 1, Y: i + 1, W: max(0, w-3), H: 1}), e)
		}
	}
	return 1 + len(g.entries)
}

// drawFacts sums the page up: the link, how far it is behind, what was not
// counted, and whose sources are silent.
func drawFacts(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	if h == 0 {
		return
	}
	snap := s.Snapshot
	level := func(bad bool) metrics.Level {
		if bad {
			return metrics.LevelWarn
		}
		return metrics.LevelOK
	}
	link := p.Say.Say(i18n.LinkConnected)
	if !snap.Link.Connected {
		link = p.Say.Say(i18n.LinkDown)
	}
	silent := 0
	for i := range snap.Health.Sources {
		if snap.Health.Sources[i].Stale {
			silent++
		}
	}
	missing := notCounted(s)
	x := 1
	for _, f := range [...]struct {
		level metrics.Level
		word  clean.Text
	}{
		{level(!snap.Link.Connected), link},
		{level(snap.Health.StreamLag > 0), orAll(p, i18n.HealthAbreast, i18n.HealthBehind, int64(snap.Health.StreamLag), 0)},
		{level(missing > 0), orAll(p, i18n.HealthCounted, i18n.HealthNotCounted, missing, snap.Health.Received)},
		{level(silent > 0), orAll(p, i18n.HealthHeard, i18n.HealthSilent, int64(silent), int64(len(snap.Health.Sources)))},
	} {
		room := w - x - 3
		if room < 8 {
			return
		}
		look := p.Look.Dim
		if f.level == metrics.LevelWarn {
			look = p.Look.Warn
		}
		p.Glyph(c, x, 0, f.level)
		c.PrintFit(x+2, 0, room, f.word, look, screen.Left)
		x += 5 + min(room, text.Width(f.word.String()))
	}
}

// orAll says how many of all are not as they should be, or that all are.
func orAll(p *panel.Pen, well, bad i18n.ID, n, all int64) clean.Text {
	if n == 0 {
		return p.Say.Count(well, all, p.Num.Count(all))
	}
	return p.Say.Count(bad, n, p.Num.Count(n), p.Num.Count(all))
}

// kept tells of what this board keeps on disk.
func kept(p *panel.Pen, s *panel.Scene) []entry {
	plain := func(id i18n.ID, value clean.Text) entry {
		return entry{label: p.Say.Say(id), value: value, look: p.Look.Text}
	}
	past := s.Snapshot.History
	days := p.Say.Say(i18n.KeptNone)
	if past.Dir != "" {
		days = p.Num.Count(past.Written)
	}
	out := []entry{plain(i18n.KeptDays, days)}
	if past.Failed > 0 {
		out = append(out, countsOf(p, true, tally{i18n.KeptDaysFailed, past.Failed})...)
	}
	looks := p.Say.Say(i18n.KeptNone)
	if s.Access.On {
		looks = p.Num.Count(s.Access.Noted)
	}
	out = append(out, plain(i18n.KeptAccess, looks))
	if s.Access.Failed > 0 {
		out = append(out, countsOf(p, true, tally{i18n.KeptAccessFailed, s.Access.Failed})...)
	}
	return out
}

// troubles are the errors of what is kept, in words, for where there is room.
func troubles(s *panel.Scene) []clean.Text {
	var out []clean.Text
	if why := s.Snapshot.History.LastError; why != "" {
		out = append(out, clean.Own(why))
	}
	if !s.Access.Why.Empty() {
		out = append(out, s.Access.Why)
	}
	return out
}
