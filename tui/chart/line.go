// Package chart draws figures: line charts, sparklines, bars, slot dots, big
// digits, heat cells. Everything here is pure: data, a canvas and styles in,
// cells out. It must not know where the data come from or who looks.
package chart

import (
	"time"

	"wallboard/metrics/clean"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

// Series is one line: values in equal steps of time, the oldest first, NaN
// where there is none.
type Series struct {
	Values  []float64
	Better  Better
	Style   screen.Style
	Pattern Pattern
	Name    clean.Text // before the newest value at the end of the line
}

// Pattern tells lines apart without colour.
type Pattern uint8

// The patterns.
const (
	Solid Pattern = iota
	Dotted
)

// Threshold is a limit, drawn as a broken line.
type Threshold struct {
	Value float64
	Style screen.Style
	Name  clean.Text // written into the line, with the value; empty: nothing is
}

// Track is a limit that moves: values in equal steps of time as those of a
// Series, drawn as a broken line. A zero Style is that of a threshold.
type Track struct {
	Values []float64
	Style  screen.Style
	Name   clean.Text // written into the line, with the newest value
}

// Band is what is usual: the room between two lines, shaded.
type Band struct{ Lo, Hi []float64 }

// Plot is a line chart. The vertical axis always shows Lo…Hi and grows beyond
// it to hold every value and threshold. From and To are the times of the first
// and the last value in ms since the epoch, read in Zone; without a zone there
// is no time axis. Label writes a value of the vertical axis; without it there
// are no labels. Empty stands in the middle while there is no value at all.
type Plot struct {
	Series     []Series
	Thresholds []Threshold
	Tracks     []Track
	Bands      []Band
	Unit       Unit
	Lo, Hi     float64
	Label      func(v float64) clean.Text
	From, To   int64
	Now        int64 // a moment between them that is marked, ms; 0: none
	Zone       *time.Location
	Empty      clean.Text
}

// Line draws p over the whole canvas. Lines drawn before are kept in cache,
// which may be nil: a chart changes once a minute, frames come four times a
// second. Any size, any values: where there is no room for axes they are left
// out, and in a single row the first series is drawn as a sparkline.
func Line(c screen.Canvas, p Plot, sheet *style.Sheet, cache *Cache) {
	w, h := c.Size()
	if w <= 0 || h <= 0 {
		return
	}
	lo, hi, any := p.extent()
	if !any {
		drawEmpty(c, p.Empty, sheet)
		return
	}
	if h == 1 {
		first := p.Series[0]
		Sparkline(c, 0, 0, w, first.Values, first.Better, hi, first.Style, sheet.NoData, sheet.Glyphs)
		return
	}
	rows := h
	if p.Zone != nil && h >= 4 {
		rows--
	}
	s := newScale(lo, hi, rows, p.Unit)
	labels := p.labels(s, rows)
	left := labelWidth(labels)
	if w-left < leastLine { // the line is worth more than its axis
		left, labels = 0, nil
	}
	ends := p.ends(w-left, labels)
	area := c.Sub(layout.Rect{X: left, Y: 0, W: w - left - ends.width(), H: rows})
	drawBands(area, p.Bands, s, sheet)
	drawAxis(c, left, rows, labels, sheet)
	drawNow(area, p, sheet)
	drawThresholds(area, p.Thresholds, s, sheet)
	drawTracks(area, p.Tracks, s, sheet)
	lines := drawAll(area, p.Series, s, sheet, cache)
	p.nameLimits(area, s, lines, sheet)
	if ends.width() > 0 {
		p.drawEnds(c.Sub(layout.Rect{X: w - ends.width(), Y: 0, W: ends.width(), H: rows}), ends, s, drawing{w: w - left - ends.width(), fine: sheet.Glyphs.Fine}.columns())
	}
	if rows < h {
		drawTimes(c.Sub(layout.Rect{W: w - ends.width(), H: h}), left, h-1, p, sheet)
	}
}

// leastLine is the fewest columns of a line worth drawing beside its axis.
const leastLine = 12

// extent returns the range that the vertical axis must show, and whether there
// is any value.
func (p Plot) extent() (lo, hi float64, any bool) {
	lo, hi = min(p.Lo, p.Hi), max(p.Lo, p.Hi)
	if !finite(lo) || !finite(hi) {
		lo, hi = 0, 0
	}
	for _, s := range p.Series {
		for _, v := range s.Values {
			if finite(v) {
				lo, hi, any = min(lo, v), max(hi, v), true
			}
		}
	}
	for _, t := range p.Thresholds {
		lo, hi = widen(lo, hi, t.Value)
	}
	for _, t := range p.Tracks {
		lo, hi = widen(lo, hi, t.Values...)
	}
	for _, b := range p.Bands {
		lo, hi = widen(lo, hi, b.Lo...)
		lo, hi = widen(lo, hi, b.Hi...)
	}
	return lo, hi, any
}

// widen returns lo and hi moved apart to hold every number.
func widen(lo, hi float64, values ...float64) (float64, float64) {
	for _, v := range values {
		if finite(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return lo, hi
}

// tick is one label of the vertical axis; row counts from the top.
type tick struct {
	row  int
	text clean.Text
}

// labels returns the axis labels from the bottom up.
func (p Plot) labels(s scale, rows int) []tick {
	if p.Label == nil {
		return nil
	}
	ticks := make([]tick, 0, rows)
	for i := range rows {
		v := s.first + float64(i)*s.step
		if v > s.hi+s.step/1e6 {
			break
		}
		ticks = append(ticks, tick{row: s.line(v, rows), text: p.Label(v)})
	}
	return ticks
}

// labelWidth returns the cells of the widest label and the space after it.
func labelWidth(ticks []tick) int {
	widest := 0
	for _, t := range ticks {
		widest = max(widest, text.Width(t.text.String()))
	}
	if widest == 0 {
		return 0
	}
	return widest + 1
}

// drawAxis draws the vertical axis at column left, and the labels before it.
func drawAxis(c screen.Canvas, left, rows int, ticks []tick, sheet *style.Sheet) {
	for y := range rows {
		c.Set(left, y, sheet.Glyphs.Line.Axis, sheet.Border)
	}
	for _, t := range ticks {
		c.PrintRight(left-1, t.row, t.text, sheet.Axis)
		c.Set(left, t.row, sheet.Glyphs.Line.Tick, sheet.Border)
	}
}

// drawThresholds draws each limit across the chart, right of the axis.
func drawThresholds(c screen.Canvas, list []Threshold, s scale, sheet *style.Sheet) {
	w, rows := c.Size()
	for _, t := range list {
		if !finite(t.Value) {
			continue
		}
		look := t.Style
		if look == (screen.Style{}) {
			look = sheet.Threshold
		}
		y := s.line(t.Value, rows)
		for x := 1; x < w; x++ {
			c.Set(x, y, sheet.Glyphs.Line.Threshold, look)
		}
	}
}

// drawEmpty says in the middle of the canvas that there is nothing to draw.
func drawEmpty(c screen.Canvas, t clean.Text, sheet *style.Sheet) {
	w, h := c.Size()
	c.PrintFit(0, (h-1)/2, w, t, sheet.NoData, screen.Center)
}
