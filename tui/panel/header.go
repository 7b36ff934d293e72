package panel

import (
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// frozenAfter is how far the engine clock may be behind the wall clock, in ms,
// before the header says that the board itself has stopped.
const frozenAfter = 5_000

// linkLostAfter is how long a link may be gone, in ms, before the header says so.
const linkLostAfter = 2_000

// quietAfter is the age of the newest event, in ms, from which a live floor is
// called quiet: numbers stay, and nobody wonders why nothing moves.
const quietAfter = 30_000

// segment is one piece of the header.
type segment struct {
	text   clean.Text
	look   screen.Style
	rank   int // the lowest is left out last
	width  int // reserved, so that a longer number does not push its neighbours
	right  bool
	hidden bool
	glyph  rune // before the text; 0: none
}

func (g segment) cells() int {
	w := max(g.width, text.Width(g.text.String()))
	if g.glyph != 0 {
		w += 2
	}
	return w
}

// Header draws what is shown, of when, and how far it can be trusted.
func (p *Pen) Header(c screen.Canvas, s *Scene) {
	w, _ := c.Size()
	c.Fill(' ', p.Look.Header)
	var room [12]segment
	parts := append(room[:0], p.headLeft(s)...)
	parts = append(parts, p.headRight(s)...)
	fitSegments(parts, w-2)
	if w < clockAndMark {
		onlyMark(parts, w-2)
	}
	left, right := 1, w-1
	for i := range parts {
		if g := &parts[i]; !g.right && !g.hidden {
			p.segment(c, left, *g)
			left += g.cells() + 2
		}
	}
	for i := len(parts) - 1; i >= 0; i-- {
		if g := &parts[i]; g.right && !g.hidden {
			right -= g.cells()
			p.segment(c, right, *g)
			right -= 2
		}
	}
}

// clockAndMark is from how many cells any mark stands beside the clock.
const clockAndMark = 40

// onlyMark hides the clock where the mark does not fit beside it: how far the
// numbers can be trusted is said before the time.
func onlyMark(parts []segment, w int) {
	need, last := -2, -1
	for i := range parts {
		if !parts[i].hidden {
			need += parts[i].cells() + 2
			last = i
		}
	}
	if need > w && last > 0 {
		parts[last].hidden = true
	}
}

// fitSegments hides the least important pieces until the rest fits.
func fitSegments(parts []segment, w int) {
	for {
		need, worst := -2, -1
		for i := range parts {
			if parts[i].hidden || parts[i].text.Empty() {
				parts[i].hidden = true
				continue
			}
			need += parts[i].cells() + 2
			if worst < 0 || parts[i].rank > parts[worst].rank {
				worst = i
			}
		}
		if need <= w || worst < 0 || parts[worst].rank == 0 {
			return
		}
		parts[worst].hidden = true
	}
}

func (p *Pen) segment(c screen.Canvas, x int, g segment) {
	// Where the header itself is reversed, a plain mark must be too, and a
	// reversed one stands out by not being so.
	if g.look.FG != p.Look.Header.FG || g.look.Attr&screen.Reverse != p.Look.Header.Attr&screen.Reverse {
		g.look.Attr ^= p.Look.Header.Attr & screen.Reverse
	}
	if g.glyph != 0 {
		c.Set(x, 0, g.glyph, g.look)
		c.Set(x+1, 0, ' ', g.look)
		x += 2
	}
	if g.right {
		c.PrintRight(x+max(g.width, text.Width(g.text.String())), 0, g.text, g.look)
		return
	}
	c.Print(x, 0, g.text, g.look)
}

func (p *Pen) headLeft(s *Scene) []segment {
	plain := p.Look.Header
	floor := p.Say.Say(i18n.NoFloor)
	if s.Floor != nil {
		floor = s.Floor.ID
	}
	out := []segment{{text: p.Say.Say(i18n.Product), look: plain, rank: 8}, {text: floor, look: plain.With(screen.Bold), rank: 3}}
	if s.View.Scope.Scope != metrics.ScopeFloor {
		out = append(out, segment{text: p.Place(s, s.View.Scope), look: p.Look.Accent, rank: 2})
	}
	if s.Floor != nil {
		out = append(out, segment{text: p.WindowSpan(s, s.View.Window), look: plain.Without(screen.Bold), rank: 4})
	}
	if began := s.Snapshot.Link.SimulatedDayStart; began != 0 {
		out = append(out, segment{text: p.Say.Fill(i18n.DayShifted, p.Num.Minute(began, p.Zone)), look: p.Look.Accent, rank: 5})
	}
	return out
}

func (p *Pen) headRight(s *Scene) []segment {
	plain := p.Look.Header.Without(screen.Bold)
	mark := p.mark(s)
	mark.right, mark.rank = true, 0
	if s.Floor == nil {
		mark.rank = 1 // the first screen says the same, and more
	}
	out := []segment{mark}
	if !s.Replay() {
		rate := p.Say.Fill(i18n.EventsPerSecond, p.Num.Whole(s.Snapshot.Link.EventsPerSecond, i18n.Nearest))
		out = append(out, segment{text: rate, look: plain, rank: 6, width: 10, right: true})
	}
	lost := s.Snapshot.Link.Dropped + s.Snapshot.Health.Lost
	if s.Silenced > 0 {
		out = append(out, segment{text: p.silenced(s), look: plain, rank: 1, right: true})
	}
	if s.Turning.State != TurningOff {
		out = append(out, p.turning(s))
	}
	dropped := segment{text: p.Say.Fill(i18n.Dropped, p.Num.Compact(lost)), look: plain, rank: 7, right: true}
	if lost > 0 {
		dropped.look, dropped.rank = p.Look.Critical, 1
	}
	clock := segment{text: p.Num.TimeOfDay(s.clock(), p.Zone), look: p.Look.Header.With(screen.Bold), rank: 0, right: true}
	return append(out, dropped, clock)
}

// clock is the time of the screen: of the wall while live, of the events in a
// replay.
func (s *Scene) clock() int64 {
	if s.Replay() || s.HeldAt != 0 {
		return s.At
	}
	return s.Wall
}

// mark says in a glyph and words how far the numbers can be trusted; what needs
// attention most comes first.
func (p *Pen) mark(s *Scene) segment {
	warn, critical := p.Look.Glyphs.Warn, p.Look.Glyphs.Stale
	m, link := s.Snapshot.Mark, s.Snapshot.Link
	switch {
	case s.HeldAt != 0:
		return segment{text: p.Say.Fill(i18n.MarkHeld, p.Num.AgeWords(whole(s.HeldFor))), look: p.Look.Critical, glyph: warn}
	case !link.Connected && link.Since != 0 && s.Wall-link.Since > linkLostAfter && !s.Replay():
		return segment{text: p.Say.Fill(i18n.MarkNoLink, p.Num.AgeWords(whole(s.Wall-link.Since))), look: p.Look.Critical, glyph: critical}
	case m.Kind == metrics.MarkCatchingUp && (s.Floor != nil || link.Trouble == metrics.TroubleNone): // its clock is on the way to the wall's
		return segment{text: p.Say.Fill(i18n.MarkCatchingUp, p.Num.Count(m.Count)), look: p.Look.Warn, glyph: warn}
	case !s.Replay() && s.Floor != nil && s.Wall-s.At > frozenAfter:
		return segment{text: p.Say.Fill(i18n.MarkFrozen, p.Num.AgeWords(whole(s.Wall-s.At))), look: p.Look.Critical, glyph: critical}
	case m.Kind == metrics.MarkStale:
		return segment{text: p.Say.Fill(i18n.MarkStale, p.Num.AgeWords(whole(s.At-m.Since))), look: p.Look.Critical, glyph: critical}
	case m.Kind == metrics.MarkIncomplete:
		return segment{text: p.Say.Fill(i18n.MarkIncomplete, p.Num.Minute(m.Since, p.Zone), p.Num.Count(m.Count)), look: p.Look.Warn, glyph: warn}
	case s.Replay():
		speed := clean.Own("×" + strconv.FormatFloat(s.Snapshot.Clock.Speed, 'g', 4, 64))
		if s.Snapshot.Clock.Speed <= 0 {
			speed = clean.Text{}
		}
		return segment{text: p.Say.Fill(i18n.MarkReplay, p.Num.Date(s.At, p.Zone), p.Say.Plain(speed)), look: p.Look.Accent, glyph: p.Look.Glyphs.Pointer}
	}
	return p.liveMark(s)
}

// liveMark is the mark while all is well: the age of the newest event.
func (p *Pen) liveMark(s *Scene) segment {
	newest := s.Snapshot.Health.NewestEvent
	if newest == 0 {
		return segment{text: p.Say.Say(i18n.MarkWaiting), look: p.Look.NoData, glyph: p.Look.Glyphs.NoData}
	}
	word := p.Say.Say(i18n.MarkLive)
	if s.Wall-newest > quietAfter {
		word = p.Say.Say(i18n.MarkQuiet)
	}
	switch s.Snapshot.Mark.Kind {
	case metrics.MarkRebuilt:
		word = p.Say.Say(i18n.MarkRebuilt)
	case metrics.MarkLiveSince:
		word = p.Say.Fill(i18n.MarkLiveSince, p.Num.Minute(s.Snapshot.Mark.Since, p.Zone))
	}
	age := p.Num.AgeWords(s.Wall - newest)
	// The age keeps five cells, so that nothing beside it moves.
	return segment{text: clean.Line(word.String() + " " + text.PadRight(age.String(), 5)), look: p.Look.OK, glyph: p.Look.Glyphs.OK}
}

// whole cuts milliseconds to whole seconds: marks count in those.
func whole(ms int64) int64 { return max(ms, 0) / 1000 * 1000 }

// WindowName writes a window: today, 15 min.
func (p *Pen) WindowName(w fact.Window) clean.Text {
	switch n := w.Minutes(); {
	case n > 0:
		return p.Say.Fill(i18n.WindowMinutes, p.Num.Count(int64(n)))
	case w == fact.WindowAll:
		return p.Say.Say(i18n.WindowAll)
	}
	return p.Say.Say(i18n.WindowToday)
}

// WindowSpan writes a window with its bounds: today 00:00 → 14:05 CST.
func (p *Pen) WindowSpan(s *Scene, w fact.Window) clean.Text {
	from := s.Floor.DayStart
	if n := w.Minutes(); n > 0 {
		from = s.At - s.At%60_000 - int64(n-1)*60_000
	}
	if w == fact.WindowAll {
		return p.WindowName(w)
	}
	return p.Say.Fill(i18n.WindowSpan, p.WindowName(w), p.Num.Minute(from, p.Zone), p.Num.Minute(s.At, p.Zone), p.Num.Zone(s.At, p.Zone))
}

// Line is the one-line mode, for a status bar: the loudest breach and the five
// figures; with more rows the breaches follow.
func (p *Pen) Line(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	top := Row(c, 0)
	x := 0
	switch {
	case s.Stale(), s.HeldAt != 0:
		mark := p.mark(s)
		top.Set(0, 0, mark.glyph, p.Look.Stale)
		x = 2 + top.Print(2, 0, mark.text, p.Look.Stale)
	case s.Unsettled():
		x = p.shortUnsettled(top, s)
	case len(s.Notices) > 0:
		x = p.shortNotice(top, s, s.Notices[0])
	default:
		p.Glyph(top, 0, 0, metrics.LevelOK)
		x = 2 + top.Print(2, 0, p.LevelWord(metrics.LevelOK), p.Look.Text)
	}
	quiet, end := p.silenced(s), w
	if s.Silenced > 0 {
		end -= 3 + text.Width(quiet.String())
	}
	for _, f := range p.lineFigures(s) {
		need := 4 + text.Width(f.label.String()) + text.Width(f.value.String())
		if x+need > end {
			break
		}
		top.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
		x = p.Fact(top, x+3, 0, f.label, f.value, p.Look.Text)
	}
	if s.Silenced > 0 && x <= end {
		top.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
		top.Print(x+3, 0, quiet, p.Look.Dim)
	}
	for y := 1; y < h && y < len(s.Notices); y++ {
		p.shortNotice(c.Sub(layout.Rect{Y: y, W: w, H: 1}), s, s.Notices[y])
	}
}

// shortNotice draws sign, place and how far out, and returns the column after it.
func (p *Pen) shortNotice(c screen.Canvas, s *Scene, n Notice) int {
	look := p.Graded(n.Level)
	if recovers(s, n.Breach) {
		look = p.Look.Text
	}
	p.Glyph(c, 0, 0, n.Level)
	x := 2 + c.Print(2, 0, p.Whose(s, n), look)
	x += 1 + c.Print(x+1, 0, p.breachValue(n.Breach), look)
	if recovers(s, n.Breach) {
		x += 1 + c.Print(x+1, 0, p.Say.Say(i18n.BadgeRecovers), p.Look.Dim)
	}
	return x
}
