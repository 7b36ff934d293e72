package history

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
)

// CurvePoint is what first replies within a span of time led to.
type CurvePoint struct {
	UpTo             time.Duration // highest first response time; 0: the last, which has none
	Sessions, Orders int64         // first replies; of their sessions, credited with an order
	AmountHundredths int64         // of those orders as paid, refunds not taken off; the floor's currency
}

// maxCurveHours bounds the hours of a day.
const maxCurveHours = maxSlots

// curve is one queue and channel's hours. An hour, once kept, is replaced, never
// changed, so copies share them.
type curve struct {
	channel, queue clean.Text // no queue: of none
	hours          []curveHour
}

type curveHour struct {
	from   int64
	counts [metrics.NumCurve]metrics.CurveCount
}

// HasCurve says whether the day kept its curve: days written by earlier builds
// did not.
func (d *Day) HasCurve() bool { return d.curved }

// Curve returns what the day's first replies of a floor, channel, queue, or
// queue and channel led to; nothing for other scopes. Sessions of a floor add up
// to its first replies.
func (d *Day) Curve(key metrics.Key) [metrics.NumCurve]CurvePoint {
	whole := d.Whole()
	return d.CurveOf(key, metrics.HourSpan{From: whole.From, To: max(whole.To, whole.From+1)})
}

// CurveOf is Curve of the first replies of an hour as Hours has it, or of
// several. An order counts in the hour of its session's first reply.
func (d *Day) CurveOf(key metrics.Key, span metrics.HourSpan) [metrics.NumCurve]CurvePoint {
	var out [metrics.NumCurve]CurvePoint
	for i := range out {
		out[i].UpTo = metrics.CurveUpTo(i)
	}
	for i := range d.curves {
		c := &d.curves[i]
		if !c.of(key) {
			continue
		}
		for k := range c.hours {
			if h := &c.hours[k]; h.from >= span.From && h.from < span.To {
				h.addTo(&out)
			}
		}
	}
	return out
}

// of says whether a scope holds the curve.
func (c *curve) of(key metrics.Key) bool {
	switch key.Scope {
	case metrics.ScopeFloor:
		return true
	case metrics.ScopeChannel:
		return c.channel == key.Channel
	case metrics.ScopeQueue:
		return c.queue == key.Queue
	case metrics.ScopeQueueChannel:
		return c.channel == key.Channel && c.queue == key.Queue
	}
	return false
}

func (h *curveHour) addTo(out *[metrics.NumCurve]CurvePoint) {
	for i, n := range h.counts {
		out[i].Sessions += n.Sessions
		out[i].Orders += n.Orders
		out[i].AmountHundredths += n.Amount
	}
}

func compareCurves(a, b curve) int {
	return cmp.Or(strings.Compare(a.channel.String(), b.channel.String()), strings.Compare(a.queue.String(), b.queue.String()))
}

func compareCurveHours(a, b curveHour) int { return cmp.Compare(a.from, b.from) }

// takeCurves keeps the day's hours of a snapshot, if it holds any, over what was
// kept of them, and says whether any differs.
func (d *Day) takeCurves(f *metrics.FloorView) bool {
	changed := false
	for i := range f.Curves {
		h := &f.Curves[i]
		if h.From < d.Start || d.End > 0 && h.From >= d.End {
			continue
		}
		changed = d.curveOf(h.Channel, h.Queue).take(curveHour{h.From, h.Counts}) || changed
	}
	return changed
}

func (d *Day) curveOf(channel, queue clean.Text) *curve {
	c := curve{channel: channel, queue: queue}
	at, found := slices.BinarySearchFunc(d.curves, c, compareCurves)
	if !found {
		d.curves = slices.Insert(d.curves, at, c)
	}
	return &d.curves[at]
}

func (c *curve) take(h curveHour) bool {
	at, found := slices.BinarySearchFunc(c.hours, h, compareCurveHours)
	switch {
	case !found && len(c.hours) == maxCurveHours:
		return false
	case !found:
		c.hours = slices.Insert(c.hours, at, h)
	case c.hours[at] == h:
		return false
	default:
		c.hours[at] = h
	}
	return true
}

// amendCurves has an order that is credited after the close change the closed
// day, as long as the snapshots hold the hour of the first reply.
func (q *Quarters) amendCurves(b *book, f *metrics.FloorView) {
	if b.closed != nil {
		b.dirty = b.closed.takeCurves(f) || b.dirty
	}
}

// frozenCurves returns a copy that no longer changes.
func frozenCurves(list []curve) []curve {
	out := slices.Clone(list)
	for i := range out {
		out[i].hours = slices.Clone(out[i].hours)
	}
	return out
}

// codeCurves writes or reads a day's curves. What is read is checked to be in
// order and within the day.
func codeCurves(c *checkpoint.Coder, d *Day) {
	c.Bool(&d.curved)
	codeList(c, &d.curves, maxTracks, func(c *checkpoint.Coder, k *curve) {
		codeText(c, &k.channel)
		codeText(c, &k.queue)
		codeList(c, &k.hours, maxCurveHours, func(c *checkpoint.Coder, h *curveHour) {
			c.Int64(&h.from)
			if c.Err() == nil && (h.from < d.Start || d.End > 0 && h.from >= d.End) {
				c.Fail("history: an hour of a curve beyond its day")
			}
			for i := range h.counts {
				metrics.CodeCurve(c, &h.counts[i])
			}
		})
		if c.Reading() && !increasing(k.hours, compareCurveHours) {
			c.Fail("history: hours of a curve out of order")
		}
	})
	if c.Reading() && !increasing(d.curves, compareCurves) {
		c.Fail("history: curves out of order")
	}
}

// increasing says whether each is above the one before.
func increasing[T any](list []T, compare func(a, b T) int) bool {
	for i := 1; i < len(list); i++ {
		if compare(list[i-1], list[i]) >= 0 {
			return false
		}
	}
	return true
}
