package oracle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
)

// shrink drops events, halves first and then one by one, as long as the two
// still differ on the same figure at the same instant.
func (d *day) shrink(t *testing.T, m mismatch) (*day, mismatch) {
	small := *d
	small.instants = []int64{m.at}
	small.events = slices.DeleteFunc(slices.Clone(d.events), func(ev metrics.Event) bool { return ev.Time > m.at })
	if still, ok := small.differs(t, m); ok {
		m = still
	} else {
		return d, m // it takes the snapshots before it
	}
	for size := len(small.events) / 2; size > 0; size /= 2 {
		for from := 0; from+size <= len(small.events); {
			try := small
			try.events = without(small.events, from, from+size)
			if len(try.events) == len(small.events) {
				from += size
				continue
			}
			if still, ok := try.differs(t, m); ok {
				small, m = try, still
			} else {
				from += size
			}
		}
	}
	return &small, m
}

// without drops a stretch of events, but never what makes the rest of a
// session possible: it opens and closes as it did, or is gone altogether.
func without(events []metrics.Event, from, to int) []metrics.Event {
	left := map[string]bool{}
	kept := slices.DeleteFunc(slices.Clone(events), func(ev metrics.Event) bool { return false })
	kept = kept[:0]
	frame := func(ev *metrics.Event) bool {
		switch ev.Type {
		case metrics.TypeSessionOpened, metrics.TypeSessionReopened, metrics.TypeSessionClosed:
			return true
		}
		return false
	}
	for i := range events {
		if ev := &events[i]; ev.Type.Session() && !frame(ev) && (i < from || i >= to) {
			left[ev.Session.String()] = true
		}
	}
	for i := range events {
		ev := &events[i]
		if i < from || i >= to || frame(ev) && left[ev.Session.String()] {
			kept = append(kept, *ev)
		}
	}
	return kept
}

// differs says whether a day still shows the mismatch, in whichever window
// and scope of the same kind.
func (d *day) differs(t *testing.T, m mismatch) (found mismatch, yes bool) {
	var count tally
	d.run(t, &count, func(other mismatch) bool {
		if other.id == m.id && other.scope.Kind == m.scope.Kind && other.window == m.window {
			found, yes = other, true
		}
		return !yes
	})
	return found, yes
}

// tell writes events as one reads them.
func tell(events []metrics.Event, zone *time.Location) string {
	var b strings.Builder
	for _, ev := range events {
		fmt.Fprintf(&b, "      %s %s", time.UnixMilli(ev.Time).In(zone).Format("01-02 15:04:05.000"), ev.Type)
		word := func(name, value string) {
			if value != "" && value != "0" {
				fmt.Fprintf(&b, " %s=%s", name, value)
			}
		}
		word("session", ev.Session.String())
		word("channel", ev.Channel.String())
		word("queue", ev.Queue.String())
		word("agent", ev.Agent.String())
		word("to_queue", ev.ToQueue.String())
		word("to_agent", ev.ToAgent.String())
		word("by", fmt.Sprint(ev.By))
		word("origin", fmt.Sprint(ev.Origin))
		word("bot", fmt.Sprint(ev.Bot))
		word("kind", fmt.Sprint(ev.Kind))
		word("outcome", fmt.Sprint(ev.Outcome))
		word("failure", fmt.Sprint(ev.OfferFailure))
		word("presence", fmt.Sprint(ev.Presence))
		word("role", fmt.Sprint(ev.Role))
		word("paused", fmt.Sprint(ev.Paused))
		word("team", ev.Team.String())
		word("total", fmt.Sprint(ev.Total))
		word("reason", ev.Reason.String())
		if ev.Until != 0 {
			word("until", time.UnixMilli(ev.Until).In(zone).Format("15:04:05"))
		}
		if ev.Due != 0 {
			word("due", time.UnixMilli(ev.Due).In(zone).Format("15:04:05"))
		}
		for _, s := range ev.Slots {
			word("slots "+s.Channel.String(), fmt.Sprintf("%d.", s.Slots))
		}
		for _, x := range ev.Exclusive {
			word("exclusive", x.String())
		}
		for _, q := range ev.Queues {
			word("member", q.Queue.String())
		}
		b.WriteString("\n")
	}
	return b.String()
}
