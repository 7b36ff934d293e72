package session

import (
	"errors"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/tuitest"
)

const (
	sec  = int64(1000)
	noon = int64(1_700_000_000_000)
)

// at is an event so many seconds after noon.
func at(seconds int64, t metrics.EventType, by ...metrics.Party) metrics.StepView {
	s := metrics.StepView{At: noon + seconds*sec, Type: t}
	if len(by) > 0 {
		s.By = by[0]
	}
	return s
}

// measured is what a timeline says: clock and seconds of every line that has one.
type measured struct {
	clock   i18n.ID
	seconds int64
}

func TestClocksOfATimeline(t *testing.T) {
	const customer, agent, bot = metrics.PartyCustomer, metrics.PartyAgent, metrics.PartyBot
	opened, queued, assigned := metrics.TypeSessionOpened, metrics.TypeSessionQueued, metrics.TypeSessionAssigned
	message, closed := metrics.TypeSessionMessage, metrics.TypeSessionClosed
	for _, c := range []struct {
		name  string
		view  metrics.SessionView
		steps []metrics.StepView
		want  []measured
	}{
		{"a wait ends with the assignment and holds its ringing", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(2, queued), at(30, metrics.TypeSessionOffered), at(50, metrics.TypeSessionOfferFailed), at(60, metrics.TypeSessionOffered), at(62, assigned), at(162, closed)},
			[]measured{{i18n.ClockRing, 20}, {i18n.ClockWait, 60}, {i18n.ClockTalk, 100}}},
		{"the first response counts from the customer's message, not from the queue", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(1, queued), at(5, message, customer), at(10, assigned), at(25, message, agent)},
			[]measured{{i18n.ClockWait, 9}, {i18n.ClockFirst, 20}}},
		{"after a bot it counts from the hand-off", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(1, message, customer), at(2, metrics.TypeSessionBotReply), at(40, metrics.TypeSessionHandoff), at(40, queued), at(50, assigned), at(55, message, agent)},
			[]measured{{i18n.ClockBot, 38}, {i18n.ClockWait, 10}, {i18n.ClockFirst, 15}}},
		{"a bot's and an automatic reply stop nothing", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(0, queued), at(1, assigned), at(2, message, bot), at(3, message, metrics.PartyAuto), at(30, message, agent)},
			[]measured{{i18n.ClockWait, 1}, {i18n.ClockFirst, 30}}},
		{"a burst of messages is one turn", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(0, queued), at(1, assigned), at(2, message, agent), at(10, message, customer), at(14, message, customer), at(30, message, agent)},
			[]measured{{i18n.ClockWait, 1}, {i18n.ClockFirst, 2}, {i18n.ClockReply, 20}}},
		{"talk ends with the wrap-up, which may go on after the close", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(0, queued), at(5, assigned), at(105, metrics.TypeSessionWrapStarted), at(110, closed), at(135, metrics.TypeSessionWrapEnded)},
			[]measured{{i18n.ClockWait, 5}, {i18n.ClockTalk, 100}, {i18n.ClockWrap, 30}}},
		{"a customer who leaves ends the wait", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, opened), at(0, queued), at(33, closed, customer)}, []measured{{i18n.ClockWait, 33}}},
		{"what began before the steps that are kept is not guessed", metrics.SessionView{State: metrics.StateClosed},
			[]metrics.StepView{at(0, metrics.TypeSessionResumed), at(9, message, agent), at(20, closed)}, nil},
		{"a running wait is the unbroken one", metrics.SessionView{State: metrics.StateQueued, FirstQueuedAt: noon - 40*sec, QueuedAt: noon + 10*sec},
			[]metrics.StepView{at(10, queued)}, []measured{{i18n.ClockWait, 140}}},
		{"who is owed a first reply is not owed a second", metrics.SessionView{State: metrics.StateActive, FirstReplyDueSince: noon + 60*sec, UnansweredSince: noon + 70*sec},
			[]metrics.StepView{at(60, assigned)}, []measured{{i18n.ClockFirst, 40}}},
		{"with the bot the person asked for counts more than the bot", metrics.SessionView{State: metrics.StateBot, StateSince: noon, HumanAskedSince: noon + 80*sec},
			[]metrics.StepView{at(0, opened), at(80, metrics.TypeSessionHumanRequested)}, []measured{{i18n.ClockAsked, 20}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := timeline(&metrics.SessionDetail{SessionView: c.view}, c.steps, noon+100*sec)
			var got []measured
			for _, l := range lines {
				if l.ended.clock != "" {
					got = append(got, measured{l.ended.clock, l.ended.millis / sec})
				}
			}
			if len(got) != len(c.want) {
				t.Fatalf("clocks %v, want %v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("clock %d is %v, want %v", i, got[i], c.want[i])
				}
			}
		})
	}
}

func TestSumsCountEveryRunOfAClock(t *testing.T) {
	lines := []step{{ended: span{clock: i18n.ClockReply, millis: 10 * sec}}, {}, {ended: span{clock: i18n.ClockWait, millis: 5 * sec}}, {ended: span{clock: i18n.ClockReply, millis: 30 * sec, running: true}}}
	got := sums(lines)
	want := []sum{{clock: i18n.ClockWait, times: 1, millis: 5 * sec}, {clock: i18n.ClockReply, times: 2, millis: 40 * sec, running: true}}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("sums %+v, want %+v", got, want)
	}
}

func TestAPageAsksOnceAndAgainWhenTheClockMoves(t *testing.T) {
	snapshot := tuitest.Floor(tuitest.Options{Agents: 10})
	s, one := panel.NewScene(), New(clean.Own("s-000001"))
	wants := func(after int64) bool {
		s.Prepare(tuitest.Later(snapshot, after), panel.View{}, snapshot.At)
		_, _, ok := one.Wants(s)
		return ok
	}
	known := metrics.SessionDetail{SessionView: metrics.SessionView{ID: clean.Own("s-000001")}}
	for _, c := range []struct {
		name string
		do   func()
		at   int64
		want bool
	}{
		{"a new page asks", nil, 0, true},
		{"and waits for the answer", nil, 5, false},
		{"an answer of this second is fresh", func() { one.Answer(known, true, nil) }, 0, false},
		{"a later second asks again", nil, 1, true},
		{"a held screen does not", func() { one.Answer(known, true, nil); s.HeldAt = 1 }, 9, false},
		{"let go it does", func() { s.HeldAt = 0 }, 9, true},
		{"what is gone is not asked for any more", func() { one.Answer(metrics.SessionDetail{}, false, nil) }, 20, false},
	} {
		if c.do != nil {
			c.do()
		}
		if got := wants(c.at); got != c.want {
			t.Errorf("%s: asks %v", c.name, got)
		}
	}
	if one.detail.ID != known.ID {
		t.Error("what was known of a session that is gone is lost")
	}
}

func TestWhatCannotBeLookedUpSaysWhy(t *testing.T) {
	one := New(clean.Own("s-1"))
	one.Answer(metrics.SessionDetail{}, false, errors.New("busy"))
	if one.failed.String() != "busy" || one.over() {
		t.Errorf("%+v", one)
	}
}
