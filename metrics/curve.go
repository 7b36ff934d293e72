package metrics

import (
	"cmp"
	"slices"
	"time"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/store"
)

// NumCurve is how many spans of first response times are told apart.
const NumCurve = 12

// curveEdges are the highest first response times of the spans, ms; the last
// has none.
var curveEdges = [NumCurve - 1]int64{5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 45_000, 60_000, 90_000, 180_000, 300_000}

// CurveUpTo returns the highest first response time of a span, 0 for that of
// the last, which has none.
func CurveUpTo(i int) time.Duration {
	if i < 0 || i >= len(curveEdges) {
		return 0
	}
	return time.Duration(curveEdges[i]) * time.Millisecond
}

// curveSpan returns the span that holds a first response time.
func curveSpan(ms int64) int {
	at, _ := slices.BinarySearch(curveEdges[:], ms)
	return at
}

// CurveCount is what is counted of the first replies of one span.
type CurveCount struct {
	Sessions int64 // first replies
	Orders   int64 // of their sessions, credited with an order
	Amount   int64 // of those orders, hundredths of the floor's currency
}

// CurveHour is what first replies within one hour of a queue and channel led to.
type CurveHour struct {
	Channel, Queue clean.Text // no Queue: of none
	From           int64      // start of the local hour, or of the day within it; ms since the epoch
	Counts         [NumCurve]CurveCount
}

// curveMillis is how long an hour is kept: an order is credited within a day of
// the last word, and what it changed is gathered at the next whole hour.
const curveMillis = 26 * hourMillis

// curveStep is how far apart the instants are at which snapshots hold curves.
const curveStep = 15 * msMinute

// curveHour is one hour of one cell.
type curveHour struct {
	from   int64
	counts [NumCurve]CurveCount
}

// curves holds, by cell, the last hours in which there was a first reply, oldest
// first. It is kept apart from the rows: it is of queue x channel only, and by
// the hour.
type curves [][]curveHour

// curveFrom returns where the hour of the curve begins that holds t: with the
// local hour or, where a day begins within it, with the day.
func (e *Engine) curveFrom(cell int32, t int64) int64 {
	f := e.floors[e.cells[cell].floor]
	_, offset := time.UnixMilli(t).In(f.settings.Zone).Zone()
	local := t + int64(offset)*1000
	start, _ := dayAround(f.settings, t)
	return max(t-(local%hourMillis+hourMillis)%hourMillis, start)
}

// curveAt returns the counts of a span of the hour that holds t, nil where that
// hour is not kept, or not begun unless begin says so.
func (e *Engine) curveAt(cell int32, t int64, span int, begin bool) *CurveCount {
	if cell < 0 || int(cell) >= len(e.cells) || span < 0 || span >= NumCurve {
		return nil
	}
	oldest := e.now - curveMillis
	from := e.curveFrom(cell, t)
	if from < oldest {
		return nil
	}
	for int(cell) >= len(e.curves) {
		e.curves = append(e.curves, nil)
	}
	hours := e.curves[cell]
	at, found := slices.BinarySearchFunc(hours, from, func(h curveHour, from int64) int { return cmp.Compare(h.from, from) })
	if !found {
		if !begin {
			return nil
		}
		hours = slices.Insert(hours, at, curveHour{from: from})
		past := 0
		for hours[past].from < oldest {
			past++
		}
		at -= past
		e.curves[cell] = slices.Delete(hours, 0, past)
	}
	return &e.curves[cell][at].counts[span]
}

// curveReply counts a first reply, in a way that can be taken back, and notes
// with the session where: from here on its clock and owner say that.
func (e *Engine) curveReply(s *sess, t, took int64) {
	span := curveSpan(took)
	if e.journal.on {
		x, _ := e.journal.ops.Push()
		*x = op{kind: opCurve, owner: owner{cell: s.cell}, t: t}
		x.fact.Code, x.fact.N = uint8(span), 1
	}
	e.countCurve(s.cell, t, span, 1)
	s.startRank, s.start, s.owner = startReplied+uint8(span), s.rel(t), ^s.cell
}

func (e *Engine) countCurve(cell int32, t int64, span int, n int64) {
	if c := e.curveAt(cell, t, span, n > 0); c != nil {
		c.Sessions += n
	}
}

// replied says where the first reply of an episode was counted.
type replied struct {
	cell int32 // 0: it was not
	at   int32 // ms after the start of the episode
}

// replied returns where the session's first reply was counted, and in which
// span.
func (s *sess) replied() (replied, uint8) {
	if s.startRank < startReplied {
		return replied{}, 0
	}
	return replied{cell: ^s.owner, at: s.start}, s.startRank - startReplied
}

// mirrorReply keeps where the first reply of the episode was counted. Of a
// session made whole again only the visit knows.
func (v *visit) mirrorReply(s *sess) {
	if s.owner <= 0 {
		v.answer, v.span = s.replied()
	}
}

// curveOrder counts the order of the event that is credited to a session, beside
// the session's first reply. Without one, or before it, there is no answer that
// led to it.
func (e *Engine) curveOrder(session uint64, n *note) {
	x := &e.visits
	var best *visit
	for ref, pos := x.bySession.First(session); ref >= 0; ref, pos = x.bySession.Next(session, pos) {
		if v := x.slab.At(ref); v.session == session && v.answer.cell != 0 && (best == nil || v.base < best.base) {
			best = v
		}
	}
	if best != nil {
		e.sellCurve(best.base, best.answer, best.span, n)
	}
}

func (e *Engine) sellCurve(base int64, r replied, span uint8, n *note) {
	t := base + int64(r.at)
	if r.cell == 0 || t > n.time {
		return
	}
	c := e.curveAt(r.cell, t, int(span), false)
	if c == nil {
		return
	}
	c.Orders++
	if e.ownCurrency(e.floors[e.cells[r.cell].floor], n.class) {
		c.Amount += n.due
	}
}

// curvesOf lists a floor's hours, cell by cell; none between the quarters of an
// hour, at which they are gathered: nothing shows them as they grow.
func (e *Engine) curvesOf(f *floorState) []CurveHour {
	if e.now%curveStep != 0 {
		return nil
	}
	n := 0
	for _, i := range f.cells {
		if int(i) < len(e.curves) {
			n += len(e.curves[i])
		}
	}
	out := make([]CurveHour, 0, n)
	for _, i := range f.cells {
		if int(i) >= len(e.curves) {
			continue
		}
		k := e.cells[i]
		var queue clean.Text
		if k.queue != noRef {
			queue = e.queues[k.queue].id
		}
		for _, h := range e.curves[i] {
			if h.from >= e.now-curveMillis {
				out = append(out, CurveHour{Channel: e.chans[k.channel].id, Queue: queue, From: h.from, Counts: h.counts})
			}
		}
	}
	return out
}

// code visits the hours. What is read is checked to be in order.
func (x *curves) code(c *checkpoint.Coder, cells int) {
	store.Slice(c, (*[][]curveHour)(x), func(c *checkpoint.Coder, hours *[]curveHour) {
		store.Slice(c, hours, func(c *checkpoint.Coder, h *curveHour) {
			c.Int64(&h.from)
			for i := range h.counts {
				CodeCurve(c, &h.counts[i])
			}
		})
		if !slices.IsSortedFunc(*hours, func(a, b curveHour) int { return cmp.Compare(a.from, b.from) }) {
			c.Fail("metrics: hours of a curve out of order")
		}
	})
	if len(*x) > cells {
		c.Fail("metrics: curves of %d cells, of %d", len(*x), cells)
	}
}

// CodeCurve writes or reads what is counted of a span.
func CodeCurve(c *checkpoint.Coder, k *CurveCount) {
	c.Int64(&k.Sessions)
	c.Int64(&k.Orders)
	c.Int64(&k.Amount)
}
