package chart

import (
	"time"

	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// minute is one minute in ms.
const minute = 60_000

// drawTimes writes the hours below a chart whose axis is at column left: round
// times of the zone, so that the labels walk with the line.
func drawTimes(c screen.Canvas, left, y int, p Plot, sheet *style.Sheet) {
	w, _ := c.Size()
	columns := w - left
	span := p.To - p.From
	if span <= 0 || columns < 6 {
		return
	}
	step := timeStep(span, columns)
	next := 0 // the first free column
	for at := firstTick(p.From, step, p.Zone); at <= p.To; at += step {
		x := left + int((at-p.From)*int64(columns-1)/span)
		var buf [8]byte
		label := time.UnixMilli(at).In(p.Zone).AppendFormat(buf[:0], timeFormat(step))
		start := min(max(x-len(label)/2, 0), w-len(label))
		if start < next {
			continue
		}
		setBytes(c, start, y, len(label), label, sheet.Axis)
		next = start + len(label) + 1
	}
}

// Times writes the hours of [from, to] in row y, below what is drawn from column
// left on.
func Times(c screen.Canvas, left, y int, from, to int64, zone *time.Location, sheet *style.Sheet) {
	drawTimes(c, left, y, Plot{From: from, To: to, Zone: zone}, sheet)
}

// timeFormat returns hours and minutes, or the date where a step is a day.
func timeFormat(step int64) string {
	if step >= 24*60*minute {
		return "01-02"
	}
	return "15:04"
}

// timeStep returns the round step that leaves at least nine columns between
// labels of five.
func timeStep(span int64, columns int) int64 {
	for _, m := range [...]int64{1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080} {
		if step := m * minute; step*int64(columns-1) >= 9*span {
			return step
		}
	}
	return span + 1 // no second label has room
}

// firstTick returns the first time from "from" on that is a whole number of
// steps after midnight in zone.
func firstTick(from, step int64, zone *time.Location) int64 {
	_, offset := time.UnixMilli(from).In(zone).Zone()
	local := from + int64(offset)*1000
	rest := local % step
	if rest < 0 {
		rest += step
	}
	if rest == 0 {
		return from
	}
	return from + step - rest
}
