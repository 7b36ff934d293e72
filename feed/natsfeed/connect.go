package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The link is watched closely, because a wall that shows old numbers as new is
// worse than one that says it is offline: a dead peer is noticed within 15 s.
const (
	pingEvery       = 5 * time.Second
	pingsUnanswered = 2
	reconnectJitter = 500 * time.Millisecond
	tlsJitter       = 2 * time.Second
	dialWithin      = 5 * time.Second
)

// State is how a connection stands. Texts are free of secrets.
type State struct {
	Connected  bool
	Since      time.Time // of Connected's last change
	Server     string    // the one in use, or those configured
	LastError  string
	Cause      Cause // of LastError
	Reconnects int64
	Attempts   int       // rounds in vain since the link was lost
	NextTry    time.Time // of the round after them
	LameDuck   bool      // the server has said that it is about to go
	Denied     []string  // subjects the server refused, at most maxDenied
	Closed     bool
}

const maxDenied = 16

// Conn is a connection that is kept for ever: it starts even where no server
// answers yet and comes back whenever one does. Safe for concurrent use.
type Conn struct {
	nc     *nats.Conn
	js     jetstream.JetStream
	opts   Options
	hide   redactor
	closed chan struct{} // closed once the client has ended

	mu      sync.Mutex
	state   State
	observe func(linkChange) // of the feed; called from callbacks, only enqueues

	listeners    map[int]func() // of others; called like observe
	lastListener int
}

// linkChange is one thing a callback saw.
type linkChange struct {
	kind linkKind
	at   time.Time
}

type linkKind uint8

const (
	linkUp   linkKind = iota
	linkDown          // or the connection has ended
	linkSlow          // messages were dropped in the client
	linkNews          // anything else worth a look at the state
)

// Connect returns a connection that may still be looking for its server; only
// options that can never work are an error. The caller closes it.
func Connect(opts Options) (*Conn, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	c := &Conn{opts: opts, hide: redactor{opts.secrets()}, closed: make(chan struct{})}
	c.state = State{Server: c.hide.text(opts.Server), Since: opts.Now()}
	auth, err := opts.auth()
	if err != nil {
		return nil, c.hide.err(err)
	}
	nc, err := nats.Connect(opts.Server, append(c.clientOptions(), auth...)...)
	if err != nil {
		return nil, fmt.Errorf("natsfeed: connect to %s: %w", c.hide.text(opts.Server), c.hide.err(err))
	}
	c.nc = nc
	if c.js, err = opts.jetStream(nc); err != nil {
		nc.Close()
		return nil, fmt.Errorf("natsfeed: JetStream: %w", err)
	}
	if nc.IsConnected() {
		c.up(nc)
	}
	return c, nil
}

func (o Options) jetStream(nc *nats.Conn) (jetstream.JetStream, error) {
	switch {
	case o.Domain != "":
		return jetstream.NewWithDomain(nc, o.Domain)
	case o.APIPrefix != "":
		return jetstream.NewWithAPIPrefix(nc, o.APIPrefix)
	}
	return jetstream.New(nc)
}

func (c *Conn) clientOptions() []nats.Option {
	return []nats.Option{
		nats.Name(c.opts.Name),
		nats.CustomInboxPrefix(c.opts.InboxPrefix),
		nats.Timeout(dialWithin),
		nats.MaxReconnects(-1),
		nats.RetryOnFailedConnect(true),
		nats.IgnoreAuthErrorAbort(),
		nats.CustomReconnectDelay(c.delay),
		// Nothing is buffered while the link is down: a publisher is to wait
		// and know, not to believe that an event was sent.
		nats.ReconnectBufSize(-1),
		nats.PingInterval(pingEvery),
		nats.MaxPingsOutstanding(pingsUnanswered),
		nats.PermissionErrOnSubscribe(true),
		nats.ConnectHandler(c.up),
		nats.ReconnectHandler(c.reconnected),
		nats.DisconnectErrHandler(c.down),
		nats.ReconnectErrHandler(func(_ *nats.Conn, err error) { c.note(err) }),
		nats.LameDuckModeHandler(func(*nats.Conn) { c.lameDuck() }),
		nats.ErrorHandler(c.async),
		nats.ClosedHandler(func(*nats.Conn) { c.ended() }),
	}
}

// auth returns the client options that say who we are; the first kind given wins.
func (o Options) auth() ([]nats.Option, error) {
	var opts []nats.Option
	switch {
	case o.Creds != "":
		opts = append(opts, nats.UserCredentials(o.Creds))
	case o.NKey != "":
		key, err := nats.NkeyOptionFromSeed(o.NKey)
		if err != nil {
			return nil, fmt.Errorf("natsfeed: nkey %s: %w", o.NKey, err)
		}
		opts = append(opts, key)
	case o.JWT != "":
		opts = append(opts, nats.UserJWTAndSeed(o.JWT, o.Seed))
	case o.User != "":
		opts = append(opts, nats.UserInfo(o.User, o.Password))
	case o.Token != "":
		opts = append(opts, nats.Token(o.Token))
	}
	if o.TLSCert != "" {
		opts = append(opts, nats.ClientCert(o.TLSCert, o.TLSKey))
	}
	if o.TLSCA != "" {
		opts = append(opts, nats.RootCAs(o.TLSCA))
	}
	if o.TLSFirst {
		opts = append(opts, nats.TLSHandshakeFirst())
	}
	return opts, nil
}

// up, reconnected, down and the rest run on the client's callback goroutine:
// they note what happened and pass it on, and do nothing that could wait.

func (c *Conn) up(nc *nats.Conn) {
	now := c.opts.Now()
	c.change(linkChange{linkUp, now}, func(s *State) {
		if !s.Connected {
			s.Since = now
		}
		s.Connected, s.LameDuck, s.LastError, s.Cause = true, false, "", CauseNone
		s.Attempts, s.NextTry = 0, time.Time{}
		s.Server = c.hide.text(nc.ConnectedUrlRedacted())
		s.Denied = nil // the server will say so again where it still refuses
	})
}

func (c *Conn) reconnected(nc *nats.Conn) {
	c.up(nc)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state.Reconnects++
}

func (c *Conn) down(_ *nats.Conn, err error) {
	now := c.opts.Now()
	c.change(linkChange{linkDown, now}, func(s *State) {
		if s.Connected {
			s.Since = now
		}
		s.Connected = false
		if err != nil {
			s.LastError, s.Cause = c.hide.text(err.Error()), CauseOf(err)
		}
	})
}

// delay returns how long to wait after a round of attempts that was in vain. It
// runs on the client's reconnecting goroutine.
func (c *Conn) delay(rounds int) time.Duration {
	jitter := min(reconnectJitter, c.opts.ReconnectWait)
	if c.opts.TLSCert != "" || c.opts.TLSCA != "" || c.opts.TLSFirst {
		jitter = tlsJitter
	}
	wait := c.opts.ReconnectWait + rand.N(max(jitter, 1))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state.Attempts, c.state.NextTry = rounds, c.opts.Now().Add(wait)
	return wait
}

func (c *Conn) lameDuck() {
	c.change(linkChange{linkNews, c.opts.Now()}, func(s *State) { s.LameDuck = true })
}

func (c *Conn) ended() {
	c.change(linkChange{linkDown, c.opts.Now()}, func(s *State) { s.Connected, s.Closed = false, true })
	close(c.closed)
}

// async hears of everything that goes wrong beside a call: a denied subject, a
// slow consumer, a broken message.
func (c *Conn) async(_ *nats.Conn, _ *nats.Subscription, err error) {
	kind := linkNews
	if errors.Is(err, nats.ErrSlowConsumer) {
		kind = linkSlow
	}
	c.change(linkChange{kind, c.opts.Now()}, func(s *State) {
		s.LastError, s.Cause = c.hide.text(err.Error()), CauseOf(err)
		if s.Cause == CausePermission && len(s.Denied) < maxDenied && !slices.Contains(s.Denied, s.LastError) {
			s.Denied = append(s.Denied[:len(s.Denied):len(s.Denied)], s.LastError)
		}
	})
}

// note keeps an error for the health page: but not that something could not be
// sent without a link, which would hide why there is none.
func (c *Conn) note(err error) {
	if err == nil || errors.Is(err, nats.ErrReconnectBufExceeded) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state.Cause == CausePermission && errors.Is(err, context.DeadlineExceeded) {
		return // the request was refused, which is why no answer came
	}
	c.state.LastError, c.state.Cause = c.hide.text(err.Error()), CauseOf(err)
}

func (c *Conn) change(what linkChange, apply func(*State)) {
	c.mu.Lock()
	apply(&c.state)
	observe := c.observe
	others := make([]func(), 0, len(c.listeners))
	for _, f := range c.listeners {
		others = append(others, f)
	}
	c.mu.Unlock()
	if observe != nil {
		observe(what)
	}
	for _, f := range others {
		f()
	}
}

// State returns how the connection stands.
func (c *Conn) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// watch makes f hear of every change; nil ends it.
func (c *Conn) watch(f func(linkChange)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.observe = f
}

// Close ends the connection and waits until its last callback has run.
func (c *Conn) Close() {
	c.nc.Close()
	<-c.closed
}
