// Package board composes the engine, its clock and the rules into the one
// thing that is fed events and yields snapshots, live or offline. It must not
// know where events come from nor who looks.
package board

import (
	"fmt"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/history"
	"wallboard/metrics/rule"
)

// Config is what a board is told before the first event.
type Config struct {
	Settings  metrics.Settings
	Rules     []rule.Rule
	Calendar  *rule.Calendar // of promotions; nil: none
	Targets   rule.Targets   // nil: the catalogue's
	ClockMode metrics.ClockMode
	Speed     float64 // of the event clock between events; 0: it stands (offline)
	History   bool    // gather the day by quarters of an hour
}

// Board is one engine with its clock and rules. One goroutine owns it.
type Board struct {
	engine   *metrics.Engine
	clock    *metrics.Clock
	rules    *rule.Book
	watching []metrics.RuleView // what the book watches, shared by all snapshots
	speed    float64
	lookedAt int64 // engine clock of the last look at the rules, ms
	activeAt int64 // engine clock at the last event
	frozen   bool  // the numbers cannot be trusted: rules neither fire nor resolve
	breaches []metrics.Breach
	limits   []metrics.LimitView
	calendar *rule.Calendar
	learns   bool              // some rule learns its limit
	past     *history.Quarters // nil: not gathered
	passedAt int64             // engine clock when it last was, ms
}

// New checks the configuration and returns a board that has seen nothing and
// is catching up.
func New(c Config) (*Board, error) {
	engine, err := metrics.NewEngine(c.Settings)
	if err != nil {
		return nil, fmt.Errorf("board: %w", err)
	}
	book, err := rule.Open(rule.Config{Rules: c.Rules, Calendar: c.Calendar, Targets: c.Targets})
	if err != nil {
		return nil, fmt.Errorf("board: %w", err)
	}
	book.Ask(engine)
	b := &Board{engine: engine, clock: metrics.NewClock(c.ClockMode, c.Speed), rules: book, watching: book.Rules(), calendar: c.Calendar, learns: book.Learns(), speed: c.Speed}
	if c.History {
		b.past = new(history.Quarters)
	}
	return b, nil
}

// Engine returns the engine, for detail that a snapshot does not carry. It
// belongs to the board's goroutine.
func (b *Board) Engine() *metrics.Engine { return b.engine }

// Session returns one session with its last steps, while it is open or has just
// closed; an empty floor asks all of them.
func (b *Board) Session(floor, id string) (metrics.SessionDetail, bool) {
	return b.engine.SessionOn(floor, id)
}

// Now returns the engine clock, ms since the epoch, 0 before the first event
// or tick.
func (b *Board) Now() int64 { return b.clock.Now() }

// Apply folds one decoded event in, moving the clock first where events move
// it. A duplicate or an unknown type moves nothing. Under the event clock
// records may lie ahead of their arrival: none of them is future.
func (b *Board) Apply(ev *metrics.Event) {
	if !b.engine.Receive(ev) {
		return
	}
	if b.clock.FollowsEvents() {
		if b.clock.Mode() == metrics.ClockEvent && ev.Time != 0 {
			ev.Arrival = 0
		}
		b.advanceTo(b.clock.Event(when(ev), ev.Arrival))
	}
	b.activeAt = b.clock.Now()
	b.engine.Fold(ev)
}

// Foresee has the engine look ahead to events that are about to be applied; it
// changes nothing.
func (b *Board) Foresee(events []*metrics.Event) { b.engine.Foresee(events) }

// when returns the time by which an event moves the clock.
func when(ev *metrics.Event) int64 {
	if ev.Time != 0 {
		return ev.Time
	}
	return ev.Arrival
}

// Reject counts an input that is no event.
func (b *Board) Reject(reason string, at int64, sample clean.Text) {
	b.engine.Reject(reason, at, sample)
}

// Advance tells the board wall time, ms since the epoch.
func (b *Board) Advance(wall int64) { b.advanceTo(b.clock.Wall(wall)) }

// CaughtUp says that history has been read, at the wall time given.
func (b *Board) CaughtUp(wall int64) { b.advanceTo(b.clock.CaughtUp(wall)) }

// StandAt moves the clock to an instant, offline.
func (b *Board) StandAt(at int64) { b.advanceTo(b.clock.Event(at, 0)) }

// Freeze says whether the numbers are stale or incomplete; while they are, no
// rule fires or resolves.
func (b *Board) Freeze(frozen bool) { b.frozen = frozen }

// CatchingUp says whether history is still being read.
func (b *Board) CatchingUp() bool { return b.clock.CatchingUp() }

// Rules look at fixed instants of the engine clock, so that what fires depends
// on events and ticks only: every 5 s while something happens, more seldom
// the longer nothing has, so that a silent night costs nothing.
const (
	lookMillis      = int64(5_000)
	lookQuietMillis = int64(60_000)
	lookIdleMillis  = int64(3_600_000)
	quietAfter      = int64(5 * 60_000)
	idleAfter       = int64(24 * 3_600_000)
	learnMillis     = int64(5 * 60_000)
)

// nextLook returns the next instant at which the rules look.
func (b *Board) nextLook() int64 {
	step := lookMillis
	switch silent := b.lookedAt - b.activeAt; {
	case silent >= idleAfter:
		step = lookIdleMillis
	case silent >= quietAfter:
		step = lookQuietMillis
	}
	return b.lookedAt - b.lookedAt%step + step
}

func (b *Board) advanceTo(now int64) {
	if now <= 0 {
		return
	}
	if b.lookedAt == 0 {
		b.lookedAt, b.activeAt, b.passedAt = now, now, now
		b.rememberFrom(now)
	}
	if b.learns && !b.frozen && b.clock.CatchingUp() {
		b.learn(now)
	}
	if b.frozen || b.clock.CatchingUp() {
		b.lookedAt = now // rules neither fire nor resolve over what is not whole
		b.rules.Freeze(now)
	}
	if b.frozen {
		b.noteFrozen(now - b.engine.Now())
	}
	for {
		look, quarter := b.nextLook(), b.nextQuarter()
		next := min(look, quarter)
		if next > now {
			break
		}
		b.engine.Tick(next)
		if next == look {
			b.look(next)
		}
		if next == quarter {
			b.remember(next)
		}
	}
	b.engine.Tick(now)
}

// learn shows the rules what history says at the end of each of their usual
// steps, so that a board that has read a day of it knows what is usual.
func (b *Board) learn(now int64) {
	for next := b.lookedAt - b.lookedAt%learnMillis + learnMillis; next <= now; next += learnMillis {
		if now-next > idleAfter {
			continue // a stream that was silent for weeks teaches nothing
		}
		b.engine.Tick(next)
		b.rules.Learn(b.engine.Glance())
	}
}

func (b *Board) look(now int64) {
	b.lookedAt = now
	if b.rules.Empty() {
		return
	}
	b.breaches = b.rules.Evaluate(b.engine.Glance())
	b.limits = b.rules.Limits()
}

// Snapshot returns the engine's snapshot with the breaches. Mark, Link and
// Cost are left to whoever knows the connection.
func (b *Board) Snapshot() *metrics.Snapshot {
	s := *b.engine.Snapshot()
	s.Breaches, s.PastBreaches, s.Limits, s.Rules = b.breaches, b.rules.Past(), b.limits, b.watching
	s.Promotions = b.calendar.Now(s.At)
	s.Clock = metrics.ClockView{
		Mode: b.clock.Mode(), Speed: b.speed,
		Replay: b.clock.Mode() == metrics.ClockEvent && !b.clock.CatchingUp(),
	}
	if b.past != nil {
		s.Hours = b.past.Hours()
	}
	return &s
}

// Code writes or reads the whole board.
func (b *Board) Code(c *checkpoint.Coder) {
	b.clock.Code(c)
	b.engine.Code(c)
	b.rules.Code(c)
	c.Int64(&b.lookedAt)
	c.Int64(&b.activeAt)
	b.codePast(c)
	if c.Reading() {
		b.breaches = b.rules.Breaches()
	}
}
