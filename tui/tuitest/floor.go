// Package tuitest owns make-believe snapshots: floors that look real, for tests
// of drawing and for looking at a screen without an engine. It must not be
// imported by anything but tests and the preview.
package tuitest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// Options say what floor to make. The zero value is a small busy one.
type Options struct {
	Seed   uint64
	Agents int // people; 0: 150
	Queues int // queue x channel; 0: 14
	Bots   int // AI agents; 0: 3, -1: none
	Calm   bool
	At     time.Time // 0: 14:05:33 on a fixed day
}

// Zone is the zone of every floor made here.
func Zone() *time.Location { return time.FixedZone("CST", 8*3600) }

// At is the fixed moment of every floor that names none.
func At() time.Time { return time.Date(2025, 11, 11, 14, 5, 33, 0, Zone()) }

// queueSpec is how a queue behaves: per minute, in seconds, in shares.
type queueSpec struct {
	queue, channel      string
	inflow              float64
	waiting             int32
	oldest              int // seconds
	onTime, abandon     float64
	frt                 float64 // median; 0: none
	unanswered          int32
	people, slots, used int32
	growth              float64 // how much longer the queue is than an hour ago
	level               metrics.Level
	closed, uncovered   bool
	answerWithin        int
}

func specs() []queueSpec {
	return []queueSpec{
		{queue: "refund", channel: "app", inflow: 31, waiting: 41, oldest: 372, onTime: .61, abandon: .091, frt: 41, unanswered: 104, people: 21, slots: 105, used: 105, growth: 4, level: metrics.LevelCritical, answerWithin: 60},
		{queue: "售前咨询", channel: "chat", inflow: 22, waiting: 38, oldest: 101, onTime: .764, abandon: .04, frt: 22, unanswered: 71, people: 25, slots: 125, used: 121, growth: 3, level: metrics.LevelWarn, answerWithin: 60},
		{queue: "presale", channel: "voice", inflow: 4.2, waiting: 6, oldest: 18, onTime: .882, abandon: .021, people: 12, slots: 12, used: 9, answerWithin: 20},
		{queue: "logistics", channel: "wechat", inflow: 8.4, waiting: 12, oldest: 40, onTime: .915, abandon: .012, frt: 14, unanswered: 15, people: 8, slots: 40, used: 31, answerWithin: 180},
		{queue: "售后服务", channel: "chat", inflow: 12.1, waiting: 3, oldest: 22, onTime: .94, abandon: .018, frt: 12, unanswered: 18, people: 14, slots: 70, used: 52, answerWithin: 60},
		{queue: "returns", channel: "app", inflow: 9.6, waiting: 2, oldest: 11, onTime: .951, abandon: .015, frt: 11, unanswered: 9, people: 11, slots: 55, used: 40, answerWithin: 60},
		{queue: "billing", channel: "voice", inflow: 2.1, waiting: 1, oldest: 9, onTime: .91, abandon: .03, people: 7, slots: 7, used: 6, answerWithin: 20},
		{queue: "vip", channel: "chat", inflow: 3.3, onTime: .982, abandon: .004, frt: 6, unanswered: 4, people: 8, slots: 32, used: 18, answerWithin: 60},
		{queue: "tech", channel: "chat", inflow: 5.7, waiting: 4, oldest: 33, onTime: .903, abandon: .02, frt: 19, unanswered: 12, people: 9, slots: 45, used: 37, answerWithin: 60},
		{queue: "投诉处理", channel: "voice", inflow: 1.2, waiting: 1, oldest: 14, onTime: .874, abandon: .035, people: 5, slots: 5, used: 4, answerWithin: 20},
		{queue: "marketplace", channel: "app", inflow: 6.4, waiting: 2, oldest: 17, onTime: .928, abandon: .017, frt: 15, unanswered: 11, people: 7, slots: 35, used: 26, answerWithin: 60},
		{queue: "english", channel: "chat", inflow: 0.7, waiting: 1, oldest: 47, onTime: .9, abandon: .02, uncovered: true, level: metrics.LevelCritical, answerWithin: 60},
		{queue: "warranty", channel: "email", inflow: 0.9, waiting: 7, oldest: 5460, onTime: .97, people: 3, slots: 30, used: 12, answerWithin: 14400},
		{queue: "night", channel: "email", people: 0, slots: 8, closed: true, answerWithin: 14400},
	}
}

// Floor returns a snapshot of one floor, the same for the same options.
func Floor(o Options) *metrics.Snapshot {
	if o.Agents == 0 {
		o.Agents = 150
	}
	if o.Queues == 0 {
		o.Queues = 14
	}
	if o.Bots == 0 {
		o.Bots = 3
	}
	if o.At.IsZero() {
		o.At = At()
	}
	m := &maker{o: o, at: o.At.UnixMilli(), rng: rand.New(rand.NewPCG(o.Seed, 7))}
	day := time.Date(o.At.Year(), o.At.Month(), o.At.Day(), 0, 0, 0, 0, o.At.Location())
	m.day = day.UnixMilli()
	f := m.floor(o.At.Location())
	s := &metrics.Snapshot{At: m.at, Version: 1, Floors: []*metrics.FloorView{f}}
	s.Hours = hours{m.day}
	s.Health = m.health(f)
	s.Link = metrics.Link{Connected: true, Server: "nats://127.0.0.1:4222", Stream: "FLOOR", Since: m.at - 3_600_000, EventsPerSecond: 1284}
	s.Cost = metrics.Cost{ApplyNanos: 820, SnapshotNanos: 410_000, HeapBytes: 92 << 20, Goroutines: 23}
	s.PastBreaches, s.Sinks = m.pastBreaches(), m.sinks()
	s.Together = metrics.TogetherView{Shared: true, Since: m.at - 3_600_000}
	s.Rules = rules()
	if !o.Calm {
		s.Breaches = m.breaches()
		s.Silenced = 1
	}
	return s
}

type maker struct {
	o       Options
	at, day int64
	rng     *rand.Rand
	session int
}

// floor builds queues first, then sums them into channels and the floor.
func (m *maker) floor(zone *time.Location) *metrics.FloorView {
	id := clean.Own("hangzhou")
	f := &metrics.FloorView{ID: id, Zone: zone, DayStart: m.day, MaxLegs: 6}
	list := specs()
	for i := range m.o.Queues {
		q := list[i%len(list)]
		if i >= len(list) {
			q.queue = fmt.Sprintf("%s %d", q.queue, i/len(list)+1)
		}
		if m.o.Calm {
			q = calmed(q)
		}
		f.Tables = append(f.Tables, m.table(id, q))
	}
	f.Row = m.sum(metrics.Key{Scope: metrics.ScopeFloor, Floor: id}, f.Tables)
	byQueue, byChannel := map[clean.Text][]*metrics.QueueView{}, map[clean.Text][]*metrics.QueueView{}
	for _, t := range f.Tables {
		byQueue[t.Queue] = append(byQueue[t.Queue], t)
		byChannel[t.Channel] = append(byChannel[t.Channel], t)
	}
	for _, name := range sorted(byQueue) {
		f.Queues = append(f.Queues, m.sum(metrics.Key{Scope: metrics.ScopeQueue, Floor: id, Queue: name}, byQueue[name]))
	}
	for _, name := range sorted(byChannel) {
		f.Channels = append(f.Channels, m.sum(metrics.Key{Scope: metrics.ScopeChannel, Floor: id, Channel: name}, byChannel[name]))
	}
	sortTables(f.Tables)
	m.plan(f)
	m.people(f)
	m.sessions(f)
	return f
}

// calmed turns a queue in trouble into one that is well.
func calmed(q queueSpec) queueSpec {
	if q.level == metrics.LevelUnknown {
		return q
	}
	q.level, q.uncovered, q.waiting, q.oldest, q.onTime, q.abandon, q.growth = metrics.LevelUnknown, false, 2, 14, .95, .01, 0
	q.unanswered, q.people, q.slots, q.used = 6, 21, 105, 71
	return q
}

// table builds one queue x channel with its waiting sessions.
func (m *maker) table(floor clean.Text, q queueSpec) *metrics.QueueView {
	key := metrics.Key{Scope: metrics.ScopeQueueChannel, Floor: floor, Queue: clean.Own(q.queue), Channel: clean.Own(q.channel)}
	level := metrics.ServiceLevel{AnswerWithin: time.Duration(q.answerWithin) * time.Second, ShortAbandon: 5 * time.Second}
	now := &metrics.Now{
		Waiting: q.waiting, WaitingVIP: q.waiting / 12, Unanswered: q.unanswered,
		People: q.people, Members: q.people + q.people/4 + 1, FreeSlots: max(0, q.slots-q.used), MembershipKnown: true,
		Uncovered: q.uncovered, SlotsUsed: q.used, Slots: q.slots,
		ActiveLegs: q.used, TalkLegs: q.used - q.used/10, OpenSessions: q.used + q.waiting,
		LoadPeople: q.people, LoadShare: int64(float64(q.people) * fact.ShareUnit * share(q.used, q.slots)),
	}
	t := &metrics.QueueView{Queue: key.Queue, Channel: key.Channel, Closed: q.closed}
	if q.waiting > 0 {
		now.OldestSince = m.at - int64(q.oldest)*1000
		now.OldestTotalSince = now.OldestSince
		now.WaitingBeyondT = q.waiting / 3
		if q.uncovered {
			now.UncoveredSince = now.OldestSince
		}
	}
	if q.unanswered > 0 {
		now.UnansweredSince = m.at - int64(q.frt*4)*1000
		now.AwaitingFirst, now.AwaitingFirstSince = q.unanswered/4, now.UnansweredSince
	}
	for i := range int(q.waiting) {
		t.Waiting = append(t.Waiting, m.waitingSession(key, int64(q.oldest)*1000*int64(int(q.waiting)-i)/int64(q.waiting), i))
	}
	t.Row = &metrics.Row{Key: key, Level: level, Now: now, View: m.view(q), Trend: m.trend(q)}
	return t
}

func (m *maker) waitingSession(key metrics.Key, waited int64, i int) metrics.SessionView {
	m.session++
	s := metrics.SessionView{
		ID: clean.Own(fmt.Sprintf("s-%06d", m.session)), Channel: key.Channel, Queue: key.Queue,
		State: metrics.StateQueued, StateSince: m.at - waited, OpenedAt: m.at - waited - 20_000,
		QueuedAt: m.at - waited, FirstQueuedAt: m.at - waited, Lang: clean.Own("zh"),
	}
	if i%12 == 0 {
		s.CustomerClass, s.Priority = clean.Own("vip"), 9
	}
	if i%17 == 3 {
		s.Lang = clean.Own("en")
	}
	return s
}

func share(a, b int32) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
