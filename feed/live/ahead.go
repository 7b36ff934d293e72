package live

import (
	"wallboard/feed/natsfeed"
	"wallboard/metrics"
)

// ahead decodes a few messages before it folds the first of them in, so that
// the board can look for all of them at once in memory that no cache holds. One
// folder for each: what a decoded event borrows is good until its decoder is
// used again.
type ahead struct {
	folders [metrics.Foreseen]*folder
	errs    [metrics.Foreseen]error
	events  [metrics.Foreseen]*metrics.Event
}

func newAhead(b Board) *ahead {
	a := &ahead{}
	for i := range a.folders {
		a.folders[i] = newFolder(b)
	}
	return a
}

// messages folds messages in, in their order, or counts why they were rejected.
func (a *ahead) messages(part []natsfeed.Message) {
	for len(part) > 0 {
		n := min(len(part), len(a.folders))
		a.few(part[:n])
		part = part[n:]
	}
}

func (a *ahead) few(part []natsfeed.Message) {
	good := a.events[:0]
	for i := range part {
		m, f := &part[i], a.folders[i]
		if a.errs[i] = f.decoder.Decode(m.Subject, m.Header, m.Payload, m.Stored, &f.event); a.errs[i] == nil {
			good = append(good, &f.event)
		}
	}
	a.folders[0].board.Foresee(good)
	for i := range part {
		a.folders[i].take(a.errs[i], part[i].Stored, part[i].Sequence)
	}
}
