package rule

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/kpi"
)

// trailPoints bounds a trail: where it is full, each two points become one, so
// that it holds the breach from its beginning however long it lasts.
const trailPoints = 240

// firstStep is the step of a trail that has never been full, ms.
const firstStep = int64(5_000)

// trail is how a breach's value and limits went. The slices are appended to
// and never changed otherwise, so that views share them.
type trail struct {
	start, step int64
	banded      bool // Lo and Hi mean something
	lines       [5][]float32
}

// The lines of a trail.
const (
	lineValue = iota
	lineWarn
	lineCritical
	lineLo
	lineHi
)

var none = float32(math.NaN())

// add notes what was seen at a moment. Of several looks in one step the worst
// value stays, and the newest limits.
func (t *trail) add(c *compiled, s *sight, now int64) {
	if t.step == 0 {
		t.step, t.start = firstStep, now-now%firstStep
		t.banded = s.dynamic || c.Direction == kpi.Within
	}
	for now >= t.start+trailPoints*t.step {
		t.halve(c)
	}
	at := int((now - t.start) / t.step)
	have := len(t.lines[lineValue])
	if at < have-1 {
		return
	}
	point := s.point()
	if at == have-1 { // a second look within the step
		worst := t.lines[lineValue][at]
		if !c.worseDrawn(point[lineValue], worst, s) {
			point[lineValue] = worst
		}
		t.replace(at, point)
		return
	}
	bridged := int64(at-have)*t.step < longestHeld
	for ; have < at; have++ {
		t.push(t.gap(bridged))
	}
	t.push(point)
}

// longestHeld is the longest gap that the point before it fills: while nothing
// happens rules look once a minute. A longer one is one of seeing.
const longestHeld = int64(60_000)

// gap returns what stands at a step in which nothing was seen.
func (t *trail) gap(bridged bool) [5]float32 {
	point := [5]float32{none, none, none, none, none}
	if n := len(t.lines[lineValue]); n > 0 && bridged {
		for i := range t.lines {
			point[i] = t.lines[i][n-1]
		}
	}
	return point
}

func (t *trail) push(point [5]float32) {
	for i := range t.lines {
		t.lines[i] = append(t.lines[i], point[i])
	}
}

// replace writes the last point anew where no view that shares the slices can
// see it: in a copy.
func (t *trail) replace(at int, point [5]float32) {
	same := true
	for i := range t.lines {
		same = same && math.Float32bits(t.lines[i][at]) == math.Float32bits(point[i])
	}
	if same {
		return
	}
	for i := range t.lines {
		t.lines[i] = append(make([]float32, 0, trailPoints), t.lines[i][:at]...)
		t.lines[i] = append(t.lines[i], point[i])
	}
}

// halve joins each two points into one of twice the step.
func (t *trail) halve(c *compiled) {
	for i := range t.lines {
		old := t.lines[i]
		line := make([]float32, 0, trailPoints)
		for k := 0; k < len(old); k += 2 {
			v := old[k]
			if k+1 < len(old) {
				v = joined(i, c, v, old[k+1])
			}
			line = append(line, v)
		}
		t.lines[i] = line
	}
	t.step *= 2
}

// joined is one point for two: the worse value, the newer limit.
func joined(line int, c *compiled, a, b float32) float32 {
	switch {
	case b != b:
		return a
	case a != a || line != lineValue:
		return b
	case c.sense()*float64(a-b) > 0:
		return a
	}
	return b
}

// worseDrawn says whether a drawn value is worse than another.
func (c *compiled) worseDrawn(v, than float32, s *sight) bool {
	switch {
	case v != v:
		return false
	case than != than:
		return true
	}
	return c.worse(float64(v), float64(than), &s.level[atWarn])
}

// point is what a look drew.
func (s *sight) point() [5]float32 {
	p := [5]float32{none, none, none, none, none}
	if s.ok {
		p[lineValue] = float32(s.value)
	}
	for i := range s.level {
		if limit := s.level[i].limit(s.value); s.level[i].watched && finite(limit) {
			p[lineWarn+i] = float32(limit)
		}
	}
	lo, hi := s.lo, s.hi
	if !s.dynamic {
		lo, hi = s.level[atWarn].lo, s.level[atWarn].hi
	}
	if finite(lo) {
		p[lineLo] = float32(lo)
	}
	if finite(hi) {
		p[lineHi] = float32(hi)
	}
	return p
}

// view returns the trail as a breach shows it, nil where there is none.
func (t *trail) view() *metrics.Trail {
	if t.step == 0 || len(t.lines[lineValue]) == 0 {
		return nil
	}
	line := func(i int) []float32 { n := len(t.lines[i]); return t.lines[i][:n:n] }
	v := &metrics.Trail{Start: t.start, StepMillis: t.step, Value: line(lineValue), Warn: line(lineWarn), Critical: line(lineCritical)}
	if t.banded {
		v.Lo, v.Hi = line(lineLo), line(lineHi)
	}
	return v
}

// code writes or reads the trail.
func (t *trail) code(c *checkpoint.Coder) {
	c.Int64(&t.start)
	c.Int64(&t.step)
	c.Bool(&t.banded)
	n := c.Len(len(t.lines[lineValue]), trailPoints)
	if c.Reading() && (t.step < 0 || t.step == 0 && n > 0) {
		c.Fail("a trail of %d points and step %d", n, t.step)
		return
	}
	for i := range t.lines {
		if c.Reading() {
			t.lines[i] = make([]float32, n, max(n, 1))
		}
		for k := 0; k < n && c.Err() == nil; k++ {
			bits := int64(math.Float32bits(t.lines[i][k]))
			c.Int64(&bits)
			t.lines[i][k] = math.Float32frombits(uint32(bits))
		}
		if c.Reading() && n == 0 {
			t.lines[i] = nil
		}
	}
}
