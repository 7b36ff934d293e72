package metrics

// WaitingBeyond returns how many sessions of a floor, channel, queue or queue x
// channel have waited longer than ms in their segment now. Rows hold that for
// their T and for 900 s only. It belongs to the engine's owner.
func (e *Engine) WaitingBeyond(key Key, ms int64) (n int32, ok bool) {
	if key.Scope.People() {
		return 0, false
	}
	for _, c := range e.cells {
		if !e.cellIn(c, key) {
			continue
		}
		ok = true
		for since := range c.waiting.All {
			if since >= e.now-ms {
				break
			}
			n++
		}
	}
	return n, ok
}

// cellIn says whether a cell counts in a row of the key.
func (e *Engine) cellIn(c *cellState, key Key) bool {
	switch {
	case e.floors[c.floor].id != key.Floor:
		return false
	case !key.Channel.Empty() && (c.channel == noRef || e.chans[c.channel].id != key.Channel):
		return false
	case !key.Queue.Empty() && (c.queue == noRef || e.queues[c.queue].id != key.Queue):
		return false
	}
	return true
}
