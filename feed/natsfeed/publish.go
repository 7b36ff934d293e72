package natsfeed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// PublishOptions say how events are sent.
type PublishOptions struct {
	JetStream bool          // wait for acknowledgements; else core NATS, where none exist
	InFlight  int           // acknowledgements awaited at once; default 1,024
	AckWithin time.Duration // default 5 s
	Attempts  int           // per event where no answer comes; default 5
}

// Sent counts what became of the events given to a Publisher.
type Sent struct {
	Sent         int64 // handed to the server
	Acknowledged int64 // stored by JetStream, duplicates included
	Duplicates   int64 // of those, known to JetStream by their id
	Refused      int64 // answered with an error, or never answered
}

// Publisher sends events in order with a bounded number unacknowledged, so
// that a slow server holds the caller back. Publish and Close belong to one
// goroutine; Counts is safe for any.
//
// An event whose acknowledgement was lost with the link is sent again under
// the same id: JetStream refuses the second one within its duplicate window
// and the engine beyond it, so at worst its place in the order changes.
type Publisher struct {
	conn    *Conn
	opts    PublishOptions
	futures chan jetstream.PubAckFuture
	done    chan struct{}

	sent, acknowledged, duplicates, refused atomic.Int64

	nobody chan struct{} // closed once no stream takes what is sent

	mu   sync.Mutex
	last error // why the last event was refused
}

// NewPublisher returns a publisher on the connection.
func NewPublisher(conn *Conn, opts PublishOptions) *Publisher {
	if opts.InFlight <= 0 {
		opts.InFlight = 1024
	}
	if opts.AckWithin <= 0 {
		opts.AckWithin = 5 * time.Second
	}
	if opts.Attempts <= 0 {
		opts.Attempts = 5
	}
	p := &Publisher{conn: conn, opts: opts, futures: make(chan jetstream.PubAckFuture, opts.InFlight), done: make(chan struct{}), nobody: make(chan struct{})}
	go p.collect()
	return p
}

// ErrNobody is returned where no stream takes what is published.
var ErrNobody = errors.New("no stream takes this subject (create it: wallboard stream init)")

// Publish sends one event; id is its Nats-Msg-Id, empty for none. It waits
// while the link is down or too many acknowledgements are missing, and fails
// with the context, the connection, or where there is no stream.
func (p *Publisher) Publish(ctx context.Context, subject, id string, payload []byte) error {
	m := nats.NewMsg(subject)
	m.Data = bytes.Clone(payload) // kept until acknowledged
	if id != "" {
		m.Header.Set(jetstream.MsgIDHeader, id)
	}
	for {
		select {
		case <-p.nobody:
			return fmt.Errorf("natsfeed: publish to %s: %w", subject, ErrNobody)
		default:
		}
		err := p.send(ctx, m)
		if err == nil {
			p.sent.Add(1)
			return nil
		}
		if ctx.Err() != nil || p.conn.State().Closed {
			return fmt.Errorf("natsfeed: publish to %s: %w", subject, errors.Join(ctx.Err(), p.conn.hide.err(err)))
		}
		if err := wait(ctx, 50*time.Millisecond); err != nil {
			return fmt.Errorf("natsfeed: publish to %s: %w", subject, err)
		}
	}
}

func (p *Publisher) send(ctx context.Context, m *nats.Msg) error {
	if !p.opts.JetStream {
		return p.conn.nc.PublishMsg(m)
	}
	future, err := p.conn.js.PublishMsgAsync(m)
	if err != nil {
		return err
	}
	select {
	case p.futures <- future:
	case <-ctx.Done():
		// It is on its way; the count says sent, and nobody waits for it.
		p.refused.Add(1)
	}
	return nil
}

// collect counts answers in the order the events were sent.
func (p *Publisher) collect() {
	defer close(p.done)
	for future := range p.futures {
		ack, err := p.await(future)
		for attempt := 1; err != nil && attempt < p.opts.Attempts && retryable(err) && !p.ended(); attempt++ {
			ack, err = p.again(future.Msg())
		}
		if err != nil {
			p.refuse(err)
			continue
		}
		p.acknowledged.Add(1)
		if ack.Duplicate {
			p.duplicates.Add(1)
		}
	}
}

// refuse counts an event nobody stored. Where the server is there and no stream
// answers, in spite of every attempt, the rest would fare the same.
func (p *Publisher) refuse(err error) {
	p.refused.Add(1)
	if isNobody(err) && !p.ended() {
		close(p.nobody)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = p.conn.hide.err(err)
}

func (p *Publisher) ended() bool {
	select {
	case <-p.nobody:
		return true
	default:
		return false
	}
}

func isNobody(err error) bool {
	return errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse)
}

func (p *Publisher) await(future jetstream.PubAckFuture) (*jetstream.PubAck, error) {
	timer := time.NewTimer(p.opts.AckWithin)
	defer timer.Stop()
	select {
	case ack := <-future.Ok():
		return ack, nil
	case err := <-future.Err():
		return nil, err
	case <-timer.C:
		return nil, jetstream.ErrAsyncPublishTimeout
	}
}

// again sends an event whose answer was lost, once more and alone.
func (p *Publisher) again(m *nats.Msg) (*jetstream.PubAck, error) {
	ctx, cancel := context.WithTimeout(context.Background(), p.opts.AckWithin)
	defer cancel()
	if !p.conn.nc.IsConnected() {
		if err := wait(ctx, p.conn.opts.ReconnectWait); err != nil {
			return nil, err
		}
	}
	return p.conn.js.PublishMsg(ctx, &nats.Msg{Subject: m.Subject, Header: m.Header, Data: m.Data})
}

// retryable says whether the answer got lost, as against a server that said no.
func retryable(err error) bool {
	var api *jetstream.APIError
	return !errors.As(err, &api)
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Counts returns what became of the events so far.
func (p *Publisher) Counts() Sent {
	return Sent{
		Sent: p.sent.Load(), Acknowledged: p.acknowledged.Load(),
		Duplicates: p.duplicates.Load(), Refused: p.refused.Load(),
	}
}

// Close waits for the missing answers and returns the final counts, and why
// the last refused event was.
func (p *Publisher) Close(ctx context.Context) (Sent, error) {
	close(p.futures)
	<-p.done
	var err error
	if !p.opts.JetStream {
		err = p.conn.nc.FlushWithContext(ctx)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil && p.last != nil {
		err = fmt.Errorf("natsfeed: an event was refused: %w", p.last)
	}
	return p.Counts(), err
}
