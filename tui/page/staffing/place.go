package staffing

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/page"
	"wallboard/tui/panel"
)

// view is what the rows of the table are.
type view uint8

const (
	byTable view = iota // queue x channel
	byQueue
	byChannel
	byTeam
	numViews
)

// place is one row of the table: somewhere people are needed, or come from.
type place struct {
	row    *metrics.Row
	plan   *metrics.Row // whose plan is held against it; nil: none
	closed bool
	at     int // where it stood among the tables, or the rows, of its scope
}

// name is what the row is called.
func (pl place) name() clean.Text {
	switch k := pl.row.Key; k.Scope {
	case metrics.ScopeChannel:
		return k.Channel
	case metrics.ScopeTeam:
		return k.Team
	default:
		return k.Queue
	}
}

func placeID(pl place) string {
	return pl.name().String() + "\x00" + pl.row.Key.Channel.String()
}

func matches(pl place, filter string) bool {
	return strings.Contains(strings.ToLower(pl.name().String()+"/"+pl.row.Key.Channel.String()), filter)
}

// collect lists the places of the view in force.
func (v *Staffing) collect(s *panel.Scene, into []place) []place {
	switch v.view {
	case byQueue:
		for _, r := range s.Floor.Queues {
			if s.View.Scope.Scope != metrics.ScopeQueue || r.Key.Queue == s.View.Scope.Queue {
				into = append(into, place{row: r, plan: r})
			}
		}
	case byChannel:
		for _, r := range s.Floor.Channels {
			if s.View.Scope.Scope != metrics.ScopeChannel || r.Key.Channel == s.View.Scope.Channel {
				into = append(into, place{row: r})
			}
		}
	case byTeam:
		for _, r := range s.Floor.Teams {
			if s.View.Scope.Scope != metrics.ScopeTeam || r.Key.Team == s.View.Scope.Team {
				into = append(into, place{row: r})
			}
		}
	default:
		v.channels(s)
		for i, q := range s.Floor.Tables {
			if s.Shows(q) {
				into = append(into, v.ofTable(s, i))
			}
		}
	}
	return into
}

// channels counts the channels of each queue: a plan is of a queue, and of its
// channel where it has but one.
func (v *Staffing) channels(s *panel.Scene) {
	clear(v.touching)
	for _, q := range s.Floor.Tables {
		v.touching[q.Queue]++
	}
}

func (v *Staffing) ofTable(s *panel.Scene, at int) place {
	q := s.Floor.Tables[at]
	pl := place{row: q.Row, closed: q.Closed, at: at}
	if v.touching[q.Queue] == 1 {
		pl.plan = queueRow(s, q.Queue)
	}
	return pl
}

// queueRow finds the row of a queue, nil where there is none.
func queueRow(s *panel.Scene, queue clean.Text) *metrics.Row {
	rows := s.Floor.Queues
	i, found := slices.BinarySearchFunc(rows, queue.String(), func(r *metrics.Row, id string) int { return strings.Compare(r.Key.Queue.String(), id) })
	if !found {
		return nil
	}
	return rows[i]
}

// fresh returns a place as it is in the scene now.
func (v *Staffing) fresh(s *panel.Scene, old place) (place, bool) {
	k := old.row.Key
	if k.Scope == metrics.ScopeQueueChannel {
		tables := s.Floor.Tables
		at := old.at
		if at >= len(tables) || tables[at].Row.Key != k {
			at = slices.IndexFunc(tables, func(q *metrics.QueueView) bool { return q.Row.Key == k })
		}
		if at < 0 {
			return old, false
		}
		return v.ofTable(s, at), true
	}
	if k.Scope == metrics.ScopeQueue {
		r := queueRow(s, k.Queue)
		return place{row: cmp.Or(r, old.row), plan: cmp.Or(r, old.row)}, r != nil
	}
	r := s.RowOf(k)
	if r == nil || r.Key != k {
		return old, false
	}
	return place{row: r}, true
}

// gapOf reads by how many people a place is short, negative, or how many it has
// to spare; NaN where that is not known.
func gapOf(s *panel.Scene, row *metrics.Row) float64 {
	v := s.Once(panel.StaffingGap, row, fact.Window15m)
	if !v.OK {
		return math.NaN()
	}
	return v.V
}

// quiet says that nothing happens in a place and nobody is there.
func quiet(_ *panel.Scene, pl place) bool {
	n := pl.row.Now
	if pl.row.Key.Scope == metrics.ScopeTeam {
		return n.Presence[metrics.PresenceAvailable]+n.Presence[metrics.PresencePaused]+n.Presence[metrics.PresenceAway] == 0
	}
	return pl.closed || n.Waiting == 0 && n.ActiveLegs == 0 && n.People == 0
}

// worstFirst is the table's own order: where nobody is for those who wait, then
// the widest gap; teams with the most idle people first, for they can go.
func (v *Staffing) worstFirst(s *panel.Scene, pl place) page.Place {
	if pl.row.Key.Scope == metrics.ScopeTeam {
		if quiet(s, pl) {
			return page.Place{Rank: 9}
		}
		return page.Place{Rank: 1, Value: -int64(v.census.done.idle[pl.row.Key.Team])}
	}
	gap, read := v.sum.gap[pl.row.Key]
	if !read {
		gap = gapOf(s, pl.row)
	}
	switch {
	case pl.row.Now.Uncovered:
		return page.Place{Rank: 0, Value: -int64(pl.row.Now.Waiting)}
	case quiet(s, pl):
		return page.Place{Rank: 9}
	case math.IsNaN(gap):
		return page.Place{Rank: 5}
	}
	return page.Place{Rank: 1, Value: int64(gap)}
}
