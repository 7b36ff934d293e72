package agent

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// stretch is a time in one presence.
type stretch struct {
	from, to int64 // ms since the epoch
	presence metrics.Presence
	reason   clean.Text
}

// stretches turns the changes of a day into what lasted between them, cut at the
// day's start and at now.
func stretches(f *metrics.FloorView, a *metrics.AgentView, now int64) []stretch {
	var out []stretch
	for i, m := range a.Day {
		one := stretch{from: max(m.At(), f.DayStart), to: now, presence: m.Presence(), reason: m.Reason(f.Words)}
		if i+1 < len(a.Day) {
			one.to = min(now, a.Day[i+1].At())
		}
		if one.to > one.from {
			out = append(out, one)
		}
	}
	return out
}

const stripHeight = 3

// rows of the strip: what somebody who is there can be. Who is not there has no
// row, only an empty place in all of them.
func stripRows() [stripHeight]metrics.Presence {
	return [...]metrics.Presence{metrics.PresenceAvailable, metrics.PresencePaused, metrics.PresenceAway}
}

// leastHours is how long a strip is at least: a usual shift and a little, so that
// its scale stays the same while somebody works.
const leastHours = 10

// shift returns what a strip shows: whole hours from the first that somebody was
// there, for as long as a shift lasts.
func shift(day []stretch, start, now int64) (from, to int64) {
	const hour = 3_600_000
	from = now
	for _, s := range day {
		if s.presence != metrics.PresenceOffline && s.presence != metrics.PresenceUnknown {
			from = s.from
			break
		}
	}
	from = max(start, from-from%hour)
	to = max(from+leastHours*hour, now-now%hour+hour)
	return from, to
}

// began returns when somebody was there first, 0 where that is not known: of a
// long day only the last changes are kept.
func began(f *metrics.FloorView, a *metrics.AgentView, now int64) int64 {
	if len(a.Day) == metrics.MaxPresenceMarks && a.Day[0].At() > f.DayStart {
		return 0
	}
	for _, s := range stretches(f, a, now) {
		if s.presence != metrics.PresenceOffline && s.presence != metrics.PresenceUnknown {
			return s.from
		}
	}
	return 0
}

// Cells of the strip's labels at the left, and of the sums at the right.
const labelCells, sumCells = 11, 11

// drawDay draws the day of a person as a strip: a row for each presence, when it
// was, and what it came to.
func drawDay(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
	w, h := c.Size()
	day := stretches(s.Floor, a, s.At)
	if len(day) == 0 {
		p.Empty(c, p.Say.Say(i18n.DayNothing))
		return
	}
	from, to := shift(day, s.Floor.DayStart, s.At)
	cells := w - labelCells - sumCells - 3
	for y, presence := range stripRows() {
		if y >= h {
			return
		}
		line := panel.Row(c, y)
		line.PrintFit(1, 0, labelCells, p.Say.Say(page.PresenceWord(presence)), p.Look.Dim, screen.Left)
		sum := drawStrip(p, line.Sub(layout.Rect{X: labelCells + 1, W: max(0, cells), H: 1}), day, presence, from, to, s.At)
		total, look := p.Num.NoData(), p.Look.NoData
		if sum > 0 {
			total, look = brief(p, sum), p.Look.Text
		}
		line.PrintFit(w-sumCells-1, 0, sumCells, total, look, screen.Right)
	}
	if y := stripHeight; y < h && cells > 6 {
		chart.Times(c.Sub(layout.Rect{X: labelCells + 1, Y: y, W: cells, H: 1}), 0, 0, from, to, p.Zone, p.Look)
	}
}

// drawStrip draws when a presence was, and returns for how long, ms. However
// short it was it takes a cell: a strip that hides a break is not to be trusted.
// What is still to come is empty, so that the strip ends at now.
func drawStrip(p *panel.Pen, c screen.Canvas, day []stretch, of metrics.Presence, from, to, now int64) int64 {
	w, _ := c.Size()
	look := p.Look.Bar
	if of != metrics.PresenceAvailable {
		look = p.Look.Accent
	}
	for x := range min(w, int((now-from)*int64(w)/(to-from))+1) {
		c.Set(x, 0, p.Look.Glyphs.Dot, p.Look.Axis)
	}
	sum := int64(0)
	for _, s := range day {
		if s.presence != of {
			continue
		}
		sum += s.to - s.from
		x0, x1 := int((s.from-from)*int64(w)/(to-from)), int((s.to-from)*int64(w)/(to-from))
		for x := max(0, x0); x < min(w, max(x1, x0+1)); x++ {
			c.Set(x, 0, p.Look.Glyphs.Solid, look)
		}
	}
	return sum
}

// brief writes how long something took, whole minutes from one on.
func brief(p *panel.Pen, ms int64) clean.Text {
	if ms >= 60_000 {
		ms -= ms % 60_000
	}
	return p.Num.Length(float64(ms) / 1000)
}

// reasons writes what pauses were for, the longest first.
func reasons(p *panel.Pen, day []stretch, w int) clean.Text {
	type spent struct {
		reason clean.Text
		ms     int64
	}
	var list []spent
	for _, s := range day {
		if s.reason.Empty() || s.presence != metrics.PresencePaused && s.presence != metrics.PresenceAway {
			continue
		}
		at := -1
		for i := range list {
			if list[i].reason == s.reason {
				at = i
			}
		}
		if at < 0 {
			list, at = append(list, spent{reason: s.reason}), len(list)
		}
		list[at].ms += s.to - s.from
	}
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && list[k].ms > list[k-1].ms; k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
	var words []string
	used := 0
	for _, one := range list {
		word := one.reason.String() + " " + brief(p, one.ms).String()
		if used += text.Width(word) + 3; used > w {
			break
		}
		words = append(words, word)
	}
	return p.Say.Plain(clean.Line(strings.Join(words, " · ")))
}

// dayNote says what a strip cannot show, where it cannot show all of the day.
func dayNote(p *panel.Pen, f *metrics.FloorView, a *metrics.AgentView) clean.Text {
	if len(a.Day) == metrics.MaxPresenceMarks && a.Day[0].At() > f.DayStart {
		return p.Say.Fill(i18n.DayFrom, p.Num.Minute(a.Day[0].At(), p.Zone))
	}
	return clean.Text{}
}
