package tui

import (
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/tuitest"
)

func TestAFloorManagerSeesWhereToMoveWhom(t *testing.T) {
	r := at(t, helped(), 200, 60).press("7")
	r.sees("needed", "short, in ", "who could move", "people by queue and channel").
		sees("english/chat nobody here, 1 needed · 1 idle of vip serving vip", "refund/app 21 short · 2 idle of vip serving vip").
		sees("people needed, english/chat", "who could help english/chat", "next half hours, english", "contacts today", "people today").
		sees("nobody here has en: 1 wait")
	r.press("down", "down").selects("refund").sees("people needed, refund/app", "31/min × 5m20s ÷ 0.85", "41 × 5m20s ÷ 15 min", "21 short", "next half hours, refund", "×1.96 of plan, by 15 min")
}

// helped is the busy floor with three people of another team who have nothing
// to do.
func helped() *metrics.Snapshot {
	s := busy()
	n := 0
	for _, page := range s.Floors[0].Agents.Pages {
		for i, a := range page {
			if n < 3 && len(a.Queues) == 1 && a.Queues[0].String() == "vip" && a.Presence == metrics.PresenceAvailable {
				one := *a
				one.SlotsUsed, one.Activity, one.Team, n = 0, metrics.ActivityIdle, clean.Own("vip"), n+1
				page[i] = &one
			}
		}
	}
	return s
}

func TestTheWidestGapIsOnTopAndOnlyAMovedCursorSticks(t *testing.T) {
	r := at(t, busy(), 120, 32).press("7")
	before := r.frame()
	if strings.Index(before, "■ english") > strings.Index(before, "▲ refund           app") {
		t.Errorf("where nobody is does not come first:\n%s", before)
	}
	r.press("down", "down", "down").selects("presale").sees("people needed, presale/voice")
	r.then(tuitest.Later(busy(), 6), 6000).selects("presale")
	r.press("right", "s").selects("presale").press("esc").sees("people needed, ")
}

func TestPeopleAreCountedByQueueChannelAndTeam(t *testing.T) {
	at(t, busy(), 120, 32).press("7").sees("people by queue and channel", "where").
		press("v").sees("people by queue").misses("queue and channel").
		press("v").sees("people by channel").press("down", "enter").sees("queues").press("esc").
		press("v").sees("people by team", "idle+wait", "售后二组").press("down", "enter").sees("agents").press("esc").
		press("v").sees("people by queue and channel")
}

func TestStaffingDrillsDownAndFilters(t *testing.T) {
	at(t, busy(), 120, 32).press("7", "down", "down", "enter").sees("staffing › refund/app").press("esc").sees("people by queue and channel").
		press("/").types("voice").press("enter").sees("presale").misses("● vip").press("esc", "esc").sees("logistics")
}

func TestNarrowStaffingKeepsTheGap(t *testing.T) {
	r := at(t, busy(), 80, 24).press("7").sees("gap", "here", "need", "wait", "21 short", "who could help english/chat")
	r.press("tab").sees("next half hours, english").press("tab").sees("contacts today").press("tab").sees("people today").
		press("tab").sees("people needed, english/chat").press("tab").sees("who could help").press("shift+tab").sees("people needed")
}

func TestPeopleNeededAreExplainedWithTheirInputs(t *testing.T) {
	r := at(t, busy(), 120, 40).press("7", "down", "down", "e").sees("staffing gap", "people − needed", "31/min × 5m20s ÷ 0.85", "41 × 5m20s ÷ 15 min")
	r.press("esc", "right", "right", "e").sees("people needed", "(inflow/min × AHT min ÷ 0.85", "handled").press("esc")
	r = at(t, busy(), 200, 60).press("7", "down", "down")
	for range 9 {
		r.press("right")
	}
	r.press("e").sees("offered ÷ planned offered − 1")
}

func TestAQueueWithoutAPlanSaysWhatToDo(t *testing.T) {
	r := at(t, busy(), 200, 60).press("7", "/").types("warranty").press("enter")
	r.sees("no plan for today", "publish plan.interval", `"minutes":30`, "or wait")
}

func TestNobodyNeedMoveOnAQuietFloor(t *testing.T) {
	s := calm()
	for _, q := range s.Floors[0].Tables {
		q.Row.Now.Waiting, q.Row.Now.People, q.Row.Now.Slots = 0, q.Row.Now.People*3, q.Row.Now.Slots*3
	}
	at(t, s, 120, 32).press("7").sees("no place is short: nobody need move").misses("▲")
}

func TestStaleStaffingShowsNoNumbers(t *testing.T) {
	s := tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkStale, Since: busy().At - 9000})
	at(t, s, 120, 32).press("7").misses("21 short", "to spare*", "serving")
}

func TestHostileNamesOnStaffingStayInTheirCells(t *testing.T) {
	s := busy()
	words := []clean.Text{clean.Own(strings.Repeat("双", 40)), clean.Own("e\u0301\u0302x"), clean.Own("ｗｉｄｅ ｱｲｳ 한국어"), clean.Own("…—│╭" + strings.Repeat("x", 90))}
	f := s.Floors[0]
	n := 0
	for _, page := range f.Agents.Pages {
		for _, a := range page {
			n++
			a.Team, a.Skills, a.Queues = words[n%4], []clean.Text{words[(n+1)%4], words[n%3]}, append(a.Queues, words[(n+2)%4])
			a.SlotsUsed, a.Activity = 0, metrics.ActivityIdle
		}
	}
	for i := range f.Unskilled {
		f.Unskilled[i].Skills = words
	}
	for w := 20; w <= 220; w += 7 {
		for _, h := range []int{24, 32, 60} {
			g, err := Frame(s, Look{}, Choice{Page: PageStaffing}, w, h)
			if err != nil {
				t.Fatal(err)
			}
			checkFrame(t, g, w, h, "staffing")
		}
	}
}
