package oracle

import (
	"slices"

	"wallboard/metrics"
)

// piece is a stretch of time in which nothing about a person changes.
type piece struct {
	who      *person
	from, to int64
	c        *condition
	legs     []*leg // holding a slot
	talks    int
	ringing  bool
	listens  bool // to a colleague's session, without a slot
}

func (p *piece) ms() int64 { return p.to - p.from }

// holdsSlot says whether the leg takes a slot at an instant.
func (l *leg) holdsSlot(t int64) bool {
	if l.monitor {
		return false
	}
	return interval{l.start, l.talkEnd}.holds(t) || l.wrapStart != 0 && interval{l.wrapStart, l.end}.holds(t)
}

func (l *leg) talks(t int64) bool {
	return !l.monitor && interval{l.start, l.talkEnd}.holds(t)
}

// cutPieces cuts every person's time where anything about them changes.
func (f *Floor) cutPieces() {
	for _, p := range f.order {
		cuts := f.cutsOf(p)
		for i := 0; i+1 < len(cuts); i++ {
			f.pieces = append(f.pieces, f.pieceAt(p, cuts[i], cuts[i+1]))
		}
	}
}

// instant is a person's life at one moment.
func (f *Floor) instant(p *person) piece { return f.pieceAt(p, f.at, f.at) }

func (f *Floor) pieceAt(p *person, from, to int64) piece {
	out := piece{who: p, from: from, to: to, c: p.at(from)}
	for _, l := range f.legs {
		if l.agent != p.id {
			continue
		}
		if l.holdsSlot(from) {
			out.legs = append(out.legs, l)
		}
		if l.talks(from) {
			out.talks++
		}
		out.listens = out.listens || l.monitor && interval{l.start, l.talkEnd}.holds(from)
	}
	for _, r := range f.rings {
		out.ringing = out.ringing || r.agent == p.id && interval{r.start, r.end}.holds(from)
	}
	return out
}

func (f *Floor) cutsOf(p *person) []int64 {
	cuts := []int64{f.at}
	add := func(times ...int64) {
		for _, t := range times {
			if t > 0 && t < f.at {
				cuts = append(cuts, t)
			}
		}
	}
	for _, c := range p.conditions {
		add(c.from)
	}
	for _, l := range f.legs {
		if l.agent == p.id {
			add(l.start, l.talkEnd, l.wrapStart, l.end)
			if l.end != 0 {
				add(l.end + inferFor)
			}
		}
	}
	for _, r := range f.rings {
		if r.agent == p.id {
			add(r.start, r.end)
		}
	}
	for key, t := range f.touched {
		if key[0] == p.id {
			add(t)
		}
	}
	for _, w := range everyWindow {
		add(f.span(w).from)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// usedOn counts the slots taken per channel.
func (p *piece) usedOn() map[string]int {
	used := map[string]int{}
	for _, l := range p.legs {
		used[l.channel]++
	}
	return used
}

// load is a person's whole load: 1 with an exclusive session, else the shares
// of the channels' slots, at most 1. There is none without capacity.
func (p *piece) load() (share float64, known bool) {
	used := p.usedOn()
	for ch, n := range used {
		if p.c.exclusive[ch] && n > 0 {
			return 1, p.known()
		}
		slots := p.who.slotsFor(ch, p.from)
		if slots == 0 {
			share = 1
			continue
		}
		share += float64(n) / float64(slots)
	}
	return min(1, share), p.known()
}

// known says whether the person has any capacity.
func (p *piece) known() bool {
	for _, channel := range p.channels() {
		if p.who.slotsFor(channel, p.from) > 0 {
			return true
		}
	}
	return false
}

// freeOn returns how many sessions of a channel the person could take more.
func (p *piece) freeOn(channel string) int {
	used := p.usedOn()
	all := 0
	for ch, n := range used {
		all += n
		if p.c.exclusive[ch] && n > 0 {
			return 0
		}
	}
	slots := p.who.slotsFor(channel, p.from)
	if p.c.slots == nil {
		slots = p.who.floor.channel(channel).Slots
	}
	free := slots - used[channel]
	if p.c.total > 0 {
		free = min(free, p.c.total-all)
	}
	return max(0, free)
}

// activity is what the legs make of the person.
func (p *piece) activity() metrics.Activity {
	switch {
	case p.talks > 0, p.listens:
		return metrics.ActivityEngaged
	case len(p.legs) > 0:
		return metrics.ActivityWrapping
	case p.ringing:
		return metrics.ActivityRinging
	}
	return metrics.ActivityIdle
}
