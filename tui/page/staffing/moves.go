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

// sum is what all places of the floor come to. The gaps of a floor with very
// many places are read some with each frame, in rounds.
type sum struct {
	of      sumOf
	begun   int64                   // when the round began that is running or over
	next    int                     // the first table of the round not yet read
	gap     map[metrics.Key]float64 // of each table; NaN: not known
	gaps    map[clean.Text]float64  // of each queue: that of its channel with the widest gap
	short   int                     // people, over the places that are short
	places  int                     // that are short
	worst   *metrics.Row            // with the widest gap
	crews   map[metrics.Key]crew
	helpers map[metrics.Key][]helper
	moves   []move
}

// sumOf is what a sum is of: where it changes everything is read at once.
type sumOf struct {
	floor clean.Text
	view  panel.View
}

// stepTables is how many tables' gaps are read with one frame.
const stepTables = 24

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
const maxMoves = 4

// reckon adds the places up and finds who could move, every few seconds.
func (v *Staffing) reckon(s *panel.Scene) {
	v.census.count(s)
	m, tables := &v.sum, s.Floor.Tables
	of := sumOf{s.Floor.ID, s.View}
	of.view.Window = 0
	n := stepTables
	if m.of != of || s.At < m.begun || s.At-m.begun > lapse {
		*m = sum{of: of, begun: s.At, gap: map[metrics.Key]float64{}}
		n = len(tables)
	} else if m.next >= len(tables) {
		if s.At/settleEvery == m.begun/settleEvery {
			return
		}
		m.begun, m.next = s.At, 0
	}
	for ; n > 0 && m.next < len(tables); n, m.next = n-1, m.next+1 {
		row := tables[m.next].Row
		gap := gapOf(s, row)
		if row.Now.Uncovered && !(gap < 0) {
			gap = -v.missing(s, row)
		}
		m.gap[row.Key] = gap
	}
	if m.next >= len(tables) {
		v.addUp(s)
		v.findMoves(s)
	}
}

// addUp sums the gaps that were read.
func (v *Staffing) addUp(s *panel.Scene) {
	m := &v.sum
	m.short, m.places, m.worst, m.moves = 0, 0, nil, m.moves[:0]
	m.gaps, m.crews, m.helpers = map[clean.Text]float64{}, map[metrics.Key]crew{}, map[metrics.Key][]helper{}
	least := math.Inf(1)
	for _, q := range s.Floor.Tables {
		gap, read := m.gap[q.Row.Key]
		if !read || math.IsNaN(gap) {
			continue
		}
		if old, known := m.gaps[q.Queue]; !known || gap < old {
			m.gaps[q.Queue] = gap
		}
		if !s.Shows(q) {
			continue
		}
		if gap < least && !q.Closed {
			least, m.worst = gap, q.Row
		}
		if gap < 0 {
			m.short += int(-gap)
			m.places++
			m.moves = append(m.moves, move{to: q.Row, short: int(-gap)})
		}
	}
	slices.SortStableFunc(m.moves, func(a, b move) int { return cmp.Or(a.rank()-b.rank(), cmp.Compare(b.short, a.short)) })
	m.moves = m.moves[:min(len(m.moves), maxMoves)]
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

// helpers lists who elsewhere could take work of a row, reckoned once in a while.
func (v *Staffing) helpers(s *panel.Scene, row *metrics.Row, c crew) []helper {
	out, known := v.sum.helpers[row.Key]
	if !known {
		out = v.lookForHelp(row, v.channelOf(s, row), c)
		v.sum.helpers[row.Key] = out
	}
	return out
}

// lookForHelp lists who elsewhere could take work of a row, the best first: with
// all skills, not needed where they are, the most idle.
func (v *Staffing) lookForHelp(row *metrics.Row, channel int, c crew) []helper {
	var out []helper
	for _, g := range v.census.done.spare {
		if g.serves(row.Key.Queue) || !g.takes(channel) {
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
