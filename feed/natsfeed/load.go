package natsfeed

import (
	"context"
	"fmt"
)

// loadRun is how many messages are sent for one acknowledgement. Below the
// 10,000 that a server buffers for a stream, so that none is turned away.
const loadRun = 2_000

// Load sends messages into an empty stream of our own as fast as it stores
// them, and returns how many. next returns false at the end; what it returns
// is copied. Only the last of a run is acknowledged: the server stores them in
// order, so that stands for those before it. There are no ids, so nothing may
// be sent twice; other publishers use a Publisher.
func (c *Conn) Load(ctx context.Context, next func() (subject string, payload []byte, ok bool)) (int64, error) {
	var sent int64
	for {
		stored, err := c.loadOne(ctx, next)
		sent += stored
		if err != nil || stored < loadRun {
			return sent, err
		}
	}
}

// loadOne sends one run and waits until it is stored.
func (c *Conn) loadOne(ctx context.Context, next func() (string, []byte, bool)) (int64, error) {
	var lastSubject string
	var last []byte
	n := int64(0)
	for ; n < loadRun; n++ {
		subject, payload, ok := next()
		if !ok {
			break
		}
		if n > 0 {
			if err := c.nc.Publish(lastSubject, last); err != nil {
				return n - 1, fmt.Errorf("natsfeed: load: %w", c.hide.err(err))
			}
		}
		lastSubject, last = subject, append(last[:0], payload...)
	}
	if n == 0 {
		return 0, nil
	}
	if _, err := c.js.Publish(ctx, lastSubject, last); err != nil {
		return n - 1, fmt.Errorf("natsfeed: load: %w", c.hide.err(err))
	}
	return n, nil
}
