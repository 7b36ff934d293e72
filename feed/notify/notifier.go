package notify

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/ack"
)

// Options say who is told of what.
type Options struct {
	Desk   *ack.Desk
	Claims Claims // nil: this board has no others beside it
	Ways   []Way
	Alerts []*Alertmanager
	Names  Privacy

	Now    func() time.Time // default time.Now
	Random func() float64   // in [0,1); default the runtime's
	// Gather is how long a notice waits for others of its rule, so that ten
	// queues make one message; default 3 s.
	Gather time.Duration
}

const defaultGather = 3 * time.Second

// lookEvery is how often what time alone makes due is looked for.
const lookEvery = time.Second

// Notifier watches snapshots and tells people. Observe and View may be called
// from any goroutine and never wait.
type Notifier struct {
	opts   Options
	lines  []*line
	newest atomic.Pointer[metrics.Snapshot]
	wake   chan struct{}
	cancel context.CancelFunc
	all    sync.WaitGroup
	watch  watch
}

// Start begins to watch. The notifier owns its sinks from now on.
func Start(o Options) (*Notifier, error) {
	if o.Desk == nil {
		return nil, errors.New("notify: start: a desk is needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Gather <= 0 {
		o.Gather = defaultGather
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := &Notifier{opts: o, wake: make(chan struct{}, 1), cancel: cancel}
	n.watch = watch{opts: &n.opts, of: map[ack.ID]*watched{}}
	for _, w := range o.Ways {
		l := newLine(w, o)
		n.lines = append(n.lines, l)
		n.all.Go(func() { l.run(ctx) })
	}
	for _, a := range o.Alerts {
		n.all.Go(func() { a.run(ctx, o) })
	}
	n.all.Go(func() { n.run(ctx) })
	return n, nil
}

// Close ends everything and waits for it. What has not gone out is left to the
// other boards.
func (n *Notifier) Close() {
	n.cancel()
	n.all.Wait()
}

// Observe hands over a snapshot whose breaches are marked. Only the newest
// counts: notices follow from what is, not from each step to it.
func (n *Notifier) Observe(s *metrics.Snapshot) {
	n.newest.Store(s)
	for _, a := range n.opts.Alerts {
		a.observe(s)
	}
	poke(n.wake)
}

// View says how each way of telling people fares, for the health page.
func (n *Notifier) View() []metrics.SinkView {
	var out []metrics.SinkView
	for _, l := range n.lines {
		out = append(out, l.state())
	}
	for _, a := range n.opts.Alerts {
		out = append(out, a.state())
	}
	return out
}

func (n *Notifier) run(ctx context.Context) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		case <-n.wake:
		}
		s := n.newest.Load()
		if s == nil || s.Mark.Kind == metrics.MarkCatchingUp {
			continue // its breaches are not whole
		}
		n.watch.look(s)
		n.tell(ctx, s)
	}
}

// tell claims what is ripe and hands it to the sinks.
func (n *Notifier) tell(ctx context.Context, s *metrics.Snapshot) {
	for _, batch := range n.watch.ripe(n.opts.Now()) {
		var told []Line
		var tellings []*telling
		for _, d := range batch {
			t, l, ok := n.claim(ctx, d)
			if ok {
				told, tellings = append(told, l), append(tellings, t)
			}
			if ctx.Err() != nil {
				return
			}
		}
		if len(told) > 0 {
			n.send(s, batch[0].state, told, tellings)
		}
	}
}

// send hands one message to every way that wants it, with the lines it wants.
func (n *Notifier) send(s *metrics.Snapshot, state State, lines []Line, tellings []*telling) {
	team := teams(s)
	type part struct {
		line     *line
		lines    []Line
		tellings []*telling
	}
	var parts []part
	for _, l := range n.lines {
		p := part{line: l}
		for i, t := range tellings {
			if l.way.takes(state, lines[i].Breach.Level) && t.wants(l.way.Sink.Name()) {
				p.lines, p.tellings = append(p.lines, lines[i]), append(p.tellings, t)
			}
		}
		if len(p.lines) > 0 {
			parts = append(parts, p)
		}
	}
	// Counted before any of them goes out: the last one confirms the claim.
	for _, p := range parts {
		for _, t := range p.tellings {
			t.expect()
		}
	}
	for _, p := range parts {
		at := time.UnixMilli(s.At).In(zoneOf(s, lines[0].ID.Floor))
		p.line.put(parcel{message: message(state, at, gather(p.lines, n.opts.Names, team)), tellings: p.tellings, since: n.opts.Now()})
	}
}

func message(state State, at time.Time, lines []Line) *Message {
	first := &lines[0]
	m := &Message{Floor: first.ID.Floor, Rule: first.ID.Rule, State: state, At: at, Lines: lines}
	for i := range lines {
		b := &lines[i].Breach
		m.Level = max(m.Level, b.Level)
		if m.KPI == "" {
			m.KPI, m.AdviceEN, m.AdviceZH = b.KPI, b.AdviceEN, b.AdviceZH
		}
	}
	return m
}
