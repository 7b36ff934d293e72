package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"wallboard/feed/wire"
	"wallboard/metrics"
)

// Sink takes events on their way out.
type Sink interface {
	Publish(ctx context.Context, subject, id string, payload []byte) error
}

// Progress is how far sending has come.
type Progress struct {
	Lines, Sent, Bad int64
	Bytes, Total     int64 // Total 0: unknown
	EventTime        int64 // of the last event, ms
	Elapsed          time.Duration
	Rate             float64       // events per second
	Left             time.Duration // about; negative: unknown
}

// Sender sends the events of a file on.
type Sender struct {
	In    *Reader
	Out   Sink
	Pace  *Pacer
	Now   func() time.Time
	Total int64 // size of the input in bytes, 0 where it is unknown
	// Report is told the progress every Every, and once at the end; nil: nobody is.
	Report func(Progress)
	Every  time.Duration
}

// Run sends every event that can be decoded and returns what it met. A line
// that cannot be is counted and left out. It ends early only when the context
// or the sink does, or the input cannot be read.
func (s *Sender) Run(ctx context.Context) (Progress, Faults, error) {
	r := &run{Sender: s, decoder: wire.NewDecoder(), start: s.Now()}
	r.reported = r.start
	err := r.lines(ctx)
	r.report()
	return r.progress, r.faults, err
}

type run struct {
	*Sender
	decoder  *wire.Decoder
	event    metrics.Event
	subject  []byte
	progress Progress
	faults   Faults
	start    time.Time
	reported time.Time
}

func (r *run) lines(ctx context.Context) error {
	for {
		line, err := r.In.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		r.progress.Lines++
		r.progress.Bytes = line.End
		if err := r.line(ctx, line); err != nil {
			return fmt.Errorf("file: send line %d: %w", line.Number, err)
		}
		if r.Report != nil && r.Now().Sub(r.reported) >= r.Every {
			r.report()
		}
	}
}

func (r *run) line(ctx context.Context, line Line) error {
	fault := r.decode(line)
	if fault.Reason != "" {
		r.faults.Add(fault)
		r.progress.Bad++
		return nil
	}
	if err := r.Pace.Wait(ctx, r.event.Time); err != nil {
		return err
	}
	r.subject = wire.AppendSubject(r.subject[:0], &r.event)
	id := wire.MsgID(r.event.Source.String(), r.event.ID.String())
	if err := r.Out.Publish(ctx, string(r.subject), id, line.Text); err != nil {
		return err
	}
	r.progress.Sent++
	r.progress.EventTime = r.event.Time
	return nil
}

// ReasonNoSubject counts an event of an unknown type whose name no subject can
// carry; any other unknown type travels, to be counted where it arrives.
const ReasonNoSubject = "no_subject"

// decode reads the line's event; the fault's reason is empty where it could.
func (r *run) decode(line Line) Fault {
	err := r.decoder.Decode("", nil, line.Text, 0, &r.event)
	var rejection *wire.Rejection
	if errors.As(err, &rejection) {
		return Fault{Line: line.Number, Reason: rejection.Reason, Text: rejection.Sample.String()}
	}
	if err != nil {
		return Fault{Line: line.Number, Reason: wire.ReasonBadJSON}
	}
	if r.event.Type == metrics.TypeUnknown && !carriable(r.event.Reason.String()) {
		return Fault{Line: line.Number, Reason: ReasonNoSubject, Text: r.event.Reason.String()}
	}
	return Fault{}
}

// carriable says whether a type's name can be part of a subject.
func carriable(name string) bool {
	empty := true // since the last dot
	for i := range len(name) {
		switch c := name[i]; {
		case c == '.':
			if empty {
				return false
			}
			empty = true
		case c <= ' ' || c == '*' || c == '>' || c >= 0x7f:
			return false
		default:
			empty = false
		}
	}
	return !empty
}

func (r *run) report() {
	now := r.Now()
	r.reported = now
	p := &r.progress
	p.Total, p.Elapsed, p.Left = r.Total, now.Sub(r.start), -1
	if seconds := p.Elapsed.Seconds(); seconds > 0 {
		p.Rate = float64(p.Sent) / seconds
	}
	if p.Bytes > 0 && p.Total >= p.Bytes {
		p.Left = time.Duration(float64(p.Elapsed) * float64(p.Total-p.Bytes) / float64(p.Bytes))
	}
	if r.Report != nil {
		r.Report(*p)
	}
}
