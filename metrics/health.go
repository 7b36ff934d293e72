package metrics

import (
	"slices"
	"strings"

	"wallboard/metrics/clean"
)

const (
	maxSamples      = 16
	maxUnknownNames = 64
	maxSources      = 1024
	maxReasons      = 256
	beatsKept       = 9
)

// healthState is the account of everything received.
type healthState struct {
	received, applied, duplicates, ancient, misfit, unknown int64
	late, future, noTime, clockSkew, originUnknown, cleaned int64
	wrapOrphans, orphansClosed, capped, forgotten           int64
	newest                                                  int64
	sequence                                                uint64
	rejected                                                map[string]int64
	unknownTypes                                            map[string]int64
	samples                                                 []Sample
	sources                                                 []*sourceState
}

func (h *healthState) init() {
	h.rejected, h.unknownTypes = map[string]int64{}, map[string]int64{}
}

// sourceState is one publishing system of one floor.
type sourceState struct {
	id                     clean.Text
	floor                  int32
	hash                   uint64
	events                 int64
	newest, arrival        int64
	beats, beatAt, beatSeq int64
	gaps                   [beatsKept]int64 // between heartbeats, the last few
	gapAt                  uint8
	missed                 int64 // jumps of the sequence number
	open, drift            int64 // open sessions it last reported, -1 none
	tempo                  tempo
	median                 int64
	spoke                  spoken
}

func (h *healthState) reject(reason string, at int64, sample clean.Text) {
	if _, known := h.rejected[reason]; !known && len(h.rejected) >= maxReasons {
		reason = otherName
	}
	h.rejected[strings.Clone(reason)]++
	h.samples = append(h.samples, Sample{At: at, Reason: strings.Clone(reason), Text: sample.Clone()})
	if len(h.samples) > maxSamples {
		h.samples = append(h.samples[:0:0], h.samples[len(h.samples)-maxSamples:]...)
	}
}

func (h *healthState) unknownType(name clean.Text) {
	key := name.String()
	if _, known := h.unknownTypes[key]; !known && len(h.unknownTypes) >= maxUnknownNames-1 {
		key = otherName
	}
	h.unknownTypes[strings.Clone(key)]++
}

// sourceOf returns the source of a floor with the id.
func (e *Engine) sourceOf(f *floorState, id clean.Text) *sourceState {
	if last := e.names.lastSrc; last != nil && last.floor == f.index && last.id == id {
		return last
	}
	i, ok := e.names.sources[sourceKey{f.index, id.String()}]
	if !ok {
		if len(e.health.sources) >= maxSources && id.String() != otherName {
			e.health.capped++
			// Ids stay told apart by their true source; only the row is shared.
			shared := *e.sourceOf(f, clean.Own(otherName))
			shared.hash = mix(uint64(f.index)+1, hashText(id.String()))
			return &shared
		}
		id = id.Clone()
		i = int32(len(e.health.sources))
		e.health.sources = append(e.health.sources, &sourceState{id: id, floor: f.index, open: -1, hash: mix(uint64(f.index)+1, hashText(id.String()))})
		e.names.sources[sourceKey{f.index, id.String()}] = i
	}
	e.names.lastSrc = e.health.sources[i]
	return e.names.lastSrc
}

// heard notes that a source has spoken.
func (e *Engine) heard(src *sourceState, ev *Event, t int64) {
	src.events++
	src.tempo.count(t)
	src.newest = max(src.newest, t)
	arrival := ev.Arrival
	if arrival == 0 {
		arrival = t
	}
	src.arrival = max(src.arrival, arrival)
	e.health.newest = max(e.health.newest, t)
	e.health.sequence = max(e.health.sequence, ev.Sequence)
	if ev.Type == TypeSourceHeartbeat {
		e.beat(src, ev, t)
	}
}

func (e *Engine) beat(src *sourceState, ev *Event, t int64) {
	if src.beats > 0 {
		if ev.HeartbeatSeq > src.beatSeq+1 && src.beatSeq > 0 {
			src.missed += ev.HeartbeatSeq - src.beatSeq - 1
		}
		if t > src.beatAt {
			src.gaps[src.gapAt%beatsKept] = t - src.beatAt
			src.gapAt++
			if src.gapAt == 2*beatsKept {
				src.gapAt = beatsKept
			}
			src.median = src.medianGap()
		}
	}
	src.beats++
	src.beatAt, src.beatSeq = max(src.beatAt, t), ev.HeartbeatSeq
	if src.open = ev.HeartbeatOpen; src.open >= 0 {
		src.drift = e.openDrift(src.floor)
	}
}

// openDrift is how many more sessions are open on a floor by what its sources
// say than by ours. All of them together: each knows only its own.
func (e *Engine) openDrift(floor int32) int64 {
	drift := int64(0)
	for _, s := range e.health.sources {
		if s.floor == floor && s.open > 0 {
			drift += s.open
		}
	}
	for _, c := range e.chans {
		if c.floor == floor {
			drift -= int64(c.open.Len())
		}
	}
	return drift
}

func (s *sourceState) medianGap() int64 {
	n := min(int(s.gapAt), beatsKept)
	sorted := s.gaps
	slices.Sort(sorted[:n])
	return sorted[(n-1)/2]
}

// stale says whether a source that sends heartbeats has missed three of them,
// and at least 15 s.
func (s *sourceState) stale(now int64) bool {
	return s.median > 0 && now-s.beatAt > max(3*s.median, 15_000)
}

// view writes the account down.
func (e *Engine) healthView() Health {
	h := &e.health
	out := Health{
		Received: h.received, Applied: h.applied, Duplicates: h.duplicates, Ancient: h.ancient, Misfit: h.misfit, Unknown: h.unknown,
		Held: int64(e.held.n), Late: h.late, Future: h.future, NoTime: h.noTime, ClockSkew: h.clockSkew, OriginUnknown: h.originUnknown,
		Cleaned: h.cleaned, WrapOrphans: h.wrapOrphans, OrphansClosed: h.orphansClosed, Capped: h.capped,
		Rejected: make(map[string]int64, len(h.rejected)), UnknownTypes: make(map[string]int64, len(h.unknownTypes)),
		Samples: slices.Clone(h.samples), NewestEvent: h.newest, StreamSequence: h.sequence,
		RememberedSessions: int64(e.closed.n), DedupIDs: int64(e.ids48.Len()), DedupHorizon: e.ids48.Horizon(),
	}
	for k, v := range h.rejected {
		out.Rejected[k] = v
	}
	for k, v := range h.unknownTypes {
		out.UnknownTypes[k] = v
	}
	for _, c := range e.chans {
		out.OpenSessions += int64(c.open.Len())
	}
	for _, s := range h.sources {
		v := SourceView{
			Floor: e.floors[s.floor].id, LastBeat: s.beatAt, ID: s.id, Events: s.events, PerMinute: s.tempo.perMinute(e.now), LastEvent: s.newest, LastArrival: s.arrival, Heartbeats: s.beats, HeartbeatEvery: s.median,
			SequenceGaps: s.missed, OpenDrift: s.drift, Stale: s.stale(e.now),
		}
		if v.Stale {
			v.Queues, v.Channels = e.spokenNames(&s.spoke, s.arrival-spokeMillis)
		}
		out.Sources = append(out.Sources, v)
	}
	slices.SortStableFunc(out.Sources, func(a, b SourceView) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return out
}
