package metrics

import (
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// maxUsed is how many channels of one agent are told apart over time; further
// ones share the last place.
const maxUsed = 6

// piece is a stretch of an agent's time line: from t until the next piece
// begins, or for good.
type piece struct {
	t        int64
	share    int64 // integral of ShareUnit / slots up to t
	presence Presence
	said     bool // the presence was said at t
	ring     int16
	slots    int16
	used     [maxUsed]int16
}

// shift is a change of the time line from some moment on.
type shift struct {
	slots, talk, ring int16
	presence          int8  // keepPresence: none
	channel           int32 // place among the agent's channels, noRef for none
}

const keepPresence int8 = -1

// rates are what an agent's time adds to per ms, in the order of rateCounts.
type rates [11]int32

var rateCounts = [11]fact.Count{
	fact.BusyMs, fact.LegMs, fact.AvailableMs, fact.IdleMs, fact.OnlineMs, fact.PausedMs, fact.DrainingMs,
	fact.SlotUsedMs, fact.SlotMs, fact.LoadShareMs, fact.LoadPeopleMs,
}

const (
	rateBusy = iota
	rateLeg
	rateAvailable
	rateIdle
	rateOnline
	ratePaused
	rateDraining
	rateUsed
	rateSlots
	rateLoad
	rateLoadPeople
)

// ratesOf says what a piece adds per ms.
func (e *Engine) ratesOf(a *agentState, p *piece) rates {
	var r rates
	if a.bot {
		return r
	}
	if p.slots > 0 {
		r[rateBusy] = 1
	}
	r[rateLeg] = int32(p.slots)
	if p.presence != PresenceUnknown && p.presence != PresenceOffline {
		r[rateOnline] = 1
	}
	switch p.presence {
	case PresencePaused:
		r[ratePaused] = 1
		r[rateDraining] = r[rateBusy]
	case PresenceAway:
		r[rateDraining] = r[rateBusy]
	case PresenceAvailable:
		r[rateAvailable] = 1
		if p.slots <= 0 && p.ring <= 0 {
			r[rateIdle] = 1
		}
		r[rateUsed] = int32(p.slots)
		r[rateSlots] = e.allSlots(a)
		if load, known := e.loadOf(a, &p.used); known {
			r[rateLoad], r[rateLoadPeople] = load, 1
		}
	}
	return r
}

// allSlots returns how many sessions the agent may have at once, 0 unknown.
func (e *Engine) allSlots(a *agentState) int32 {
	sum := int32(0)
	for k := range a.chans {
		sum += e.slotsOf(a, k)
	}
	if a.hasCapacity && a.total > 0 && (sum == 0 || a.total < sum) {
		return a.total
	}
	return sum
}

// loadOf returns the share of the agent that is in use, in ShareUnit: all of
// it with an exclusive session, else the sum over channels of used / slots, at
// most all. It is not known where no capacity is.
func (e *Engine) loadOf(a *agentState, used *[maxUsed]int16) (load int32, known bool) {
	sum := int64(0)
	for k := range a.chans {
		slots := e.slotsOf(a, k)
		known = known || slots > 0
		u := int64(0)
		if k < maxUsed {
			u = int64(used[k])
		}
		switch {
		case u <= 0:
		case a.chans[k].exclusive || slots == 0:
			sum += fact.ShareUnit
		default:
			sum += u * fact.ShareUnit / int64(slots)
		}
	}
	return int32(min(sum, fact.ShareUnit)), known
}

// shareAt returns the integral of the agent's 1/slots up to t, in ShareUnit:
// what a leg open all along would have been given of the agent's busy time.
func (e *Engine) shareAt(a *agentState, t int64) int64 {
	for i := len(a.hist) - 1; i >= 0; i-- {
		if p := &a.hist[i]; p.t <= t {
			return p.shareAt(t)
		}
	}
	if len(a.hist) > 0 {
		return a.hist[0].share
	}
	return 0
}

func (p *piece) shareAt(t int64) int64 {
	if p.slots <= 0 {
		return p.share
	}
	return p.share + (t-p.t)*fact.ShareUnit/int64(p.slots)
}

// shiftTime changes the agent's time line from t on, in a way that can be
// taken back.
func (e *Engine) shiftTime(a *agentState, t int64, sh shift) {
	if e.journal.on {
		x, _ := e.journal.ops.Push()
		x.kind, x.owner, x.t, x.shift = opTime, owner{agent: a.index}, t, sh
	}
	e.doShift(a, t, sh)
}

// doShift finds the pieces from t on, changes each and writes the difference.
// Mostly t is at or after the last piece; one that arrives late moves what was
// between, as far back as the pieces reach.
func (e *Engine) doShift(a *agentState, t int64, sh shift) {
	if len(a.hist) == 0 {
		a.hist = append(a.hist, piece{t: t, presence: a.presence})
	}
	t = max(t, a.hist[0].t)
	i := len(a.hist) - 1
	for a.hist[i].t > t {
		i--
	}
	if a.hist[i].t != t {
		p := a.hist[i]
		p.share, p.t, p.said = p.shareAt(t), t, false
		i++
		a.hist = append(a.hist, piece{})
		copy(a.hist[i+1:], a.hist[i:])
		a.hist[i] = p
	}
	var before pace
	moved := false
	for j := i; j < len(a.hist); j++ {
		p := &a.hist[j]
		if j > i && sh.presence != keepPresence && p.said {
			sh.presence = keepPresence // from here on it was said otherwise
		}
		was := e.paceOf(a, p)
		if j > i {
			last := &a.hist[j-1]
			if share := last.shareAt(p.t); share != p.share {
				e.reshare(a, p.t, share-p.share)
				p.share = share
			}
		}
		sh.change(p, j == i)
		now := e.paceOf(a, p)
		diff := now.less(&was)
		step := diff
		if j > i {
			step = diff.less(&before)
		}
		if e.write(a, p.t, &step) {
			moved = true
		}
		before = diff
	}
	if moved || sh.ring != 0 {
		e.touchAgent(a)
	}
	e.trimHist(a)
}

// change applies the shift to one piece.
func (sh *shift) change(p *piece, first bool) {
	p.slots += sh.slots
	p.ring += sh.ring
	if sh.channel != noRef {
		p.used[min(sh.channel, maxUsed-1)] += sh.slots
	}
	if sh.presence != keepPresence {
		p.presence = Presence(sh.presence)
		p.said = p.said || first
	}
}

// reshare corrects the legs that began after a moment whose share has moved.
func (e *Engine) reshare(a *agentState, t, by int64) {
	for i := range a.legs {
		if l := e.legs.At(a.legs[i].leg); l.slot() && l.begin >= t {
			l.share += by
		}
	}
}

// pace is the rates of an agent and of its channels.
type pace struct {
	all      rates
	channels [maxUsed][4]int32 // leg, busy, used, slots
}

func (e *Engine) paceOf(a *agentState, p *piece) pace {
	out := pace{all: e.ratesOf(a, p)}
	if a.bot {
		return out
	}
	for k := range min(len(a.chans), maxUsed) {
		u := int32(p.used[k])
		c := &out.channels[k]
		c[0] = u
		if u > 0 {
			c[1] = 1
		}
		if p.presence == PresenceAvailable {
			if slots := e.slotsOf(a, k); slots > 0 {
				c[2], c[3] = u, slots // with no slot they are not of the channel
			}
		}
	}
	return out
}

func (p *pace) less(q *pace) pace {
	out := *p
	for i := range out.all {
		out.all[i] -= q.all[i]
	}
	for k := range out.channels {
		for i := range out.channels[k] {
			out.channels[k][i] -= q.channels[k][i]
		}
	}
	return out
}

// write adds a difference of rates to the rows it belongs to, from t on.
func (e *Engine) write(a *agentState, t int64, d *pace) bool {
	facts := e.slopes[:0]
	for i, v := range d.all {
		if v != 0 {
			facts = append(facts, window.Fact{Kind: window.FactSlope, Code: uint8(rateCounts[i]), N: int64(v)})
		}
	}
	if len(facts) > 0 {
		e.writeRow(e.rows[e.floors[a.floor].row], t, facts)
		e.writeRow(e.rows[a.row], t, facts)
		if a.team != noRef {
			e.writeRow(e.rows[e.teams[a.team].row], t, facts)
		}
	}
	for k := range min(len(a.chans), maxUsed) {
		if d.channels[k] != ([4]int32{}) {
			e.writeChannel(a, k, t, &d.channels[k])
		}
	}
	if d.all[rateUsed]|d.all[rateSlots]|d.all[rateLoad]|d.all[rateLoadPeople] != 0 {
		e.writeGroup(a, t, d)
	}
	e.slopes = facts[:0]
	return len(facts) > 0
}

func (e *Engine) writeRow(r *rowState, t int64, facts []window.Fact) {
	r.touch(e, t)
	r.series.Take(t, facts)
}

func (e *Engine) writeChannel(a *agentState, k int, t int64, d *[4]int32) {
	var room [4]window.Fact
	facts := room[:0]
	for i, v := range d {
		if v != 0 {
			facts = append(facts, window.Fact{Kind: window.FactSlope, Code: uint8(channelRates[i]), N: int64(v)})
		}
	}
	e.writeRow(e.rows[a.chans[k].row], t, facts)
	e.writeRow(e.rows[e.chans[a.chans[k].channel].row], t, facts)
}

var channelRates = [4]fact.Count{fact.LegMs, fact.BusyMs, fact.SlotUsedMs, fact.SlotMs}

// rebase changes what decides an agent's rates (capacity, team, membership)
// from t on: all that came before stays as it was counted.
func (e *Engine) rebase(a *agentState, t int64, change func()) {
	t = e.stopTime(a, t)
	change()
	e.startTime(a, t)
}

// stopTime ends everything the agent's time adds to, at t or at the last piece
// if that is later, and returns when it did.
func (e *Engine) stopTime(a *agentState, t int64) int64 {
	if len(a.hist) == 0 {
		return t
	}
	last := a.hist[len(a.hist)-1]
	t = max(t, last.t)
	last.share, last.t = last.shareAt(t), t
	stop := e.paceOf(a, &last)
	stop = (&pace{}).less(&stop)
	e.write(a, t, &stop)
	a.hist = append(a.hist[:0], last)
	return t
}

// startTime lets the agent's time count again from t on.
func (e *Engine) startTime(a *agentState, t int64) {
	e.touchAgent(a)
	e.regroup(a)
	if len(a.hist) == 0 {
		return
	}
	start := e.paceOf(a, &a.hist[0])
	e.write(a, t, &start)
}

// wideHist is how many pieces of a rush are kept room for.
const wideHist = 16

// trimHist drops the pieces that nothing can reach back to any more.
func (e *Engine) trimHist(a *agentState) {
	horizon := e.now - e.settings.Limits.HoldBack.Milliseconds()
	drop := 0
	for drop < len(a.hist)-1 && (a.hist[drop+1].t <= horizon || len(a.hist)-drop > 64) {
		drop++
	}
	if drop > 0 {
		a.hist = a.hist[:copy(a.hist, a.hist[drop:])]
		if cap(a.hist) > wideHist && len(a.hist) <= len(a.room.hist) {
			a.hist = append(a.room.hist[:0], a.hist...) // a rush has passed
		}
	}
}
