package chart

import (
	"math"
	"strconv"

	"wallboard/metrics/clean"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

// Sparkline draws values in w cells from x, y: the newest at the right, one
// step a cell, a gap mark where there is no number. When there are more values
// than cells each cell has the worst of its own, in the sense of better. The
// highest step stands for top, or for the largest value when top is not above
// it; the lowest for 0.
//
// Braille has room for two values a cell, in half as many steps.
func Sparkline(c screen.Canvas, x, y, w int, values []float64, better Better, top float64, s, gapStyle screen.Style, g style.Glyphs) {
	if w <= 0 {
		return
	}
	perCell := 1
	if g.Fine {
		perCell = dotsAcross
	}
	points := Resample(values, min(w*perCell, len(values)), better)
	for _, v := range points {
		if v > top {
			top = v
		}
	}
	cells := (len(points) + perCell - 1) / perCell
	for i := range w - cells {
		c.Set(x+i, y, g.Gap, gapStyle)
	}
	x += w - cells
	for i := range cells {
		var r rune
		if g.Fine {
			end := len(points) - dotsAcross*(cells-1-i) // the newest value stands at the very right
			r = fineSpark(points[max(0, end-dotsAcross):end], top)
		} else {
			r = spark(points[i], top, g)
		}
		if r == 0 {
			c.Set(x+i, y, g.Gap, gapStyle)
			continue
		}
		c.Set(x+i, y, r, s)
	}
}

// sparkStep returns the step 0…n-1 that stands for v.
func sparkStep(v, top float64, n int) int {
	if top <= 0 {
		return 0
	}
	return min(max(int(math.Ceil(max(v, 0)/top*float64(n)))-1, 0), n-1)
}

// spark returns the character of one value, 0 where there is none.
func spark(v, top float64, g style.Glyphs) rune {
	if math.IsNaN(v) {
		return 0
	}
	return g.Spark[sparkStep(v, top, len(g.Spark))]
}

// fineSpark returns the character of one or two values, each a column of dots,
// 0 where there is none.
func fineSpark(pair []float64, top float64) rune {
	var dots rune
	for i, v := range pair {
		if math.IsNaN(v) {
			continue
		}
		for up := range sparkStep(v, top, dotsDown) + 1 {
			dots |= dot(dotsAcross-len(pair)+i, dotsDown-1-up)
		}
	}
	if dots == 0 {
		return 0
	}
	return brailleBlank | dots
}

// Bar draws a share in [0,1] as a bar in w cells from x, y, to the eighth of a
// cell. What is left has the colour of empty behind it, or the glyph of an
// empty bar where there is no colour. More than all is drawn as all, no number as nothing; a share above 0
// is never drawn empty and one below 1 never full, so that neither claims what
// is not so.
func Bar(c screen.Canvas, x, y, w int, share float64, full, empty screen.Style, g style.Glyphs) {
	if w <= 0 {
		return
	}
	eighths := 0
	if share > 0 {
		eighths = int(math.Round(min(share, 1) * float64(8*w)))
		eighths = max(eighths, 1)
		if share < 1 {
			eighths = min(eighths, 8*w-1)
		}
	}
	rest := g.BarEmpty
	if !empty.FG.IsZero() && g.UpperHalf != 0 {
		empty.BG, rest = empty.FG, ' '
	}
	for i := range w {
		switch part := eighths - 8*i; {
		case part >= 8:
			c.Set(x+i, y, g.Eighths[7], full)
		case part > 0:
			c.Set(x+i, y, g.Eighths[part-1], full.On(empty.BG))
		default:
			c.Set(x+i, y, rest, empty)
		}
	}
}

// SlotDots draws used slots of all as dots and numbers, "●●●○○ 3/5", in at most
// w cells from x, y and returns the cells it took. Slots beyond all are drawn
// as bad, their number as critical. Where the dots have no room the numbers stand alone.
func SlotDots(c screen.Canvas, x, y, w, used, all int, sheet *style.Sheet) int {
	used, all = max(used, 0), max(all, 0)
	var buf [24]byte
	label := append(strconv.AppendInt(buf[:0], int64(used), 10), '/')
	label = strconv.AppendInt(label, int64(all), 10)
	look := sheet.Text
	if used > all {
		look = sheet.Critical
	}
	dots := max(used, all)
	if dots == 0 || dots+1+len(label) > w {
		return setBytes(c, x, y, w, label, look)
	}
	for i := range dots {
		switch {
		case i >= all:
			c.Set(x+i, y, sheet.Glyphs.SlotUsed, sheet.Bad)
		case i < used:
			c.Set(x+i, y, sheet.Glyphs.SlotUsed, sheet.Bar)
		default:
			c.Set(x+i, y, sheet.Glyphs.SlotFree, sheet.Dim)
		}
	}
	return dots + 1 + setBytes(c, x+dots+1, y, w-dots-1, label, look)
}

// setBytes draws ASCII in at most w cells and returns the cells it took.
func setBytes(c screen.Canvas, x, y, w int, b []byte, s screen.Style) int {
	n := max(min(w, len(b)), 0)
	for i := range n {
		c.Set(x+i, y, rune(b[i]), s)
	}
	return n
}

// HeatStep returns the step 0…5 of v on a scale from cold to hot, which may
// run downwards, and false when v or the scale is no number.
func HeatStep(v, cold, hot float64) (int, bool) {
	at := (v - cold) / (hot - cold)
	if math.IsNaN(at) || math.IsInf(at, 0) {
		return 0, false
	}
	return int(min(max(at, 0), 1) * 5.999), true
}

// HeatCell draws one cell of a heat map, w cells wide from x, y, with its value
// t right-aligned in it. Without colours the steps are told apart by shades.
func HeatCell(c screen.Canvas, x, y, w, step int, t clean.Text, sheet *style.Sheet) {
	step = min(max(step, 0), len(sheet.Heat)-1)
	look := sheet.Heat[step]
	fill := ' '
	if sheet.Profile == screen.NoColor {
		fill = sheet.Glyphs.Shade[step]
	}
	cell := c.Sub(layout.Rect{X: x, Y: y, W: w, H: 1})
	shade := look
	if fill != ' ' {
		shade = look.Without(screen.Reverse | screen.Underline) // reversed, the fullest shade would be empty
	}
	cell.Fill(fill, shade)
	inside, _ := cell.Size()
	if taken := text.Width(t.String()); taken < inside {
		cell.PrintRight(inside, 0, t, look) // the shade stays before it
	} else if inside > 1 {
		cell.PrintFit(1, 0, inside-1, t, look, screen.Right)
	}
}
