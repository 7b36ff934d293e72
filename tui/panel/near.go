package panel

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// Near is a figure of a queue that no breach speaks of, and how close it is to
// its limit.
type Near struct {
	Key          metrics.Key
	KPI          string
	Value, Limit float64
	Side         Side
	used         float64 // of the way to the limit, in [0,1]
}

// Side is on which side of its limit a figure is that is no breach.
type Side uint8

// A figure beyond its limit is no breach yet where it has to be there for longer,
// or where too few were counted to be sure.
const (
	Within Side = iota
	Unsure
	NotLongEnough
)

// nearEvery is how long, in ms of the engine clock, what is closest stays: names
// that change place every second cannot be read.
const nearEvery = 15_000

// mostNear is how many are kept, and nearFrom from how much of the way on.
const (
	mostNear = 4
	nearFrom = .2
)

// nearby is what is closest to a limit, as it was looked for last.
type nearby struct {
	at    int64
	floor string
	list  []Near
	found []Near // as they are now
	read  int64  // when that was
}

// nearest returns at most n figures that are closest to a limit that does not
// move, those beyond it first, then the closest. Which they are is settled every
// quarter of a minute, and when one goes beyond or comes back; their values are
// read afresh.
func (s *Scene) nearest(n int) []Near {
	if n <= 0 || len(s.Rules) == 0 || s.Floor == nil {
		return nil
	}
	s.lookForNear()
	return s.near.list[:min(n, len(s.near.list))]
}

// watched counts the queues without a breach that have a figure beyond its limit.
func (s *Scene) watched() int {
	if len(s.Rules) == 0 || s.Floor == nil {
		return 0
	}
	s.lookForNear()
	n := 0
	for _, near := range s.near.found {
		n += claim(near.Side != Within)
	}
	return n
}

// lookForNear looks once a snapshot, and puts what it found into its place.
func (s *Scene) lookForNear() {
	l, floor := &s.near, s.Floor.ID.String()
	if l.read == s.At && l.floor == floor {
		return
	}
	s.findNear()
	at := s.At/nearEvery + 1
	if l.at != at || l.floor != floor || !sameBeyond(l.found, l.list) {
		l.list = append(l.list[:0], l.found[:min(mostNear, len(l.found))]...)
	}
	l.read, l.at, l.floor = s.At, at, floor
	for i := range l.list {
		if row := s.RowOf(l.list[i].Key); row != nil {
			if now := s.howNear(l.list[i].KPI, row); now.KPI != "" {
				l.list[i] = now
			}
		}
	}
}

// sameBeyond says whether the places that are shown as beyond a limit still are
// the first of those that are.
func sameBeyond(found, list []Near) bool {
	shown := 0
	for _, one := range list {
		if one.Side == Within {
			continue
		}
		shown++
		if i := slices.IndexFunc(found, func(n Near) bool { return n.Key == one.Key }); i < 0 || found[i].Side == Within {
			return false
		}
	}
	there := 0
	for _, one := range found {
		there += claim(one.Side != Within)
	}
	return shown == min(there, mostNear)
}

func (s *Scene) findNear() {
	s.near.found = s.near.found[:0]
	for _, q := range s.Floor.Tables {
		if q.Closed || !s.Shows(q) || s.RowLevel(q.Row) >= metrics.LevelWarn {
			continue
		}
		best := Near{used: nearFrom}
		for _, id := range [...]string{OldestWait, UnansweredOldest, FRTp90, ServiceLevelLive, AbandonRate, SlotUtilization, ExpectedWait} {
			if one := s.howNear(id, q.Row); closer(one, best) < 0 {
				best = one
			}
		}
		if best.KPI != "" {
			s.near.found = append(s.near.found, best)
		}
	}
	slices.SortStableFunc(s.near.found, closer)
}

// closer orders what is closest to its limit, what will be a breach soon first.
func closer(a, b Near) int {
	return cmp.Or(-cmp.Compare(a.Side, b.Side), -cmp.Compare(a.used, b.used))
}

// howNear says how much of the way to its limit a figure of a row has gone.
func (s *Scene) howNear(id string, row *metrics.Row) Near {
	r := rule.Fixed(s.Rules, id, row.Key)
	k := kpi.Find(id)
	if r == nil || k == nil {
		return Near{}
	}
	v, limit := s.Once(id, row, r.Window), *r.Warn
	if !v.OK || v.N < r.MinN {
		return Near{}
	}
	near := Near{Key: row.Key, KPI: id, Value: v.V, Limit: limit}
	switch {
	case k.Direction == kpi.Less && limit > 0:
		near.used = v.V / limit
	case k.Direction == kpi.More && k.Unit == kpi.UnitPercent && limit < 100:
		near.used = (100 - v.V) / (100 - limit)
	}
	if near.used > 1 {
		near.used, near.Side = 1, sideOf(r, k, v)
	}
	return near
}

// sideOf says why a figure beyond its limit is no breach yet.
func sideOf(r *rule.Rule, k *kpi.KPI, v kpi.Value) Side {
	limit := *r.Warn
	switch {
	case !r.Confident:
		return NotLongEnough
	case k.Direction == kpi.Less && rule.Bound(v.V, v.N, -1) <= limit, k.Direction == kpi.More && rule.Bound(v.V, v.N, 1) >= limit:
		return Unsure
	}
	return NotLongEnough
}
