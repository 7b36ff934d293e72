package panel

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// Near is a figure of a queue that is within its limit, and how close.
type Near struct {
	Key          metrics.Key
	KPI          string
	Value, Limit float64
	used         float64 // of the way to the limit, in [0,1]
}

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
}

// nearest returns at most n figures that are closest to a limit that does not
// move, the closest first. Which they are is settled every quarter of a minute,
// their values are read afresh.
func (s *Scene) nearest(n int) []Near {
	if n <= 0 || len(s.Rules) == 0 || s.Floor == nil {
		return nil
	}
	if at := s.At/nearEvery + 1; s.near.at != at || s.near.floor != s.Floor.ID.String() {
		s.near.at, s.near.floor = at, s.Floor.ID.String()
		s.lookForNear()
	}
	list := s.near.list[:min(n, len(s.near.list))]
	for i := range list {
		if r, row := rule.Fixed(s.Rules, list[i].KPI, list[i].Key), s.RowOf(list[i].Key); r != nil && row != nil {
			if v := s.Once(list[i].KPI, row, r.Window); v.OK {
				list[i].Value = v.V
			}
		}
	}
	return list
}

func (s *Scene) lookForNear() {
	s.near.list = s.near.list[:0]
	for _, q := range s.Floor.Tables {
		if q.Closed || !s.Shows(q) {
			continue
		}
		best := Near{used: nearFrom}
		for _, id := range [...]string{OldestWait, UnansweredOldest, FRTp90, ServiceLevelLive, AbandonRate, SlotUtilization, ExpectedWait} {
			if one := s.howNear(id, q.Row); one.used > best.used {
				best = one
			}
		}
		if best.KPI != "" {
			s.near.list = append(s.near.list, best)
		}
	}
	slices.SortStableFunc(s.near.list, func(a, b Near) int { return -cmp.Compare(a.used, b.used) })
	s.near.list = s.near.list[:min(mostNear, len(s.near.list))]
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
	near.used = min(near.used, 1)
	return near
}
