package main

import (
	"slices"

	"wallboard/feed/natsfeed"
	"wallboard/feed/notify"
	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/ack"
)

// together ties a board to the others of its floor: what is decided about
// breaches on one of them reaches all.
type together struct {
	desk  *ack.Desk
	share *share.Share // nil: what is decided stays here
	// notifier tells people beyond the screen; nil: this board does not.
	notifier *notify.Notifier

	last  metrics.TogetherView
	sinks []metrics.SinkView
	news  uint64 // of everything but the desk
}

// joinOthers begins to share on the connection. What a board shows of the past
// is nobody else's business.
func joinOthers(conn *natsfeed.Conn, clock metrics.ClockMode) (*together, error) {
	t := &together{desk: ack.NewDesk()}
	if clock == metrics.ClockEvent {
		t.last.Why = ack.WhyReplay
		return t, nil
	}
	var err error
	t.share, err = share.Start(share.Options{Conn: conn, Desk: t.desk})
	return t, err
}

// complete lays what is shared over a snapshot. It runs on the engine's
// goroutine.
func (t *together) complete(s *metrics.Snapshot) uint64 {
	version := t.desk.Mark(s)
	view := t.last
	if t.share != nil {
		view = t.share.View()
	}
	if view != t.last {
		t.last = view
		t.news++
	}
	s.Together = view
	if t.notifier != nil {
		seen := *s // its own: the snapshot is not finished yet
		t.notifier.Observe(&seen)
		if sinks := t.notifier.View(); !slices.Equal(sinks, t.sinks) {
			t.sinks = sinks
			t.news++
		}
		s.Sinks = t.sinks
	}
	return version + t.news
}

func (t *together) close() {
	if t.notifier != nil {
		t.notifier.Close()
	}
	if t.share != nil {
		t.share.Close()
	}
}
