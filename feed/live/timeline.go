package live

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Timelines reads everything that a stream holds of one session, beside the
// engine and its feed. Safe for concurrent use.
type Timelines struct {
	Conn   *natsfeed.Conn
	Stream string
	From   func() time.Time // from when the stream is read; nil or zero: from its first message
}

// Timeline reads the stream once and keeps the session's events. report is told
// how far it has come; it runs on the caller's goroutine. Memory is bounded by
// the session's own events, time by the context.
func (t Timelines) Timeline(ctx context.Context, floor, channel, session string, report func(read, total int64)) (metrics.Timeline, error) {
	var channels []string
	if channel != "" {
		channels = []string{channel}
	}
	subjects, err := natsfeed.SessionSubjects(floor, channels)
	if err != nil {
		return metrics.Timeline{}, err
	}
	var from time.Time
	if t.From != nil {
		from = t.From()
	}
	found := newSteps(session)
	read := int64(0)
	err = t.Conn.Scan(ctx, natsfeed.Scan{Stream: t.Stream, Subjects: subjects, From: from, Each: found.take, Progress: func(n, total int64) {
		read = n
		report(n, total)
	}})
	if err != nil {
		return metrics.Timeline{}, err
	}
	out := found.timeline()
	out.Read = read
	if !from.IsZero() {
		out.From = from.UnixMilli()
	}
	return out, nil
}

// steps gathers the events of one session.
type steps struct {
	session string
	needle  []byte // what an event of the session contains as it is; nil: nobody can say
	decoder *wire.Decoder
	event   metrics.Event
	seen    map[[2]string]bool // by source and id: an event is one step however often it was published
	list    []metrics.StepView
	left    int64
	garbled int64
}

func newSteps(session string) *steps {
	s := &steps{session: session, decoder: wire.NewDecoder(), seen: map[[2]string]bool{}}
	if literal(session) {
		s.needle = []byte(session)
	}
	return s
}

// literal says whether an id stands in JSON and in headers as it is, whoever
// wrote them: decoding only what contains it makes reading many times faster.
func literal(id string) bool {
	for i := range len(id) {
		c := id[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return id != ""
}

// take keeps a message that is one of the session's.
func (s *steps) take(m *natsfeed.Message) {
	if s.needle != nil && !s.mentioned(m) {
		return
	}
	if err := s.decoder.Decode(m.Subject, m.Header, m.Payload, m.Stored, &s.event); err != nil {
		s.garbled++
		return
	}
	e := &s.event
	if !e.Type.Session() || e.Session.String() != s.session {
		return
	}
	if s.seen[[2]string{e.Source.String(), e.ID.String()}] {
		return
	}
	s.seen[[2]string{strings.Clone(e.Source.String()), strings.Clone(e.ID.String())}] = true
	s.list = append(s.list, stepOf(e))
	if len(s.list) >= 2*metrics.MaxTimelineSteps {
		s.trim()
	}
}

// mentioned says whether the session's id stands anywhere in a message: in its
// body, or in a header where the envelope is written there.
func (s *steps) mentioned(m *natsfeed.Message) bool {
	if bytes.Contains(m.Payload, s.needle) {
		return true
	}
	for _, values := range m.Header {
		for _, v := range values {
			if strings.Contains(v, s.session) {
				return true
			}
		}
	}
	return false
}

// stepOf keeps what a timeline shows of an event: of a transfer, where it went.
func stepOf(e *metrics.Event) metrics.StepView {
	out := metrics.StepView{At: e.Time, Type: e.Type, By: e.By, Agent: e.Agent, Queue: e.Queue, Outcome: e.Outcome}
	if e.Type == metrics.TypeSessionTransferred {
		out.Agent, out.Queue = either(e.ToAgent, e.Agent), either(e.ToQueue, e.Queue)
	}
	out.Agent, out.Queue = out.Agent.Clone(), out.Queue.Clone()
	return out
}

func either(a, b clean.Text) clean.Text {
	if a.Empty() {
		return b
	}
	return a
}

// trim puts the steps in order of when they happened and leaves out the oldest
// of too many.
func (s *steps) trim() {
	slices.SortStableFunc(s.list, func(a, b metrics.StepView) int { return cmp.Compare(a.At, b.At) })
	if over := len(s.list) - metrics.MaxTimelineSteps; over > 0 {
		s.left += int64(over)
		s.list = slices.Delete(s.list, 0, over)
	}
}

func (s *steps) timeline() metrics.Timeline {
	s.trim()
	return metrics.Timeline{Steps: s.list, Left: s.left, Garbled: s.garbled}
}
