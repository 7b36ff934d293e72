package metrics

import (
	"slices"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
)

// PresenceMark is one change of a person's presence: when, to what, and the
// reason as a place among the floor's words. Eight bytes, because ten thousand
// people have a day of them.
type PresenceMark uint64

const (
	markTimeBits = 19 // below the time: three of presence, sixteen of the reason
	markWordBits = 16
)

// MarkPresence returns the mark of a change; reason is its place among the words.
func MarkPresence(at int64, p Presence, reason uint16) PresenceMark {
	return PresenceMark(uint64(max(0, at))<<markTimeBits | uint64(p)<<markWordBits | uint64(reason))
}

// At returns when it was, ms since the epoch.
func (m PresenceMark) At() int64 { return int64(m >> markTimeBits) }

// Presence returns what it became.
func (m PresenceMark) Presence() Presence {
	return min(Presence(m>>markWordBits&7), NumPresences-1)
}

// Reason returns the reason among the words of the floor, empty where none was
// given.
func (m PresenceMark) Reason(words []clean.Text) clean.Text {
	if i := int(uint16(m)); i < len(words) {
		return words[i]
	}
	return clean.Text{}
}

// MaxPresenceMarks bounds the changes kept of one person: those of the day, and
// the last one before it. Of more the oldest are dropped; a list that is full
// and begins within the day says so by that. A full one is 384 bytes: with it a
// person still takes less than the 4 KiB they may.
const MaxPresenceMarks = 48

// markStep is by how many places a list grows: doubling would waste half of it.
const markStep = 8

// logPresence keeps a change of presence for the day's strip. The list is shared
// with snapshots: it only grows at its end, or is made anew.
func (e *Engine) logPresence(a *agentState, p Presence, reason clean.Text, t int64) {
	if a.bot {
		return
	}
	x := MarkPresence(t, p, e.names.words.room(reason))
	i := len(a.day)
	for i > 0 && a.day[i-1].At() > t {
		i--
	}
	const what = 1<<markTimeBits - 1
	if i > 0 && a.day[i-1]&what == x&what {
		return // said again, nothing changed
	}
	if i < len(a.day) {
		a.day = slices.Insert(slices.Clone(a.day), i, x)
	} else {
		if len(a.day) == cap(a.day) {
			a.day = append(make([]PresenceMark, 0, len(a.day)+markStep), a.day...)
		}
		a.day = append(a.day, x)
	}
	start, drop := e.floors[a.floor].dayStart, 0
	for drop+1 < len(a.day) && (a.day[drop+1].At() <= start || len(a.day)-drop > MaxPresenceMarks) {
		drop++
	}
	if drop > 0 {
		a.day = slices.Clone(a.day[drop:])
	}
}

// room is of, but a word that there is no room for is none: a reason is better
// not told than told wrong.
func (w *wordTable) room(t clean.Text) uint16 {
	if _, known := w.by[t.String()]; !known && len(w.texts) >= maxWords {
		return 0
	}
	return w.of(t)
}

func codePresenceMark(c *checkpoint.Coder, m *PresenceMark) { c.Uint64((*uint64)(m)) }
