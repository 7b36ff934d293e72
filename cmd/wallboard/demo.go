package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"wallboard/cmd/wallboard/config"
	"wallboard/feed/embed"
	"wallboard/feed/file"
	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/feed/sim"
	"wallboard/feed/wire"
	"wallboard/metrics"
)

// demo holds the flags of the simulated floor.
type demo struct {
	seed      uint64
	load      float64 // events per second, 0: the floor's own
	incidents []string
	promotion string
	outage    string
	port      int
}

func (p *program) demoCommand() *cobra.Command {
	var l looks
	var d demo
	c := &cobra.Command{
		Use: "demo", Short: "Show the live board on a simulated floor, nothing else needed",
		Long: `Starts a NATS server on loopback, simulates a floor of 14 queues and 150 people
into it, and shows the board on it. The simulated day is shifted so that now is
14:00 of its curve.

Incidents: ` + strings.Join(sim.IncidentNames(), ", ") + `, as NAME, NAME@+30s or NAME@+30s/10m
counted from the start; "none" leaves out the one every demo begins with.`,
		Example: `  wallboard demo
  wallboard demo --incident logistics@+20s --promotion 4
  wallboard demo --load 1000                    a thousand events a second
  wallboard demo --outage 20s@30s               after 30 s the server is away for 20 s`,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return p.runDemo(c.Context(), &l, &d) },
	}
	l.register(c)
	f := c.Flags()
	f.Uint64Var(&d.seed, "seed", 7, "the same seed gives the same floor")
	f.Float64Var(&d.load, "load", 0, fmt.Sprintf("events a second from now on, up to %.0f (default: about %.0f)", sim.BaseRate*sim.MaxLoad, sim.BaseRate))
	f.StringArrayVar(&d.incidents, "incident", nil, "what goes wrong, may be repeated")
	f.StringVar(&d.promotion, "promotion", "", "arrivals times this from now on for two hours, such as 4")
	f.StringVar(&d.outage, "outage", "", "take the server away for a while, such as 20s@30s")
	f.IntVar(&d.port, "port", 0, "port of the embedded server (default: any free one)")
	return c
}

func (p *program) runDemo(ctx context.Context, l *looks, d *demo) error {
	now := time.Now()
	begin := now.Add(-sim.LiveOffset)
	options, err := d.options(begin)
	if err != nil {
		return err
	}
	away, err := parseOutage(d.outage)
	if err != nil {
		return err
	}
	floor, err := sim.New(options)
	if err != nil {
		return usageError{err}
	}
	nats, err := p.startEmbedded("wallboard demo", d.port)
	if err != nil {
		return err
	}
	defer nats.close()

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	spoken := make(chan error, 1)
	voice := &speaker{floor: floor, conn: nats.speaker, now: now.UnixMilli(), ready: make(chan struct{})}
	go func() { // ends with the context; without it there is nothing to show
		err := guarded(func() error { return voice.run(ctx) })
		if err != nil {
			cancel()
		}
		spoken <- err
	}()
	go away.run(ctx, nats.server, voice.ready)
	p.file.Promotion = append(p.file.Promotion, announced(options.Promotions, begin)...)
	zone, err := p.zone(time.Local)
	if err != nil {
		return err
	}
	local := begin.In(zone)
	err = p.show(ctx, l, showing{
		conn: nats.listener, stream: natsfeed.DefaultStream, clock: metrics.ClockWall, simDay: begin.UnixMilli(), zone: zone,
		stage:    func(feed live.Source) live.Source { return staged{feed, voice} },
		dayStart: time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute,
	})
	cancel()
	if failed := <-spoken; failed != nil && !errors.Is(failed, context.Canceled) {
		err = errors.Join(err, failed)
	}
	return err
}

func (d *demo) options(begin time.Time) (sim.Options, error) {
	o := sim.Options{Seed: d.seed, DayStart: begin.UnixMilli(), LoadFrom: sim.LiveOffset, Load: 1}
	if d.load != 0 {
		o.Load = d.load / sim.BaseRate
	}
	if len(d.incidents) == 0 {
		o.Incidents = []sim.Incident{sim.DemoIncident(sim.LiveOffset)}
	}
	for _, text := range d.incidents {
		if text == "none" {
			continue
		}
		incident, err := sim.ParseIncident(text, sim.LiveOffset)
		if err != nil {
			return o, usageError{err}
		}
		o.Incidents = append(o.Incidents, incident)
	}
	if d.promotion != "" {
		factor, err := strconv.ParseFloat(strings.TrimPrefix(d.promotion, "x"), 64)
		if err != nil || factor <= 0 {
			return o, usagef("--promotion %q is no factor such as 4", d.promotion)
		}
		o.Promotions = []sim.Promotion{{From: sim.LiveOffset, To: sim.LiveOffset + 2*time.Hour, Factor: factor}}
	}
	return o, nil
}

// announced enters simulated promotions in the calendar: a shop knows of them
// beforehand, and so does its board.
func announced(promotions []sim.Promotion, begin time.Time) []config.Promotion {
	var out []config.Promotion
	for _, on := range promotions {
		out = append(out, config.Promotion{Name: "11.11", From: begin.Add(on.From), To: begin.Add(on.To), Factor: on.Factor})
	}
	return out
}

// speaker publishes a simulated floor: the day so far at once, then each event
// when it happens.
type speaker struct {
	floor  *sim.Sim
	conn   *natsfeed.Conn
	now    int64         // until when the day so far reaches, ms
	loaded atomic.Uint64 // messages of the day so far, 0 until all are stored
	ready  chan struct{} // closed when they are

	first            *metrics.Event // the first event that has not happened yet
	payload, subject []byte
}

func (s *speaker) run(ctx context.Context) error {
	stored, err := s.conn.Load(ctx, s.past)
	if err != nil {
		return err
	}
	s.loaded.Store(max(uint64(stored), 1))
	close(s.ready)
	publisher := natsfeed.NewPublisher(s.conn, natsfeed.PublishOptions{JetStream: true, InFlight: 4096})
	defer func() { _, _ = closePublisher(publisher) }() // a demo that ends needs no answers
	for ev, ok := s.first, s.first != nil; ok; ev, ok = s.floor.Next() {
		if wait := time.Until(time.UnixMilli(ev.Time)); wait > 0 {
			if err := file.Sleep(ctx, wait); err != nil {
				return err
			}
		}
		s.encode(ev)
		if err := publisher.Publish(ctx, string(s.subject), wire.MsgID(ev.Source.String(), ev.ID.String()), s.payload); err != nil {
			return err
		}
	}
	return nil
}

// past returns the next event of the day so far.
func (s *speaker) past() (string, []byte, bool) {
	ev, ok := s.floor.Next()
	if !ok {
		return "", nil, false
	}
	if ev.Time > s.now {
		s.first = ev
		return "", nil, false
	}
	s.encode(ev)
	return string(s.subject), s.payload, true
}

func (s *speaker) encode(ev *metrics.Event) {
	s.payload = wire.Append(s.payload[:0], ev)
	s.subject = wire.AppendSubject(s.subject[:0], ev)
}

// staged is the demo's feed: its history is complete only once the speaker has
// sent all of it, however early the board began to read.
type staged struct {
	live.Source
	speaker *speaker
}

// Status is that of the feed, with the end of the catch-up where it is.
func (s staged) Status() natsfeed.Status {
	status := s.Source.Status()
	if loaded := s.speaker.loaded.Load(); loaded > 0 {
		status.CatchUpTo = loaded
	} else {
		status.Open = false
	}
	return status
}

// outage takes the embedded server away and brings it back.
type outage struct{ after, length time.Duration }

// parseOutage reads "20s@30s": for 20 s, after 30 s.
func parseOutage(text string) (outage, error) {
	if text == "" {
		return outage{}, nil
	}
	length, after, ok := strings.Cut(text, "@")
	o := outage{}
	var err1, err2 error
	o.length, err1 = time.ParseDuration(length)
	o.after, err2 = time.ParseDuration(after)
	if !ok || err1 != nil || err2 != nil || o.length <= 0 || o.after < 0 {
		return o, usagef("--outage %q is not of the form 20s@30s (how long @ after how long)", text)
	}
	return o, nil
}

// run ends with the context or when the server is back. It counts from when
// the day so far is stored: loading it cannot be interrupted.
func (o outage) run(ctx context.Context, server *embed.Server, ready <-chan struct{}) {
	select {
	case <-ctx.Done():
		return
	case <-ready:
	}
	if o.length == 0 || file.Sleep(ctx, o.after) != nil {
		return
	}
	server.Stop()
	if file.Sleep(ctx, o.length) == nil {
		// The screen shows a server that stays away; a demo has nobody to tell.
		_ = server.Start()
	}
}

// demoBases gives the simulated shop what its uplifts are measured against,
// where the configuration says nothing: what it did before, as it were.
func demoBases(q metrics.QualitySettings) metrics.QualitySettings {
	if q.ConversionBase == 0 {
		q.ConversionBase = 3.5
	}
	if q.ProductivityBase == 0 {
		q.ProductivityBase = 3.4
	}
	return q
}
