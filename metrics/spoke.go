package metrics

import (
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/store"
)

// spokeMillis is how long a source that has spoken of a queue or channel is
// held to speak for it.
const spokeMillis = 24 * hourMillis

// spoken is when a source last spoke of each queue and channel of its floor,
// by their numbers; 0 never.
type spoken struct{ queues, chans []int64 }

// of notes what an event was about.
func (p *spoken) of(n *note) {
	p.chans = spokenAt(p.chans, n.channel, n.time)
	p.queues = spokenAt(p.queues, n.queue, n.time)
}

func spokenAt(list []int64, i int32, t int64) []int64 {
	if i == noRef {
		return list
	}
	for int(i) >= len(list) {
		list = append(list, 0)
	}
	list[i] = max(list[i], t)
	return list
}

// spokenNames returns what the source spoke of since a moment.
func (e *Engine) spokenNames(p *spoken, since int64) (queues, chans []clean.Text) {
	for i, at := range p.queues {
		if at >= since && at > 0 && i < len(e.queues) {
			queues = append(queues, e.queues[i].id)
		}
	}
	for i, at := range p.chans {
		if at >= since && at > 0 && i < len(e.chans) {
			chans = append(chans, e.chans[i].id)
		}
	}
	return queues, chans
}

func (p *spoken) code(c *checkpoint.Coder) {
	for _, list := range []*[]int64{&p.queues, &p.chans} {
		store.Slice(c, list, func(c *checkpoint.Coder, at *int64) { c.Int64(at) })
	}
}

// SpeaksFor says whether what a row shows comes, as far as is known, from the
// source: it spoke of the row's queue and channel within the last day. A
// floor, a team and a person show something of every source that spoke at all.
// The lists are known of stale sources only.
func (s *SourceView) SpeaksFor(key Key) bool {
	if s.Floor != key.Floor || len(s.Channels) == 0 {
		return false
	}
	return among(s.Queues, key.Queue) && among(s.Channels, key.Channel)
}

func among(list []clean.Text, name clean.Text) bool {
	if name.Empty() {
		return true
	}
	for _, have := range list {
		if have == name {
			return true
		}
	}
	return false
}
