package panel

import (
	"cmp"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
)

// Identity is what makes two breaches the same one: rule and place.
type Identity struct {
	Rule string
	Key  metrics.Key
}

// IdentityOf returns the identity of a breach.
func IdentityOf(b *metrics.Breach) Identity { return Identity{b.Rule, b.Key} }

// Notice is a breach that has a line of its own: nobody silenced it. What
// several people of a team do alike is one notice, for a line names no person.
type Notice struct {
	*metrics.Breach
	People int // whose breach it is, 0: nobody's in particular
	Others int // breaches of the same place that this one speaks for
}

// NoticeOf returns the notice of a single breach.
func NoticeOf(b *metrics.Breach) Notice {
	n := Notice{Breach: b}
	if !b.Key.Agent.Empty() {
		n.People = 1
	}
	return n
}

// Silenced says whether the notice of a breach is hidden at a time, ms.
func Silenced(b *metrics.Breach, at int64) bool { return b.SilencedUntil > at }

// OnScreen says whether a breach is in a part of its life that is shown.
func OnScreen(b *metrics.Breach) bool {
	return b.State == metrics.BreachFiring || b.State == metrics.BreachRecovering
}

// ofFloor says whether a breach belongs to the floor on the screen.
func (s *Scene) ofFloor(k metrics.Key) bool {
	return s.Floor == nil || k.Floor.Empty() || k.Floor == s.Floor.ID
}

// index sorts the breaches of the floor and notes the worst level of each row.
func (s *Scene) index() {
	all := s.Snapshot.Breaches
	s.indexed = indexed{floor: s.Floor, at: s.At, breaches: all, order: s.indexed.order[:0], noticed: s.indexed.noticed[:0]}
	clear(s.rows)
	s.last = memo{}
	clear(s.places)
	for i := range all {
		b := &all[i]
		if !OnScreen(b) || !s.ofFloor(b.Key) {
			continue
		}
		s.indexed.order = append(s.indexed.order, int32(i))
		s.places[IdentityOf(b)] = int32(i)
		s.rows[b.Key] = s.rows[b.Key].with(b.KPI, b.Level)
	}
	slices.SortStableFunc(s.indexed.order, func(i, j int32) int { return louder(&all[i], &all[j]) })
	s.Breaches = s.Breaches[:0]
	for _, i := range s.indexed.order {
		s.Breaches = append(s.Breaches, &all[i])
	}
	s.notice()
}

// notice gathers what has a line of its own. Silence hides the notice, never
// the state: rows and figures stay as loud as they are.
func (s *Scene) notice() {
	s.Notices, s.folk, s.Silenced = s.Notices[:0], s.folk[:0], 0
	for i, b := range s.Breaches {
		had := len(s.Notices)
		switch {
		case Silenced(b, s.At):
			s.Silenced++
		case b.Key.Agent.Empty():
			s.Notices = append(s.Notices, Notice{Breach: b})
		default:
			s.person(b)
		}
		if len(s.Notices) > had {
			s.indexed.noticed = append(s.indexed.noticed, s.indexed.order[i])
		}
	}
}

// person counts a person's breach to that of a teammate who does the same.
func (s *Scene) person(b *metrics.Breach) {
	for _, i := range s.folk {
		n := &s.Notices[i]
		if n.Rule == b.Rule && n.Level == b.Level && n.State == b.State && n.AckedBy == b.AckedBy && s.TeamOf(n.Key) == s.TeamOf(b.Key) {
			n.People++
			return
		}
	}
	s.folk = append(s.folk, len(s.Notices))
	s.Notices = append(s.Notices, Notice{Breach: b, People: 1})
}

// Breach returns a breach as it is in this scene, nil where it is over.
func (s *Scene) Breach(id Identity) *metrics.Breach {
	i, found := s.places[id]
	if !found {
		return nil
	}
	return &s.Snapshot.Breaches[i]
}

// Loudest returns the loudest breach that belongs, nil where there is none.
func (s *Scene) Loudest(belongs func(*metrics.Breach) bool) *metrics.Breach {
	for _, b := range s.Breaches {
		if belongs(b) {
			return b
		}
	}
	return nil
}

// LoudestOf returns the loudest breach of a row, nil where it is well; that of a
// queue x channel may be one of the whole queue.
func (s *Scene) LoudestOf(row *metrics.Row) *metrics.Breach {
	if s.RowLevel(row) == metrics.LevelUnknown {
		return nil
	}
	return s.Loudest(func(b *metrics.Breach) bool {
		return b.Key == row.Key || row.Key.Scope == metrics.ScopeQueueChannel && b.Key == queueOf(row.Key)
	})
}

// louder orders breaches: those that last before those on the way back, critical
// before warn, nobody's before somebody's, the longest first, then by name so
// that equal ones keep their places.
func louder(a, b *metrics.Breach) int {
	return cmp.Or(
		cmp.Compare(a.State, b.State),
		-cmp.Compare(a.Level, b.Level),
		cmp.Compare(taken(a), taken(b)),
		cmp.Compare(a.FiringSince, b.FiringSince),
		strings.Compare(a.Rule, b.Rule),
		compareKeys(a.Key, b.Key),
	)
}

func taken(b *metrics.Breach) int {
	if b.AckedBy.Empty() {
		return 0
	}
	return 1
}

func compareKeys(a, b metrics.Key) int {
	return cmp.Or(cmp.Compare(a.Scope, b.Scope),
		strings.Compare(a.Queue.String(), b.Queue.String()), strings.Compare(a.Channel.String(), b.Channel.String()),
		strings.Compare(a.Team.String(), b.Team.String()), strings.Compare(a.Agent.String(), b.Agent.String()))
}

// Whose writes where a notice is; people are counted, not named.
func (p *Pen) Whose(s *Scene, n Notice) clean.Text {
	if n.People == 0 {
		return p.Place(s, n.Key)
	}
	return p.Say.Count(i18n.TeamPeople, int64(n.People), s.TeamOf(n.Key), p.Num.Count(int64(n.People)))
}
