package sim

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// RandomDay is a small day of legal but wild episodes, for property tests.
type RandomDay struct {
	Floor    string
	Zone     string // an IANA name; its day begins inside the span
	DayStart int64  // local midnight, ms since the epoch
	From, To int64  // no event begins an episode outside
	Ties     bool   // events of one session may share a time, so their order counts
	Events   []metrics.Event
}

// randomPlace is a midnight worth testing.
type randomPlace struct {
	zone     string
	midnight int64
}

// The midnights: plain ones far from UTC, and both changes of summer time, of
// which the day itself has 23 or 25 hours.
var randomPlaces = []randomPlace{
	{"Asia/Shanghai", 1_795_219_200_000 - 8*3_600_000}, // 2026-11-21
	{"Asia/Kolkata", 1_795_219_200_000 - 5*3_600_000 - 1_800_000},
	{"America/Los_Angeles", 1_795_219_200_000 + 8*3_600_000},
	{"Europe/Berlin", 1_774_738_800_000}, // 2026-03-29, 23 hours
	{"Europe/Berlin", 1_792_879_200_000}, // 2026-10-25, 25 hours
}

// wanderer writes the events of a random day.
type wanderer struct {
	draw     *rand.Rand
	day      RandomDay
	unit     int64 // ms: all times are multiples of it
	ties     bool
	queues   []clean.Text
	agents   []clean.Text
	machines []clean.Text
	channels []clean.Text
	people   []clean.Text // customers
	topics   []clean.Text
	floor    clean.Text
	sources  []clean.Text
	n        int

	touchpoints []clean.Text
	orders      []*purchase
	long        bool // begins days before its midnight, so that cohorts settle
}

// RandomFloor returns a day of about size sessions on a floor of a few people.
// Seeds differ in zone, length, units of time, ties, and how much of the floor
// is ever introduced. One in four begins up to eight days before its midnight
// and leaves no session open.
func RandomFloor(seed uint64, size int) RandomDay {
	w := &wanderer{draw: rand.New(rand.NewPCG(seed, 0x7769_6c64))}
	place := randomPlaces[w.draw.IntN(len(randomPlaces))]
	w.day = RandomDay{Floor: "wild", Zone: place.zone, DayStart: place.midnight, Ties: w.hits(0.4)}
	before := w.draw.Int64N(3 * 3_600_000)
	length := 600_000 + w.draw.Int64N(5*3_600_000)
	w.unit = []int64{1, 1000}[w.draw.IntN(2)]
	w.ties = w.day.Ties
	if w.long = w.hits(0.25); w.long {
		more := w.draw.Int64N(8 * millisPerDay)
		before += more
		length += more
	}
	w.day.From = w.round(place.midnight - before)
	w.day.To = w.day.From + w.round(length)
	w.furnish()
	for _, a := range w.agents {
		w.introduceRandom(a)
	}
	w.plans()
	burst := w.time()
	for i := range size {
		at := w.time()
		switch {
		case w.hits(0.3):
			at = burst + w.round(w.draw.Int64N(120_000))
		case w.long && w.hits(0.5): // a day or a week apart, give or take
			at = max(w.day.From, w.day.To-w.round(w.draw.Int64N(3_600_000))-[]int64{0, 1, 2, 7}[w.draw.IntN(4)]*millisPerDay)
		}
		w.wander(i, at)
	}
	w.day.Events = inOrder(w.day.Events)
	return w.day
}

// inOrder sorts by time. Sessions are written one after the other, so keeping
// the order of equals keeps each session's ties. Positions are sorted, not the
// events themselves: those are large.
func inOrder(events []metrics.Event) []metrics.Event {
	position := make([]int, len(events))
	for i := range position {
		position[i] = i
	}
	slices.SortFunc(position, func(a, b int) int {
		return cmp.Or(cmp.Compare(events[a].Time, events[b].Time), cmp.Compare(a, b))
	})
	sorted := make([]metrics.Event, len(events))
	for i, p := range position {
		sorted[i] = events[p]
	}
	return sorted
}

func (w *wanderer) hits(p float64) bool { return w.draw.Float64() < p }

func (w *wanderer) round(t int64) int64 { return t / w.unit * w.unit }

func (w *wanderer) time() int64 {
	return w.day.From + w.round(w.draw.Int64N(max(1, w.day.To-w.day.From)))
}

// gap returns a step in time: often a round one, where boundaries lie, and at
// least one unit unless ties are allowed.
func (w *wanderer) gap() int64 {
	var g int64
	switch w.draw.IntN(10) {
	case 0:
		g = 0
	case 1:
		g = []int64{5000, 20_000, 30_000, 60_000, 180_000}[w.draw.IntN(5)]
	case 2:
		g = 60_000 * w.draw.Int64N(12)
	case 3:
		g = w.draw.Int64N(1_200_000)
	case 4, 5:
		g = w.draw.Int64N(3000)
	default:
		g = w.draw.Int64N(60_000)
	}
	g = w.round(g)
	if g == 0 && !(w.ties && w.hits(0.5)) {
		g = w.unit
	}
	return g
}

func (w *wanderer) furnish() {
	own := clean.Own
	w.floor = own(w.day.Floor)
	w.sources = []clean.Text{own("/wild/a"), own("/wild/b")}
	w.queues = texts([]string{"presale", "退款", "night", "vip"})[:1+w.draw.IntN(4)]
	w.channels = texts([]string{"chat", "voice", "wechat", "email"})[:1+w.draw.IntN(4)]
	w.topics = texts([]string{"refund", "funds", "size", "defect", "退货"})
	w.touchpoints = texts([]string{"product-page", "cart", "公众号"})
	for i := range 2 + w.draw.IntN(5) {
		w.agents = append(w.agents, own(fmt.Sprintf("w%d", i+1)))
	}
	for i := range w.draw.IntN(3) {
		w.machines = append(w.machines, own(fmt.Sprintf("robot %d", i+1)))
	}
	for i := range 8 {
		w.people = append(w.people, own(fmt.Sprintf("c%d", i+1)))
	}
}

// say writes one event at t.
func (w *wanderer) say(t metrics.EventType, at int64) *metrics.Event {
	w.n++
	w.day.Events = append(w.day.Events, metrics.Event{Type: t, Time: at, ID: clean.Own(fmt.Sprintf("e%d", w.n)),
		Source: w.sources[w.draw.IntN(len(w.sources))], Floor: w.floor})
	return &w.day.Events[len(w.day.Events)-1]
}

func one[T any](w *wanderer, from []T) T { return from[w.draw.IntN(len(from))] }

// introduceRandom speaks of one agent, or leaves some of it out: a board meets
// people it was never told about.
func (w *wanderer) introduceRandom(a clean.Text) {
	start := w.day.From
	if w.hits(0.8) {
		e := w.say(metrics.TypeAgentProfile, start)
		e.Agent, e.Name, e.Team, e.Tier = a, clean.Own("员工 "+a.String()), clean.Own([]string{"early", "晚班"}[w.draw.IntN(2)]), int8(1+w.draw.IntN(3))
		e.Bot = metrics.No
	}
	if w.hits(0.7) {
		e := w.say(metrics.TypeAgentCapacity, start)
		e.Agent = a
		for _, ch := range w.channels {
			if w.hits(0.8) {
				e.Slots = append(e.Slots, metrics.ChannelSlots{Channel: ch, Slots: int32(w.draw.IntN(6))})
			}
		}
		if w.hits(0.4) {
			e.Exclusive = []clean.Text{clean.Own("voice")}
		}
		if w.hits(0.4) {
			e.Total = int32(1 + w.draw.IntN(6))
		}
	}
	if w.hits(0.7) {
		e := w.say(metrics.TypeAgentQueues, start)
		e.Agent = a
		for i, q := range w.queues {
			if w.hits(0.7) {
				e.Queues = append(e.Queues, metrics.Membership{Queue: q, Priority: int32(i + 1)})
			}
		}
	}
	w.comings(a)
}

// comings is a life of presence: on, off, paused here or everywhere, whatever
// runs meanwhile.
func (w *wanderer) comings(a clean.Text) {
	at := w.day.From
	for range w.draw.IntN(12) {
		at += w.gap() + w.round(w.draw.Int64N(1_800_000))
		switch w.draw.IntN(8) {
		case 0:
			e := w.say(metrics.TypeAgentJoined, at)
			e.Agent, e.Queue, e.Paused = a, one(w, w.queues), choice(w.hits(0.3))
		case 1:
			e := w.say(metrics.TypeAgentLeft, at)
			e.Agent, e.Queue = a, one(w, w.queues)
		case 2:
			e := w.say(metrics.TypeAgentPresence, at)
			e.Agent, e.Queue = a, one(w, w.queues)
			e.Presence = []metrics.Presence{metrics.PresencePaused, metrics.PresenceAvailable}[w.draw.IntN(2)]
		default:
			e := w.say(metrics.TypeAgentPresence, at)
			e.Agent = a
			e.Presence = metrics.PresenceOffline + metrics.Presence(w.draw.IntN(4))
			if e.Presence == metrics.PresencePaused {
				e.Reason, e.Planned = clean.Own([]string{"meal", "休息"}[w.draw.IntN(2)]), choice(w.hits(0.5))
				if w.hits(0.3) {
					e.Until = at + 600_000
				}
			}
		}
	}
}

func (w *wanderer) plans() {
	for _, m := range w.machines {
		e := w.say(metrics.TypeAgentProfile, w.day.From)
		e.Agent, e.Name, e.Bot = m, m, metrics.Yes
		if w.hits(0.7) {
			e = w.say(metrics.TypeAgentCapacity, w.day.From)
			e.Agent, e.Total = m, int32(w.draw.IntN(3)*100)
			for _, ch := range w.channels {
				e.Slots = append(e.Slots, metrics.ChannelSlots{Channel: ch, Slots: int32(50 * w.draw.IntN(4))})
			}
		}
		if w.hits(0.5) {
			e = w.say(metrics.TypeAgentPresence, w.time())
			e.Agent, e.Presence = m, []metrics.Presence{metrics.PresenceAvailable, metrics.PresenceOffline}[w.draw.IntN(2)]
		}
	}
	for range w.draw.IntN(4) {
		e := w.say(metrics.TypePlanInterval, w.time())
		e.Queue, e.From, e.Minutes = one(w, w.queues), w.round(e.Time-e.Time%1_800_000), 30
		e.PlanOffered, e.PlanAHTSec, e.PlanPeople = float64(w.draw.IntN(40)), 240, float64(w.draw.IntN(9))
	}
	for i := range w.draw.IntN(20) {
		e := w.say(metrics.TypeSourceHeartbeat, w.time())
		e.HeartbeatSeq, e.HeartbeatOpen = int64(i+1), -1
	}
}
