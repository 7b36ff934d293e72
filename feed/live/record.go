package live

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"wallboard/feed/file"
	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
	"wallboard/metrics"
)

// Recorded counts what a recording took.
type Recorded struct {
	Events int64
	Bytes  int64 // of their payloads
	// Left out: messages that are no event, which no line of a file can hold
	// in a way that would be read as the same again.
	Bad  int64
	Last int64 // when the last one was stored, ms
}

// flushEvery bounds what a recording loses with the machine.
const flushEvery = time.Second

// Record writes what the source delivers to out until the context ends, which
// is no error. report, if not nil, is told the counts about once a second.
func Record(ctx context.Context, source Source, out *file.Writer, report func(Recorded)) (Recorded, error) {
	r := &recording{out: out, decoder: wire.NewDecoder()}
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return r.counts, out.Flush()
		case <-ticker.C:
			if err := out.Flush(); err != nil {
				return r.counts, err
			}
			if report != nil {
				report(r.counts)
			}
		case <-source.Ready():
			if err := r.batch(source.Take().Messages); err != nil {
				return r.counts, errors.Join(err, out.Flush())
			}
		}
	}
}

type recording struct {
	out     *file.Writer
	decoder *wire.Decoder
	event   metrics.Event
	line    []byte
	counts  Recorded
}

func (r *recording) batch(messages []natsfeed.Message) error {
	for i := range messages {
		m := &messages[i]
		err := r.message(m)
		if errors.Is(err, file.ErrNotAnEvent) {
			r.counts.Bad++
			continue
		}
		if err != nil {
			return fmt.Errorf("live: record: %w", err)
		}
		r.counts.Events++
		r.counts.Bytes += int64(len(m.Payload))
		r.counts.Last = m.Stored
	}
	return nil
}

// message writes one message. A structured event is kept member for member, a
// rejected one included, so that a recording shows what was sent; one in binary
// mode has no object of its own and is written as it was understood.
func (r *recording) message(m *natsfeed.Message) error {
	object := m.Payload
	if binaryMode(m.Header) {
		err := r.decoder.Decode(m.Subject, m.Header, m.Payload, m.Stored, &r.event)
		if err != nil || r.event.Type == metrics.TypeUnknown {
			return file.ErrNotAnEvent
		}
		r.line = wire.Append(r.line[:0], &r.event)
		object = r.line
	}
	address, _ := wire.ParseSubject(m.Subject) // the floor is empty where it does not say
	return r.out.Write(object, time.UnixMilli(m.Stored), address.Floor)
}

// binaryMode says whether the event's attributes travel in headers.
func binaryMode(header map[string][]string) bool {
	for name := range header {
		if strings.EqualFold(name, "ce-specversion") || strings.EqualFold(name, "ce-id") {
			return true
		}
	}
	return false
}
