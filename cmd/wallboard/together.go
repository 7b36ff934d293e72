package main

import (
	"cmp"

	"wallboard/feed/natsfeed"
	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// together ties a board to the others of its floor: what is decided about
// breaches on one of them reaches all.
type together struct {
	desk  *ack.Desk
	share *share.Share // nil: what is decided stays here
	last  metrics.TogetherView
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
	return version + t.news
}

func (t *together) close() {
	if t.share != nil {
		t.share.Close()
	}
}

// acting returns in whose name this board decides.
func (p *program) acting(as string) clean.Text {
	name, _ := clean.String(cmp.Or(as, p.getenv("USER"), p.getenv("LOGNAME")))
	return name
}
