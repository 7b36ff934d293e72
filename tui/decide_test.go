package tui

import (
	"errors"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/tuitest"
)

// lead sits down as Lin, who may decide, before a board of her own.
func lead(t *testing.T, w, h int) (*robot, *tuitest.Desk) {
	t.Helper()
	d := &tuitest.Desk{Source: tuitest.NewSource(busy()), Who: clean.Own("lin")}
	r := at(t, d.Source.Latest(), w, h)
	r.v.handler = d
	return r, d
}

// looks shows what came of it.
func (r *robot) looks(d *tuitest.Desk) *robot { return r.then(d.Source.Latest(), 250) }

func TestALeadTakesTheLoudestBreachFromTheWall(t *testing.T) {
	r, d := lead(t, 120, 32)
	r.sees("add people or open overflow", "unacked")
	r.press("a").sees("acknowledge refund/app oldest wait:", "a comment if you like")
	r.types("calling the night team").press("enter").sees("acknowledged: refund/app oldest wait")
	r.looks(d).press("4").sees("acked by lin")
	r.press("down").press("up").sees("lin since 14:05: calling the night team")
}

func TestTheNextLoudestIsTakenNext(t *testing.T) {
	r, d := lead(t, 120, 32)
	r.press("a", "enter").looks(d)
	r.press("a").sees("acknowledge english/chat uncovered:").press("esc").misses("acknowledge english")
	if b := breachOf(d.Source.Latest(), "uncovered"); !b.AckedBy.Empty() {
		t.Error("esc acknowledged it")
	}
}

func TestABreachAtTheCursorIsMeantNotTheLoudest(t *testing.T) {
	r, d := lead(t, 120, 32)
	r.press("4", "down", "down").press("a", "enter").sees("acknowledged: 售后服务/chat complaints")
	r.looks(d)
	if b := breachOf(d.Source.Latest(), "complaints"); b.AckedBy.String() != "lin" {
		t.Errorf("it is %q's", b.AckedBy)
	}
	r.press("a").sees("lin has 售后服务/chat complaints already")
}

func TestSomebodyElseHasItAlready(t *testing.T) {
	r, _ := lead(t, 120, 40)
	r.press("4", "/").types("service_level_live").press("enter").press("a").sees("lin has 售前咨询/chat service level, live already")
}

func TestASilenceHidesTheNoticeAndNotTheState(t *testing.T) {
	r, d := lead(t, 120, 32)
	r.press("z").sees("silence refund/app oldest wait for 1h", "until 15:05")
	r.press("down").sees("for 4h").press("up", "up").sees("for 15m", "until 14:20")
	r.types("90m").sees("for 90m", "until 15:35").press("enter").sees("silence refund/app oldest wait for 1h30m:")
	r.types("known").press("enter").sees("silenced for 1h30m: refund/app oldest wait").looks(d)
	r.misses("oldest wait 6:12").sees("2 silenced", "■ refund")
	r.press("4", "end", "up").sees("silent to 15:35", "until 15:35 by lin: known")
	r.press("Z").sees("heard again: refund/app oldest wait").looks(d).press("1").sees("oldest wait 6:12 > 5:00", "1 silenced")
}

func TestATimeThatCannotBeReadStaysToBeCorrected(t *testing.T) {
	for _, typed := range []string{"soon", "25h", "0", "-5m", "1441", "30s"} {
		t.Run(typed, func(t *testing.T) {
			r, d := lead(t, 120, 32)
			r.press("z").types(typed).press("enter").sees("a time from 1m to 24h", "for "+typed)
			if b := breachOf(d.Source.Latest(), "oldest wait (chat)"); b.SilencedUntil != 0 {
				t.Error("it is silenced")
			}
			r.press("esc").misses("a time from")
		})
	}
}

func TestTimesOfSilence(t *testing.T) {
	for typed, want := range map[string]time.Duration{"15m": 15 * time.Minute, "45": 45 * time.Minute, "1h30m": 90 * time.Minute, "24h": 24 * time.Hour, "1440": 24 * time.Hour} {
		if got, ok := parseSilence(typed); !ok || got != want {
			t.Errorf("%q is %v, %v", typed, got, ok)
		}
	}
}

func TestABreachIsTakenInAStatusBarToo(t *testing.T) {
	r, d := lead(t, 100, 1)
	r.sees("■ refund/app 6:12 > 5:00", "1 silenced").press("a").sees("acknowledge refund/app oldest wait:").press("enter").sees("acknowledged: ")
	r.looks(d).press("up").sees("■ english/chat")
}

func TestABoardThatOnlyLooksSaysSoKindly(t *testing.T) {
	r := at(t, busy(), 120, 32)
	for _, key := range []string{"a", "z", "Z"} {
		r.press(key).sees("this screen only looks").press("esc").misses("this screen only looks")
	}
}

func TestWhatCouldNotBeDoneIsSaid(t *testing.T) {
	r, d := lead(t, 120, 32)
	d.Err = errors.New("share: no server")
	r.press("a", "enter").sees("not done: share: no server")
	r.press("z", "enter", "enter").sees("not done: share: no server")
}

func TestAQuietFloorHasNothingToDecide(t *testing.T) {
	r := at(t, calm(), 120, 32)
	r.v.handler = &tuitest.Desk{}
	r.press("a").sees("no breach to act on").press("4").sees("all 14 queues within their limits", "over, the newest first", "over, 3m24s from 13:56 to 13:59")
	r.press("Z").sees("no breach to act on")
}

func TestTheKeyOfAQueuePageMeansTheBreachOfThatQueue(t *testing.T) {
	r, _ := lead(t, 120, 40)
	r.press("2", "/").types("billing").press("enter").press("a").sees("acknowledge billing/voice slots in use:").press("esc", "esc")
	r.press("4", "/").types("billing").press("enter", "enter").sees("breaches › billing/voice").press("z").sees("silence billing/voice slots in use for").press("esc")
	r.press("esc").sees("breaches now")
}

func TestEnterOpensWhatABreachIsAboutAndEscComesBack(t *testing.T) {
	r, _ := lead(t, 120, 40)
	r.press("4", "enter").sees("breaches › refund/app").press("esc").sees("breaches now").selects("oldest wait")
	r.press("/").types("handle").press("enter").press("enter").sees("breaches › ").press("esc").sees("handle time")
	r.press("esc", "tab").press("/").types("occupancy").press("enter", "enter").sees("team night").press("esc").sees("over, the newest first")
	r.press("esc", "/").types("handoff").press("enter", "enter").sees("╭ queues").press("esc").sees("over, the newest first")
}

func TestThePageOfBreachesTellsEverything(t *testing.T) {
	r, _ := lead(t, 200, 60)
	r.press("4").sees("2 critical · 8 warn · 1 recovering · 8 unacked · 1 silenced", "shared with every board")
	r.sees("flapping ×7", "recovering", "learning 37/100", "22 above the usual for this time of day", "silent to 15:20", "team night: 1 person")
	r.press("/").types("queue length").press("enter").sees("41, peak 43", "28, well again at 25", "42, moved by the band", "usual", "open overflow before the wait breaks its limit", "waiting, 2h ")
	r.press("esc", "/").types("slots").press("enter").sees("came back 7 times since 13:24")
	r.press("tab").sees("over, 8m24s from 13:34 to 13:42", "came back 3 times", "nobody had it")
}

func TestBreachesAreFilteredSortedAndKeptByID(t *testing.T) {
	r, d := lead(t, 120, 40)
	r.press("4", "down", "down", "down", "down", "down").selects("abandonment")
	r.press("right", "right", "right", "s").selects("abandonment")
	r.press("up", "down").selects("abandonment")
	gone := *d.Source.Latest()
	gone.At, gone.Breaches = gone.At+1000, gone.Breaches[2:]
	r.then(&gone, 1000).selects("abandonment")
	r.press("/").types("zzz").sees("no breach matches").press("esc").sees("abandonment")
}

func TestNoPageOfBreachesNamesAPerson(t *testing.T) {
	r, _ := lead(t, 200, 60)
	r.press("4")
	for i := range 11 {
		_ = i
		for page := range busy().Floors[0].Agents.All {
			r.misses(page.Name.String())
		}
		r.press("down")
	}
}

// breachOf returns the breach of a rule.
func breachOf(s *metrics.Snapshot, rule string) *metrics.Breach {
	for i := range s.Breaches {
		if s.Breaches[i].Rule == rule {
			return &s.Breaches[i]
		}
	}
	return &metrics.Breach{}
}
