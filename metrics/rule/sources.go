package rule

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
)

// sources is what a round knows of the systems that publish. One that sends
// heartbeats and has missed them is stale: the rules over what it spoke for
// stand still, for they would judge what is no longer told, and the rule over
// the sources themselves says so. A source that never sent a heartbeat is
// quiet, not stale.
type sources struct{ all []metrics.SourceView }

func (k *sources) begin(s *metrics.Snapshot) { k.all = s.Health.Sources }

// silentAfter is how many of its own heartbeats a source may miss.
const silentAfter = 3

// of returns the sources of a floor that send heartbeats, each with how many
// seconds it has been silent.
func (k *sources) of(floor clean.Text, at int64, yield func(s *metrics.SourceView, silent float64)) {
	for i := range k.all {
		if s := &k.all[i]; s.HeartbeatEvery > 0 && s.Floor == floor {
			yield(s, float64(max(0, at-s.LastBeat))/1000)
		}
	}
}

// age is the longest silence on a floor.
func (k *sources) age(floor clean.Text, at int64) kpi.Value {
	v := kpi.Value{}
	k.of(floor, at, func(_ *metrics.SourceView, silent float64) {
		v.OK, v.N, v.V = true, v.N+1, max(v.V, silent)
	})
	return v
}

// mute says whether what the key shows comes from a source that is stale.
func (k *sources) mute(key metrics.Key) bool {
	for i := range k.all {
		if s := &k.all[i]; s.Stale && s.SpeaksFor(key) {
			return true
		}
	}
	return false
}

// silence holds the sources of a floor against the rule's limits: a source of
// slow heartbeats may miss three of them. The value is the silence of the one
// that is furthest beyond its own limit.
func (r *round) silence(c *compiled, floor clean.Text, s *sight) {
	s.level = c.fixed
	var names []string
	worst := -1.0
	r.sources.of(floor, r.at, func(src *metrics.SourceView, silent float64) {
		scale := 1.0
		if warn := c.fixed[atWarn].hi; c.fixed[atWarn].watched && warn > 0 {
			scale = max(1, silentAfter*float64(src.HeartbeatEvery)/1000/warn)
		}
		if silent/scale > worst {
			worst = silent / scale
			s.value = silent
			for i := range s.level {
				s.level[i] = c.fixed[i]
				s.level[i].hi *= scale
				s.level[i].backHi *= scale
			}
		}
		if c.fixed[atWarn].watched && silent/scale > c.fixed[atWarn].hi {
			names = append(names, src.ID.String())
		}
	})
	const most = 3
	if len(names) > most {
		names = append(names[:most:most], "…")
	}
	if len(names) > 0 {
		s.reason = Reason{kind: reasonSilent, text: strings.Join(names, ", ")}
	}
}
