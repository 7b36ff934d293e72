package staffing

import (
	"cmp"
	"math"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/panel"
)

// sum is what all places of the floor come to, read when people are counted.
type sum struct {
	at     int64
	floor  clean.Text
	view   panel.View
	short  int                    // people, over the places that are short
	places int                    // that are short
	gaps   map[clean.Text]float64 // of each queue: that of its channel with the widest gap
	crews  map[metrics.Key]crew
	moves  []move
}

// move is a place that is short, and who could go there.
type move struct {
	to     *metrics.Row
	short  int
	helper *helper // nil: nobody
	count  int32
	crew   crew
}

// rank puts where nobody is before everything else.
func (m *move) rank() int {
	if m.to.Now.Uncovered {
		return 0
	}
	return 1
}

// maxMoves is how many places get a line of their own.
const maxMoves = 8

// reckon adds the places up and finds who could move, every few seconds.
func (v *Staffing) reckon(s *panel.Scene) {
	v.census.count(s)
	m := &v.sum
	if m.floor == s.Floor.ID && m.view == s.View && m.at/settleEvery == s.At/settleEvery && m.gaps != nil {
		return
	}
	*m = sum{at: s.At, floor: s.Floor.ID, view: s.View, gaps: map[clean.Text]float64{}, crews: map[metrics.Key]crew{}, moves: m.moves[:0]}
	for _, q := range s.Floor.Tables {
		gap := gapOf(s, q.Row)
		if q.Row.Now.Uncovered && !(gap < 0) {
			gap = -v.missing(s, q.Row)
		}
		if old, known := m.gaps[q.Queue]; !math.IsNaN(gap) && (!known || gap < old) {
			m.gaps[q.Queue] = gap
		}
		if s.Shows(q) && gap < 0 {
			m.short += int(-gap)
			m.places++
			m.moves = append(m.moves, move{to: q.Row, short: int(-gap)})
		}
	}
	slices.SortStableFunc(m.moves, func(a, b move) int { return cmp.Or(a.rank()-b.rank(), cmp.Compare(b.short, a.short)) })
	m.moves = m.moves[:min(len(m.moves), maxMoves)]
	v.findMoves(s)
}

// missing is how many people a place needs at which nobody is: at as many slots
// each as people of its channel have elsewhere, one at least.
func (v *Staffing) missing(s *panel.Scene, row *metrics.Row) float64 {
	w, _ := v.workload(s, row)
	if people := w.People(w.SlotsEach()); people > 1 {
		return people
	}
	return 1
}

// workload reads what a row's people are needed for. Where nobody is there it
// takes the slots of people of its channel elsewhere, and says so.
func (v *Staffing) workload(s *panel.Scene, row *metrics.Row) (w kpi.Workload, there bool) {
	r := &v.outlook.reader
	r.Reset(row, s.At)
	if w, there = r.Workload(); w.Here > 0 && w.SlotsHere > 0 {
		return w, there
	}
	if e := elsewhere(s, row); e != nil {
		w.Here, w.SlotsHere = e.Now.People, e.Now.Slots
	}
	return w, false
}

// elsewhere is the row of all that is on a row's channel, or of the floor.
func elsewhere(s *panel.Scene, row *metrics.Row) *metrics.Row {
	return s.RowOf(metrics.Key{Scope: metrics.ScopeChannel, Floor: row.Key.Floor, Channel: row.Key.Channel})
}

// findMoves looks for idle people for each place that is short, the widest gap
// first. Nobody is counted twice.
func (v *Staffing) findMoves(s *panel.Scene) {
	taken := map[*group]int32{}
	for i := range v.sum.moves {
		m := &v.sum.moves[i]
		m.crew = v.crewOf(s, m.to)
		for _, h := range v.helpers(s, m.to, m.crew) {
			left := h.group.idle - taken[h.group]
			if left <= 0 || h.short() || !h.able() {
				continue
			}
			m.count = min(left, int32(m.short))
			m.helper = &h
			taken[h.group] += m.count
			break
		}
	}
}

// crewOf returns what the people of a row come to, reckoned once in a while.
func (v *Staffing) crewOf(s *panel.Scene, row *metrics.Row) crew {
	c, known := v.sum.crews[row.Key]
	if !known {
		c = v.census.crewOf(row.Key.Queue, v.channelOf(s, row))
		v.sum.crews[row.Key] = c
	}
	return c
}

// channelOf is the place of a row's channel, -1 for a row of all channels.
func (v *Staffing) channelOf(s *panel.Scene, row *metrics.Row) int {
	if row.Key.Channel.Empty() {
		return -1
	}
	return channelIndex(s.Floor, row.Key.Channel)
}

// helper is a group elsewhere that could take work of a queue.
type helper struct {
	group    *group
	has, all int     // skills of the queue that they have; that there are
	gap      float64 // of their own queues, the widest; NaN: not known
}

// able says that the helper has every skill of the queue.
func (h *helper) able() bool { return h.has == h.all }

// short says that the helper is needed where they are.
func (h *helper) short() bool { return h.gap < 0 }

// helpers lists who elsewhere could take work of a row, the best first: with
// all skills, not needed where they are, the most idle.
func (v *Staffing) helpers(s *panel.Scene, row *metrics.Row, c crew) []helper {
	channel := v.channelOf(s, row)
	var out []helper
	for _, g := range v.census.done {
		if g.here == 0 || g.idle == 0 && g.free == 0 || g.serves(row.Key.Queue) || !g.takes(channel) {
			continue
		}
		h := helper{group: g, all: len(c.skills), gap: math.NaN()}
		for _, skill := range c.skills {
			if !g.told || slices.Contains(g.skills, skill) {
				h.has++
			}
		}
		for _, q := range g.queues {
			if gap, known := v.sum.gaps[q]; known && !(h.gap <= gap) {
				h.gap = gap
			}
		}
		if h.has > 0 || h.all == 0 {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b helper) int {
		return cmp.Or(cmp.Compare(b.has, a.has), a.rank()-b.rank(), cmp.Compare(b.group.idle, a.group.idle), cmp.Compare(b.group.free, a.group.free))
	})
	return out
}

// rank puts who is needed where they are behind who is not.
func (h *helper) rank() int {
	if h.short() {
		return 1
	}
	return 0
}

// floorGap reads what the scope on the screen needs and has.
func floorGap(s *panel.Scene) (needed, here float64, ok bool) {
	n, p := s.Read(panel.Needed, s.Row, fact.Window15m), s.Read(panel.People, s.Row, fact.Window15m)
	return n.V, p.V, n.OK && p.OK
}
