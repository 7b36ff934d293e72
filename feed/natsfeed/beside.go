package natsfeed

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// JetStream returns the connection's JetStream, for what travels beside the
// events of a floor.
func (c *Conn) JetStream() jetstream.JetStream { return c.js }

// Hide returns an error's text without the connection's secrets.
func (c *Conn) Hide(err error) string { return c.hide.text(err.Error()) }

// Listen makes f hear of every change of the link until stop is called. f runs
// on the client's callback goroutine: it may only note that something changed.
func (c *Conn) Listen(f func()) (stop func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.listeners == nil {
		c.listeners = map[int]func(){}
	}
	c.lastListener++
	n := c.lastListener
	c.listeners[n] = f
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.listeners, n)
	}
}

// Send publishes one message on core NATS and waits until the server has it, for
// no longer than a dial may take where the context sets no end.
func (c *Conn) Send(ctx context.Context, subject string, header map[string][]string, payload []byte) error {
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, dialWithin)
		defer cancel()
	}
	err := c.nc.PublishMsg(&nats.Msg{Subject: subject, Header: header, Data: payload})
	if err == nil {
		err = c.nc.FlushWithContext(ctx)
	}
	if err != nil {
		return fmt.Errorf("natsfeed: publish to %s: %w", subject, c.hide.err(err))
	}
	return nil
}
