package oracle

import (
	"fmt"

	"wallboard/metrics"
)

// tierNow is the service layer an episode stands in.
func (e *episode) tierNow() int { return max(1, int(e.tier)) }

func (f *Floor) tierFigures(out Figures, s Scope) {
	var since [4][]int64
	for _, e := range f.episodes {
		if g := e.segment; g != nil && g.kind == metrics.KindLive && s.has(g.queue, g.channel, "", "") && !s.people() {
			tier := e.tierNow()
			since[tier] = append(since[tier], g.start)
		}
	}
	mismatch := 0
	for _, l := range f.legs {
		if l.talkEnd == 0 && !l.joined && l.agent != "" && s.has(l.queue, l.channel, f.teamOf(l.agent), l.agent) {
			own := f.person(l.agent).now().tier
			mismatch += one(own != 0 && int(own) < l.episode.tierNow())
		}
	}
	if s.Kind != metrics.ScopeAgentChannel {
		out.count("tier_mismatch", mismatch)
	}
	if s.people() {
		return
	}
	var free [4]int
	for _, p := range f.order {
		now := f.instant(p)
		if !now.available(s) {
			continue
		}
		for tier := 1; tier <= 3; tier++ {
			if now.c.tier == 0 || int(now.c.tier) >= tier {
				free[tier] += now.slotsIn(s, true)
			}
		}
	}
	for tier := 1; tier <= 3; tier++ {
		id := fmt.Sprintf("tier_load_%d", tier)
		out.count(id, len(since[tier]))
		f.age(out, id+"_oldest", since[tier])
		out.count(id+"_free", free[tier])
		if !f.knownMembers(s) {
			out.none(id + "_free")
		}
	}
}
