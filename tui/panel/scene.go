package panel

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
	"wallboard/tui/i18n"
)

// View is what a viewer chose to look at.
type View struct {
	Floor  string      // empty: the first
	Scope  metrics.Key // zero: the floor
	Window fact.Window
}

// Scene is one snapshot prepared for drawing: the floor and the row on the
// screen, breaches loudest first, levels by scope and KPI, figures read once.
// One per program, prepared again for each snapshot; not safe for concurrent use.
type Scene struct {
	Snapshot   *metrics.Snapshot
	Floor      *metrics.FloorView // nil before the first event
	Row        *metrics.Row       // of the scope; the floor's if the scope is gone
	View       View
	Goals      *kpi.Goals        // targets in force; nil: the catalogue's
	Rules      []rule.Rule       // limits in force, to say what is closest to one; nil: not said
	At         int64             // the engine clock, ms
	Wall       int64             // the wall clock, ms
	Turning    Turning           // of the rotation of pages
	Masked     bool              // people's names are
	Untouched  bool              // nobody has touched a wall for a while: it shows no cursor
	HeldAt     int64             // when the screen was held, ms; 0: it is not
	HeldFor    int64             // how long ago that is, ms
	FrameNanos float64           // what drawing the last frame cost
	Breaches   []*metrics.Breach // of the floor, those that fire or recover, the loudest first
	Notices    []Notice          // of them, what has a line of its own
	Silenced   int               // of Breaches
	folk       []int             // of Notices, those of people
	Access     Access            // how noting who looks at whom fares

	Figures  Figures
	places   map[Identity]int32 // in the snapshot's breaches
	indexed  indexed
	rows     map[metrics.Key]standing
	last     memo
	spots    map[clean.Text]agentSpot // of people looked up before
	tables   map[[2]clean.Text]int    // of queues x channels, likewise
	near     nearby
	prepared *metrics.Snapshot
	floor    string
}

// agentSpot is where in the pages of a floor a person was found.
type agentSpot struct{ page, place int }

// maxSpots bounds the places kept: a few screens full of people.
const maxSpots = 4096

// standing is how one row stands: its worst level and that of each KPI that is
// breached, of which there are few.
type standing struct {
	worst metrics.Level
	kpis  []graded
}

type graded struct {
	kpi   string
	level metrics.Level
}

// memo keeps what was found for the row that was asked for last: tables ask for
// one row after the other, many times each.
type memo struct {
	row        *metrics.Row
	own, queue standing
}

// NewScene returns an empty scene.
func NewScene() *Scene {
	return &Scene{places: map[Identity]int32{}, rows: map[metrics.Key]standing{}, spots: map[clean.Text]agentSpot{}, tables: map[[2]clean.Text]int{}, Figures: newFigures()}
}

// Prepare makes the scene that of a snapshot at a wall clock time.
func (s *Scene) Prepare(snap *metrics.Snapshot, v View, wall int64) {
	s.Snapshot, s.View, s.Wall, s.At = snap, v, wall, snap.At
	s.Floor = snap.FloorNamed(v.Floor)
	s.Row = nil
	if s.Floor != nil {
		s.Row = s.rowOf(v.Scope)
	}
	if s.prepared == snap && s.floor == v.Floor {
		return
	}
	s.prepared, s.floor = snap, v.Floor
	s.Figures.next(snap.At)
	if s.alike(snap) {
		s.relink()
		return
	}
	s.index()
}

// rowOf returns the row of a scope on the floor.
func (s *Scene) rowOf(k metrics.Key) *metrics.Row {
	for _, list := range [...][]*metrics.Row{s.Floor.Channels, s.Floor.Queues, s.Floor.Teams} {
		for _, r := range list {
			if r.Key == k {
				return r
			}
		}
	}
	return s.Floor.Row
}

// RowOf returns the row of a breach, nil if it is gone.
func (s *Scene) RowOf(k metrics.Key) *metrics.Row {
	if s.Floor == nil {
		return nil
	}
	switch k.Scope {
	case metrics.ScopeQueueChannel:
		if q := s.Queue(k.Queue, k.Channel); q != nil {
			return q.Row
		}
		return nil
	case metrics.ScopeAgent:
		if a := s.Agent(k.Agent); a != nil {
			return a.Row
		}
		return nil
	}
	return s.rowOf(k)
}

// Level returns how a KPI of a row stands: that of its own breaches and, for a
// queue x channel, those of the whole queue.
func (s *Scene) Level(row *metrics.Row, kpi string) metrics.Level {
	if s.RowLevel(row) == metrics.LevelUnknown {
		return metrics.LevelUnknown // nearly every row, nearly always
	}
	return max(s.last.own.level(kpi), s.last.queue.level(kpi))
}

// level returns how a KPI stands.
func (s standing) level(kpi string) metrics.Level {
	for i := range s.kpis {
		if s.kpis[i].kpi == kpi {
			return s.kpis[i].level
		}
	}
	return metrics.LevelUnknown
}

// with returns the standing with a breach of a KPI.
func (s standing) with(kpi string, l metrics.Level) standing {
	s.worst = max(s.worst, l)
	for i := range s.kpis {
		if s.kpis[i].kpi == kpi {
			s.kpis[i].level = max(s.kpis[i].level, l)
			return s
		}
	}
	s.kpis = append(s.kpis, graded{kpi, l})
	return s
}

// RowLevel returns the worst level of anything in a row.
func (s *Scene) RowLevel(row *metrics.Row) metrics.Level {
	if len(s.rows) == 0 || row == nil {
		return metrics.LevelUnknown
	}
	if s.last.row != row {
		s.last = memo{row: row, own: s.rows[row.Key]}
		if row.Key.Scope == metrics.ScopeQueueChannel {
			s.last.queue = s.rows[queueOf(row.Key)]
		}
	}
	return max(s.last.own.worst, s.last.queue.worst)
}

// Worst returns the loudest firing breach of one of the KPIs anywhere in the scope on
// the screen, nil where there is none.
func (s *Scene) Worst(kpis ...string) *metrics.Breach {
	for _, b := range s.Breaches {
		if b.State == metrics.BreachFiring && slices.Contains(kpis, b.KPI) && s.within(b.Key) {
			return b
		}
	}
	return nil
}

// within says whether a key lies in the scope on the screen.
func (s *Scene) within(k metrics.Key) bool {
	switch scope := s.View.Scope; scope.Scope {
	case metrics.ScopeChannel:
		return k.Channel == scope.Channel
	case metrics.ScopeQueue:
		return k.Queue == scope.Queue
	case metrics.ScopeTeam:
		return k.Team == scope.Team
	}
	return true
}

// Shows says whether a queue x channel belongs to the scope on the screen.
func (s *Scene) Shows(q *metrics.QueueView) bool {
	switch scope := s.View.Scope; scope.Scope {
	case metrics.ScopeChannel:
		return q.Channel == scope.Channel
	case metrics.ScopeQueue:
		return q.Queue == scope.Queue
	}
	return true
}

func queueOf(k metrics.Key) metrics.Key {
	return metrics.Key{Scope: metrics.ScopeQueue, Floor: k.Floor, Queue: k.Queue}
}

// Stale says that the numbers are too old to be shown.
func (s *Scene) Stale() bool { return s.Snapshot.Mark.Kind == metrics.MarkStale }

// Unsettled says that the numbers are still moving to where they belong.
func (s *Scene) Unsettled() bool { return s.Snapshot.Mark.Kind == metrics.MarkCatchingUp }

// Replay says that the clock follows the events, not the wall.
func (s *Scene) Replay() bool { return s.Snapshot.Clock.Replay }

// Place writes where a breach is, without naming a person: "refund/app",
// "team night".
func (p *Pen) Place(s *Scene, k metrics.Key) clean.Text {
	switch k.Scope {
	case metrics.ScopeFloor:
		return k.Floor
	case metrics.ScopeChannel:
		return k.Channel
	case metrics.ScopeQueue:
		return k.Queue
	case metrics.ScopeQueueChannel:
		return clean.Line(k.Queue.String() + "/" + k.Channel.String())
	case metrics.ScopeTopic:
		return k.Topic
	case metrics.ScopeTouchpoint:
		return k.Touchpoint
	}
	return p.Say.Fill(i18n.TeamNamed, s.TeamOf(k))
}

// TeamOf returns the team of a team's or a person's row.
func (s *Scene) TeamOf(k metrics.Key) clean.Text {
	if !k.Team.Empty() || s.Floor == nil {
		return k.Team
	}
	if a := s.Agent(k.Agent); a != nil {
		return a.Team
	}
	return clean.Text{}
}

// Agent returns the person with the id, nil if there is none.
func (s *Scene) Agent(id clean.Text) *metrics.AgentView {
	if s.Floor == nil {
		return nil
	}
	pages := s.Floor.Agents.Pages
	if at, known := s.spots[id]; known && at.page < len(pages) && at.place < len(pages[at.page]) {
		if a := pages[at.page][at.place]; a.ID == id {
			return a
		}
	}
	if a, page, place := s.Floor.Agents.Find(id); a != nil {
		if len(s.spots) >= maxSpots {
			clear(s.spots)
		}
		s.spots[id] = agentSpot{page, place}
		return a
	}
	for _, a := range s.Floor.Roster {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Queue returns the queue x channel of a key, nil if there is none.
func (s *Scene) Queue(queue, channel clean.Text) *metrics.QueueView {
	if s.Floor == nil {
		return nil
	}
	name := [2]clean.Text{queue, channel}
	if i, known := s.tables[name]; known && i < len(s.Floor.Tables) && channelOf(s.Floor.Tables[i], queue, channel) {
		return s.Floor.Tables[i]
	}
	for i, q := range s.Floor.Tables {
		if channelOf(q, queue, channel) {
			if len(s.tables) >= maxSpots {
				clear(s.tables)
			}
			s.tables[name] = i
			return q
		}
	}
	return nil
}

// channelOf says whether q is the queue on the channel; an empty channel means
// its first.
func channelOf(q *metrics.QueueView, queue, channel clean.Text) bool {
	return q.Queue == queue && (q.Channel == channel || channel.Empty())
}
