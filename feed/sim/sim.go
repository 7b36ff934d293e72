package sim

import (
	"math/rand/v2"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// The systems that speak; indexes into Sim.sources.
const (
	sourceACD = iota // telephony
	sourceIM         // chat, app, wechat, email
	sourceWFM        // people: presence, queues, plans
	numSources
)

// Sim is one floor being simulated. Make it with New and take its events with
// Next or Events. Not safe for concurrent use.
type Sim struct {
	opt     Options
	draw    *rand.Rand // what people do; arrivals draw from their own streams
	now     int64      // ms since the epoch
	timers  timers
	out     []metrics.Event // spoken at now, not yet taken
	taken   int
	eventID uint64
	prefix  string // of event ids: a day's events differ from another day's

	floor    clean.Text
	sources  [numSources]clean.Text
	open     [numSources]int64 // sessions not closed, for the heartbeats
	beats    [numSources]int64
	channels [numChannels]clean.Text
	touch    [numChannels][]clean.Text
	words    words

	queues   []*queue
	streams  []*stream
	curves   [numCurves]*curve
	teams    []*team
	people   []*person
	machines []*person

	contacts  uint64 // made so far: the number in a session's id
	orders    uint64
	customers []customer // who was here lately, a ring
	customer  int
	strangers uint64
}

// New returns a floor at the beginning of its first day. The same options give
// the same events.
func New(o Options) (*Sim, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	s := &Sim{
		opt:       o,
		draw:      rand.New(rand.NewPCG(o.Seed, 0x6265_6861_7669_6f75)),
		now:       o.DayStart,
		prefix:    strconv.FormatInt(o.DayStart/1000, 36) + "-",
		floor:     clean.Own(o.Floor),
		customers: make([]customer, 0, recentCustomers),
	}
	s.nameThings()
	s.buildQueues()
	s.buildPeople()
	s.timers.push(s.now, s.beginDay)
	for _, st := range s.streams {
		s.scheduleArrival(st, float64(s.now))
	}
	s.startBeats()
	s.scheduleIncidents()
	s.timers.push(s.now+millisPerMinute, s.outbound)
	return s, nil
}

// Next returns the next event in order of time, and false once Options.End is
// reached. The event is valid until the next call; its texts and slices are
// never reused, so a shallow copy may be kept.
func (s *Sim) Next() (*metrics.Event, bool) {
	for s.taken == len(s.out) {
		s.out, s.taken = s.out[:0], 0
		if s.timers.len() == 0 {
			return nil, false
		}
		t := s.timers.pop()
		if s.opt.End != 0 && t.at >= s.opt.End {
			s.timers.heap = nil
			return nil, false
		}
		s.now = t.at
		t.do()
	}
	e := &s.out[s.taken]
	s.taken++
	return e, true
}

// Events yields what Next returns, for range loops.
func (s *Sim) Events(yield func(*metrics.Event) bool) {
	for {
		e, ok := s.Next()
		if !ok || !yield(e) {
			return
		}
	}
}

// in runs do after ms milliseconds.
func (s *Sim) in(ms int64, do func()) { s.timers.push(s.now+max(ms, 0), do) }

// speak begins an event of source at the current time.
func (s *Sim) speak(t metrics.EventType, source int) *metrics.Event {
	s.eventID++
	var buf [32]byte
	id := strconv.AppendUint(append(buf[:0], s.prefix...), s.eventID, 36)
	s.out = append(s.out, metrics.Event{})
	e := &s.out[len(s.out)-1]
	e.Type, e.Time = t, s.now
	e.ID = clean.Own(string(id))
	e.Source, e.Floor = s.sources[source], s.floor
	return e
}

// about begins an event of contact c.
func (s *Sim) about(t metrics.EventType, c *contact) *metrics.Event {
	e := s.speak(t, c.source)
	e.Session, e.Channel = c.id, s.channels[c.channel]
	return e
}

// words are the texts used again and again, cleaned once.
type words struct {
	zh, en, vip, regular, fresh, cny, usd clean.Text
	network, shiftEnd, meal, rest         clean.Text
	short, training, missed, coaching     clean.Text
	reasons, praise, labels, rules        []clean.Text
	skills                                []clean.Text
	delayTopic, paymentTopic, callback    clean.Text
}

func texts(in []string) []clean.Text {
	out := make([]clean.Text, len(in))
	for i, t := range in {
		out[i] = clean.Own(t)
	}
	return out
}

func (s *Sim) nameThings() {
	for i, name := range [numSources]string{"/acd/", "/im/", "/wfm/"} {
		s.sources[i] = clean.Own(name + s.opt.Floor)
	}
	for i, name := range channelNames {
		s.channels[i] = clean.Own(name)
		s.touch[i] = texts(touchpoints[i])
	}
	own := clean.Own
	s.words = words{
		zh: own("zh"), en: own("en"), vip: own("vip"), regular: own("regular"), fresh: own("new"), cny: own("CNY"), usd: own("USD"),
		network: own("network"), shiftEnd: own("shift-end"), meal: own("meal"), rest: own("rest"),
		short: own("short"), training: own("training"), missed: own("missed-offer"), coaching: own("coaching"),
		reasons: texts(ratingReasons), praise: texts(goodReasons), labels: texts(emotionLabels),
		rules: texts(screeningRules), skills: texts(skillNames),
		delayTopic: own("delivery-delay"), paymentTopic: own("payment-failure"), callback: own("callback-request"),
	}
}
