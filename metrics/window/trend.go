package window

import (
	"encoding/binary"

	"wallboard/metrics/fact"
)

// TrendMinutes is how far back a Trend reaches.
const TrendMinutes = 60

// Trend holds one point per minute, the last the running minute; -1 where
// there was nothing to measure.
type Trend struct {
	MinuteStart int64               // of the last point
	Waiting     [TrendMinutes]int32 // highest in the minute
	FRTp50      [TrendMinutes]int32 // ms over the five minutes ending there
	FRTp90      [TrendMinutes]int32
	Inflow      [TrendMinutes]int32 // segments begun
	Outflow     [TrendMinutes]int32 // segments ended
}

// frtMinutes is the span of one FRT point.
const frtMinutes = 5

// trendCache keeps the last trend: the points of closed minutes change only
// by corrections, so a new trend measures the newest alone.
type trendCache struct {
	trend     Trend
	until     int64   // minutes before this are final
	corrected bool    // a past minute was, since
	stood     level   // what waited before the last point's minute
	four      samples // FRT of the four minutes before it
}

// trendPoint is one minute as a trend needs it.
type trendPoint struct {
	minute      int64
	waiting     level
	inflow, out int64
	frt         samples
}

// Trend writes the last hour at now. A Sparse series lacks the four minutes
// before that hour: its first FRT points look back less far.
func (s *Series) Trend(now int64, into *Trend) {
	v := s.View(now)
	*into = Trend{MinuteStart: minuteOf(v.at)}
	known := s.knownPoints(into)
	if s.trend == nil {
		s.trend = new(trendCache)
	}
	c := s.trend
	if known == TrendMinutes-1 && c.trend.MinuteStart == s.minute {
		v.measureOpen(c, into)
	} else if known < TrendMinutes {
		v.measure(c, into, known)
	}
	c.trend, c.until, c.corrected = *into, s.minute, false
}

// measureOpen fills the point of the running minute, where nothing else has
// changed.
func (v *View) measureOpen(c *trendCache, into *Trend) {
	m := sum{base: v.s.minute}
	m.addLog(v.s.open, v.s.minute, inside)
	if v.s.dense != nil {
		m.addRunning(&v.s.dense.running, v.s.minute, inside)
	}
	p := trendPoint{minute: v.s.minute}
	p.take(&m)
	p.frt.merge(&c.four)
	into.set(TrendMinutes-1, &p, c.stood, v.s.born)
}

// knownPoints takes the points that the last trend already measured for good,
// and returns how many.
func (s *Series) knownPoints(into *Trend) int {
	if s.trend == nil || s.trend.corrected {
		return 0
	}
	old := &s.trend.trend
	shift := int((into.MinuteStart - old.MinuteStart) / minuteMs)
	final := TrendMinutes - int((into.MinuteStart-s.trend.until)/minuteMs) - 1
	known := min(final, TrendMinutes-shift)
	if shift < 0 || known <= 0 {
		return 0
	}
	for _, line := range [][2]*[TrendMinutes]int32{
		{&into.Waiting, &old.Waiting}, {&into.FRTp50, &old.FRTp50}, {&into.FRTp90, &old.FRTp90}, {&into.Inflow, &old.Inflow}, {&into.Outflow, &old.Outflow},
	} {
		copy(line[0][:known], line[1][shift:])
	}
	return known
}

// measure fills the points from the given one on, and keeps what the last of
// them rests on.
func (v *View) measure(c *trendCache, into *Trend, from int) {
	points := make([]trendPoint, TrendMinutes-from+frtMinutes-1)
	stood := v.trendPoints(points, into.MinuteStart)
	for i := range points {
		p := points[i]
		if at := i - (frtMinutes - 1); at >= 0 {
			var four samples
			for j := at; j < i; j++ {
				four.merge(&points[j].frt)
			}
			c.four, c.stood = four, stood
			p.frt = samples{}
			p.frt.merge(&points[i].frt)
			p.frt.merge(&four)
			into.set(from+at, &p, stood, v.s.born)
		}
		if p.waiting.hasLast {
			stood = p.waiting
		}
	}
}

// set fills a point from its minute, whose FRT samples are those of the five
// minutes ending there.
func (t *Trend) set(i int, p *trendPoint, stood level, born int64) {
	t.Waiting[i], t.FRTp50[i], t.FRTp90[i], t.Inflow[i], t.Outflow[i] = -1, -1, -1, -1, -1
	if born == never || p.minute < born {
		return
	}
	highest := p.waiting
	if stood.hasLast {
		highest.raise(stood.last)
	}
	t.Waiting[i], t.Inflow[i], t.Outflow[i] = clamp32(highest.max), clamp32(p.inflow), clamp32(p.out)
	if p.frt.n > 0 {
		q := p.frt.quantiles()
		t.FRTp50[i], t.FRTp90[i] = clamp32(int64(q.P50)), clamp32(int64(q.P90))
	}
}

func clamp32(v int64) int32 { return int32(max(-1, min(v, 1<<31-1))) }

// trendPoints fills one point per minute up to last and returns the level that
// stood before the first.
func (v *View) trendPoints(points []trendPoint, last int64) level {
	first := last - int64(len(points)-1)*minuteMs
	for i := range points {
		points[i].minute = first + int64(i)*minuteMs
	}
	var earlier, m sum
	earlier.add(v.s.carry, 0, before)
	read := func(minute int64, entries func(s *sum, p part)) {
		i := (minute - first) / minuteMs
		if minute < first || i >= int64(len(points)) {
			entries(&earlier, before)
			return
		}
		m = sum{base: minute}
		entries(&m, inside)
		points[i].take(&m)
	}
	for c := v.s.recent.cursor(); ; {
		payload, ok := c.next()
		if !ok {
			break
		}
		read(c.minute, func(s *sum, p part) { s.add(payload, c.minute, p) })
	}
	for log := v.s.late; len(log) > 0; {
		behind, n := binary.Uvarint(log)
		minute := v.s.minute - int64(behind)*minuteMs
		read(minute, func(s *sum, p part) { log = s.addEntry(log[n:], minute, p) })
	}
	if v.s.minute != never {
		read(v.s.minute, func(s *sum, p part) {
			s.addLog(v.s.open, v.s.minute, p)
			if v.s.dense != nil {
				s.addRunning(&v.s.dense.running, v.s.minute, p)
			}
		})
	}
	return earlier.lastLevels[fact.PeakWaiting]
}

// take adds what a trend needs of a minute's sum.
func (p *trendPoint) take(m *sum) {
	l := &m.levels[fact.PeakWaiting]
	if l.hasMax {
		p.waiting.raise(l.max)
	}
	if l.hasLast {
		p.waiting.set(l.at, l.last)
	}
	p.inflow += m.counts[fact.Offered]
	for _, c := range [...]fact.Count{fact.Answered, fact.Abandoned, fact.Overflowed, fact.Requeued, fact.Withdrawn} {
		p.out += m.counts[c]
	}
	p.frt.merge(&m.dists[fact.DistFRT])
}
