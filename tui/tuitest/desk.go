package tuitest

import (
	"slices"
	"sync"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Desk carries out what a viewer decides on the snapshot of a Source, at once
// and in the name of Who; with an Err it refuses. Safe for concurrent use.
type Desk struct {
	Source *Source
	Who    clean.Text
	Err    error

	mu sync.Mutex
}

// Acknowledge makes the breach somebody's.
func (d *Desk) Acknowledge(b metrics.Breach, comment clean.Text) error {
	return d.change(b, func(b *metrics.Breach, at int64) { b.AckedBy, b.AckedAt, b.AckComment = d.Who, at, comment })
}

// Silence hides the notice of the breach.
func (d *Desk) Silence(b metrics.Breach, length time.Duration, comment clean.Text) error {
	return d.change(b, func(b *metrics.Breach, at int64) {
		b.SilencedUntil, b.SilencedBy, b.SilenceComment = at+length.Milliseconds(), d.Who, comment
	})
}

// Unsilence ends it.
func (d *Desk) Unsilence(b metrics.Breach) error {
	return d.change(b, func(b *metrics.Breach, _ int64) {
		b.SilencedUntil, b.SilencedBy, b.SilenceComment = 0, clean.Text{}, clean.Text{}
	})
}

func (d *Desk) change(which metrics.Breach, how func(b *metrics.Breach, at int64)) error {
	if d.Err != nil {
		return d.Err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	s := *d.Source.Latest()
	s.Version, s.Breaches = s.Version+1, slices.Clone(s.Breaches)
	for i := range s.Breaches {
		if b := &s.Breaches[i]; b.Rule == which.Rule && b.Key == which.Key {
			how(b, s.At)
		}
	}
	d.Source.Put(&s)
	return nil
}
