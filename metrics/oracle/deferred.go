package oracle

import "wallboard/metrics"

// letter is an offline message that nobody has replied to.
type letter struct {
	start int64
	queue string
	lost  bool // decided: its limit has passed
}

// promise is a callback that nobody has made.
type promise struct {
	due   int64
	queue string
}

// messageOpenTime is how long an offline message may wait, in open time, ms.
const messageOpenTime = 4 * 3_600_000

// deferFor begins what a segment of a kind leaves to be done later. A contact
// that waits as something else from now on is no longer what it was.
func (e *episode) deferFor(t int64, queue string, kind metrics.QueueKind, due int64) {
	e.deferred = kind != metrics.KindLive
	switch {
	case kind != metrics.KindMessage:
		e.letter = nil
	case e.letter == nil:
		e.letter = &letter{start: t, queue: queue}
	default:
		e.letter.queue = queue
	}
	e.promise = nil
	if kind == metrics.KindCallback && due != 0 {
		e.promise = &promise{due: due, queue: queue}
	}
}

func (e *episode) answerLetter(t int64) {
	if e.letter == nil {
		return
	}
	e.loseLetter(t - 1)
	if !e.letter.lost {
		e.mark(letterReplied, t, 1, e.letter.queue, "")
	}
	e.letter = nil
}

// loseLetter lets the limit of an offline message pass.
func (e *episode) loseLetter(now int64) {
	l := e.letter
	limit := e.floor().afterOpen(e.channel, l.start, messageOpenTime)
	if !l.lost && limit != 0 && now > limit {
		l.lost = true
		e.mark(letterMissed, limit, 1, l.queue, "")
	}
}

// closeLetter decides an offline message that closes without a reply; after an
// overflow it may go on.
func (e *episode) closeLetter(ev *metrics.Event) {
	if e.letter == nil || closingHow(ev) == overflowed {
		return
	}
	e.loseLetter(ev.Time)
	if !e.letter.lost && ev.Outcome != metrics.OutcomeSpam {
		e.mark(letterMissed, ev.Time, 1, e.letter.queue, "")
	}
	e.letter = nil
}

// keepPromise is an answer.
func (e *episode) keepPromise(t int64) {
	if e.promise == nil {
		return
	}
	e.breakPromise(t - 1)
	if e.promise != nil {
		e.mark(callbackKept, t, 1, e.promise.queue, "")
		e.promise = nil
	}
}

// breakPromise lets the due time of a callback pass.
func (e *episode) breakPromise(now int64) {
	if e.promise != nil && now > e.promise.due {
		e.mark(callbackMissed, e.promise.due, 1, e.promise.queue, "")
		e.promise = nil
	}
}
