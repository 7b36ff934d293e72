package rule

import (
	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
)

// past is the episodes that are over, newest first. The slice is replaced,
// never changed: snapshots share it.
type past []metrics.Episode

// add puts an episode first and lets the oldest go.
func (p *past) add(e metrics.Episode) {
	kept := *p
	if len(kept) >= metrics.MaxPastBreaches {
		kept = kept[:metrics.MaxPastBreaches-1]
	}
	*p = append(append(make(past, 0, len(kept)+1), e), kept...)
}

// withdraw takes an episode out again that turned out not to be over.
func (p *past) withdraw(rule string, key metrics.Key, fired int64) {
	for i := range *p {
		if e := &(*p)[i]; e.FiringSince == fired && e.Rule == rule && e.Key == key {
			*p = append(append(make(past, 0, len(*p)-1), (*p)[:i]...), (*p)[i+1:]...)
			return
		}
	}
}

// episode is a life that is over.
func (c *compiled) episode(key metrics.Key, l *life, now int64) metrics.Episode {
	return metrics.Episode{
		Rule: c.Name, KPI: c.KPI, Key: key, Window: c.windowName(), Level: l.worst,
		Since: l.since, FiringSince: l.fired, Ended: now, Peak: l.peak, Limit: l.limit, Flaps: l.flaps,
	}
}

func (p *past) code(c *checkpoint.Coder) {
	n := c.Len(len(*p), metrics.MaxPastBreaches)
	if c.Reading() {
		*p = make(past, n)
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		e := &(*p)[i]
		c.String(&e.Rule)
		c.String(&e.KPI)
		codeKey(c, &e.Key)
		c.String(&e.Window)
		checkpoint.Int(c, &e.Level)
		for _, v := range []*int64{&e.Since, &e.FiringSince, &e.Ended} {
			c.Int64(v)
		}
		c.Float64(&e.Peak)
		c.Float64(&e.Limit)
		codeText(c, &e.AckedBy)
		checkpoint.Int(c, &e.Flaps)
	}
	if c.Reading() && n == 0 {
		*p = nil
	}
}
