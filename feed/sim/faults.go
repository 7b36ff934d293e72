package sim

import (
	"iter"
	"math/rand/v2"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Faults says what share of a stream goes wrong on its way, each in [0,1]. The
// same faults spoil the same stream in the same way. Everything but Skew is
// added to the stream or only delayed, so a board that keeps its promises
// shows the same numbers as without.
type Faults struct {
	Seed      uint64
	Duplicate float64 // delivered again, up to a thousand events later
	Reorder   float64 // delivered late
	ReorderBy int64   // by at most this many ms; 0 reads as 4,000, inside a board's hold of 5 s
	Unknown   float64 // an event of a type nobody knows is put beside it
	Future    float64 // a heartbeat from ten minutes ahead is put beside it
	Malformed float64 // see Junk
	Skew      float64 // its time is up to 3 s too early: a clock that goes slow
}

// duplicateReach is how many later events a duplicate may let pass: far more
// than a retry needs, far less than any de-duplication horizon.
const duplicateReach = 1000

// futureBy is how far ahead a future event is, ms: beyond the minute a board
// allows.
const futureBy = 10 * millisPerMinute

// held is an event on its way.
type held struct {
	due   int64 // delivered when the stream's time reaches it
	order int
	event metrics.Event
}

// Spoil delivers events, which come in order of time, with f's faults. Every
// event delivered carries the stream's time as its arrival, and may be kept.
func (f Faults) Spoil(events iter.Seq[*metrics.Event]) iter.Seq[*metrics.Event] {
	return func(yield func(*metrics.Event) bool) {
		sp := spoiler{Faults: f, draw: rand.New(rand.NewPCG(f.Seed, 0x6661_756c_7473)), yield: yield}
		if sp.ReorderBy == 0 {
			sp.ReorderBy = 4 * second
		}
		for e := range events {
			sp.accept(*e)
			if !sp.deliver(e.Time) {
				return
			}
		}
		if last := len(sp.late); last > 0 {
			sp.deliver(sp.late[last-1].due)
		}
		for _, d := range sp.again {
			d.event.Arrival = sp.now
			if !yield(&d.event) {
				return
			}
		}
	}
}

type spoiler struct {
	Faults
	draw  *rand.Rand
	yield func(*metrics.Event) bool
	late  []*held // by due, then order
	again []*held // duplicates; due counts deliveries
	order int
	sent  int
	now   int64
}

func (sp *spoiler) hits(share float64) bool { return share > 0 && sp.draw.Float64() < share }

// accept takes the next event and decides its fate.
func (sp *spoiler) accept(e metrics.Event) {
	due := e.Time
	if sp.hits(sp.Skew) {
		e.Time -= sp.draw.Int64N(3 * second)
	}
	if sp.hits(sp.Reorder) {
		due += 1 + sp.draw.Int64N(sp.ReorderBy)
	}
	sp.hold(due, e)
	if sp.hits(sp.Duplicate) {
		sp.again = append(sp.again, &held{due: int64(sp.sent + 1 + sp.draw.IntN(duplicateReach)), order: sp.order, event: e})
	}
	if sp.hits(sp.Unknown) {
		sp.hold(e.Time, metrics.Event{Type: metrics.TypeUnknown, Time: e.Time, ID: clean.Own("unknown-" + e.ID.String()),
			Source: e.Source, Floor: e.Floor, Reason: clean.Own("session.teleported")})
	}
	if sp.hits(sp.Future) {
		sp.hold(e.Time, metrics.Event{Type: metrics.TypeSourceHeartbeat, Time: e.Time + futureBy, ID: clean.Own("future-" + e.ID.String()),
			Source: clean.Own("/from/the/future"), Floor: e.Floor, HeartbeatOpen: -1})
	}
}

func (sp *spoiler) hold(due int64, e metrics.Event) {
	sp.order++
	h := &held{due: due, order: sp.order, event: e}
	at := len(sp.late)
	for at > 0 && sp.late[at-1].due > due {
		at--
	}
	sp.late = slices.Insert(sp.late, at, h)
}

// deliver hands on what is due by t, and duplicates whose turn has come.
func (sp *spoiler) deliver(t int64) bool {
	sp.now = max(sp.now, t)
	n := 0
	for n < len(sp.late) && sp.late[n].due <= t {
		h := sp.late[n]
		h.event.Arrival = max(h.due, h.event.Arrival)
		n++
		sp.sent++
		if !sp.yield(&h.event) {
			return false
		}
	}
	sp.late = slices.Delete(sp.late, 0, n)
	for i := 0; i < len(sp.again); {
		d := sp.again[i]
		if d.due > int64(sp.sent) || sp.onItsWay(d.event.ID) {
			i++
			continue
		}
		sp.again = slices.Delete(sp.again, i, i+1)
		d.event.Arrival = sp.now
		if !sp.yield(&d.event) {
			return false
		}
	}
	return true
}

// onItsWay says whether the first of an id is still held back: its duplicate
// must not come before it.
func (sp *spoiler) onItsWay(id clean.Text) bool {
	return slices.ContainsFunc(sp.late, func(h *held) bool { return h.event.ID == id })
}

// Junk makes a maker of broken payloads: for the encoded event it is given it
// returns, with probability Malformed, a damaged copy to be sent beside it,
// else nil.
func (f Faults) Junk() func(payload []byte) []byte {
	draw := rand.New(rand.NewPCG(f.Seed, 0x6a75_6e6b))
	return func(payload []byte) []byte {
		if len(payload) < 8 || draw.Float64() >= f.Malformed {
			return nil
		}
		bad := slices.Clone(payload)
		switch draw.IntN(5) {
		case 0:
			return bad[:1+draw.IntN(len(bad)-1)] // cut off: no JSON
		case 1:
			return append(bad, "{}"...) // two documents
		case 2:
			bad[1+draw.IntN(len(bad)-2)] = 0xff // never UTF-8
			return bad
		case 3:
			return append([]byte(`[`), append(bad, ']')...) // a batch
		default:
			return append([]byte(`{"specversion":"9.9","id":7,`), bad[1:]...) // names twice, a version of its own
		}
	}
}
