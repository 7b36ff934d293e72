package oracle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
)

// shrink leaves out sessions, then what is said of the others, as long as the
// two still differ on the same figure at the same instant.
func (d *day) shrink(t *testing.T, m mismatch) (*day, mismatch) {
	small := *d
	small.instants = []int64{m.at}
	small.events = slices.DeleteFunc(slices.Clone(d.events), func(ev metrics.Event) bool { return ev.Time > m.at })
	if still, ok := small.differs(t, m); ok {
		m = still
	} else {
		return d, m // it takes the snapshots before it
	}
	small, m = small.drop(t, m, sessionsOf(small.events))
	var loose []func(*metrics.Event) bool
	for i := range small.events {
		if ev := small.events[i]; !structural(ev.Type) {
			loose = append(loose, func(other *metrics.Event) bool { return other.ID == ev.ID })
		}
	}
	small, m = small.drop(t, m, loose)
	return &small, m
}

// drop leaves out whatever can go, halves of it first and then one by one.
func (d day) drop(t *testing.T, m mismatch, parts []func(*metrics.Event) bool) (day, mismatch) {
	for size := len(parts); size > 0; size /= 2 {
		for from := 0; from < len(parts); {
			to := min(len(parts), from+size)
			try := d
			try.events = slices.DeleteFunc(slices.Clone(d.events), func(ev metrics.Event) bool {
				return slices.ContainsFunc(parts[from:to], func(in func(*metrics.Event) bool) bool { return in(&ev) })
			})
			if still, ok := try.differs(t, m); ok && len(try.events) > 0 {
				d, m = try, still
				parts = slices.Delete(slices.Clone(parts), from, to)
			} else {
				from = to
			}
		}
	}
	return d, m
}

// sessionsOf returns one part per session and per person's own events.
func sessionsOf(events []metrics.Event) (parts []func(*metrics.Event) bool) {
	seen := map[string]bool{}
	for i := range events {
		of := subject(&events[i])
		if !seen[of] {
			seen[of] = true
			parts = append(parts, func(ev *metrics.Event) bool { return subject(ev) == of })
		}
	}
	return parts
}

func subject(ev *metrics.Event) string {
	if ev.Type.Session() {
		return "session " + ev.Session.String()
	}
	return ev.Type.String() + " " + ev.Agent.String()
}

// structural says whether the rest of a session means something else without
// an event of the type.
func structural(t metrics.EventType) bool {
	switch t {
	case metrics.TypeSessionMessage, metrics.TypeSessionBotReply, metrics.TypeSessionHumanRequested, metrics.TypeSessionRated, metrics.TypeSessionOrdered,
		metrics.TypeSessionTagged, metrics.TypeSessionScreened, metrics.TypeSessionEmotion, metrics.TypeSessionEscalated:
		return false
	}
	return t.Session()
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
		word("customer", ev.Customer.String())
		word("tier", fmt.Sprint(ev.Tier))
		word("topic", ev.Topic.String())
		word("complaint", fmt.Sprint(ev.Complaint))
		word("order", ev.Order.String())
		word("stage", fmt.Sprint(ev.Stage))
		word("understood", fmt.Sprint(ev.Understood))
		if word("label", ev.Label.String()); ev.Type == metrics.TypeSessionEmotion {
			word("confidence", fmt.Sprint(ev.Confidence))
		}
		word("violations", fmt.Sprint(ev.Violations))
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
