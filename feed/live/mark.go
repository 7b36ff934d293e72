package live

import (
	"wallboard/feed/natsfeed"
	"wallboard/metrics"
)

const (
	// linkLostMillis is how long the link may be away before numbers are stale.
	linkLostMillis = 10_000
	// incompleteMillis is how long a gap on core NATS, where a day total is
	// never claimed, marks the numbers: the longest rolling window.
	incompleteMillis = 60 * 60_000
)

// markOf says how far the numbers can be trusted, the gravest reason first.
// wall is now and dayStart the newest start of a floor's day, in ms.
func markOf(s natsfeed.Status, catchingUp bool, wall, dayStart int64) metrics.Mark {
	if since, lost := linkLost(s); lost && wall-since > linkLostMillis {
		return metrics.Mark{Kind: metrics.MarkStale, Since: since}
	}
	if catchingUp {
		return metrics.Mark{Kind: metrics.MarkCatchingUp, Count: s.Lag}
	}
	if m, ok := incomplete(s, wall, dayStart); ok {
		return m
	}
	switch {
	case s.Stream == "":
		return metrics.Mark{Kind: metrics.MarkLiveSince, Since: liveSince(s)}
	case s.Rebuilds > 0 && s.RebuiltAt >= dayStart:
		return metrics.Mark{Kind: metrics.MarkRebuilt, Since: s.RebuiltAt}
	}
	return metrics.Mark{Kind: metrics.MarkLive}
}

// linkLost says since when nothing can arrive: no server, or no stream.
func linkLost(s natsfeed.Status) (since int64, lost bool) {
	if !s.Link.Connected {
		return s.Link.Since.UnixMilli(), true
	}
	return s.Missing, s.Missing > 0
}

// incomplete says whether a gap still touches the numbers: on JetStream today's,
// on core NATS those of the last hour.
func incomplete(s natsfeed.Status, wall, dayStart int64) (metrics.Mark, bool) {
	m := metrics.Mark{Kind: metrics.MarkIncomplete}
	for _, g := range s.Gaps {
		over := g.To != 0 && g.To < dayStart
		if s.Stream == "" {
			over = g.To != 0 && g.To < wall-incompleteMillis
		}
		if over {
			continue
		}
		if m.Since == 0 || g.From < m.Since {
			m.Since = g.From
		}
		m.Count += g.Lost
	}
	return m, m.Since != 0
}

// liveSince is when the subscription stood, or the end of the last gap.
func liveSince(s natsfeed.Status) int64 {
	since := s.LiveSince
	for _, g := range s.Gaps {
		since = max(since, g.To)
	}
	return since
}

// lost sums what may have been lost since the start.
func lost(s natsfeed.Status) int64 {
	n := int64(0)
	for _, g := range s.Gaps {
		n += g.Lost
	}
	return n
}

// newestDayStart is the start of the youngest day of any floor.
func newestDayStart(s *metrics.Snapshot) int64 {
	newest := int64(0)
	for _, f := range s.Floors {
		newest = max(newest, f.DayStart)
	}
	return newest
}
