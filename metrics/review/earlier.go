package review

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// Earlier returns the same scope over the window before: the 30 minutes before
// the last 30. Samples reach back an hour in all, so quantiles over 60m have no
// data before. Of today there is none: that is yesterday, see history.
func Earlier(s Source) Source {
	k := int64(s.Window.Minutes()) * 60_000
	if s.Row == nil || s.Row.View == nil || k == 0 || s.Past {
		return Source{}
	}
	to := s.At - s.At%60_000 + 60_000 - k
	var span window.Span
	if !s.Row.Gather(s.At, to-k, to, &span) {
		return Source{}
	}
	row := *s.Row
	row.View, row.Now, row.Trend = gathered{&span}, &metrics.Now{MembershipKnown: s.Row.Now.MembershipKnown, MembershipInferred: s.Row.Now.MembershipInferred}, nil
	return Source{Row: &row, Window: s.Window, At: to, Past: true}
}

// gathered reads one span whatever the window.
type gathered struct{ span *window.Span }

func (g gathered) Sums(_ fact.Window, into *fact.Sums) { g.span.Sums(into) }

func (g gathered) Beyond(_ int64, _ fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	return g.span.Beyond(d, ms)
}
