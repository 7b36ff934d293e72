package metrics

// tempo counts the events of a source by the minute of their own time: the newest
// minute it spoke in, and the one before. Its zero value is ready.
type tempo struct {
	minute          int64 // since the epoch
	running, before int64
}

const tempoMillis = 60_000

// count counts an event. One that is older than both minutes says nothing of now.
func (p *tempo) count(t int64) {
	switch minute := t / tempoMillis; {
	case minute == p.minute:
		p.running++
	case minute == p.minute-1:
		p.before++
	case minute == p.minute+1:
		p.minute, p.before, p.running = minute, p.running, 1
	case minute > p.minute:
		p.minute, p.before, p.running = minute, 0, 1
	}
}

// perMinute is how many events came within the minute up to now: those of the
// running minute, and of the one before as large a part as still lies within.
func (p *tempo) perMinute(now int64) float64 {
	minute := now / tempoMillis
	left := 1 - float64(now%tempoMillis)/tempoMillis
	switch minute - p.minute {
	case 0:
		return float64(p.running) + left*float64(p.before)
	case 1:
		return left * float64(p.running)
	case -1: // of a clock before ours: the newest full minute
		return float64(p.before)
	}
	return 0
}
