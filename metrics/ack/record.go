package ack

import (
	"cmp"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// MaxSilence is how long a notice can be hidden at most.
const MaxSilence = 24 * time.Hour

const (
	// settleMillis is how soon after its end a breach that fires again is told
	// of in the same notice: whoever was told needs no second message.
	settleMillis = int64(5 * 60_000)
	// apartMillis is how far apart two boards may see the same thing happen.
	apartMillis = int64(30_000)
	// unseenMillis is how long after a board last saw a breach fire it is still
	// taken to be the same one: longer than any rule has to hold before a board
	// that was started anew sees it again.
	unseenMillis = int64(30 * 60_000)
	// keepMillis is how long a record of what is over is kept.
	keepMillis = int64(24 * 3_600_000)
)

// ID is the identity of a breach: what stays the same while it escalates,
// flaps and comes back.
type ID struct{ Floor, Rule, Scope string }

// Record is what all boards share about one breach. Times are ms of the engine
// clock, 0 for none. Comparable.
//
// Boards see a breach begin a little apart, and one that was started anew sees
// it begin late; Episode is the beginning they agreed on.
type Record struct {
	Floor, Rule, Scope string

	Episode int64         // when it began to fire
	First   int64         // ... or the first of the episodes that one notice tells of
	Seen    int64         // when a board last said that it fires
	Ended   int64         // 0: it fires
	Level   metrics.Level // the highest of the episode

	AckedBy, AckComment clean.Text // of the episode at this level; empty: nobody
	AckedAt             int64

	SilencedBy, SilenceComment clean.Text // whoever decided last, an end of silence included
	SilencedUntil, SilencedAt  int64
}

// ID returns the identity of the breach.
func (r Record) ID() ID { return ID{r.Floor, r.Rule, r.Scope} }

// Acked says whether somebody takes care of the episode.
func (r Record) Acked() bool { return r.AckedAt != 0 }

// Silent says whether the notice is hidden at the time given.
func (r Record) Silent(now int64) bool { return r.SilencedUntil > now }

// Expired says whether nothing in the record matters any more.
func (r Record) Expired(now int64) bool {
	last := max(r.Ended, r.Seen)
	return now-last > keepMillis && !r.Silent(now)
}

// Settled says whether the breach has been over for so long that, should it
// fire again, people want to hear of it.
func (r Record) Settled(now int64) bool { return r.Ended != 0 && now-r.Ended > settleMillis }

// holds says whether a breach that a board saw begin at start is the record's
// episode.
func (r Record) holds(start int64) bool {
	return r.Episode != 0 && start <= r.until()
}

// until is the last instant that can belong to the episode.
func (r Record) until() int64 {
	if r.Ended != 0 {
		return r.Ended
	}
	return max(r.Seen, r.Episode) + unseenMillis
}

// Merge lays a board's record over the one that exists and returns what all
// boards hold from then on. Of one episode the existing acknowledgement stays,
// but for one of a lower level, which an escalation has ended; of two episodes
// the later one counts; of two decisions on silence the later one.
func Merge(have, mine Record) Record {
	out := mergeEpisode(have, mine)
	last := have
	if laterSilence(mine, have) {
		last = mine
	}
	out.SilencedBy, out.SilenceComment = last.SilencedBy, last.SilenceComment
	out.SilencedUntil, out.SilencedAt = last.SilencedUntil, last.SilencedAt
	return out
}

// laterSilence orders decisions on silence; of two at the same instant the one
// that hides less counts.
func laterSilence(a, b Record) bool {
	return cmp.Or(
		cmp.Compare(a.SilencedAt, b.SilencedAt),
		cmp.Compare(b.SilencedUntil, a.SilencedUntil),
		cmp.Compare(b.SilencedBy.String(), a.SilencedBy.String()),
		cmp.Compare(b.SilenceComment.String(), a.SilenceComment.String()),
	) > 0
}

func mergeEpisode(have, mine Record) Record {
	switch {
	case have.Episode == 0:
		if mine.First == 0 {
			mine.First = mine.Episode
		}
		return mine
	case mine.Episode == 0:
		return have
	case have.holds(mine.Episode) && mine.holds(have.Episode):
		return mergeSame(have, mine)
	case mine.Episode > have.Episode:
		mine.First = mine.Episode
		if have.Ended != 0 && mine.Episode-have.Ended <= settleMillis {
			mine.First = have.First
		}
		return mine
	}
	return have
}

// mergeSame joins two records of one episode. An end that was noted stays, for
// boards that have not seen it yet follow within moments; unless somebody sees
// the breach fire well after it, because it came back.
func mergeSame(have, mine Record) Record {
	out := have
	out.Seen = max(have.Seen, mine.Seen)
	out.Ended = max(have.Ended, mine.Ended)
	if out.Seen > out.Ended+apartMillis {
		out.Ended = 0
	}
	out.Level = max(have.Level, mine.Level)
	switch {
	case have.Acked() && have.Level == out.Level:
	case mine.Acked() && mine.Level == out.Level:
		out.AckedBy, out.AckedAt, out.AckComment = mine.AckedBy, mine.AckedAt, mine.AckComment
	default:
		out.unacknowledge()
	}
	return out
}

func (r *Record) unacknowledge() {
	r.AckedBy, r.AckedAt, r.AckComment = clean.Text{}, 0, clean.Text{}
}
