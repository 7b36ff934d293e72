package main

import (
	"context"
	"fmt"

	"wallboard/feed/natsfeed"
)

// natsSink sends the events of an import to NATS.
type natsSink struct {
	p         *program
	ctx       context.Context
	publisher *natsfeed.Publisher
	conn      *natsfeed.Conn
}

func (s *natsSink) send(subject, id string, payload []byte) error {
	return s.publisher.Publish(s.ctx, subject, id, payload)
}

func (s *natsSink) end() error {
	sent, err := closePublisher(s.publisher)
	s.conn.Close()
	fmt.Fprintf(s.p.stderr, "sent %d, acknowledged %d (%d known already), refused by the server %d\n",
		sent.Sent, sent.Acknowledged, sent.Duplicates, sent.Refused)
	return err
}
