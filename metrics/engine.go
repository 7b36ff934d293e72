package metrics

import (
	"errors"
	"fmt"

	"wallboard/metrics/clean"
	"wallboard/metrics/dedup"
	"wallboard/metrics/store"
	"wallboard/metrics/window"
)

// lingerMillis is how long a closed session stays whole: its wrap may still
// begin, and an overflowed one may be queued again.
const lingerMillis = 90_000

// continueMillis is how soon after an overflow the same id continues its episode.
const continueMillis = 60_000

// Engine folds events into base figures. Its state is a pure function of its
// settings, the events in their order and the clock ticks: one goroutine owns
// it. Times are milliseconds since the epoch.
type Engine struct {
	settings Settings
	service  serviceTable
	bases    Bases
	now      int64 // engine clock, 0 before the first tick
	due      int64 // no timer fires before it
	order    uint64

	names  names
	rows   []*rowState
	floors []*floorState
	chans  []*chanState
	queues []*queueState
	teams  []*teamState
	agents []*agentState
	cells  []*cellState
	groups []*group

	sessions  store.Slab[sess]
	byID      store.Index
	ids       store.Texts
	legs      store.Slab[leg]
	closed    remembered
	visits    visits
	patrons   patrons
	orders    orders
	grievance grievances
	curves    curves
	reborn    int64 // start of the first episode of the session that begins anew, 0 none
	lingering store.Ring[lingerer]
	past      pastLegs
	timers    timerHeap
	ids48     *dedup.Set

	journal journal
	held    holdBack
	aim     target
	facts   batch
	at0     int64 // time of the event being folded
	slopes  []window.Fact
	batch   []note // room to sort events in
	pending []note

	health  healthState
	changes uint64 // rises with every change a snapshot could show
	views   viewCache
	scratch window.Scratch // room in which the series close their minutes
	sighted uint64         // means nothing, see Foresee
}

// NewEngine checks the settings and returns an engine that has seen nothing.
func NewEngine(s Settings) (*Engine, error) {
	if err := checkSettings(s); err != nil {
		return nil, err
	}
	l := s.Limits
	e := &Engine{settings: s, due: noTime, service: newServiceTable(s), bases: Bases{s.Quality.ConversionBase, s.Quality.ProductivityBase}}
	e.ids48 = dedup.New(l.DedupIDs, l.DedupMaxIDs, l.DedupFor.Milliseconds())
	e.names.init()
	e.health.init()
	return e, nil
}

func checkSettings(s Settings) error {
	l := s.Limits
	for _, row := range []struct {
		name string
		n    int
	}{
		{"agents", l.Agents}, {"queues", l.Queues}, {"channels", l.Channels}, {"topics", l.Topics},
		{"open sessions", l.OpenSessions}, {"floors", l.Floors}, {"remembered sessions", l.RememberedSessions},
		{"ids", l.DedupIDs}, {"ids at most", l.DedupMaxIDs},
	} {
		if row.n < 1 {
			return fmt.Errorf("metrics: check settings: limit of %s is %d, below 1", row.name, row.n)
		}
	}
	if l.HoldBack < 0 || l.RememberFor < 0 || l.DedupFor < 0 {
		return errors.New("metrics: check settings: a duration among the limits is negative")
	}
	if s.Floor.Zone == nil {
		return errors.New("metrics: check settings: the floors have no time zone")
	}
	for id, f := range s.Floors {
		if f.Zone == nil {
			return fmt.Errorf("metrics: check settings: floor %q has no time zone", id)
		}
	}
	for id, c := range s.Channels {
		if c.OrphanAfter <= 0 || c.ReplyWithin <= 0 {
			return fmt.Errorf("metrics: check settings: channel %q: orphan_after and reply_within must be positive", id)
		}
	}
	if s.Channel.OrphanAfter <= 0 || s.Channel.ReplyWithin <= 0 {
		return errors.New("metrics: check settings: orphan_after and reply_within must be positive")
	}
	return nil
}

// Now returns the engine clock, 0 before the first tick.
func (e *Engine) Now() int64 { return e.now }

// Apply takes one decoded event and counts it as exactly one of applied,
// duplicate, ancient, misfit, unknown or held. Texts it keeps are copied. The
// clock does not move.
func (e *Engine) Apply(ev *Event) {
	if e.Receive(ev) {
		e.Fold(ev)
	}
}

// Receive is the first half of Apply: it counts the event as received and says
// whether it is to be folded in; a duplicate and an unknown type are not.
// Where events move the clock, the caller ticks in between, so that what has no
// effect moves nothing.
func (e *Engine) Receive(ev *Event) bool {
	e.health.received++
	e.changes++
	src := e.sourceOf(e.floorOf(ev.Floor), ev.Source)
	if !ev.ID.Empty() && e.ids48.Seen(mix(src.hash, hashText(ev.ID.String())), e.now) {
		e.health.duplicates++
		return false
	}
	if ev.Type == TypeUnknown || ev.Type >= NumEventTypes {
		e.health.unknown++
		e.health.unknownType(ev.Reason)
		return false
	}
	return true
}

// Fold is the second half of Apply, for an event that was received.
func (e *Engine) Fold(ev *Event) {
	e.changes++ // a snapshot may have been taken since it was received
	f := e.floorOf(ev.Floor)
	src := e.sourceOf(f, ev.Source)
	t := e.timeOf(ev)
	e.heard(src, ev, t)
	if e.now > 0 && (t < f.dayStart && f.dayStart <= e.now || t < e.now-24*hourMillis) {
		e.health.ancient++
		return
	}
	e.order++
	n := note{typ: ev.Type, time: t, order: e.order, floor: f.index, agent: noRef, queue: noRef, toQueue: noRef, toAgent: noRef, channel: noRef}
	switch {
	case ev.Type.Session():
		e.takeSession(f, ev, &n)
		src.spoke.of(&n)
	case ev.Type.Agent():
		e.takeAgent(f, ev, t)
		e.flush()
		e.applied(t)
	case ev.Type == TypePlanInterval:
		e.takePlan(f, ev)
		e.applied(t)
	default: // a heartbeat has been heard
		e.applied(t)
	}
}

// timeOf returns when the event counts as having happened.
func (e *Engine) timeOf(ev *Event) int64 {
	t, arrival := ev.Time, ev.Arrival
	if t == 0 {
		e.health.noTime++
		if arrival == 0 {
			return e.now
		}
		return arrival
	}
	if arrival != 0 && t > arrival+futureMillis {
		e.health.future++
		return arrival
	}
	return t
}

// applied counts an event that had its effect, late or not.
func (e *Engine) applied(t int64) {
	e.health.applied++
	e.markLate(t)
}

func (e *Engine) markLate(t int64) {
	if e.now > 0 && t < e.now-e.now%msMinute {
		e.health.late++
	}
}

const (
	msMinute = int64(60_000)

	futureMillis = int64(60_000)
	noTime       = int64(1) << 62
	noRef        = int32(-1)
)

// takeSession finds the session of the event and folds it, or holds it back.
func (e *Engine) takeSession(f *floorState, ev *Event, n *note) {
	id := ev.Session.String()
	n.hash = mix(uint64(f.index)+1, hashText(id))
	ref := e.find(f.index, n.hash, id)
	e.read(f, ev, n, ref)
	if ref >= 0 {
		s := e.sessions.At(ref)
		if s.flags&fHeld == 0 && e.inOrder(s, n) && e.foldOne(ref, s, n) {
			e.applied(n.time)
			return
		}
		e.reorder(ref, n, id)
		return
	}
	if !n.begins() {
		if ref = e.recall(n, id); ref == noRef {
			e.hold(n, id, e.now+e.settings.Limits.HoldBack.Milliseconds())
			return
		}
		e.reorder(ref, n, id)
		return
	}
	ref = e.admit(n, id)
	if !e.held.waits(n.hash) && e.foldOne(ref, e.sessions.At(ref), n) {
		e.applied(n.time)
		return
	}
	e.reorder(ref, n, id)
}

// Reject counts an input that could not be decoded. at is its arrival.
func (e *Engine) Reject(reason string, at int64, sample clean.Text) {
	e.health.received++
	e.changes++
	e.health.reject(reason, at, sample)
}

// NoteCleaned counts strings that had to be changed before they could be kept.
func (e *Engine) NoteCleaned(n int64) {
	e.health.cleaned += n
	if n > 0 {
		e.changes++
	}
}
