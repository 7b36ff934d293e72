package bench

import (
	"context"
	"fmt"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
)

// SnapshotConfig says how much is measured.
type SnapshotConfig struct {
	Agents, Queues int // Agents a multiple of Queues
	Rounds         int
}

// DefaultSnapshot is what the figure is defined on.
func DefaultSnapshot() SnapshotConfig {
	return SnapshotConfig{Agents: 10_000, Queues: 1_000, Rounds: 60}
}

// changedShare is one part in how many that changes between two snapshots.
const changedShare = 20

// between is the engine time between two snapshots, ms.
const between = 200

// desk is a floor where everybody has one customer: who belongs to which queue
// is fixed, so that it can be said how much of it changes.
type desk struct {
	cfg   SnapshotConfig
	board *board.Board
	event metrics.Event
	names [3][]clean.Text // agents, sessions, queues
	now   int64
	turn  int
}

func newDesk(cfg SnapshotConfig) (*desk, error) {
	b, err := newBoard()
	if err != nil {
		return nil, err
	}
	d := &desk{cfg: cfg, board: b, now: time.Now().Add(-time.Hour).UnixMilli()}
	for i := range cfg.Agents {
		d.names[0] = append(d.names[0], clean.Own(fmt.Sprintf("agent-%05d", i)))
		d.names[1] = append(d.names[1], clean.Own(fmt.Sprintf("s-%06d", i)))
	}
	for i := range cfg.Queues {
		d.names[2] = append(d.names[2], clean.Own(fmt.Sprintf("queue-%04d", i)))
	}
	for i := range cfg.Agents {
		d.begin(i)
	}
	return d, nil
}

// begin introduces a person and gives them a customer.
func (d *desk) begin(i int) {
	person := func(ev *metrics.Event) { ev.Session, ev.Queue, ev.Channel = clean.Text{}, clean.Text{}, clean.Text{} }
	d.apply(i, metrics.TypeAgentProfile, func(ev *metrics.Event) {
		person(ev)
		ev.Name, ev.Team = ev.Agent, clean.Own(fmt.Sprintf("team-%03d", i%200))
	})
	d.apply(i, metrics.TypeAgentPresence, func(ev *metrics.Event) { person(ev); ev.Presence = metrics.PresenceAvailable })
	d.apply(i, metrics.TypeSessionQueued, func(ev *metrics.Event) { ev.Agent = clean.Text{} })
	d.apply(i, metrics.TypeSessionAssigned, nil)
	d.message(i)
}

// message lets the customer and the person of one session speak in turn.
func (d *desk) message(i int) {
	by := metrics.PartyCustomer
	if d.turn%2 == 1 {
		by = metrics.PartyAgent
	}
	d.apply(i, metrics.TypeSessionMessage, func(ev *metrics.Event) { ev.By = by })
}

func (d *desk) apply(i int, t metrics.EventType, more func(*metrics.Event)) {
	queue := i % d.cfg.Queues
	channels := [...]clean.Text{clean.Own("chat"), clean.Own("app"), clean.Own("wechat"), clean.Own("email")}
	d.event = metrics.Event{
		Type: t, Time: d.now, Source: clean.Own("/acd/bench"), Floor: clean.Own("hz"), Agent: d.names[0][i],
		Session: d.names[1][i], Queue: d.names[2][queue], Channel: channels[queue%len(channels)],
	}
	if more != nil {
		more(&d.event)
	}
	d.board.Apply(&d.event)
}

// change touches one part in share of the queues and their people, others
// every time.
func (d *desk) change(share int) {
	d.turn++
	d.now += between
	width := d.cfg.Queues / share
	from := d.turn % share * width
	for i := range d.cfg.Agents {
		if q := i % d.cfg.Queues; q >= from && q < from+width {
			d.message(i)
		}
	}
}

// round changes a share and returns what the snapshot then costs, in ms.
func (d *desk) round(share int) float64 {
	d.change(share)
	before := time.Now()
	d.board.Snapshot()
	return float64(time.Since(before)) / float64(time.Millisecond)
}

// Snapshot measures what a snapshot costs after few and after all rows have
// changed.
func Snapshot(ctx context.Context, cfg SnapshotConfig) ([]Figure, error) {
	d, err := newDesk(cfg)
	if err != nil {
		return nil, err
	}
	d.board.Snapshot()
	var few, all []float64
	for i := range cfg.Rounds {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("bench: snapshot: %w", err)
		}
		few = append(few, d.round(changedShare))
		if i%6 == 5 {
			all = append(all, d.round(1))
		}
	}
	return []Figure{{
		ID: "P5", What: fmt.Sprintf("snapshot, %d agents, %d queues, 5 %% changed, of all changed", cfg.Agents, cfg.Queues), Unit: "ms",
		Limit: median(all), Ours: median(few), Ratio: median(few) / median(all), Goal: 5, InUnit: true,
		Note: fmt.Sprintf("worst %.1f ms", worst(few)),
	}}, nil
}
