package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
)

// MemoryConfig says how much is measured.
type MemoryConfig struct {
	Open   int // sessions open at once, and as many closed ones
	Agents int // each with 12 contacts an hour
}

// DefaultMemory measures a quarter of a million sessions: the tables are then
// as full as they are at a million.
func DefaultMemory() MemoryConfig { return MemoryConfig{Open: 250_000, Agents: 10_000} }

// FullMemory is what the figures are defined on.
func FullMemory() MemoryConfig { return MemoryConfig{Open: 1_000_000, Agents: 10_000} }

// stepsEach is how many steps a session takes, all of them kept.
const stepsEach = 12

// Memory measures what the engine keeps, in bytes of the heap after it has been
// collected. Events carry no id: what is kept against duplicates has a bound of
// its own.
func Memory(ctx context.Context, cfg MemoryConfig) ([]Figure, error) {
	var out []Figure
	for _, measure := range []func(MemoryConfig) (Figure, error){openBytes, closedBytes, agentBytes, cellBytes} {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("bench: memory: %w", err)
		}
		f, err := measure(cfg)
		if err != nil {
			return nil, err
		}
		f.ID, f.Unit, f.Ratio, f.InUnit = "P4", "bytes", f.Ours, true
		out = append(out, f)
	}
	return out, nil
}

// heap returns the bytes in use after collection.
func heap() float64 {
	runtime.GC()
	runtime.GC() // what the first one only finalized
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// script writes events by hand.
type script struct {
	board *board.Board
	ev    metrics.Event
	now   int64
}

func newScript(remembered int) (*script, error) {
	cfg := boardConfig()
	cfg.Settings.Limits.RememberedSessions = remembered
	b, err := board.New(cfg)
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	b.CaughtUp(0)
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).UnixMilli()
	return &script{board: b, now: start}, nil
}

// contactOf is who and what a scripted contact is about.
type contactOf struct{ session, queue, channel, agent clean.Text }

func (s *script) apply(c contactOf, t metrics.EventType, more func(*metrics.Event)) {
	s.ev = metrics.Event{
		Type: t, Time: s.now, Source: clean.Own("/acd/bench"), Floor: clean.Own("hz"),
		Session: c.session, Queue: c.queue, Channel: c.channel,
	}
	if t != metrics.TypeSessionQueued && t != metrics.TypeSessionOpened {
		s.ev.Agent = c.agent
	}
	if more != nil {
		more(&s.ev)
	}
	s.board.Apply(&s.ev)
}

func (s *script) message(c contactOf, by metrics.Party) {
	s.apply(c, metrics.TypeSessionMessage, func(ev *metrics.Event) { ev.By = by })
}

func (s *script) close(c contactOf) {
	s.apply(c, metrics.TypeSessionWrapStarted, nil)
	s.apply(c, metrics.TypeSessionWrapEnded, nil)
	s.apply(c, metrics.TypeSessionClosed, func(ev *metrics.Event) { ev.Outcome = metrics.OutcomeResolved })
}

func number(prefix string, i int) clean.Text { return clean.Own(fmt.Sprintf("%s-%09d", prefix, i)) }

// openBytes opens sessions that take twelve steps each and stay open, after
// every person has had one.
func openBytes(cfg MemoryConfig) (Figure, error) {
	s, err := newScript(1)
	if err != nil {
		return Figure{}, err
	}
	first := min(cfg.Agents, cfg.Open/5)
	n := 0
	run := func(until int) {
		for ; n < until; n++ {
			if n%100 == 0 {
				s.now++
			}
			s.open(contactOf{number("s", n), number("queue", n%50), clean.Own("chat"), number("agent", n%first)})
		}
	}
	// A million do not come within seconds of each other: the minute of the
	// rush is over, and people are heard of again, before anything is measured.
	quiet := func() {
		for k := range 2 {
			s.now += 120_000
			for i := range first {
				c := contactOf{number("s", i), number("queue", i%50), clean.Own("chat"), number("agent", i)}
				s.message(c, []metrics.Party{metrics.PartyCustomer, metrics.PartyAgent}[k])
				s.apply(contactOf{agent: c.agent}, metrics.TypeAgentPresence, func(ev *metrics.Event) {
					ev.Presence = []metrics.Presence{metrics.PresencePaused, metrics.PresenceAvailable}[k]
				})
			}
		}
	}
	run(first)
	quiet()
	before := heap()
	run(cfg.Open)
	quiet()
	ours := (heap() - before) / float64(cfg.Open-first)
	runtime.KeepAlive(s)
	return Figure{What: fmt.Sprintf("memory per open session at %d, with its last %d steps", cfg.Open, stepsEach), Ours: ours, Goal: 256,
		Note: "what their people keep of them included"}, nil
}

// open lets a session take all its steps.
func (s *script) open(c contactOf) {
	s.apply(c, metrics.TypeSessionOpened, nil)
	s.apply(c, metrics.TypeSessionQueued, nil)
	s.apply(c, metrics.TypeSessionAssigned, nil)
	for k := range stepsEach - 3 {
		s.message(c, metrics.PartyAgent-metrics.Party(k%2))
	}
}

// closedBytes lets sessions come and go, few at a time.
func closedBytes(cfg MemoryConfig) (Figure, error) {
	s, err := newScript(2_000_000)
	if err != nil {
		return Figure{}, err
	}
	n := 0
	run := func(until int) {
		for ; n < until; n++ {
			s.now += 20
			c := contactOf{number("s", n), number("queue", n%50), clean.Own("chat"), number("agent", n%100)}
			s.apply(c, metrics.TypeSessionQueued, nil)
			s.apply(c, metrics.TypeSessionAssigned, nil)
			s.close(c)
		}
	}
	// As many as are still kept whole at any time, and with their legs for an
	// hour: both have a bound of their own and are not measured.
	first := min(80_000, cfg.Open/3)
	run(first)
	before := heap()
	run(cfg.Open)
	ours := (heap() - before) / float64(cfg.Open-first)
	runtime.KeepAlive(s)
	return Figure{What: "memory per closed session remembered", Ours: ours, Goal: 64, Note: fmt.Sprintf("%d of them, beyond the first %d", cfg.Open, first)}, nil
}

// agentBytes gives each person twelve contacts an hour for two hours.
func agentBytes(cfg MemoryConfig) (Figure, error) {
	s, err := newScript(1_000)
	if err != nil {
		return Figure{}, err
	}
	const contacts = 24
	before := heap()
	n, step := 0, max(1, 5*60_000/cfg.Agents)
	for range contacts {
		for a := range cfg.Agents {
			n++
			s.now += int64(step)
			c := contactOf{number("s", n), number("queue", a%50), clean.Own("chat"), number("agent", a)}
			s.apply(c, metrics.TypeSessionQueued, nil)
			s.apply(c, metrics.TypeSessionAssigned, nil)
			s.message(c, metrics.PartyAgent)
			s.message(c, metrics.PartyCustomer)
			s.message(c, metrics.PartyAgent)
			s.close(c)
		}
	}
	engine := (heap() - before) / float64(cfg.Agents)
	snapshot := s.board.Snapshot()
	both := (heap() - before) / float64(cfg.Agents)
	runtime.KeepAlive(snapshot)
	runtime.KeepAlive(s)
	return Figure{What: fmt.Sprintf("memory per agent at %d, 12 contacts an hour", cfg.Agents), Ours: engine, Goal: 4096,
		Note: fmt.Sprintf("%.0f with a snapshot of all held", both)}, nil
}

// cellBytes compares a floor of many queue x channel rows with one of few.
func cellBytes(MemoryConfig) (Figure, error) {
	many, err := cells(8)
	if err != nil {
		return Figure{}, err
	}
	few, err := cells(2)
	if err != nil {
		return Figure{}, err
	}
	return Figure{What: "memory per queue x channel, 4 contacts a minute for 2 h", Ours: (many - few) / (8*5 - 2*5), Goal: 64 << 10,
		Note: "a share of the channel's row included, ended legs not"}, nil
}

// pastLegs is how many contacts fill what is kept of ended ones for an hour:
// it has a bound of its own.
const pastLegs = 70_000

// cells returns the heap of a floor of 5 queues on so many channels.
func cells(channels int) (float64, error) {
	const queues, minutes, perMinute, agents = 5, 120, 4, 40
	s, err := newScript(1_000)
	if err != nil {
		return 0, err
	}
	n := 0
	for ; n < pastLegs; n++ {
		s.now += 10
		c := contactOf{number("s", n), number("queue", 0), number("channel", 0), number("agent", n%agents)}
		s.apply(c, metrics.TypeSessionQueued, nil)
		s.apply(c, metrics.TypeSessionAssigned, nil)
		s.close(c)
	}
	s.now += 3_600_000
	before := heap()
	for range minutes * perMinute {
		start := s.now
		for q := range queues {
			for ch := range channels {
				n++
				c := contactOf{number("s", n), number("queue", q), number("channel", ch), number("agent", n%agents)}
				s.now = start
				s.apply(c, metrics.TypeSessionQueued, nil)
				s.now = start + int64(n*7919%9_000)
				s.apply(c, metrics.TypeSessionAssigned, nil)
				s.now += int64(n * 104729 % 3_000)
				s.message(c, metrics.PartyAgent)
				s.now += int64(n * 31 % 2_000)
				s.close(c)
			}
		}
		s.now = start + 60_000/perMinute
	}
	used := heap() - before
	runtime.KeepAlive(s)
	return used, nil
}
