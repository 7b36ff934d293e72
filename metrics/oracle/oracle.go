package oracle

import (
	"slices"
	"time"

	"wallboard/metrics"
)

// Oracle keeps events. Not safe for concurrent use.
type Oracle struct {
	settings metrics.Settings
	events   []metrics.Event
	seen     map[[3]string]bool
}

// New returns an oracle that has seen nothing.
func New(settings metrics.Settings) *Oracle {
	return &Oracle{settings: settings, seen: map[[3]string]bool{}}
}

// Add keeps an event, which must not share a decoder's buffers. A second one
// of the same floor, source and id is left out, as is an unknown type.
func (o *Oracle) Add(ev metrics.Event) {
	id := [3]string{ev.Floor.String(), ev.Source.String(), ev.ID.String()}
	if o.seen[id] || ev.Type == metrics.TypeUnknown {
		return
	}
	o.seen[id] = true
	o.events = append(o.events, ev)
}

// Floor is one floor as the events up to an instant made it. Times are
// milliseconds since the epoch. An interval holds its start and not its end;
// an end of 0 says that it goes on.
type Floor struct {
	name     string
	settings *metrics.Settings
	place    metrics.FloorSettings
	dayStart int64
	at       int64

	sessions map[string]*session
	segments []*segment
	legs     []*leg
	rings    []*ring
	marks    []mark // facts of one instant
	episodes []*episode
	touched  map[[2]string]int64 // since when a person has had to do with a channel
	people   map[string]*person
	order    []*person // in the order they were first named
	pieces   []piece   // what each person did, between two changes of it
	shares   map[*leg]float64

	turns     int // events taken
	plans     []plan
	parts     []part
	stretches []*botStretch
	orders    map[string]*order
	orderList []*order
}

// Floor replays a floor's events up to an instant.
func (o *Oracle) Floor(name string, at int64) *Floor {
	f := &Floor{name: name, settings: &o.settings, at: at, people: map[string]*person{}, sessions: map[string]*session{}, touched: map[[2]string]int64{}, shares: map[*leg]float64{}, orders: map[string]*order{}}
	place, ok := o.settings.Floors[name]
	if !ok {
		place = o.settings.Floor
	}
	f.place = place
	f.dayStart = dayStart(at, place)
	f.introduce()
	var mine []metrics.Event
	for _, ev := range o.events {
		if ev.Floor.String() == name && ev.Time <= at {
			mine = append(mine, ev)
		}
	}
	// One instant keeps the order in which its events were told: what is told
	// before it can be true waits for it, see session.offer.
	slices.SortStableFunc(mine, func(a, b metrics.Event) int { return int(min(1, max(-1, a.Time-b.Time))) })
	for i := range mine {
		f.take(&mine[i])
	}
	f.settle()
	return f
}

// take hands one event to the session or person it belongs to.
func (f *Floor) take(ev *metrics.Event) {
	f.turns++
	f.expire(ev.Time)
	switch {
	case ev.Type.Session():
		id := ev.Session.String()
		s := f.sessions[id]
		if s == nil {
			s = &session{id: id, floor: f}
			f.sessions[id] = s
		}
		s.offer(ev)
	case ev.Type == metrics.TypePlanInterval:
		f.plan(ev)
	case ev.Type.Agent():
		p := f.person(ev.Agent.String())
		if p.take(ev) {
			f.wentOffline(p.id, ev.Time)
		}
	}
}

// touch notes that a person has had to do with a channel.
func (f *Floor) touch(agent, channel string, t int64) {
	if _, before := f.touched[[2]string{agent, channel}]; !before {
		f.touched[[2]string{agent, channel}] = t
	}
}

// settle does what a deadline before the instant has done.
func (f *Floor) settle() {
	f.expire(f.at)
	f.cutPieces()
}

// dayStart returns the newest day start at or before the instant.
func dayStart(at int64, place metrics.FloorSettings) int64 {
	t := time.UnixMilli(at).In(place.Zone)
	for back := 0; ; back++ {
		start := time.Date(t.Year(), t.Month(), t.Day()-back, 0, int(place.DayStart/time.Minute), 0, 0, place.Zone)
		if !start.After(t) {
			return start.UnixMilli()
		}
	}
}

// level returns the service level that holds for a queue on a channel: the
// most specific setting wins, of equals the last.
func (f *Floor) level(queue, channel string) metrics.ServiceLevel {
	level := f.settings.Service
	for _, fits := range []func(metrics.ServiceOverride) bool{
		func(o metrics.ServiceOverride) bool { return o.Queue == "" && o.Channel == channel && channel != "" },
		func(o metrics.ServiceOverride) bool { return o.Queue == queue && o.Channel == "" && queue != "" },
		func(o metrics.ServiceOverride) bool {
			return o.Queue == queue && o.Channel == channel && queue != "" && channel != ""
		},
	} {
		for _, o := range f.settings.Services {
			if !fits(o) {
				continue
			}
			if o.AnswerWithin != nil {
				level.AnswerWithin = *o.AnswerWithin
			}
			if o.ShortAbandon != nil {
				level.ShortAbandon = *o.ShortAbandon
			}
			if o.Variant != nil {
				level.Variant = *o.Variant
			}
		}
	}
	return level
}

func (f *Floor) channel(id string) metrics.ChannelSettings {
	if c, ok := f.settings.Channels[id]; ok {
		return c
	}
	return f.settings.Channel
}
