package cdr

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// contact is what all events of one session share.
type contact struct {
	floor, channel           clean.Text
	session, customer, topic clean.Text
	queue                    clean.Text // of a session log: the first queue that any row named
	priority                 int32
	score, scale             float64

	lastAt   int64 // of the step added last, with its rank
	lastRank uint8
	used     map[string]int // session logs: event ids given, by their base
}

// step is one event to be, kept small because a year of calls is sorted in memory.
type step struct {
	at           int64 // ms since the epoch
	c            *contact
	queue, agent clean.Text
	id           string // what follows the session in the event's id
	kind         metrics.EventType
	rank         uint8
	by           metrics.Party
	outcome      metrics.Outcome
}

// The order of events at one instant: who leaves makes room before the next
// one comes, and comes before being answered.
const (
	rankClosed uint8 = iota
	rankQueued
	rankAssigned
	rankOther
)

func rank(kind metrics.EventType) uint8 {
	switch kind {
	case metrics.TypeSessionClosed:
		return rankClosed
	case metrics.TypeSessionQueued:
		return rankQueued
	case metrics.TypeSessionAssigned:
		return rankAssigned
	}
	return rankOther
}

// timeline collects steps and gives them in time order.
type timeline struct{ steps []step }

// add appends a step of a contact; the steps of one contact come in the order
// in which they happen. Of those at one instant none is ordered before its
// forerunner: a call answered and closed in the same second is answered first.
func (t *timeline) add(s step) {
	s.rank = rank(s.kind)
	c := s.c
	s.at = max(s.at, c.lastAt)
	if s.at == c.lastAt {
		s.rank = max(s.rank, c.lastRank)
	}
	c.lastAt, c.lastRank = s.at, s.rank
	t.steps = append(t.steps, s)
}

// sort orders by time, then closed, queued, assigned, others, then row.
func (t *timeline) sort() {
	slices.SortStableFunc(t.steps, func(a, b step) int {
		if c := cmp.Compare(a.at, b.at); c != 0 {
			return c
		}
		return cmp.Compare(a.rank, b.rank)
	})
}

// verb is the last word of an event type's name, as used in ids.
func verb(kind metrics.EventType) string { return kind.String()[len("session."):] }

// maxKeyBytes leaves room in an event id, which is cut at 64 graphemes, for
// what follows the session.
const maxKeyBytes = 40

// key is the session as it begins an event id: itself, or its beginning and
// hash if it is too long, so that two long ids with one beginning stay two.
func key(session string) string {
	if len(session) <= maxKeyBytes {
		return session
	}
	sum := sha256.Sum256([]byte(session))
	return session[:maxKeyBytes/2] + "~" + hex.EncodeToString(sum[:8])
}

// unique returns what follows the session in an event id of a session log,
// where one session has many events of a kind: the kind and the time, and a
// number if that is not enough. It does not depend on rows left out before.
func (c *contact) unique(kind metrics.EventType, at int64) string {
	base := verb(kind) + "/" + strconv.FormatInt(at, 10)
	if c.used == nil {
		c.used = make(map[string]int)
	}
	c.used[base]++
	if n := c.used[base]; n > 1 {
		return base + "/" + strconv.Itoa(n)
	}
	return base
}

// event writes a step into ev.
func (s *step) event(ev *metrics.Event, source clean.Text) {
	*ev = metrics.Event{
		Type: s.kind, Time: s.at, Source: source, Floor: s.c.floor, Channel: s.c.channel,
		Session: s.c.session, Queue: s.queue, Agent: s.agent, By: s.by, Outcome: s.outcome,
	}
	ev.ID, _ = clean.String(key(s.c.session.String()) + "/" + s.id)
	switch s.kind {
	case metrics.TypeSessionOpened:
		ev.Origin, ev.By, ev.Customer = s.by, metrics.PartyNone, s.c.customer
	case metrics.TypeSessionQueued:
		ev.Priority, ev.Customer = s.c.priority, s.c.customer
	case metrics.TypeSessionTagged:
		ev.Topic = s.c.topic
	case metrics.TypeSessionRated:
		ev.Score, ev.Scale = s.c.score, s.c.scale
		ev.Speed, ev.OutcomePart, ev.Attitude, ev.SkillPart = nan, nan, nan, nan
	}
}
